"""The words of a transcription are compared with its document: an invented one of twelve lines.

That of the shipped report is no part of the project; where it is at hand, a build compares it.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from conftest import ROOT

from bokslut.transcription import document, lines

TEXT = """\
Bokslut 2021
Verksamhet Bokslut Budget
Norra enheten 1 044 0
Södra enhetens lager
och butik -12 0
Förvaltningen gör ett överskott
på 1,0 mnkr och går åt rätt håll.
God vård (grön)
Målet uppnås helt.
God miljö
Andel återvunnet 90 % 80 %
Kvinnor 91 %
"""


def row(number: int, first: int, last: int, **cells: str) -> dict[str, str]:
    """A printed row on some lines."""
    place = {"source_line_first": str(first), "source_line_last": str(last)}
    return {"report_id": "ny-2021", "row_no": str(number), **place, **cells}


def tables() -> document.Tables:
    """The transcription of the document, without a fault."""
    found = {
        "printed_driftsammandrag": [
            row(1, 3, 3, row_label="Norra enheten", outcome="1 044", budget="0"),
            row(2, 4, 5, row_label="Södra enhetens lager och butik", outcome="-12", budget="0"),
        ],
        "printed_pastaenden": [
            row(1, 6, 7, row_label="Överskottet", printed_text="ett överskott på 1,0 mnkr"),
            row(2, 7, 7, row_label="Riktningen", printed_text="åt rätt håll"),
        ],
        "printed_maluppfyllelse": [
            row(
                1, 9, 9, row_label="God vård", judgement="uppnås helt", heading_line="8",
                heading_icon="(grön)",
            ),
        ],
        "printed_namndindikatorer": [
            row(
                1, 11, 11, goal_label="God miljö", group_label="", row_label="Andel återvunnet",
                outcome="90 %", target="80 %",
            ),
            row(
                2, 12, 12, goal_label="God miljö", group_label="Andel återvunnet",
                row_label="Kvinnor", outcome="91 %", target="",
            ),
        ],
    }  # fmt: skip
    return found | {lines.SEED.stem: lines.rows_of("ny-2021", PAPER, KNOWN)}


def paper(text: str, folder: Path) -> lines.Document:
    """The document as a file that has been read."""
    (folder / "ny-2021.txt").write_text(text, encoding="utf-8")
    return lines.read_document(folder / "ny-2021.txt")


KNOWN = lines.signs(ROOT)
PAPER = lines.Document(Path("ny-2021.txt"), "d1", TEXT.removesuffix("\n").split("\n"))
REPORT = {"report_id": "ny-2021", "source_sha256": "d1", "source_lines": "12"}


def found(changed: document.Tables, report: document.Row = REPORT) -> list[str]:
    return document.findings(report, tables() | changed, PAPER, KNOWN)


def test_a_true_transcription_has_no_finding() -> None:
    assert found({}) == []


@pytest.mark.parametrize(
    ("table", "number", "change", "words"),
    [
        ("driftsammandrag", 1, {"row_label": "Norra enhetem"}, ("row_label, rad 3", "enheten")),
        ("driftsammandrag", 2, {"row_label": "Norra enheten"}, ("rad 4–5", "men på rad 3")),
        (
            "driftsammandrag",
            2,
            {"source_line_first": "3"},
            ("row_no 2, rad 3–5", "har inget av det som raden säger"),
        ),
        ("pastaenden", 1, {"printed_text": "ett underskott på 1,0 mnkr"}, ("underskott",)),
        (
            "pastaenden",
            2,
            {"source_line_first": "8", "source_line_last": "8"},
            ("rad 8", "men på rad 7", "fel radnummer"),
        ),
        ("maluppfyllelse", 1, {"judgement": "uppnås delvis"}, ("judgement, rad 9", "delvis")),
        ("maluppfyllelse", 1, {"heading_line": "10"}, ("row_label, rad 10", "men på rad 8")),
        ("maluppfyllelse", 1, {"heading_icon": "(röd)"}, ("heading_icon, rad 8",)),
        (
            "namndindikatorer",
            2,
            {"group_label": "Andel återvunnen"},
            ("group_label, rad 12", "står inte ovanför raden"),
        ),
    ],
)  # fmt: skip
def test_a_word_or_a_line_that_is_wrong_is_told(
    table: str, number: int, change: dict[str, str], words: tuple[str, ...]
) -> None:
    rows = tables()[f"printed_{table}"]
    rows[number - 1] |= change
    told = found({f"printed_{table}": rows})
    assert told
    missing = [word for word in words if word not in told[0]]
    assert not missing, f"{missing} not in: {told[0]}"


def test_a_label_under_another_heading_is_told() -> None:
    rows = tables()["printed_namndindikatorer"]
    rows[0]["goal_label"] = "God vård"
    (told,) = found({"printed_namndindikatorer": rows})
    assert "”God vård” är inte rubriken närmast ovanför; där står ”God miljö” (rad 10)" in told


def test_another_document_than_the_registers_is_told_and_nothing_else() -> None:
    (told,) = found({"printed_pastaenden": []}, REPORT | {"source_sha256": ""})
    assert "Skriv d1 där" in told
    (told,) = found({"printed_pastaenden": []}, REPORT | {"source_sha256": "d2"})
    assert "SHA-256 är d1, väntat är d2" in told


def test_the_number_of_lines_and_the_lines_themselves_are_compared() -> None:
    (told,) = found({}, REPORT | {"source_lines": "13"})
    assert "dokumentet har 12 rader; reference_reports säger 13" in told
    rows = tables()[lines.SEED.stem]
    rows[0]["figures"] = "2022"
    (told,) = found({lines.SEED.stem: rows})
    assert "printed_lines.csv: raderna är inte dokumentets" in told


def project(tmp_path: Path, monkeypatch, digest: str) -> Path:
    """A project with a report whose transcription is true, and its document."""
    monkeypatch.delenv(lines.FOLDER_SETTING, raising=False)
    (tmp_path / "documents").mkdir()
    read = paper(TEXT, tmp_path / "documents")
    for seed in (lines.MARKS, lines.CODES):
        (tmp_path / seed).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / seed).write_bytes((ROOT / seed).read_bytes())
    (tmp_path / "seeds/printed").mkdir()
    seeds = tables() | {"reference_reports": [REPORT | {"source_sha256": digest or read.sha256}]}
    for name, rows in seeds.items():
        folder = "reference" if name.startswith("reference") else "printed"
        with (tmp_path / f"seeds/{folder}/{name}.csv").open("w", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return tmp_path


def test_a_project_with_its_document_is_compared(tmp_path: Path, monkeypatch) -> None:
    assert document.check(project(tmp_path, monkeypatch, "")) == []


def test_without_the_document_nothing_fails_and_one_line_says_so(tmp_path, monkeypatch) -> None:
    place = project(tmp_path, monkeypatch, "")
    (place / "documents/ny-2021.txt").unlink()
    missing = document.check(place)
    assert missing == ["ny-2021"]
    assert "ny-2021" in document.told(place, missing)
    assert "\n" not in document.told(place, missing)
    assert document.told(place, []) == ""


def test_what_differs_stops_with_the_first_places(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(document.DocumentContradicts, match=r"inget har byggts:\n  - ny-2021.txt"):
        document.check(project(tmp_path, monkeypatch, "0" * 64))


def test_of_a_document_that_is_no_text_the_digest_is_compared(tmp_path, monkeypatch) -> None:
    place = project(tmp_path, monkeypatch, "")
    (place / "documents/ny-2021.txt").rename(place / "documents/ny-2021.pdf")
    assert document.check(place) == ["ny-2021"]
    (place / "documents/ny-2021.pdf").write_bytes(b"%PDF")
    with pytest.raises(document.DocumentContradicts, match=r"ny-2021.pdf: dokumentet är ett annat"):
        document.check(place)
