"""Parts of pages that are more than a table or a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

from babel.dates import format_date

from bokslut.pages import sentences, tables
from bokslut.pages.data import Report, Row
from bokslut.pages.tables import status
from bokslut.pages.text import attribute, safe_id, text
from bokslut.swedish import SPACE, size

DOCS = Path("../target/static_index.html")
COPY = Path("dbt-docs/index.html")


def total(report: Report) -> Row:
    """The printed total of the result table."""
    row = report.row("rpt_results", is_total=True)
    return row or dict.fromkeys(
        ["deviation_code", "change_code", "outcome_mnkr", "outcome_figure_id"]
    ) | {"report_year": report.about["report_year"]}


def subtitle(report: Report) -> str:
    """Which report it is, as the first line of a page."""
    about = report.about
    return lead(
        report,
        f"{text(about['administration_name'])}, {text(about['municipality_name'])}, "
        f"{about['report_year']}",
    )


def lead(report: Report, words: str) -> str:
    """The first line of a page, which tells the filter whose report it is and of which edition."""
    about = report.about
    edition = f"Utgåva {report.edition}" if report.edition else "Inte utgiven"
    day = f", {format_date(report.built, 'long', locale='sv')}" if report.built else ""
    given = {
        "organisation": about["administration_name"],
        "municipality": about["municipality_name"],
        "year": about["report_year"],
        "edition": edition + day,
    }
    attributes = " ".join(f'{name}="{attribute(value)}"' for name, value in given.items())
    return f"::: {{.lead {attributes}}}\n{words}\n:::\n"


def card(heading: str, amount: str, words: str) -> str:
    """One key figure: what it is, how much, and what it is compared with."""
    return f"::: {{.card}}\n{heading}\n\n[{amount}]{{.amount}}\n\n{words}\n:::\n"


def cards(report: Report) -> str:
    """The key figures of the year."""
    row = total(report)
    about = report.about
    found = []
    if row["outcome_mnkr"] is not None:
        told = report.result_word(row["result_code"])
        if row["change_code"] in ("up", "down"):
            side = report.word("result_change", row["change_code"])
            change = f"{size(row['change_mnkr'], 1)}{SPACE}mnkr {side}"
            told += f", {change} än {row['previous_year']}"
        amount = report.figure(row, "outcome", "mnkr", True, decimals=1)
        found.append(card(sentences.capital(report.result_word("name")), amount, told))
    invested = report.row("rpt_investments", basis="year", project_status="total", is_total=True)
    if invested and invested["outcome_mnkr"] is not None:
        told = f"av budgeterade {report.figure(invested, 'budget', 'mnkr', True)}"
        found.append(card("Investeringar", report.figure(invested, "outcome", "mnkr", True), told))
    if about["goals"]:
        shares = [
            status(
                report,
                "goal_status",
                code,
                f"{sentences.counted(about[f'goals_{code}'])} "
                + report.word("goal_status_many", code),
            )
            for code in report.codes_of("goal_status")
            if about[f"goals_{code}"]
        ]
        found.append(
            card("Mål", f"{about['goals_fulfilled']} av {about['goals']}", " ".join(shares))
        )
    for row in sorted(staff_totals(report), key=lambda row: row["staff_order"]):
        told = f"samma som {row['previous_year']}"
        words = "count_change" if row["unit_of_measure"] == "count" else "level_change"
        if row["change_code"] in ("up", "down"):
            decimals = report.decimals(row["outcome_figure_id"], row["previous_figure_id"])
            change = sentences.measure(report, row, row["change_value"], decimals)
            told = f"{change} {report.word(words, row['change_code'])} än {row['previous_year']}"
        elif row["change_code"] is None:
            told = f"{row['previous_year']}: {report.figure(row, 'previous')}"
        if row["target_value"] is not None:
            told += f"; målvärde {report.figure(row, 'target', with_measure=True)}"
        name = text(row["indicator_name_sv"])
        found.append(card(name, report.figure(row, "outcome", with_measure=True), told))
    return "::: {.cards}\n" + "\n".join(found) + ":::\n"


def staff_totals(report: Report) -> list[Row]:
    """The staff figures of the front page, women and men together."""
    return [row for row in report.rows("rpt_indicators", is_whole=True) if row["staff_order"]]


def bullets(lines: list[str]) -> str:
    """The lines as a list."""
    return "\n".join(f"- {line}" for line in lines if line) + "\n"


def ranked(rows: list[Row], first: int) -> list[Row]:
    """The rows whose rank of change is among the first."""
    known = [row for row in rows if row["change_rank"] and row["change_rank"] <= first]
    return sorted(known, key=lambda row: row["change_rank"])


def unit_changes(report: Report, first: int = 99) -> str:
    """How the results of the units changed, the largest change first."""
    rows = ranked(report.rows("rpt_results"), first)
    return bullets([sentences.unit_change(report, row) for row in rows])


def indicator_changes(report: Report, first: int) -> str:
    """The indicators that changed most in relation to the year before."""
    rows = ranked(report.rows("rpt_indicators", is_whole=True), first)
    return bullets(
        [
            f"{sentences.indicator_change(report, row)} {sentences.against_target(report, row)}"
            for row in rows
        ]
    )


def volume_changes(report: Report) -> str:
    """How the volumes changed."""
    rows = [row for row in report.rows("rpt_indicators", is_whole=True) if row["volume_order"]]
    rows = sorted(rows, key=lambda row: row["volume_order"])
    return bullets([sentences.indicator_change(report, row) for row in rows])


def staff_changes(report: Report) -> str:
    """How the staff changed, against targets, women and men."""
    rows = sorted(staff_totals(report), key=lambda row: row["staff_order"])
    return bullets(
        [
            " ".join(
                told
                for told in (
                    sentences.indicator_change(report, row),
                    sentences.against_target(report, row),
                    sentences.women_and_men(report, row),
                )
                if told
            )
            for row in rows
        ]
    )


def goals(report: Report) -> str:
    """Every goal in its area: the judgement, then its indicators."""
    lines: list[str] = []
    area = None
    for row in sorted(report.rows("rpt_goals"), key=lambda row: row["display_order"]):
        if row["goal_area_sv"] != area:
            area = row["goal_area_sv"]
            lines += [f"### Målområde {text(area)}\n"] if area else []
        lines += [
            f"#### {text(row['goal_name_sv'])} {{#{safe_id(row['goal_code'])}}}\n",
            f"{status(report, 'goal_status', row['declared_status'])}\n",
            f"{municipal(row)}{sentences.goal(report, row)}\n",
            tables.indicators(report, row["goal_code"]),
        ]
    return "\n".join(lines)


def municipal(row: Row) -> str:
    """The goal of the municipality that a goal serves; nothing where the report names none."""
    goal = row["municipal_goal_sv"]
    return f"Kommunövergripande mål: {text(goal)}. " if goal else ""


def documentation() -> str:
    """Where the data documentation is: copied beside the pages, or how to make it."""
    if DOCS.is_file():
        COPY.parent.mkdir(exist_ok=True)
        shutil.copyfile(DOCS, COPY)
        return (
            "[Datadokumentationen](dbt-docs/index.html) visar varje modell, kolumn och prov och "
            "hur de hänger ihop (på engelska; öppnas utan nätverk).\n"
        )
    return (
        "Datadokumentationen är inte gjord i den här utgåvan. Den görs med "
        "`uv run dbt docs generate --static` följt av `uv run bokslut render`.\n"
    )


def document(report: Report) -> str:
    """Which document the figures come from."""
    about = report.about
    return (
        f"Källan är verksamhetsberättelsen {about['report_year']} från "
        f"{text(about['administration_name'])}, {text(about['municipality_name'])}: filen "
        f"{text(about['source_file'])} med {size(about['source_lines'])} rader. Den rymmer "
        f"{size(about['figures'])} tryckta tal, varav {size(about['figures_corrected'])} läses "
        f"med en rättelse."
        + (f" Sidorna är gjorda ur utgåva {text(report.edition)}.\n" if report.edition else "\n")
    )
