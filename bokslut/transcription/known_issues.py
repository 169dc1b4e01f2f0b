"""docs/known_issues.md, written from the control seed."""

from __future__ import annotations

import csv
from pathlib import Path

SEED = Path("seeds/control/control_known_issues.csv")
CHECKS = Path("seeds/control/control_known_issue_checks.csv")
CODES = Path("seeds/reference/reference_codes.csv")
PAGE = Path("docs/known_issues.md")

HEADER = """# Kända frågor

Motsägelser, och sådant som en läsare bör fråga om, som står i dokumenten själva. Sidan skrivs av
`uv run bokslut known-issues` ur `seeds/control/control_known_issues.csv`; ändra där.
"""


def read(file: Path) -> list[dict[str, str]]:
    """The rows of a seed."""
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def sentence(text: str) -> str:
    """The text with one full stop at its end."""
    return text.rstrip(".") + "."


def page(project: Path) -> str:
    """The page as Markdown, one section per known issue in the order of the seed."""
    checks: dict[str, list[str]] = {}
    for row in read(project / CHECKS):
        checks.setdefault(row["known_issue_id"], []).append(row["check_id"])
    words = {(row["list"], row["code"]): row["word_sv"] for row in read(project / CODES)}
    sections = [
        "\n".join(
            [
                f"## {issue['known_issue_id']}: {issue['title_sv']}",
                "",
                f"- **Vad som syns:** {sentence(issue['seen_sv'])}",
                f"- **Vad vi tror:** {sentence(issue['believed_sv'])}",
                f"- **Vad som avgör:** {sentence(issue['settled_by_sv'])}",
                f"- **Slag:** {words['issue_class', issue['issue_class']]}. "
                f"**Läge:** {words['known_issue_status', issue['status']]}.",
                "- **Avstämningar:** "
                + ", ".join(f"`{check}`" for check in checks.get(issue["known_issue_id"], [])),
            ]
        )
        for issue in read(project / SEED)
    ]
    return HEADER + "\n" + "\n\n".join(sections) + "\n"
