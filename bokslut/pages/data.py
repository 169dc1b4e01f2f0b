"""The rows of the `rpt_` models of one report."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from bokslut import database as db
from bokslut.pages.text import safe_id, text
from bokslut.swedish import SPACE, number, signed, size, with_unit

SCHEMA = "reporting"

Row = dict[str, Any]


class ReportFailed(RuntimeError):
    """The documents cannot be written; the message says why and what to do, in Swedish."""


@dataclass(frozen=True)
class Report:
    """One report: its row of `rpt_reports`, and the rows of the other models.

    `trail` has the printed cells by figure id; `issues` the known issues by id; `edition` is the
    edition that is read, or None for a database that is not published.
    """

    report_id: str
    language: str
    about: Row
    models: dict[str, list[Row]]
    trail: dict[str, Row] = field(repr=False)
    issues: dict[str, Row] = field(repr=False)
    edition: str | None = None

    def rows(self, model: str, **wanted: object) -> list[Row]:
        """The rows of a model where each column named has the value given.

        Raises ReportFailed where the edition has no such model or column.
        """
        if model not in self.models:
            raise ReportFailed(
                f"Databasen saknar {SCHEMA}.{model}: den är byggd av en annan version. "
                "Bygg om den med: uv run dbt build"
            )
        found = self.models[model]
        for column, value in wanted.items():
            if found and column not in found[0]:
                raise ReportFailed(
                    f"Databasens {SCHEMA}.{model} saknar kolumnen {column}: den är byggd av en "
                    "annan version. Bygg om den med: uv run dbt build"
                )
            found = [row for row in found if row[column] == value]
        return found

    def row(self, model: str, **wanted: object) -> Row | None:
        """The first such row, or None."""
        found = self.rows(model, **wanted)
        return found[0] if found else None

    def link(self, words: str, figure_id: str | None) -> str:
        """The words (Markdown) as a link to the figure's trail, marked where it is disputed."""
        cell = self.trail.get(figure_id or "")
        if not cell:
            return words
        linked = f"[{words}](spar.qmd#{safe_id(cell['figure_id'])}){{.figure}}"
        return linked + self.mark(cell["known_issue_id"])

    def mark(self, known_issue_id: str | None) -> str:
        """The mark of a known issue, a link to it; nothing where there is none."""
        if not known_issue_id:
            return ""
        word = "omtvistad" if self.language == "sv" else "disputed"
        short = known_issue_id.rpartition("-")[2]
        # Pandoc wants no plain space within a superscript, nor a bracket first in it.
        return (
            f"^△[{short}](avstamning.qmd#{safe_id(known_issue_id)})"
            f'{{aria-label="{word},{SPACE}{known_issue_id}"}}^'
        )

    def figure(
        self,
        row: Row,
        name: str,
        unit: str = "",
        with_measure: bool = False,
        unsigned: bool = False,
    ) -> str:
        """One amount of a row as Markdown: the number, or why there is none, linked to its trail.

        `name` is that of the column without its ending: `outcome` stands for `outcome_tkr` (unit
        `tkr`) or `outcome_value`, with `outcome_missing_sv`, `outcome_decimals` and
        `outcome_figure_id`. `with_measure` writes the unit after the number; `unsigned` leaves out
        a minus that the words around it already say.
        """
        value = row[f"{name}_{unit or 'value'}"]
        if value is None:
            shown = text(self.word(row.get(f"{name}_missing_sv")) or "–")
        else:
            decimals = row.get(f"{name}_decimals", 1 if unit == "mnkr" else 0)
            written = size if unsigned else number
            shown = text(row.get(f"{name}_sign") or "") + written(value, decimals, self.language)
            if with_measure:
                shown = with_unit(shown, unit or row.get("unit_of_measure_sv"))
        return self.link(shown, row[f"{name}_figure_id"])

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """A number in the language of the document."""
        return number(value, decimals, self.language)

    def change(self, value: Decimal | None, decimals: int | None = None) -> str:
        """A change with its sign, or a dash where it cannot be computed."""
        return "–" if value is None else signed(value, decimals, self.language)

    def word(self, swedish: str | None) -> str | None:
        """A word of the models in the language of the document."""
        return swedish if self.language == "sv" else ENGLISH.get(swedish or "", swedish)


ENGLISH = {
    "saknas": "not reported",
    "ej tillämpligt": "not applicable",
    "ej särredovisat": "not separated",
    "ej tillgängligt": "not available",
    "tomt": "blank",
    "uppfyllt": "fulfilled",
    "delvis uppfyllt": "partly fulfilled",
    "inte uppfyllt": "not fulfilled",
    "kan inte bedömas": "not assessed",
    "uppnått": "met",
    "inte uppnått": "missed",
    "målvärde saknas": "no target",
    "utfall saknas": "no outcome",
    "riktning saknas": "no direction",
    "antal": "count",
    "kvot": "ratio",
    "varierar": "varies",
}


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query as mappings of column to value."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def open_report(
    report_id: str, language: str = "sv", database: str | os.PathLike[str] | None = None
) -> Report:
    """Reads all `rpt_` models of one report; documents that share a process read them once.

    Raises:
        ReportFailed: the database has not been built, is of another version, or lacks the report.
    """
    try:
        source = db.source(database)
        file = source.path
        built = file.stat().st_mtime_ns if file.is_file() else 0
        about, models = read_models(report_id, file, built)
    except (db.DatabaseNotBuilt, duckdb.Error) as failure:
        raise ReportFailed(str(failure)) from failure
    return Report(
        report_id,
        language,
        about,
        models,
        {row["figure_id"]: row for row in models.get("rpt_trail", [])},
        {row["known_issue_id"]: row for row in models.get("rpt_known_issues", [])},
        source.edition,
    )


@cache
def read_models(report_id: str, file: Path, built: int) -> tuple[Row, dict[str, list[Row]]]:
    """The report's row of `rpt_reports` and the rows of each model; `built` is the file's time."""
    with db.connect(file) as connection:
        names = [
            row["table_name"]
            for row in fetch(
                connection,
                "select table_name from information_schema.tables"
                f" where table_schema = '{SCHEMA}' and table_name like 'rpt~_%' escape '~'",
            )
        ]
        if "rpt_reports" not in names:
            raise ReportFailed(
                f"Databasen {file} saknar {SCHEMA}.rpt_reports: den är inte färdig eller byggd av "
                "en annan version. Bygg den med: uv run dbt build"
            )
        known = fetch(connection, f"select * from {SCHEMA}.rpt_reports order by report_id")
        about = [row for row in known if row["report_id"] == report_id]
        if not about:
            there = ", ".join(str(row["report_id"]) for row in known) or "ingen"
            raise ReportFailed(f"Rapporten {report_id} finns inte. De som finns: {there}")
        models = {
            name: fetch(
                connection,
                f'select * from {SCHEMA}."{name}" where report_id = {db.literal(report_id)}'
                " order by all",
            )
            for name in names
        }
    return about[0], models
