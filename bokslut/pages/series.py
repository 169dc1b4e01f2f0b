"""Series over the years of an administration's reports, with what was restated."""

from __future__ import annotations

from bokslut.pages.data import Report, Row
from bokslut.pages.tables import Column, measured_name, table, with_notes
from bokslut.pages.text import text


def results(report: Report) -> str:
    """The result of each unit, a column for each year."""
    return over_years(report, report.rows("rpt_series", indicator_code=None), "Verksamhet")


def indicators(report: Report) -> str:
    """The outcome of each indicator, women and men together, a column for each year."""
    found = [row for row in report.rows("rpt_series") if row["indicator_code"]]
    return over_years(report, found, "Indikator")


def over_years(report: Report, rows: list[Row], heading: str) -> str:
    """A row for each series, with the value that was printed last and what it was before."""
    years = sorted({row["fiscal_year"] for row in rows})
    by_series: dict[tuple[bool, str, str], dict[int, Row]] = {}
    for row in rows:
        key = (row["is_administration"], row["indicator_code"] or "", row["unit_code"])
        by_series.setdefault(key, {})[row["fiscal_year"]] = row
    cells = [
        [text(name(report, across)), *(cell(report, across.get(year)) for year in years)]
        for _, across in sorted(by_series.items())
    ]
    columns = [Column(heading, 34, False), *(Column(str(year), 14) for year in years)]
    ids = [row["figure_id"] for row in rows]
    return with_notes(report, table(columns, cells), ids)


def name(report: Report, across: dict[int, Row]) -> str:
    """The unit, or the indicator with its unit and its unit of measure."""
    row = across[max(across)]
    if not row["indicator_code"]:
        return row["unit_name_sv"]
    return measured_name(report, row, row["indicator_label_sv"])


def cell(report: Report, row: Row | None) -> str:
    """A value with its link and its mark, and what is printed otherwise: in this report, or in an
    earlier one.
    """
    if row is None:
        return "–"
    shown = report.number(row["value"], row["decimals"])
    if row["figure_id"] in report.trail:
        shown = report.link(shown, row["figure_id"]) + report.other_prints(row["figure_id"])
    elif row["mark_verdict"]:
        # The issue stands in the documents of the earlier report.
        shown += f"^{report.shape(row['mark_verdict'])}{text(row['known_issue_id'])}^"
    if not row["is_restated"]:
        return shown
    before = report.number(row["earlier_value"], row["earlier_decimals"])
    return f"{shown} [(ändrat; {before} i rapporten för {row['earlier_print_year']})]{{.other}}"
