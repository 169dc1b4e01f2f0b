"""What a row is about, and the names of a document."""

from __future__ import annotations

from dataclasses import dataclass, field

from bokslut.transcription.reading.sections import Sections
from bokslut.transcription.reading.tables.table import Line

RESULT_OF_UNIT = "verksamhetens_resultat"


RESULT = "forvaltningens_resultat"
OTHER = "ovrigt"


INVESTMENTS = "arets_investeringar"


@dataclass(frozen=True, slots=True)
class Concept:
    """What a row says, apart from its columns.

    Attributes:
        measure_code: what is measured; empty where the column says it.
        unit_code: whose it is.
        gender: `total`, `women` or `men`.
        name: of the measure, in Swedish.
        is_known: a seed knows the label.
        project: the label of a project, for rows of investments.
    """

    measure_code: str
    unit_code: str
    gender: str = "total"
    name: str = ""
    is_known: bool = False
    project: str = ""


@dataclass(frozen=True, slots=True)
class Orientation:
    """What *överskott* and *nettokostnad* mean in a document, by its table of results.

    Attributes:
        is_net_cost: units have budgets of net cost, so that a surplus is a deviation from it;
            else a surplus is a result.
        cost_sign: -1 where a net cost is printed negative, else 1.
        cost_column_sign: of the figures in the column of costs.
    """

    is_net_cost: bool = False
    cost_sign: int = 1
    cost_column_sign: int = 1


@dataclass
class Concepts:
    """The names of a document.

    Attributes:
        administration_code: of the administration that reports.
        administration_name: its name.
        units: names by code.
        measures: names by code: indicators and whatever else rows are about.
        lines: the concept of each row, by its identity.
        of_some_units: the tables of units, by their identity, that leave some out.
        sections: those of the document, with the units that they are of.
        has_result: its tables have a result beside the net cost.
        namesakes: the measures of other tables' rows of the same name, by measure.
    """

    administration_code: str
    administration_name: str
    units: dict[str, str] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)
    lines: dict[int, Concept] = field(default_factory=dict)
    new_units: set[str] = field(default_factory=set)
    new_measures: set[str] = field(default_factory=set)
    orientation: Orientation = Orientation()
    investments: str = INVESTMENTS
    of_some_units: set[int] = field(default_factory=set)
    sections: Sections = field(default_factory=Sections)
    has_result: bool = False
    namesakes: dict[str, set[str]] = field(default_factory=dict)

    def of(self, line: Line) -> Concept | None:
        """What a row is about."""
        return self.lines.get(id(line))


ALL_PROJECTS = "investeringar_summa"
