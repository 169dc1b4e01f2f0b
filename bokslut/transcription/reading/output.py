"""What reading a report leaves in a folder: printed seeds, cells, questions, claims, lines left
over."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bokslut.transcription.reading import (
    answers,
    cells,
    claims,
    concepts,
    document,
    seeds,
    template,
)
from bokslut.transcription.reading.claims.claim import MENTION, Claim
from bokslut.transcription.reading.concepts import reporter
from bokslut.transcription.reading.concepts.concept import Concepts
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.readers import Progress, quiet, read
from bokslut.transcription.reading.stream import NotRead, together
from bokslut.transcription.reading.tables.table import Question

PRINTED = (
    "ekonomi",
    "driftsammandrag",
    "basuppdrag",
    "personal",
    "investeringar",
    "namndindikatorer",
    "maluppfyllelse",
    "beslut_och_handelser",
)
CLAIM_COLUMNS = (
    "place",
    "row_label",
    "printed_text",
    "read_text",
    "kind",
    "measure_code",
    "unit_code",
    "fiscal_year",
    "scenario",
    "gender",
    "goal",
    "stated",
    "rule",
)
LEFT_COLUMNS = ("place", "printed_text")


@dataclass(frozen=True)
class Read:
    """A report as read.

    Attributes:
        document: its tables and text.
        concepts: its names.
        claims: of its running text.
        questions: what must be asked.
    """

    document: Document
    concepts: Concepts
    claims: list[Claim]
    questions: list[Question]


def understand(
    sources: Path | Sequence[Path],
    project: Path,
    template_name: str = "",
    report_year: int | None = None,
    answered: answers.Answers | None = None,
    progress: Progress = quiet,
) -> Read:
    """Reads a report and all that it says.

    Raises NotRead: it cannot be read, or no table and no year is in it.
    """
    files = [sources] if isinstance(sources, Path) else list(sources)
    source = files[0]
    stream = together([read(file, progress) for file in files])
    progress("känner igen tabellerna", 0, 1)
    if template_name:
        known = template.load(project, template_name)
    else:
        known = template.of_text(project, stream.beginning)
    made = document.understand(stream, known, report_year)
    if other := document.other_language(made):
        raise NotRead(
            f"{source.name}: texten är på {other}. Väntat: en verksamhetsberättelse på svenska."
        )
    if answered:
        answers.apply(made, answered)
    administration, name = reporter.administration(made)
    names = concepts.build(made, administration, name)
    said = claims.read(made, names)
    if not made.tables and not said:
        raise NotRead(
            f"{source.name} har inga tabeller och inga tal i löpande text som går att känna igen. "
            "Väntat: en svensk verksamhetsberättelse."
        )
    if not made.report_year:
        raise NotRead(
            f"{source.name}: inget år syns. Väntat: ett år i titeln eller i tabellhuvuden; ange "
            "--report-year."
        )
    return Read(made, names, said, list(cells.questions(made)))


def files(report: Read, report_id: str, project: Path) -> dict[str, str]:
    """The name and text of each file that a report gives."""
    headers = {name: template.printed_header(project, name) for name in PRINTED}
    # What a table prints beyond its seed has a place in the seed of any table.
    by_number = seeds.beyond_their_seed(report.document, headers)
    named = [name for name in PRINTED if name not in by_number]
    headers = {name: headers[name] for name in named}
    made = {
        f"printed_{name}.csv": seeds.written(rows, headers[name])
        for name, rows in seeds.records(report.document, report_id, headers).items()
        if rows
    }
    claim_header = template.printed_header(project, "pastaenden")
    said = [claim for claim in report.claims if claim.rule != MENTION]
    proposals = list(seeds.claim_records(said, report.document, report_id, claim_header))
    if proposals:
        made["printed_pastaenden.csv"] = seeds.written(proposals, claim_header)
    if other := list(seeds.other_tables(report.document, report_id, named)):
        made["printed_tabeller.csv"] = seeds.written(
            other, template.printed_header(project, "tabeller")
        )
    if columns := list(seeds.other_columns(report.document, named)):
        made["reference_printed_columns.csv"] = seeds.written(columns, seeds.OTHER_COLUMNS)
    made["cells.csv"] = seeds.written(list(cells.cells(report.document)), cells.CELLS)
    made["questions.csv"] = written_questions(report.questions)
    made["claims.csv"] = seeds.written([claim_row(c) for c in said], CLAIM_COLUMNS)
    left = claims.left_over(report.document, report.claims)
    made["left_over.csv"] = seeds.written(
        [{"place": p.place, "printed_text": p.text} for p in left], LEFT_COLUMNS
    )
    if not report.document.stream.is_text:
        # The lines that the printed seeds cite, for a document that has none of its own.
        made["document.txt"] = "".join(f"{text}\n" for _, _, text in report.document.stream.lines())
    return made


def written_questions(questions: Iterable[Question]) -> str:
    """questions.csv; candidates are parted by semicolons, and `answer` is for whoever answers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*cells.QUESTIONS, "answer"])
    for q in questions:
        writer.writerow([q.place, q.printed_text, q.text, "; ".join(q.candidates), ""])
    return out.getvalue()


def claim_row(claim: Claim) -> dict[str, str]:
    """A claim as a row of claims.csv."""
    return {
        "place": claim.place,
        "row_label": claim.label,
        "printed_text": claim.printed_text,
        "read_text": claim.read_text,
        "kind": claim.kind,
        "measure_code": claim.measure_code,
        "unit_code": claim.unit_code,
        "fiscal_year": str(claim.fiscal_year or ""),
        "scenario": claim.scenario,
        "gender": claim.gender,
        "goal": claim.goal_code,
        "stated": claim.stated,
        "rule": claim.rule,
    }


def write(made: Mapping[str, str | bytes], folder: Path) -> None:
    """Writes all files or none: into a folder beside, which then takes the place, file by file.

    Raises OSError: the folder cannot be written.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in made.items():
            (staged / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        if not folder.exists():
            staged.chmod(0o755)
            os.replace(staged, folder)
            return
        for name in made:
            os.replace(staged / name, folder / name)
        # What an earlier reading left and this one does not give would be taken for its own.
        for old in stale(folder, made):
            (folder / old).unlink()
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def add_to_seeds(made: Mapping[str, str], report_id: str, project: Path) -> dict[str, int]:
    """Puts the printed rows of a report into the seeds, in the place of those that it has there.

    Returns the seeds with their number of new rows.

    Raises OSError: a seed cannot be written; it is then as it was.
    """
    added = {}
    for name, text in made.items():
        if not name.startswith("printed_"):
            continue
        file = project / "seeds/printed" / name
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            there = [row for row in reader if row["report_id"] != report_id]
            header = list(reader.fieldnames or [])
        new = list(csv.DictReader(io.StringIO(text)))
        part = file.with_suffix(".part")
        part.write_text(seeds.written([*there, *new], header), encoding="utf-8", newline="")
        part.replace(file)
        added[name] = len(new)
    return added


def stale(folder: Path, made: Mapping[str, str | bytes]) -> Sequence[str]:
    """The files of an earlier reading in a folder that this reading does not give."""
    ours = {f"printed_{name}.csv" for name in (*PRINTED, "pastaenden", "tabeller")} | {
        "document.txt",
        "reference_printed_columns.csv",
    }
    return [name for name in sorted(ours - made.keys()) if (folder / name).is_file()]
