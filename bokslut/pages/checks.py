"""The pages of reconciliation and trail as Markdown."""

from __future__ import annotations

from bokslut.pages.data import Report, Row
from bokslut.pages.tables import Column, folded, status, table
from bokslut.pages.text import breakable, safe_id, text


def rules(report: Report) -> list[tuple[str, str]]:
    """The rules that have checks, with their Swedish names, in the order of the page."""
    found = {
        (row["rule_order"], row["rule"], row["rule_name_sv"]) for row in report.rows("rpt_checks")
    }
    return [(rule, name) for _, rule, name in sorted(found)]


def summary(report: Report) -> str:
    """How many checks each rule has of each verdict."""
    counts = {
        (row["rule"], row["verdict"]): row["checks"]
        for row in report.rows("rpt_reconciliation_summary")
    }
    verdicts = report.codes_of("verdict")
    columns = [Column("Slag av avstämning", 34, False)]
    columns += [Column(text(report.word("verdict", code)).capitalize(), 12) for code in verdicts]
    cells = [
        [f"[{text(name)}](#{safe_id(rule)})"]
        + [str(counts.get((rule, verdict), "–")) for verdict in verdicts]
        for rule, name in rules(report)
    ]
    about = report.about
    cells += [
        ["**Summa**"] + [f"**{about['checks_' + verdict]}**" for verdict in verdicts],
    ]
    return table(columns, cells)


def side(report: Report, row: Row, name: str) -> str:
    """One side of a check: its print, linked to its trail, and its lines; or a computed value."""
    figure_id, computed = row[f"{name}_figure_id"], row[f"{name}_value"]
    if figure_id in report.trail:
        said = report.trail_link(print_of(report, figure_id), figure_id)
        return f"{said} ({report.lines(row, f'{name}_lines')})"
    return "–" if computed is None else f"{report.number(computed)} (beräknat)"


def print_of(report: Report, figure_id: str) -> str:
    """What a print says: its number as it is read, or its words; why there is none."""
    cell = report.trail[figure_id]
    if cell["value"] is not None:
        sign = text(cell["value_operator"] or "")
        number = report.number(cell["value"], cell["decimals"])
        return sign + report.with_measure(number, cell["unit_of_measure"])
    if cell["missing_code"]:
        return text(report.word("missing_code", cell["missing_code"]))
    return f"”{breakable(cell['printed_text'])}”"


def of_rule(report: Report, rule: str, name: str) -> str:
    """The checks of a rule, those that contradict first."""
    order = ["contradicts", "questionable", "unverifiable", "agrees_within_rounding", "agrees"]
    rows = sorted(
        report.rows("rpt_checks", rule=rule),
        key=lambda row: (order.index(row["verdict"]), row["subject"], row["check_id"]),
    )
    cells = [
        [
            f"[{text(row['subject'])}]{{#{safe_id(row['check_id'])}}}",
            side(report, row, "left"),
            side(report, row, "right"),
            status(report, "verdict", row["verdict"])
            + report.mark(row["known_issue_id"], row["verdict"]),
            breakable(row["explanation_sv"]),
        ]
        for row in rows
    ]
    columns = [
        Column("Vad som prövas", 26, False),
        Column("Ena sidan", 15, False),
        Column("Andra sidan", 15, False),
        Column("Utslag", 13, False),
        Column("Förklaring", 31, False),
    ]
    return table(columns, cells, name, f"regel-{safe_id(rule)}")


def all_rules(report: Report) -> str:
    """Every check, folded under its rule."""
    return "\n".join(
        folded(name, of_rule(report, rule, name), safe_id(rule)) for rule, name in rules(report)
    )


def contradictions(report: Report) -> str:
    """What cannot be right, in the order of what it changes."""
    return findings([row for row in found(report) if row["verdict"] == "contradicts"])


def to_ask(report: Report) -> str:
    """What to ask about, in the order of what it changes; a part to open."""
    asked = [row for row in found(report) if row["verdict"] != "contradicts"]
    caption = "Uppgifter som bör frågas om, efter vad de ändrar"
    return folded("Det som bör frågas om", findings(asked, caption, "att-fraga-om"))


def found(report: Report) -> list[Row]:
    """The findings in their order."""
    rows = [row for row in report.rows("rpt_checks") if row["finding_rank"]]
    return sorted(rows, key=lambda row: row["finding_rank"])


def findings(rows: list[Row], caption: str = "", label: str = "") -> str:
    """Findings with their rules and known issues."""
    cells = [
        [
            f"[{text(row['subject'])}](#{safe_id(row['check_id'])})",
            text(row["rule_name_sv"]),
            f"[{row['known_issue_id']}](#{safe_id(row['known_issue_id'] or '')}){{.reference}}"
            if row["known_issue_id"]
            else "–",
        ]
        for row in rows
    ]
    columns = [
        Column("Uppgift", 56, False),
        Column("Slag", 26, False),
        Column("Fråga", 16, False),
    ]
    return table(columns, cells, caption, label)


def double_prints(report: Report) -> str:
    """The pairs of prints that disagree: which is used, and why."""
    cells = [
        [
            text(row["concept_name_sv"]),
            place_of(report, row["figure_id"]),
            place_of(report, row["other_figure_id"]),
            text(row["precedence_reason_sv"])
            if row["other_value"] is not None
            else "Ett tal går före en uppgift som saknas",
        ]
        for row in report.rows("rpt_other_prints", is_fact=True)
    ]
    columns = [
        Column("Uppgift", 32, False),
        Column("Används", 18, False),
        Column("Annat tryck", 18, False),
        Column("Varför", 34, False),
    ]
    return table(columns, cells)


def place_of(report: Report, figure_id: str) -> str:
    """What a print says with its mark, and its lines."""
    lines = report.lines(report.trail[figure_id])
    return f"{report.link(print_of(report, figure_id), figure_id)} ({lines})"


def trail(report: Report) -> str:
    """Every printed cell, a part to open for each table of the document."""
    first: dict[str, Row] = {}
    for row in sorted(report.rows("rpt_trail"), key=lambda row: row["source_line_first"]):
        first.setdefault(row["source_table"], row)
    return "\n\n".join(
        folded(
            row["table_name_sv"],
            trail_table(report, source, row["table_name_sv"]),
            safe_id(source),
        )
        for source, row in first.items()
    )


def trail_table(report: Report, source_table: str, name: str) -> str:
    """The printed cells of one table: line, print, reading, use, checks."""
    rows = sorted(
        report.rows("rpt_trail", source_table=source_table),
        key=lambda row: (row["row_no"], row["figure_id"]),
    )
    checks = {row["check_id"]: row for row in report.rows("rpt_checks")}
    of_figure: dict[str, list[Row]] = {}
    for row in report.rows("rpt_trail_checks"):
        of_figure.setdefault(row["figure_id"], []).append(checks[row["check_id"]])
    coverage = {row["figure_id"]: row for row in report.rows("rpt_figure_coverage")}
    cells = [
        [
            f"[{text(row['name_sv'])}]{{#{safe_id(row['figure_id'])}}}"
            + report.mark(row["known_issue_id"], row["mark_verdict"]),
            text(row["lines_sv"].removeprefix("rad ")),
            f"”{breakable(row['printed_text'])}”" if row["printed_text"] else "–",
            reading(report, row),
            use(report, row, coverage.get(row["figure_id"])),
            "; ".join(verdict(report, check) for check in of_figure.get(row["figure_id"], []))
            or "–",
        ]
        for row in rows
    ]
    columns = [
        Column("Uppgift", 23, False),
        Column("Rad", 8, False),
        Column("Tryckt text", 24, False),
        Column("Läst som", 22, False),
        Column("Används", 13, False),
        Column("Avstämningar", 20, False),
    ]
    return table(columns, cells, name, f"spar-{safe_id(source_table)}")


def reading(report: Report, row: Row) -> str:
    """The value read, and the correction that gave it."""
    if row["value"] is not None:
        shown = report.with_measure(
            report.number(row["value"], row["decimals"]), row["unit_of_measure"]
        )
    elif row["missing_code"]:
        shown = text(report.word("missing_code", row["missing_code"]))
    else:
        shown = breakable(row["read_text"]) or "–"
    if row["correction_id"]:
        shown += (
            f", rättat {text(row['correction_id'])}: {text(row['correction_reason_sv'])}. "
            f"{text(row['correction_evidence_sv'])}"
        )
    return shown


def use(report: Report, row: Row, coverage: Row | None) -> str:
    """Whether a fact takes the print and a report shows it; if neither, why."""
    told = []
    if row["is_fact"]:
        told.append("faktum")
    if coverage and coverage["is_shown"]:
        told.append("visas i berättelsen")
    if not told and coverage and coverage["reason_code"]:
        listed = ("unverifiable_code", "missing_code")
        words = [report.codes.get((name, coverage["reason_code"])) for name in listed]
        told += [text(row["word_sv"]) for row in words if row]
    return ", ".join(told) or "–"


def verdict(report: Report, check: Row) -> str:
    """A check as a link with its verdict."""
    shape = report.codes["verdict", check["verdict"]]["shape"]
    word = text(report.word("verdict", check["verdict"]))
    return (
        f'[[{shape}]{{aria-hidden="true"}} {text(check["rule_name_sv"])}: {word}]'
        f"(avstamning.qmd#{safe_id(check['check_id'])})"
    )


def restatements(report: Report) -> str:
    """What a later report of the administration prints otherwise; nothing where it does not."""
    rows = report.rows("rpt_checks", rule="restatement", verdict="questionable")
    if not rows:
        return ""
    cells = [
        [
            text(row["subject"]),
            side(report, row, "left"),
            side(report, row, "right"),
            text(row["explanation_sv"]),
        ]
        for row in rows
    ]
    columns = [
        Column("Uppgift", 34, False),
        Column("Tidigare", 14),
        Column("Nu", 14),
        Column("Förklaring", 38, False),
    ]
    caption = "Uppgifter som är ändrade sedan en tidigare rapport"
    return table(columns, cells, caption, "omraknat")
