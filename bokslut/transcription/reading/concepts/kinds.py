"""What the rows of a table are: units with their results, projects, or neither."""

from __future__ import annotations

import re
from decimal import Decimal

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.labels import normal
from bokslut.transcription.reading.recognise import (
    PROJECTS,
    RESULTS,
    is_beside_budget,
    label_heads,
    names_units,
)
from bokslut.transcription.reading.tables.table import Line, ReadTable

IN_TKR = {"kr": Decimal("0.001"), "tkr": Decimal(1), "mnkr": Decimal(1000), "mdkr": Decimal(10**6)}


def is_of_units(table: ReadTable) -> bool:
    """Whether the rows of a table are units with their results."""
    unit = table.unit_of_measure or heads.unit_in(table.title, inferred=True)
    if unit is not None and unit not in IN_TKR:
        # What is counted has no results.
        return False
    said = normal(" ".join([table.title, *(line.group for line in table.lines)]))
    if is_beside_budget(table) and not label_heads(table) and "nettokostnad" in said:
        # What has a net cost, though nothing says what it is called, is a unit.
        return True
    return table.source_table == RESULTS or (names_units(table) and table.source_table != PROJECTS)


OF_STATUS = re.compile(r"fardig|avslut|pagaende")
"""Words, as a scan may leave them, of a sum of some projects only."""


def investments_of(document: Document) -> str:
    """The measure of all columns of the tables of investments; empty for several or none."""
    measures = {
        known.measure_code
        for table in document.tables
        if table.source_table == "investeringar"
        for known in document.template.columns["investeringar"]
        if known.name in {column.name for column in table.number_columns}
    }
    return measures.pop() if len(measures) == 1 else ""


def is_of_projects(table: ReadTable) -> bool:
    """Whether the rows of a table without a seed of its own are projects with their sum."""
    heads_of_labels = " ".join(c.head.text for c in table.columns if c.kind == "label")
    said = normal(f"{table.title} {heads_of_labels}")
    named = "investering" in said or "projekt" in said
    return (
        table.source_table == ""
        and named
        and last_total(table) is not None
        and len(table.number_columns) > 1
    )


def last_total(table: ReadTable) -> Line | None:
    """The last row of a table that says that it is a sum."""
    return next((line for line in reversed(table.lines) if line.is_total), None)
