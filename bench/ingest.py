"""How much of invented reports is read rightly, asked about and wrong, by format; and the time.

    uv run python bench/ingest.py [--text DOCUMENT] [--times 1000] [--rendered REPORT.pdf]

The reports are written by the generators of the tests, each with its key. A rendered report is read
as it is, and again from pictures of its pages. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "tests/python"))

from rapidfuzz import fuzz  # noqa: E402
from test_read_back import shown  # noqa: E402
from transcription import scoring, writers  # noqa: E402
from transcription.invented import ALVSTAD, HAVSTA, NORDVIK, SUNDBY, VASTERANG, Report  # noqa: E402

from bokslut.transcription.reading import (  # noqa: E402
    cells,
    claims,
    concepts,
    document,
    template,
)
from bokslut.transcription.reading.concepts import reporter  # noqa: E402
from bokslut.transcription.reading.labels import scanned  # noqa: E402
from bokslut.transcription.reading.readers import read  # noqa: E402
from bokslut.transcription.reading.tables.table import Line  # noqa: E402

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
    """Prints how the tables of a rendered report are read, as they are and from pictures of the
    pages, against the web pages beside it; the labels of charts are in no table."""
    writers.scanned(rendered, folder / "pictures.pdf", dpi=200)
    for kind, file in (("PDF", rendered), ("pictures at 200 dpi", folder / "pictures.pdf")):
        found = document.understand(read(file), known)
        counted: Counter[str] = Counter()
        for name, expected in shown(rendered.parent).items():
            own = [t for t in found.tables if alike(t.title.partition(":")[2], name)]
            left = [line for table in own for line in table.lines]
            for label, values in expected:
                line = next((line for line in left if alike(line.label, label)), None)
                if line:
                    left.remove(line)
                counted += judged(line, values)
        print(f"{kind}: {counted.total()} cells, {dict(counted)}", flush=True)


def alike(one: str, other: str) -> bool:
    """Whether two labels are one, but for what a picture may change."""
    return fuzz.ratio(scanned(one), scanned(other)) >= 85


def judged(line: Line | None, values: list[Decimal]) -> Counter[str]:
    """How many numbers of a row are right and in their order, asked about, wrong, not found."""
    figures = list(line.figures.values()) if line else []
    seen = [figure.number.value for figure in figures if figure.number]
    blocks = SequenceMatcher(None, seen, values, autojunk=False).get_matching_blocks()
    right = sum(block.size for block in blocks)
    wrong = min(len(seen), len(values)) - right
    left = len(values) - right - wrong
    asked = min(left, sum(figure.question is not None for figure in figures))
    counts = {"right": right, "asked": asked, "wrong and not asked": wrong}
    return Counter(counts | {"not found": left - asked})


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
        if options.text:
            # First: the peak is that of the whole process.
            text = options.text.read_text(encoding="utf-8")
            for times in (1, max(1, options.times // 10), options.times):
                (folder / "many.txt").write_text(text * times, encoding="utf-8")
                stream = read(folder / "many.txt")
                start = time.process_time()
                found = document.understand(stream, template.of_text(ROOT, stream.beginning))
                understood = time.process_time()
                claims.read(found, concepts.build(found, *reporter.administration(found)))
                claimed = time.process_time()
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
                print(
                    f"{times} reports: {understood - start:.2f} s, "
                    f"their claims {claimed - understood:.2f} s, peak {peak:.0f} MB",
                    flush=True,
                )
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


if __name__ == "__main__":
    main()
