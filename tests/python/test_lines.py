"""The figures on a document's lines, and the file that they are written to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT

from bokslut.transcription import lines

CASES = dict(
    re.findall(
        r"^    '(.*)': '(.*)',$",
        (ROOT / "tests/macros/printed_figures__finds_what_a_line_has.sql").read_text("utf-8"),
        re.MULTILINE,
    )
)
KNOWN = lines.signs(ROOT)


def test_there_are_cases_to_read() -> None:
    assert len(CASES) > 10


@pytest.mark.parametrize("text", CASES)
def test_a_line_has_the_figures_that_sql_finds_in_a_cell(text: str) -> None:
    found = lines.figures_in(text, KNOWN)
    apart = [
        f
        for n, f in enumerate(found)
        if f in KNOWN.units and (not n or found[n - 1] in KNOWN.units)
    ]
    glued = re.sub(rf" ({'|'.join(KNOWN.units)})(?= |$)", r"\1", " ".join(found[len(apart) :]))
    assert " ".join([*glued.split(), *apart]) == CASES[text]


def project(tmp_path: Path, document: bytes | None, name: str = "ny-2021.txt") -> Path:
    """A project with two reports, the second with a document."""
    for seed in (lines.MARKS, lines.CODES, lines.SEED):
        (tmp_path / seed).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / seed).write_bytes((ROOT / seed).read_bytes())
    (tmp_path / lines.REGISTER).write_text("report_id\nvss-2020\nny-2021\n", encoding="utf-8")
    (tmp_path / "documents").mkdir()
    if document is not None:
        (tmp_path / "documents" / name).write_bytes(document)
    return tmp_path


def test_the_lines_of_a_document_are_written_beside_those_of_others(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(lines.FOLDER_SETTING, raising=False)
    place = project(tmp_path, b"Resultat\nSumma 17 301 0\f\n\nbara ord\nAndel 4,7 %\n\f")
    assert lines.write(place) == {"vss-2020": None, "ny-2021": 2}
    rows = lines.read_seed(place / lines.SEED)
    there = [r for r in lines.read_seed(ROOT / lines.SEED) if r["report_id"] == "vss-2020"]
    assert [r for r in rows if r["report_id"] == "vss-2020"] == there
    assert [(r["line_no"], r["figures"]) for r in rows if r["report_id"] == "ny-2021"] == [
        ("2", "17 301 0"),
        ("5", "4,7 %"),
    ]


def test_the_folder_of_documents_is_a_setting(tmp_path, monkeypatch) -> None:
    place = project(tmp_path, None)
    (tmp_path / "annan").mkdir()
    (tmp_path / "annan/ny-2021.txt").write_text("12\n", encoding="utf-8")
    monkeypatch.setenv(lines.FOLDER_SETTING, str(tmp_path / "annan"))
    assert lines.write(place)["ny-2021"] == 1


@pytest.mark.parametrize(
    ("document", "name", "words"),
    [
        ("Ärenden 12\n".encode("latin-1"), "ny-2021.txt", ("rad 1", "0xC4", "Latin-1")),
        (b"%PDF-1.7", "ny-2021.pdf", ("ny-2021.pdf", "textfiler")),
    ],
)
def test_a_document_that_is_no_text_is_told_and_nothing_written(
    tmp_path, monkeypatch, document: bytes, name: str, words: tuple[str, ...]
) -> None:
    monkeypatch.delenv(lines.FOLDER_SETTING, raising=False)
    place = project(tmp_path, document, name)
    with pytest.raises(lines.DocumentUnreadable) as told:
        lines.write(place)
    assert all(word in str(told.value) for word in words), told.value
    assert (place / lines.SEED).read_bytes() == (ROOT / lines.SEED).read_bytes()


def test_two_documents_of_one_report_are_told(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv(lines.FOLDER_SETTING, raising=False)
    place = project(tmp_path, b"12\n")
    (place / "documents/ny-2021.md").write_text("12\n", encoding="utf-8")
    with pytest.raises(lines.DocumentUnreadable, match="flera dokument"):
        lines.write(place)
