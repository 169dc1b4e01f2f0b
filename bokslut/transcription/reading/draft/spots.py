"""Where each figure of a draft stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bokslut.transcription.reading import seeds
from bokslut.transcription.reading.output import Read


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a figure of the draft stands, and what is printed there."""

    place: str
    printed_text: str
    line: int


@dataclass
class Draft:
    """A draft written into seeds.

    Attributes:
        report_id: the id that it has there.
        spots: of each figure, by its id.
        lines: place of each line of the stream.
    """

    report_id: str
    spots: dict[str, Spot] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)


def note_spots(report: Read, draft: Draft, headers: dict[str, Sequence[str]]) -> None:
    """Where each figure of the printed seeds stands."""
    rows: dict[str, dict[tuple[str, str], int]] = {}
    for name, records in seeds.records(report.document, draft.report_id, headers).items():
        rows[name] = {
            (r["row_label"], r.get("group_label", "")): int(r["row_no"])
            for r in records
            if "row_label" in r
        }
        for record in records:
            row = f"{draft.report_id}.{name}.{record['row_no']}"
            line = int(record["source_line_first"])
            if name == "maluppfyllelse":
                draft.spots[f"{row}.judgement"] = Spot(
                    draft.lines.get(line, ""), record["judgement"], line
                )
    counters: dict[str, int] = {}
    for table in report.document.tables:
        name = table.source_table
        if name not in headers:
            continue
        for line in table.lines:
            counters[name] = counters.get(name, 0) + 1
            group = line.group if "group_label" in headers[name] else ""
            number = rows[name].get((line.label, group), counters[name])
            for figure in line.figures.values():
                if figure.column.name:
                    draft.spots[f"{draft.report_id}.{name}.{number}.{figure.column.name}"] = Spot(
                        figure.cell.place, figure.cell.text, line.line
                    )
