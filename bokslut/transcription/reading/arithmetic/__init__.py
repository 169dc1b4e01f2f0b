"""What adds up in a table: columns within a row, rows within a column.

A relation is taken for the table's own where it holds in most of the places in which it can be
tried. The places where it does not hold are then the document's, or the reading's, to explain.
"""

from bokslut.transcription.reading.arithmetic.differences import mark_percent, no_differences
from bokslut.transcription.reading.arithmetic.relations import (
    concerns,
    mark_deviations,
    possible_relations,
    relations,
    value_of,
)
from bokslut.transcription.reading.arithmetic.sums import (
    adds_up,
    is_made_by_others,
    is_of_all,
    sums,
)

__all__ = [
    "adds_up",
    "concerns",
    "is_made_by_others",
    "is_of_all",
    "mark_deviations",
    "mark_percent",
    "no_differences",
    "possible_relations",
    "relations",
    "sums",
    "value_of",
]
