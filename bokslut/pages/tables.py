"""Tables of the `rpt_` models as pandoc Markdown: a caption with its unit, the first column names
the row, numbers to the right, each with its link to the trail.
"""

from __future__ import annotations

from dataclasses import dataclass

from bokslut.pages import sentences
from bokslut.pages.data import Report, Row
from bokslut.pages.text import NOTHING, attribute, safe_id, text
from bokslut.swedish import SPACE


@dataclass(frozen=True)
class Column:
    """A heading, the column's share of the width, and whether it holds numbers.

    `is_first`: on a narrow screen, where rows are stacked, it comes before the others.
    """

    heading: str
    width: int = 10
    is_number: bool = True
    is_first: bool = False


def table(columns: list[Column], rows: list[list[str]], caption: str = "", label: str = "") -> str:
    """A pipe table; the cells are Markdown already.

    Its caption and label are options of the cell in the document, save where a cell has many
    tables. Without rows there is no table, since reports differ in what they print.
    """
    if not rows:
        return NOTHING
    heads = [f"[{c.heading}]{{.first}}" if c.is_first else c.heading for c in columns]
    rules = ["-" * c.width + ":" if c.is_number else ":" + "-" * c.width for c in columns]
    lines = [heads, rules, *rows]
    body = "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
    named = f"\n\n: {text(caption)}" + (f" {{#tbl-{label}}}" if label else "") if caption else ""
    return f"{body}{named}\n"


def folded(summary: str, markdown: str, identifier: str = "") -> str:
    """A part of a web page that is shown when its line is chosen; on paper it is always shown."""
    anchor = f"#{identifier} " if identifier else ""
    return f'::::: {{{anchor}.folded summary="{attribute(summary)}"}}\n{markdown}\n:::::\n'


def status(report: Report, code_list: str, code: str, word: str | None = None) -> str:
    """A status as word, shape and colour (class); the shape is silent. `word` says it otherwise."""
    row = report.codes[code_list, code]
    shape = f'[{row["shape"]}]{{aria-hidden="true"}}'
    shown = text(word or report.word(code_list, code))
    return f"[{shape}{SPACE}{shown}]{{.status .{row['colour_role']}}}"


def strong(cells: list[str], is_total: bool) -> list[str]:
    """The cells in bold where the row is a total."""
    return [f"**{cell}**" for cell in cells] if is_total else cells


def with_notes(report: Report, markdown: str, figure_ids: list[str | None]) -> str:
    """The table, and below it what disputes the figures that it shows."""
    issues: dict[str, Row] = {}
    for figure_id in figure_ids:
        cell = report.trail.get(figure_id or "")
        if cell and cell["known_issue_id"]:
            issue = report.issues.get(cell["known_issue_id"])
            if issue:
                issues[issue["known_issue_id"]] = issue
    if not issues:
        return markdown
    word = report.word("mark", "note")
    notes = "; ".join(
        f"[{report.mark(key, issue['verdict']).strip('^')}]{{.reference}} {text(issue['title_sv'])}"
        for key, issue in sorted(issues.items())
    )
    return f"{markdown}\n::: {{.notes}}\n{word}: {notes}.\n:::\n"


def figure_ids(rows: list[Row], *names: str) -> list[str | None]:
    """The figure ids of the named amounts of the rows."""
    return [row[f"{name}_figure_id"] for row in rows for name in names]


def operating(report: Report) -> str:
    """The result of each unit against budget and the year before, with the printed total."""
    year, before = report.about["report_year"], report.about["previous_year"]
    rows = sorted(report.rows("rpt_results"), key=in_order)
    cells = [
        strong(
            [
                text(result_name(report, row)),
                report.figure(row, "outcome", "tkr"),
                report.figure(row, "budget", "tkr"),
                report.figure(row, "deviation", "tkr"),
                report.figure(row, "previous", "tkr"),
                report.change(row["change_tkr"]) + report.change_mark(row["outcome_figure_id"]),
            ],
            row["is_total"],
        )
        for row in rows
    ]
    columns = [
        Column("Verksamhet", 24, False),
        Column(f"Bokslut {year}", 12),
        Column(f"Budget {year}", 12),
        Column("Avvikelse mot budget", 12),
        Column(f"Bokslut {before}", 14),
        Column(f"Förändring från {before}", 12),
    ]
    markdown = table(columns, cells)
    ids = figure_ids(rows, "outcome", "budget", "deviation", "previous")
    return with_notes(report, markdown, ids)


def in_order(row: Row) -> int:
    """The order of print."""
    return row["display_order"]


def result_name(report: Report, row: Row) -> str:
    """The unit of a row of results, or that it is the total."""
    if row["is_total"]:
        return report.word("row_kind", "total")
    return row[f"unit_name_{report.language}"]


def economy(report: Report) -> str:
    """The economy in short, as the report prints it."""
    return printed(report, "economy", "Ekonomi")


def printed(
    report: Report,
    role: str,
    heading: str,
    with_change: bool = False,
    source_table: str | None = None,
) -> str:
    """The printed table of a role as it is printed: its own rows, columns and figures.

    `with_change` adds how the row's outcome differs from the year before, as the row prints them;
    `source_table` names one of several tables of the role.
    """
    wanted = {"source_table": source_table} if source_table else {}
    found = report.rows("rpt_printed_tables", table_role=role, **wanted)
    found = sorted(found, key=lambda row: (row["source_table"], row["row_no"], row["column_no"]))
    heads = list(dict.fromkeys(row["column_label"] for row in found))
    by_row: dict[tuple[str, int], dict[str, Row]] = {}
    for row in found:
        by_row.setdefault((row["source_table"], row["row_no"]), {})[row["column_label"]] = row
    cells = []
    for across in by_row.values():
        first = next(iter(across.values()))
        shown = [report.figure(across[head], "") if head in across else "–" for head in heads]
        if with_change:
            shown.append(printed_change(report, list(across.values())))
        cells.append(strong([text(first["row_name_sv"]), *shown], first["is_total"]))
    columns = [Column(heading, 34, False), *(Column(text(head), 14) for head in heads)]
    if with_change:
        columns.append(Column("Förändring", 12))
    return with_notes(report, table(columns, cells), [row["figure_id"] for row in found])


def printed_change(report: Report, across: list[Row]) -> str:
    """The change that a printed row gives, with the mark that it inherits; a dash for none."""
    for row in across:
        if row["change_value"] is not None:
            decimals = report.decimals(row["figure_id"], row["previous_figure_id"])
            mark = report.mark(row["change_known_issue_id"], row["change_mark_verdict"])
            return report.change(row["change_value"], decimals) + mark
    return "–"


def investments(report: Report, basis: str) -> str:
    """The projects and their printed sums: since the start (`start`) or this year (`year`)."""
    year = report.about["report_year"]
    rows = sorted(report.rows("rpt_investments", basis=basis), key=in_order)
    cells = [
        strong(
            [
                text(project_name(row)),
                *(report.figure(row, name, "mnkr") for name in ("budget", "outcome", "deviation")),
                "–" if row["used_pct"] is None else report.number(row["used_pct"], 0) + "\u00a0%",
            ],
            row["is_total"],
        )
        for row in rows
    ]
    since = basis == "start"
    columns = [
        Column("Projekt", 34, False),
        Column("Beslutad budget" if since else f"Budget {year}", 12),
        Column("Ackumulerat utfall" if since else f"Utfall {year}", 12),
        Column("Avvikelse", 12),
        Column("Andel av budget", 12),
    ]
    return with_notes(
        report,
        table(columns, cells),
        figure_ids(rows, "budget", "outcome", "deviation"),
    )


def project_name(row: Row) -> str:
    """The project of a row of investments, or which projects it is the sum of."""
    return f"Summa {row['project_status_sv']}" if row["is_total"] else row["project_name_sv"]


def goals(report: Report) -> str:
    """Each goal: declared status, what its indicators say, and how many they are."""
    rows = sorted(report.rows("rpt_goals"), key=lambda row: row["display_order"])
    cells = [
        [
            text(row["goal_name_sv"]),
            report.link(status(report, "goal_status", row["declared_status"]), row["figure_id"]),
            status(report, "goal_status", row["computed_status"]),
            str(row["indicators_met"]),
            str(row["indicators_missed"]),
            str(row["indicators_unknown"]),
        ]
        for row in rows
    ]
    columns = [
        Column("Mål", 26, False),
        Column("Förvaltningens bedömning", 24, False),
        Column("Enligt indikatorerna", 20, False),
        Column("Nådda", 9),
        Column("Missade", 11),
        Column("Ej jämförbara", 16),
    ]
    markdown = table(columns, cells)
    return with_notes(report, markdown, [row["figure_id"] for row in rows])


def indicator_name(report: Report, row: Row) -> str:
    """The row header of an indicator: name, unit, measure; women and men below their total."""
    if report.group(row):
        return f"{text(row['indicator_name_sv'])}, {text(report.group(row))}"
    return text(measured_name(report, row, row["indicator_name_sv"]))


def measured_name(report: Report, row: Row, name: str) -> str:
    """The name of an indicator with its unit and its unit of measure, where it says neither."""
    beside = f", {row['unit_name_sv']}" if report.unit_beside(row, name) else ""
    # A count is a number of what its name says.
    if row["unit_of_measure"] in ("varies", "count") or "%" in name:
        return name + beside
    return f"{name}{beside} ({report.word('unit_of_measure', row['unit_of_measure'])})"


def indicators(report: Report, goal_code: str) -> str:
    """The indicators of one goal over three years, against their targets, women and men."""
    rows = report.rows("rpt_indicators", goal_code=goal_code)
    goal = report.row("rpt_goals", goal_code=goal_code)
    caption = f"Indikatorer för målet {goal['goal_name_sv'] if goal else goal_code}"
    shown = [row for row in rows if is_reported(row)]
    without = [indicator_name(report, row) for row in rows if row not in shown]
    written = indicator_table(report, shown, f"mal-{safe_id(goal_code)}", caption)
    if without:
        written += f"\nUtan både utfall och målvärde: {'; '.join(without)}.\n"
    return written


def is_reported(row: Row) -> bool:
    """Whether an indicator has an outcome in any year, or a target."""
    names = ("outcome", "previous", "earlier", "target")
    return any(row[f"{name}_value"] is not None for name in names)


def indicator_table(report: Report, rows: list[Row], label: str, caption: str) -> str:
    """A table of indicators: three years, target, status."""
    about = report.about
    rows = sorted(rows, key=lambda row: row["display_order"])
    cells = [
        [
            indicator_name(report, row) + sparkline(row),
            report.figure(row, "earlier"),
            report.figure(row, "previous"),
            report.figure(row, "outcome"),
            report.figure(row, "target") if row["target_value"] is not None else "–",
            status(report, "target_status", row["target_status"]) if row["target_status"] else "–",
        ]
        for row in rows
    ]
    columns = [
        Column("Indikator (enhet)", 38, False),
        Column(str(about["earlier_year"]), 13),
        Column(str(about["previous_year"]), 14),
        Column(str(about["report_year"]), 13, is_first=True),
        Column("Målvärde", 13, is_first=True),
        Column("Läge", 18, False, is_first=True),
    ]
    ids = figure_ids(rows, "earlier", "previous", "outcome", "target")
    return with_notes(report, table(columns, cells, caption, label), ids)


def sparkline(row: Row) -> str:
    """The years of a row as a line without numbers, on web pages; the numbers stand beside it."""
    values = [row[f"{year}_value"] for year in ("earlier", "previous", "outcome")]
    known = [(place, float(value)) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    points = [(4 + 22 * x, 15 - 12 * (y - low) / ((high - low) or 1)) for x, y in known]
    line = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        ' `<svg class="spark" viewBox="0 0 52 18" width="52" height="18" aria-hidden="true">'
        f'<polyline points="{line}"/><circle cx="{x:.0f}" cy="{y:.1f}" r="2.5"/></svg>`{{=html}}'
    )


def others(report: Report) -> str:
    """Each printed table without a page of its own, such as a balance sheet, as it is printed."""
    found = report.rows("rpt_printed_tables", table_role="other")
    names = dict.fromkeys((row["source_table"], row["table_name_sv"]) for row in found)
    return "\n\n".join(
        f"## {text(name)}\n\n{printed(report, 'other', name, source_table=source)}"
        for source, name in names
    )


def volumes(report: Report) -> str:
    """The volumes of the front page, as it prints them."""
    return printed(report, "volumes", "Volym", with_change=True)


def staff(report: Report) -> str:
    """The staff of the front page, as it prints them."""
    return printed(report, "staff", "Uppgift", with_change=True)


def known_issues(report: Report) -> str:
    """The known issues by class, with what is seen and believed, those that change most first."""
    rows = sorted(report.rows("rpt_known_issues"), key=lambda row: row["finding_rank"])
    parts = []
    for code in report.codes_of("issue_class"):
        found = [known_issue(report, row) for row in rows if row["issue_class"] == code]
        if found:
            summary = f"Frågor om {report.word('issue_class', code)}"
            parts.append(folded(summary, "\n".join(found)))
    return "\n".join(parts)


def known_issue(report: Report, row: Row) -> str:
    """One known issue: its verdict, what is seen, what is believed, what settles it."""
    return (
        f"::: {{.issue #{safe_id(row['known_issue_id'])}}}\n"
        f"### {text(row['known_issue_id'])}: {text(row['title_sv'])} {{.unlisted .unnumbered}}\n\n"
        f"{status(report, 'verdict', row['verdict'])} · "
        f"{text(report.word('known_issue_status', row['status']))}\n\n"
        f"Vad som syns\n:   {sentence(row['seen_sv'])}\n\n"
        f"Vad vi tror\n:   {sentence(row['believed_sv'])}\n\n"
        f"Vad som avgör\n:   {sentence(row['settled_by_sv'])}\n"
        ":::\n"
    )


def sentence(value: str) -> str:
    """The text with one full stop at its end."""
    return text(value.rstrip(".") + ".")


def issue_list(report: Report) -> str:
    """The known issues in a line each, with their anchors, for documents without the page of
    reconciliation.
    """
    rows = sorted(report.rows("rpt_known_issues"), key=lambda row: row["known_issue_id"])
    return "\n".join(
        f"[**{text(row['known_issue_id'])}**]{{#{safe_id(row['known_issue_id'])}}}\n"
        f":   {sentence(row['title_sv'])} {sentence(row['seen_sv'])}\n"
        for row in rows
    )


def sources(report: Report) -> str:
    """Every figure that the annual report shows: where it is printed, and how."""
    shown = {row["figure_id"] for row in report.rows("rpt_figure_coverage", is_shown=True)}
    judged = {row["figure_id"] for row in report.rows("rpt_goals")}
    rows = [
        row
        for row in report.rows("rpt_trail")
        if row["figure_id"] in shown | judged or row["kind"] in ("decision", "event")
    ]
    cells = [
        [
            f"[{text(row['name_sv'])}]{{#{safe_id(row['figure_id'])}}}",
            text(row["printed_text"]) or "–",
            report.lines(row),
        ]
        for row in sorted(rows, key=lambda row: (row["source_line_first"], row["figure_id"]))
    ]
    columns = [
        Column("Uppgift", 60, False),
        Column("Tryckt text", 20, False),
        Column("Rad", 14, False),
    ]
    return table(columns, cells)


def events(report: Report, kind: str) -> str:
    """The decisions or events as a list, each with a link to its line."""
    rows = sorted(report.rows("rpt_trail", kind=kind), key=lambda row: row["row_no"])
    return "\n".join(
        f"- {text(row['name_sv'])} ({report.link(report.lines(row), row['figure_id'])})"
        for row in rows
    )


def women_and_men(report: Report) -> str:
    """Women beside men in the report year, the largest difference first."""
    year = report.about["report_year"]
    rows = sorted(
        (row for row in report.rows("rpt_indicators") if row["gender_gap_rank"]),
        key=lambda row: row["gender_gap_rank"],
    )
    cells = [
        [
            indicator_name(report, row),
            report.figure(row, "women"),
            report.figure(row, "men"),
            report.change(
                row["gender_gap"],
                report.decimals(row["women_figure_id"], row["men_figure_id"]),
            ),
        ]
        for row in rows
    ]
    columns = [
        Column("Indikator (enhet)", 40, False),
        Column(f"Kvinnor {year}", 14),
        Column(f"Män {year}", 14),
        Column("Skillnad, kvinnor mot män", 18),
    ]
    markdown = table(columns, cells)
    return with_notes(report, markdown, figure_ids(rows, "women", "men"))


def missing_words(report: Report) -> str:
    """What each word for a missing value means."""
    cells = [
        [text(report.word("missing_code", code)), text(row["meaning_sv"])]
        for code in report.codes_of("missing_code")
        if (row := report.codes["missing_code", code])["meaning_sv"]
    ]
    dash = (
        "Ingenting att visa: dokumentet har ingen sådan cell, eller så går en förändring inte att "
        "beräkna."
    )
    columns = [Column("Det står", 20, False), Column("Det betyder", 70, False)]
    return table(columns, [*cells, ["–", text(dash)]])


def signs(report: Report) -> str:
    """What each sign means: the statuses, and the marks of figures."""
    cells = [
        [status(report, listed, code), text(row["meaning_sv"])]
        for listed in ("goal_status", "target_status", "verdict", "known_issue_status")
        for code in report.codes_of(listed)
        if (row := report.codes[listed, code])["meaning_sv"]
    ]
    marks = [
        [
            f"{report.codes['verdict', verdict]['shape']} och ett nummer",
            f"{sentences.capital(text(report.word('mark', verdict)))}; märket länkar till frågan "
            "med numret.",
        ]
        for verdict in ("contradicts", "questionable")
    ]
    columns = [Column("Tecken", 30, False), Column("Betydelse", 60, False)]
    return table(columns, cells + marks)
