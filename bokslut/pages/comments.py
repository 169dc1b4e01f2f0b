"""What a controller writes beside the figures: `kommentarer/<report_id>/<section>.md`."""

from __future__ import annotations

from pathlib import Path

from bokslut.pages.data import Report, ReportFailed
from bokslut.render.comments import comment_problems

FOLDER = Path("kommentarer")
SECTIONS = (
    "sammanfattning",
    "ekonomi",
    "driftsammandrag",
    "investeringar",
    "mal",
    "basuppdrag",
    "personal",
    "kvinnor-och-man",
    "handelser",
    "tillganglighet",
)


def section(report: Report, name: str) -> str:
    """The comment of a section as Markdown in a frame of its own; nothing where there is none.

    Raises ReportFailed with file and line where the comment is more than plain Markdown, and with
    the names that there are where a file has the name of no section.
    """
    folder = FOLDER / report.report_id
    for file in sorted(folder.glob("*")):
        if file.suffix != ".md" or file.stem not in SECTIONS:
            known = ", ".join(f"{section}.md" for section in SECTIONS)
            raise ReportFailed(f"{file}: inget avsnitt heter så; de som finns: {known}")
    file = folder / f"{name}.md"
    if not file.is_file():
        return ""
    problems = comment_problems(file)
    if problems:
        raise ReportFailed("\n".join(problem.told(Path.cwd()) for problem in problems))
    written = file.read_text(encoding="utf-8").strip()
    return f"::: {{.comment}}\n{written}\n:::\n" if written else ""
