"""How much of invented reports is read rightly, asked about and wrong, by format; and the time.

    uv run python bench/ingest.py [--text DOCUMENT] [--times 1000] [--rendered REPORT.pdf]

The reports are written by the generators of the tests, each with its key. A rendered report is read
as it is, and again from pictures of its pages. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests/python"))

from transcription import scoring, writers  # noqa: E402
from transcription.invented import ALVSTAD, HAVSTA, NORDVIK, SUNDBY, VASTERANG, Report  # noqa: E402

from bokslut.transcription.reading import cells, document, template  # noqa: E402
from bokslut.transcription.reading.readers import read  # noqa: E402

REPORTS = (NORDVIK, SUNDBY, VASTERANG, ALVSTAD, HAVSTA)


def scanned_pdf(report: Report, file: Path) -> None:
    """A report as pictures of pages."""
    digital = file.with_name("digital.pdf")
    writers.pdf(report, digital, rules="grid")
    writers.scanned(digital, file)


FORMATS: dict[str, tuple[str, Callable[[Report, Path], None]]] = {
    "text": ("report.txt", writers.text),
    "Word": ("report.docx", writers.word),
    "Excel": ("report.xlsx", writers.excel),
    "PDF, ruled": ("report.pdf", partial(writers.pdf, rules="grid")),
    "PDF, no rules": ("report.pdf", partial(writers.pdf, rules="none")),
    "text of a scan": ("report.txt", writers.scanned_text),
    "pictures of pages": ("report.pdf", scanned_pdf),
}


def read_back(rendered: Path, folder: Path, known: template.Template) -> None:
    """Prints how a rendered report is read from pictures of its pages, against its own text."""
    writers.scanned(rendered, folder / "pictures.pdf", dpi=200)
    made = []
    for file in (rendered, folder / "pictures.pdf"):
        found = document.understand(read(file), known)
        figures: dict[tuple[str, str], list[str]] = {}
        for cell in cells.cells(found):
            if cell["value"] and named(cell["table"]):
                key = (
                    named(cell["table"] + cell["row_label"]),
                    cell["fiscal_year"] + cell["scenario"],
                )
                figures.setdefault(key, []).append(cell["value"])
        asked = {named(q.text.partition(":")[0])[:24] for q in cells.questions(found)}
        made.append((figures, asked))
    (printed, _), (seen, asked) = made
    counted = Counter(
        "right"
        if seen.get(key) == values
        else "asked"
        if key not in seen and any(key[0].endswith(a[:12]) or a[:12] in key[0] for a in asked)
        else "wrong and not asked"
        if key in seen
        else "not found"
        for key, values in printed.items()
        for _ in values
    )
    print(f"from pictures at 200 dpi: {dict(counted)}", flush=True)


def named(text: str) -> str:
    """A label without what a picture may change."""
    return "".join(c for c in text.lower() if c.isalnum())


def main() -> None:
    """Prints a table of formats, and of times where a text is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, help="a report as text, for the times")
    parser.add_argument("--times", type=int, default=100, help="how often it is repeated")
    parser.add_argument("--rendered", type=Path, help="a rendered report, to be read back")
    options = parser.parse_args()
    known = template.load(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| format | cells | right | asked | wrong and not asked |")
        print("| --- | --- | --- | --- | --- |")
        for kind, (file, write) in FORMATS.items():
            total = [0] * 4
            for report in REPORTS:
                write(report, folder / file)
                found = document.understand(read(folder / file), known)
                made = scoring.score(cells.cells(found), cells.questions(found), report.key())
                counted = (made.total, made.right, made.asked, made.wrong)
                total = [a + b for a, b in zip(total, counted, strict=True)]
            print(f"| {kind} | {' | '.join(map(str, total))} |", flush=True)
        if options.rendered:
            read_back(options.rendered, folder, known)
        if options.text:
            text = options.text.read_text(encoding="utf-8")
            for times in (1, max(1, options.times // 10), options.times):
                (folder / "many.txt").write_text(text * times, encoding="utf-8")
                stream = read(folder / "many.txt")
                start = time.perf_counter()
                document.understand(stream, template.of_text(ROOT, stream.beginning))
                print(f"{times} reports: {time.perf_counter() - start:.2f} s", flush=True)


if __name__ == "__main__":
    main()
