"""What the documents in `reports/` are written with: rows of `rpt_` models as Markdown.

    from bokslut import pages

    r = report.open_report("vss-2020")

Nothing here computes a figure: what a page shows is a row of an `rpt_` model, and Python gives it
its Swedish form, its link to the trail and its mark where it is disputed.
"""

from bokslut.pages.data import Report, ReportFailed, open_report
from bokslut.pages.text import attribute, html_text, safe_id, text

__all__ = [
    "Report",
    "ReportFailed",
    "attribute",
    "html_text",
    "open_report",
    "safe_id",
    "text",
]
