"""Parts of pages that are more than a table or a sentence."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from babel.dates import format_date

from bokslut.pages import comments, sentences, tables
from bokslut.pages.data import Report, Row
from bokslut.pages.tables import status
from bokslut.pages.text import attribute, safe_id, text
from bokslut.swedish import number, size

TESTED = Path("tillganglighet.json")
DOCS = Path("../target/static_index.html")
COPY = Path("dbt-docs/index.html")


def total(report: Report) -> Row:
    """The printed total of the result table."""
    row = report.row("rpt_results", is_total=True)
    return row or dict.fromkeys(
        ["deviation_code", "change_code", "outcome_mnkr", "outcome_figure_id"]
    ) | {"report_year": report.about["report_year"]}


def subtitle(report: Report) -> str:
    """Which report it is, as the first line of a page, and whose it is not."""
    about = report.about
    whose = (
        f"{text(about['administration_name'])}, {text(about['municipality_name'])}, "
        f"{about['report_year']}"
    )
    return f"{lead(report, whose)}\n{notice(report)}"


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


def notice(report: Report) -> str:
    """That this is not the administration's own report, for every page and file."""
    about = report.about
    return (
        "::: {.notice}\nDet här är inte förvaltningens egen berättelse. Talen är hämtade ur den "
        f"tryckta verksamhetsberättelsen {about['report_year']}; urvalet, meningarna och "
        "frågorna är gjorda ur dem med Bokslut.\n:::\n"
    )


def first_screen(report: Report) -> str:
    """The year in three sentences: the result, the goals, what to ask about."""
    told = [
        ("Resultatet", sentences.result_in_short(report, total(report))),
        ("Målen", sentences.goals_in_short(report)),
        ("Att fråga om", sentences.questions_in_short(report)),
    ]
    lines = [f"**{head}.** {sentence}" for head, sentence in told if sentence]
    return "::: {.in-short}\n" + "\n\n".join(lines) + "\n:::\n"


def cards(report: Report) -> str:
    """The key figures of the year."""
    row = total(report)
    about = report.about
    found = []
    if row["outcome_mnkr"] is not None:
        told = report.result_word(row["result_code"])
        if row["change_code"] in ("up", "down"):
            told += f", {sentences.change_of_result(report, row)} än {row['previous_year']}"
        # The word of a net cost says its sign; a result has it.
        said = bool(report.judged_against())
        amount = report.figure(row, "outcome", "mnkr", True, unsigned=said, decimals=1)
        found.append(card(sentences.capital(report.result_word("name")), amount, told))
    invested = report.row("rpt_investments", basis="year", project_status="total", is_total=True)
    if invested and invested["outcome_mnkr"] is not None:
        told = f"av budgeterade {report.figure(invested, 'budget', 'mnkr', True)}"
        found.append(card("Investeringar", report.figure(invested, "outcome", "mnkr", True), told))
    if about["goals"]:
        shares = [
            status(report, "goal_status", code, f"{sentences.counted(count)} {word}")
            for code in report.codes_of("goal_status")
            if (count := about[f"goals_{code}"])
            for word in [report.word(f"goal_status_{'one' if count == 1 else 'many'}", code)]
        ]
        found.append(
            card("Mål", f"{about['goals_fulfilled']} av {about['goals']}", " ".join(shares))
        )
    found += [
        staff_card(report, row)
        for row in sorted(staff_totals(report), key=lambda row: row["staff_order"])
    ]
    return "::: {.cards}\n" + "\n".join(found) + ":::\n"


def staff_card(report: Report, row: Row) -> str:
    """One staff figure of the front page against the year before and its target."""
    told = f"samma som {row['previous_year']}"
    words = "count_change" if row["unit_of_measure"] == "count" else "level_change"
    if row["change_code"] in ("up", "down"):
        side = report.word(words, row["change_code"])
        told = f"{sentences.change(report, row, side)} än {row['previous_year']}"
    elif row["change_code"] is None:
        told = f"{row['previous_year']}: {report.figure(row, 'previous')}"
    if row["target_value"] is not None:
        told += f"; målvärde {report.figure(row, 'target', with_measure=True)}"
        told += f", {status(report, 'target_status', row['target_status'])}"
    name = text(sentences.capital(row["indicator_name_sv"]))
    return card(name, report.figure(row, "outcome", with_measure=True), told)


def staff_totals(report: Report) -> list[Row]:
    """The staff figures of the front page, women and men together."""
    return [row for row in report.rows("rpt_indicators", is_whole=True) if row["staff_order"]]


def bullets(lines: list[str]) -> str:
    """The lines as a list."""
    return "\n".join(f"- {line}" for line in lines if line) + "\n"


def unit_changes(report: Report, first: int = 99) -> str:
    """How the results of the units changed, the largest change first."""
    known = [row for row in report.rows("rpt_results") if row["change_rank"]]
    rows = sorted(known, key=lambda row: row["change_rank"])[:first]
    return bullets([sentences.unit_change(report, row) for row in rows])


def changed(report: Report, rank: str, first: int) -> list[Row]:
    """The rows of `rpt_changes` that have a rank, the first of them in its order."""
    known = [row for row in report.changes.values() if row[rank]]
    return sorted(known, key=lambda row: row[rank])[:first]


def other_changes(report: Report, first: int) -> str:
    """The units and indicators that changed most, save what the text passes over.

    Units come by the size of the change, indicators by importance and then by size, beyond
    rounding.
    """
    passed = {row["figure_id"] for row in report.rows("rpt_changes", is_passed_over=True)}
    units = sorted(
        (
            row
            for row in report.rows("rpt_results")
            if row["change_rank"] and row["outcome_figure_id"] not in passed
        ),
        key=lambda row: row["change_rank"],
    )
    rows = {row["outcome_figure_id"]: row for row in report.rows("rpt_indicators")}
    found = [
        rows[change["figure_id"]]
        for change in changed(report, "change_rank", 99)
        if change["figure_id"] not in passed
    ]
    lines = [sentences.unit_change(report, row) for row in units[:1]]
    lines += [
        f"{sentences.indicator_change(report, row)} {sentences.against_target(report, row)}"
        for row in found[:first]
    ]
    return bullets(lines)


def passed_over(report: Report) -> str:
    """The large changes that the text does not mention; that there are none, where so."""
    indicators = {row["outcome_figure_id"]: row for row in report.rows("rpt_indicators")}
    results = {row["outcome_figure_id"]: row for row in report.rows("rpt_results", is_total=False)}
    lines = []
    for change in changed(report, "passed_over_rank", 99):
        figure_id = change["figure_id"]
        mark = report.mark(change["silence_issue_id"], "questionable")
        if figure_id in results:
            lines.append(f"{sentences.unit_change(report, results[figure_id])} {mark}")
        elif figure_id in indicators:
            row = indicators[figure_id]
            told = sentences.indicator_change(report, row)
            lines.append(f"{told} {sentences.against_target(report, row)} {mark}")
    return bullets(lines) if lines else "Texten nämner årets alla stora förändringar.\n"


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
    """Every goal, in its area where it has one: the judgement, then its indicators."""
    lines: list[str] = []
    area = None
    for row in sorted(report.rows("rpt_goals"), key=lambda row: row["display_order"]):
        if row["goal_area_sv"] != area:
            area = row["goal_area_sv"]
            lines += [f"### Målområde {text(area)}\n"] if area else []
        level = "####" if area else "###"
        declared = status(report, "goal_status", row["declared_status"])
        lines += [
            f"{level} {text(row['goal_name_sv'])} {{#{safe_id(row['goal_code'])}}}\n",
            f"Förvaltningens bedömning: {report.link(declared, row['figure_id'])}. "
            f"{sentences.goal(report, row)}\n",
            tables.folded(
                f"Indikatorerna för målet {row['goal_name_sv']}",
                tables.indicators(report, row["goal_code"]),
            ),
        ]
    return "\n".join(lines)


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


def accessibility(report: Report) -> str:
    """How accessible the pages are, as they were last tested, and what is known not to conform."""
    found = json.loads(TESTED.read_text(encoding="utf-8"))
    day = format_date(date.fromisoformat(found["tested_on"]), "long", locale="sv")
    widths = sentences.listed([number(width) for width in found["widths"]])
    looks = {"light": "ljust", "dark": "mörkt"}
    schemes = sentences.listed([looks[scheme] for scheme in found["schemes"]])
    broken = found["violations"]
    result = "ingen regel bruten" if not broken else f"{sentences.counted(broken)} brutna regler"
    how = (
        f"Alla sidor prövades senast den {day} mot reglerna i WCAG 2.2, nivå A och AA, med "
        f"verktyget axe, i bredderna {widths} bildpunkter, i {schemes} utseende: {result}. PDF:en "
        f"prövades mot {text(found['pdf'])}. Prövningen körs om vid varje ändring."
    )
    status_of = "helt" if not broken else "delvis"
    return (
        f"När en kommun ger ut sidorna omfattas de av {text(found['law'])}. Här står hur de "
        "uppfyller kraven, vad som är känt att brista och hur det är prövat.\n\n"
        f"Sidorna är {status_of} förenliga med de regler som prövas automatiskt.\n\n"
        f"## Så är det prövat\n\n{how}\n\n## Kända brister\n\n"
        + bullets([text(line) for line in found["known"]])
    )


def contact(report: Report) -> str:
    """Whom to tell of a shortcoming: what the municipality has written, or that it has not."""
    written = comments.section(report, "tillganglighet")
    about = report.about
    return written or (
        "Hör av dig till "
        f"{text(about['administration_name'])}, {text(about['municipality_name'])}, om något på "
        "sidorna inte går att använda. Kommunens kontaktväg är ännu inte ifylld.\n"
    )


def document(report: Report) -> str:
    """Which document the figures come from."""
    about = report.about
    corrected = about["figures_corrected"]
    read = f", varav {sentences.counted(corrected)} läses med en rättelse" if corrected else ""
    return (
        f"Källan är verksamhetsberättelsen {about['report_year']} från "
        f"{text(about['administration_name'])}, {text(about['municipality_name'])}: filen "
        f"{text(about['source_file'])} med {size(about['source_lines'])} rader. Den rymmer "
        f"{size(about['figures'])} tryckta tal{read}."
        + (f" Sidorna är gjorda ur utgåva {text(report.edition)}.\n" if report.edition else "\n")
    )
