"""What a controller writes beside the figures: `kommentarer/<report_id>/<section>.md`."""

from __future__ import annotations

from pathlib import Path

from bokslut.pages.data import Report, ReportFailed

FOLDER = Path("kommentarer")


def section(report: Report, name: str) -> str:
    """The comment of a section as Markdown in a frame of its own; nothing where there is none.

    Raises ReportFailed with file and line where the Markdown is broken.
    """
    file = FOLDER / report.report_id / f"{name}.md"
    if not file.is_file():
        return ""
    # Only where there is a comment: the renderer takes a second to import.
    from bokslut.render.project import comment_problems

    problems = comment_problems(file)
    if problems:
        raise ReportFailed("\n".join(problem.told(Path.cwd()) for problem in problems))
    written = file.read_text(encoding="utf-8").strip()
    return f"::: {{.comment}}\n{written}\n:::\n" if written else ""
