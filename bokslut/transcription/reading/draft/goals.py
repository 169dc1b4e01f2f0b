"""The goals of a draft as rows of seeds."""

from __future__ import annotations

from bokslut.transcription.reading import goals
from bokslut.transcription.reading.draft.folder import TEMPLATE, SeedFolder
from bokslut.transcription.reading.labels import code, scanned
from bokslut.transcription.reading.output import Read


def goal_code(label: str, report: Read, folder: SeedFolder) -> str:
    """The code of a goal: a known alias's, a known name's, else its own."""
    if known := report.document.template.goal_of(label):
        return known
    same = (
        r for r in folder.load("reference_goals") if scanned(r["goal_name_sv"]) == scanned(label)
    )
    return next((row["goal_code"] for row in same), code(label))


def add_goals(folder: SeedFolder, report: Read) -> None:
    """The goals that the draft names, their printed labels and the words that judge them."""
    labels: list[str] = []
    for goal in report.document.goals:
        labels += [p.label for p in (goal.front, goal.heading) if p]
    for table in report.document.tables:
        if table.source_table == "namndindikatorer":
            labels += [line.section for line in table.lines if line.section]
    for label in dict.fromkeys(labels):
        key = goal_code(label, report, folder)
        folder.add_new(
            "reference_goals",
            [
                {
                    "goal_code": key,
                    "goal_name_sv": label,
                    "goal_name_en": label,
                    "goal_area_sv": "Mål",
                    "municipal_goal_sv": "Mål",
                    "administration_code": report.concepts.administration_code,
                }
            ],
            "goal_code",
        )
        folder.add(
            "reference_label_aliases",
            [{"template": TEMPLATE, "row_label": label, "label_sv": label, "goal_code": key}],
        )
    for goal in report.document.goals:
        status = goals.status_of(goal.judgement) if goal.judgement else None
        if status:
            folder.add_new(
                "reference_judgement_wordings",
                [{"template": TEMPLATE, "judgement": goal.judgement, "declared_status": status}],
                "template",
                "judgement",
            )
