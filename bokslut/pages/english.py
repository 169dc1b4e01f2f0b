"""The summary in English: the same rows, in English words."""

from __future__ import annotations

from bokslut.pages.blocks import bullets, changed, staff_totals, total
from bokslut.pages.blocks import lead as page_lead
from bokslut.pages.data import Report, Row
from bokslut.pages.tables import (
    Column,
    figure_ids,
    in_order,
    result_name,
    status,
    strong,
    table,
    with_notes,
)
from bokslut.pages.text import text
from bokslut.swedish import SPACE, size


def lead(report: Report) -> str:
    """Which report it is."""
    about = report.about
    words = (
        f"{text(about['administration_name_en'])} "
        f"([{text(about['administration_name'])}, {text(about['municipality_name'])}]{{lang=sv}}), "
        f"{about['report_year']}"
    )
    return page_lead(report, words) + (
        "\n::: {.notice}\nThis is not the administration’s own report. The figures are taken from "
        f"the printed annual report of {about['report_year']}; the selection, the sentences and "
        "the questions are made from them with Bokslut.\n:::\n"
        "\nAmounts are in Swedish kronor: tkr is thousands, mnkr millions.\n"
    )


def result(report: Report) -> str:
    """The result against budget and the year before."""
    row = total(report)
    if row["outcome_mnkr"] is None:
        return "No result is reported.\n"
    amount = report.figure(row, "outcome", "mnkr", True, unsigned=True, decimals=1)
    kind = report.result_word(row["result_code"])
    told = f"The result for {row['report_year']} is {kind} of {amount}"
    if row["change_code"] in ("up", "down"):
        change = size(row["change_mnkr"], 1, "en") + SPACE + "mnkr"
        before = report.figure(row, "previous", "mnkr", with_measure=True, decimals=1)
        side = report.word("result_change", row["change_code"])
        told += f", {change} {side} than {row['previous_year']} ({before})"
    about = report.about
    return (
        f"{told}. Of {about['units']} items in the operating summary, "
        f"{about['units_with_surplus']} have a surplus{report.judged_against()} and "
        f"{about['units_with_deficit']} a deficit.\n"
    )


def results(report: Report) -> str:
    """The result of each unit."""
    about = report.about
    rows = sorted(report.rows("rpt_results"), key=in_order)
    cells = [
        strong(
            [
                text(result_name(report, row)),
                *(report.figure(row, n, "tkr") for n in ("outcome", "deviation", "previous")),
                report.change(row["change_tkr"]),
            ],
            row["is_total"],
        )
        for row in rows
    ]
    columns = [
        Column("Unit", 30, False),
        Column(f"Outcome {about['report_year']}", 14),
        Column("Deviation from budget", 14),
        Column(f"Outcome {about['previous_year']}", 14),
        Column("Change", 14),
    ]
    markdown = table(columns, cells)
    return with_notes(report, markdown, figure_ids(rows, "outcome", "deviation", "previous"))


def investments(report: Report) -> str:
    """The year's investments against budget."""
    row = report.row("rpt_investments", basis="year", project_status="total", is_total=True)
    if not row or row["outcome_mnkr"] is None:
        return "No investments are reported.\n"
    told = f"Investments came to {report.figure(row, 'outcome', 'mnkr', with_measure=True)}"
    if row["budget_mnkr"] is not None:
        told += f" of a budget of {report.figure(row, 'budget', 'mnkr', with_measure=True)}"
    if row["used_pct"] is not None:
        told += f", {size(row['used_pct'], 0, 'en')} per cent of it"
    return told + ".\n"


def goals(report: Report) -> str:
    """How many goals were fulfilled, and what their indicators say."""
    about = report.about
    return (
        f"Of {about['goals']} goals, the administration declares {about['goals_fulfilled']} "
        f"fulfilled, {about['goals_partly_fulfilled']} partly fulfilled and "
        f"{about['goals_not_fulfilled']} not fulfilled. Of {about['indicators_comparable']} "
        f"comparable indicators, {about['indicators_met']} meet their target; "
        f"{about['indicators_unknown']} cannot be compared. For {about['goals_inconsistent']} "
        "goals the declared status differs from what the indicators alone say.\n"
    )


def goal_table(report: Report) -> str:
    """Each goal with its declared status beside its indicators."""
    rows = sorted(report.rows("rpt_goals"), key=lambda row: row["display_order"])
    cells = [
        [
            text(row["goal_name_en"]),
            report.link(status(report, "goal_status", row["declared_status"]), row["figure_id"]),
            status(report, "goal_status", row["computed_status"]),
            f"{row['indicators_met']} of {row['indicators_comparable']}",
        ]
        for row in rows
    ]
    columns = [
        Column("Goal", 34, False),
        Column("Declared", 22, False),
        Column("By its indicators", 22, False),
        Column("Targets met", 14),
    ]
    return table(columns, cells)


def change(report: Report, row: Row) -> str:
    """How an indicator changed since the year before."""
    name = text(row["indicator_name_en"])
    if not row["is_administration"]:
        name += f" ({text(row['unit_name_en'])})"
    outcome = report.figure(row, "outcome", with_measure=True)
    if row["change_code"] is None:
        return f"{name}: {outcome}."
    if row["change_code"] == "same":
        return f"{name}: unchanged at {outcome}."
    verb = report.word("movement", row["change_code"])
    before = report.figure(row, "previous", with_measure=True)
    told = f"{name} {verb} from {before} to {outcome}"
    if row["target_value"] is not None:
        target = report.figure(row, "target", with_measure=True)
        told += f"; the target is {target}"
        if row["target_status"] in ("met", "missed"):
            told += f" ({text(report.word('target_status', row['target_status']))})"
    return told + "."


def staff(report: Report) -> str:
    """How the staff changed."""
    rows = sorted(staff_totals(report), key=lambda row: row["staff_order"])
    volumes = [row for row in report.rows("rpt_indicators", is_whole=True) if row["volume_order"]]
    volumes = sorted(volumes, key=lambda row: row["volume_order"])
    return bullets([change(report, row) for row in rows + volumes])


def indicators(report: Report) -> str:
    """The indicators that changed most."""
    rows = {row["outcome_figure_id"]: row for row in report.rows("rpt_indicators")}
    found = [rows[row["figure_id"]] for row in changed(report, "change_rank", first=3)]
    lines = bullets([change(report, row) for row in found])
    return f"The indicators that changed most, the most important first:\n\n{lines}"


def checks(report: Report) -> str:
    """What the checks of the report found."""
    about = report.about
    classes = ", ".join(
        f"{report.word('issue_class', code)} {about[f'known_issues_{code}']}"
        for code in report.codes_of("issue_class")
        if about[f"known_issues_{code}"]
    )
    return (
        f"The {about['figures']} printed figures take part in {about['checks']} checks against "
        f"each other: {about['checks_agrees']} agree, "
        f"{about['checks_agrees_within_rounding']} agree within rounding, "
        f"{about['checks_contradicts']} contradict, {about['checks_questionable']} are to be asked "
        f"about and {about['checks_unverifiable']} cannot be checked. What contradicts or is to be "
        f"asked about stands in the document itself; it is registered as {about['known_issues']} "
        f"known issues ({classes}).\n"
    )
