"""The rows of the `rpt_` models of one report."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from bokslut import database as db
from bokslut.pages.text import safe_id, text
from bokslut.swedish import SPACE, number, signed, size

SCHEMA = "reporting"

Row = dict[str, Any]


def money(row: Row) -> str:
    """The unit of a row's values where it is money, which may be printed in another; else none."""
    return unit if (unit := row.get("unit_of_measure")) in ("tkr", "mnkr") else ""


class ReportFailed(RuntimeError):
    """The documents cannot be written; the message says why and what to do, in Swedish."""


@dataclass(frozen=True)
class Report:
    """One report: its row of `rpt_reports`, and the rows of the other models.

    `codes` has the rows of `dim_codes` by list and code; `trail` has the printed cells by figure
    id, `others` the prints that say something else, `changes` how outcomes changed; `issues` the
    known issues by id; `edition` is the edition that is read, or None for a database that is not
    published; `built` is its day.
    """

    report_id: str
    language: str
    about: Row
    models: dict[str, list[Row]]
    codes: dict[tuple[str, str], Row] = field(repr=False)
    trail: dict[str, Row] = field(repr=False)
    issues: dict[str, Row] = field(repr=False)
    edition: str | None = None
    built: date | None = None
    others: dict[str, list[Row]] = field(repr=False, default_factory=dict)
    changes: dict[str, Row] = field(repr=False, default_factory=dict)

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

    def trail_link(self, words: str, figure_id: str | None) -> str:
        """The words (Markdown) as a link to the figure's cell in the document, and nothing more."""
        cell = self.trail.get(figure_id or "")
        if not cell:
            return words
        return f"[{words}](dokumentet.qmd#{safe_id(cell['figure_id'])}){{.figure}}"

    def link(self, words: str, figure_id: str | None) -> str:
        """The words as a link to the figure's trail, with the mark that the figure bears."""
        cell = self.trail.get(figure_id or "")
        if not cell:
            return words
        mark = self.mark(cell["known_issue_id"], cell["mark_verdict"])
        return self.trail_link(words, figure_id) + mark

    def mark(self, known_issue_id: str | None, verdict: str | None) -> str:
        """The mark of a known issue, a link to it; nothing where there is none."""
        if not known_issue_id or not verdict:
            return ""
        shape = self.shape(verdict)
        word = self.word("mark", verdict)
        short = known_issue_id.rpartition("-")[2]
        # Pandoc wants no plain space within a superscript, nor a bracket first in it.
        return (
            f"^{shape}[{short}](avstamning.qmd#{safe_id(known_issue_id)})"
            f'{{aria-label="{word.replace(" ", SPACE)},{SPACE}{known_issue_id}"}}^'
        )

    def shape(self, verdict: str) -> str:
        """The sign of a verdict."""
        return self.codes["verdict", verdict]["shape"]

    def lines(self, row: Row, column: str = "lines") -> str:
        """The lines of a row as Markdown, `rad 93`, which do not part from their word."""
        return text((row[f"{column}_{self.language}"] or "").replace(" ", SPACE))

    def other_prints(self, figure_id: str | None, with_measure: bool = False) -> str:
        """What other places print for the same, in parentheses: ` (8,4 % enligt rad 102)`.

        Nothing where no other print says something else.
        """
        own = self.trail.get(figure_id or "", {})
        told = []
        for row in self.others.get(figure_id or "", []):
            cell = self.trail[row["other_figure_id"]]
            shown = text(self.missing(cell["figure_id"]))
            if row["other_value"] is not None:
                shown = self.number(row["other_value"], cell["decimals"])
                if with_measure or cell["unit_of_measure"] != own.get("unit_of_measure"):
                    shown = self.with_measure(shown, cell["unit_of_measure"])
            linked = self.trail_link(shown, cell["figure_id"])
            told.append(f"{linked} {self.word('mark', 'according_to')} {self.lines(cell)}")
        return f" [({'; '.join(told)})]{{.other}}" if told else ""

    def figure(
        self,
        row: Row,
        name: str,
        unit: str = "",
        with_measure: bool = False,
        unsigned: bool = False,
        decimals: int | None = None,
    ) -> str:
        """One amount of a row as Markdown: the number, or why there is none, linked to its trail.

        `name` is that of the column without its ending: `outcome` stands for `outcome_tkr` (unit
        `tkr`) or `outcome_value`, with `outcome_figure_id`, whose trail says with how many decimals
        it is printed (`decimals` for a model's own rounding), or why there is no number; no name is
        for the row's own `value`. `with_measure` writes it as in running text: the unit after the
        number and the word of its bound before it (`under 5 %`); `unsigned` leaves out a minus that
        the words around it already say. Where another place prints something else, both are shown.
        """
        prefix = f"{name}_" if name else ""
        value = row[f"{prefix}{unit or 'value'}"]
        figure_id = row[f"{prefix}figure_id"]
        if value is None:
            shown = text(self.missing(figure_id))
        else:
            cell = self.trail.get(figure_id or "", {})
            written = size if unsigned else number
            printed = self.decimals(figure_id, unit=unit or money(row))
            places = printed if decimals is None else decimals
            shown = written(value, places, self.language)
            bound = cell.get("value_operator")
            if with_measure:
                shown = self.with_measure(shown, unit or row["unit_of_measure"])
                bound = bound and self.word("target_operator", bound) + SPACE
            shown = text(bound) + shown
        return self.link(shown, figure_id) + self.other_prints(figure_id, with_measure)

    def missing(self, figure_id: str | None) -> str:
        """Why a figure has no value; a dash where there is no such figure."""
        code = self.trail.get(figure_id or "", {}).get("missing_code")
        return self.word("missing_code", code) if code else "–"

    def decimals(self, *figure_ids: str | None, unit: str = "") -> int | None:
        """The decimals of the coarsest of the prints, in their own unit or in `tkr` or `mnkr`."""
        column = f"decimals_{unit}" if unit else "decimals"
        cells = [self.trail.get(figure_id or "", {}) for figure_id in figure_ids]
        return min((d for cell in cells if (d := cell.get(column)) is not None), default=None)

    def with_measure(self, written: str, unit_of_measure: str | None) -> str:
        """The number with its symbol after a no-break space: `92,8 %`; counts, indices and ratios
        have none.
        """
        symbol = self.codes.get(("unit_symbol", unit_of_measure or ""))
        return f"{written}{SPACE}{symbol[f'word_{self.language}']}" if symbol else written

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """A number in the language of the document."""
        return number(value, decimals, self.language)

    def change(self, value: Decimal | None, decimals: int | None = None) -> str:
        """A change with its sign, or a dash where it cannot be computed."""
        return "–" if value is None else signed(value, decimals, self.language)

    def change_mark(self, figure_id: str | None) -> str:
        """The mark that the change to a figure of the report year inherits from its figures."""
        row = self.changes.get(figure_id or "")
        return self.mark(row["known_issue_id"], row["mark_verdict"]) if row else ""

    def word(self, code_list: str, code: str | None) -> str:
        """The word of a code, in the language of the document; the code where it has none."""
        row = self.codes.get((code_list, code or ""))
        return row[f"word_{self.language}"] if row else code or ""

    def result_word(self, code: str | None) -> str:
        """The word for a result of a code: a surplus, or a net cost, as the report has it."""
        return self.word(self.about["result_words"], code)

    def judged_against(self) -> str:
        """What a surplus or a deficit is against, ` mot budget`; nothing where it is the result."""
        words = self.about["result_words"]
        known = words in self.codes_of("judged_against")
        return f" {self.word('judged_against', words)}" if known else ""

    def group(self, row: Row) -> str:
        """Women, men or the age group that a row of an indicator is of; empty for all."""
        if row["gender"] != "total":
            return self.word("gender", row["gender"])
        return "" if row["age_group"] == "all" else self.word("age_group", row["age_group"])

    def unit_beside(self, row: Row, name: str) -> bool:
        """True where the unit is told beside the name of an indicator, which does not say it."""
        return not row["is_administration"] and row["unit_name_sv"] not in name

    def table_name(self, role: str) -> str:
        """The name of the printed table of a role; the word for the role where there is none."""
        named = (row["table_name_sv"] for row in self.trail.values() if row["table_role"] == role)
        return next(named, None) or self.word("table_role", role)

    def codes_of(self, code_list: str) -> list[str]:
        """The codes of a list, in their order."""
        rows = [row for (listed, _), row in self.codes.items() if listed == code_list]
        return [row["code"] for row in sorted(rows, key=lambda row: row["sort_order"])]


def fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query as mappings of column to value."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def open_report(
    report_id: str, language: str = "sv", database: str | os.PathLike[str] | None = None
) -> Report:
    """Reads all `rpt_` models of one report; documents that share a process read them once.

    Without an id it is the latest report that the database has.

    Raises:
        ReportFailed: the database has not been built, is of another version, or lacks the report.
    """
    try:
        source = db.source(database)
        file = source.path
        built = file.stat().st_mtime_ns if file.is_file() else 0
        about, models, codes = read_models(report_id, file, built)
    except (db.DatabaseNotBuilt, duckdb.Error) as failure:
        raise ReportFailed(str(failure)) from failure
    return Report(
        about["report_id"],
        language,
        about,
        models,
        {(row["list"], row["code"]): row for row in codes},
        {row["figure_id"]: row for row in models.get("rpt_trail", [])},
        {row["known_issue_id"]: row for row in models.get("rpt_known_issues", [])},
        source.edition,
        date.fromtimestamp(built / 1e9),
        by_figure(models.get("rpt_other_prints", [])),
        {row["figure_id"]: row for row in models.get("rpt_changes", [])},
    )


def marts(report_id: str) -> dict[str, tuple[list[Row], list[Row]]]:
    """The marts by name: their columns as DuckDB describes them, and their rows of a report.

    A mart without reports is whole.
    """
    found = {}
    with db.connect() as connection:
        names = fetch(
            connection,
            "select table_name from information_schema.tables where table_schema = 'marts'"
            " order by table_name",
        )
        for name in (row["table_name"] for row in names):
            columns = fetch(connection, f'describe marts."{name}"')
            ours = any(column["column_name"] == "report_id" for column in columns)
            where = f" where report_id = {db.literal(report_id)}" if ours else ""
            rows = fetch(connection, f'select * from marts."{name}"{where} order by all')
            found[name] = (columns, rows)
    return found


def by_figure(rows: list[Row]) -> dict[str, list[Row]]:
    """The rows of each figure id, in their order."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["figure_id"], []).append(row)
    return found


@cache
def read_models(
    report_id: str, file: Path, built: int
) -> tuple[Row, dict[str, list[Row]], list[Row]]:
    """The report's row of `rpt_reports`, the rows of each model, and all codes; `built` is the
    file's time.
    """
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
        known = fetch(
            connection, f"select * from {SCHEMA}.rpt_reports order by report_year, report_id"
        )
        about = [row for row in known if row["report_id"] == report_id] if report_id else known[-1:]
        if not about:
            there = ", ".join(str(row["report_id"]) for row in known) or "ingen"
            raise ReportFailed(f"Rapporten {report_id} finns inte. De som finns: {there}")
        report_id = about[0]["report_id"]
        models = {
            name: fetch(
                connection,
                f'select * from {SCHEMA}."{name}" where report_id = {db.literal(report_id)}'
                " order by all",
            )
            for name in names
        }
        codes = fetch(connection, "select * from marts.dim_codes")
    return about[0], models, codes
