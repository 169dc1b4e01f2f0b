"""Which rows and columns of a draft are printed with the other sign than the facts have."""

from __future__ import annotations

from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT, Concept
from bokslut.transcription.reading.concepts.kinds import is_of_units
from bokslut.transcription.reading.concepts.names import canonical
from bokslut.transcription.reading.concepts.results import NET_COSTS
from bokslut.transcription.reading.draft.folder import TEMPLATE, SeedFolder
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.tables.table import Column, Line, ReadTable

FROM = {
    "deviation": ("outcome", "budget", 0),
    "forecast_deviation": ("outcome", "forecast", 0),
    "change": ("outcome", "outcome", -1),
}
"""What a difference is of, what it is from, and how many years after the former."""


def add_signs(folder: SeedFolder, report: Read) -> None:
    """The signs of columns of differences, whatever their rows have: the facts have what is better
    above nought, and so do most tables of net costs, whose rows are turned."""
    found: dict[tuple[str, str], str] = {}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        turned = {
            id(line): sign_of(line, concept, table, report) == "-1"
            for line in table.lines
            for concept in [report.concepts.of(line)]
            if concept and concept.measure_code in (RESULT, RESULT_OF_UNIT)
        }
        for column in table.number_columns if turned else ():
            opposite = [
                turned[id(line)]
                for line in table.lines
                if id(line) in turned and is_opposite(line, column, table, report)
            ]
            if column.name and len(opposite) * 2 > len(turned):
                sign = "0" if all(opposite) else "-1"
                found.setdefault((table.source_table, column.name), sign)
    folder.add(
        "reference_printed_columns",
        [
            {"template": TEMPLATE, "source_table": name, "column_name": column, "sign": sign}
            for (name, column), sign in found.items()
        ],
    )


def is_opposite(line: Line, column: Column, table: ReadTable, report: Read) -> bool:
    """Whether a figure of a column of differences is above nought where the outcome is below what
    it is held against, and the other way round."""
    if column.scenario not in FROM:
        return False
    of, against, years = FROM[column.scenario]
    year = column.fiscal_year or report.document.report_year
    values = {
        (c.scenario, c.fiscal_year or report.document.report_year): figure.number.value
        for c in table.number_columns
        if c.unit_of_measure == column.unit_of_measure
        and (figure := line.figures.get(c.index))
        and figure.number
    }
    figure = line.figures.get(column.index)
    outcome, other = values.get((of, year)), values.get((against, year + years))
    if not figure or not figure.number or outcome is None or other is None:
        return False
    return figure.number.value * (outcome - other) < 0


def sign_of(line: Line, concept: Concept, table: ReadTable, report: Read) -> str:
    """-1 for a row of net costs that are printed above nought, as the facts do not have them."""
    how = report.concepts.orientation
    now = [f.number for f in line.figures.values() if f.column.scenario == "outcome" and f.number]
    is_above = bool(now) and all(number.value >= 0 for number in now)
    of_costs = how.is_net_cost and how.cost_sign > 0
    if is_of_units(table) and of_costs and concept.measure_code:
        # The sums of a table have the sign of its units, whatever they come to.
        return "-1"
    if concept.measure_code == RESULT_OF_UNIT:
        return "-1" if of_costs else ""
    is_named = of_costs or canonical(line.label) in NET_COSTS
    return "-1" if is_above and is_named and concept.measure_code == RESULT else ""


AMOUNTS = ("outcome", "budget", "forecast")
"""What a result is printed of that has a sign of its own."""
