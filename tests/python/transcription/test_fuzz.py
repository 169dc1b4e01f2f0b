"""Damaged and random documents: reading ends with a message or a result, and no number comes from
nowhere."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bokslut.transcription.reading import cells, document, template
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.stream import NotRead
from transcription import writers
from transcription.invented import NORDVIK, SUNDBY, VASTERANG, Table

TEMPLATE = template.load(ROOT)
MANY = int(os.environ.get("BOKSLUT_FUZZ", 0))
"""How many examples to try, new ones each time; without it few, and the same each time."""
FEW = settings(
    max_examples=MANY or 60,
    deadline=None,
    derandomize=not MANY,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.generate],
)
DOCUMENTS = ("report.docx", "report.xlsx", "report.pdf", "report.txt")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sound documents to damage."""
    made = tmp_path_factory.mktemp("sound")
    writers.word(SUNDBY, made / "report.docx")
    writers.excel(SUNDBY, made / "report.xlsx")
    writers.pdf(SUNDBY, made / "report.pdf")
    writers.text(SUNDBY, made / "report.txt")
    return made


def understood(file: Path) -> None:
    """Reads a file as far as it goes; only a message may come out instead of a result."""
    try:
        found = document.understand(read(file), TEMPLATE)
    except NotRead as told:
        if file.name not in str(told):
            raise
        return
    list(cells.cells(found))
    list(cells.questions(found))


@FEW
@given(data=st.data())
def test_a_damaged_document_ends_with_a_message_or_a_result(
    folder: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(DOCUMENTS))
    content = bytearray((folder / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        damage = data.draw(st.sampled_from(("change", "cut", "drop", "double")))
        if damage == "change":
            content[at] = data.draw(st.integers(0, 255))
        elif damage == "cut":
            del content[at:]
        elif damage == "drop":
            del content[at : at + data.draw(st.integers(1, 60))]
        else:
            content[at:at] = content[at : at + 60]
        content = content or bytearray(b"x")
    file = folder / f"damaged-{name}"
    file.write_bytes(content)
    understood(file)


@FEW
@given(data=st.data())
def test_damaged_parts_of_a_sound_archive_end_with_a_message_or_a_result(
    folder: Path, data: st.DataObject
) -> None:
    # The zip is whole and its checksums are right; what it holds is not what it should be.
    name = data.draw(st.sampled_from(DOCUMENTS[:2]))
    with zipfile.ZipFile(folder / name) as archive:
        parts = {n: archive.read(n) for n in archive.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    text = parts[part]
    at = data.draw(st.integers(0, max(0, len(text) - 1)))
    taken = data.draw(st.sampled_from((b"", b"<", b"</w:tbl>", b"9", b"\xff", b"&x;", b'"')))
    parts[part] = text[:at] + taken + text[at + data.draw(st.integers(0, 30)) :]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, content in parts.items():
            archive.writestr(n, content)
    file = folder / f"inside-{name}"
    file.write_bytes(out.getvalue())
    understood(file)


WORDS = st.sampled_from(
    [
        "Verksamhet",
        "Bokslut",
        "Budget",
        "Avvikelse",
        "Utfall",
        "Summa",
        "Mål",
        "Not",
        "%",
        "tkr",
        "mnkr",
        "2022",
        "2021",
        "20222021",
        "1",
        "044",
        "-",
        "–",
        "i.u.",
        "LU.",
        "03",
        "4,7",
        "12",
        "345",
        "|",
        "=",
        "(1)",
        "5*",
        "<5",
        "kvinnor",
        "Män",
        "varav",
        "Totalt",
        "Skola",
        ".",
        ",",
        "Å",
        "é",
    ]
)
LINE = st.lists(WORDS, max_size=12).map(" ".join)


@FEW
@given(lines=st.lists(LINE, max_size=40))
def test_any_text_is_read(tmp_path: Path, lines: list[str]) -> None:
    file = tmp_path / "text.txt"
    file.write_text("\n".join(["Årsredovisning 2022", *lines]) + "\n", encoding="utf-8")
    understood(file)


@FEW
@given(data=st.data())
def test_a_text_with_dropped_tokens_gives_no_number_that_is_not_in_it(
    tmp_path: Path, data: st.DataObject
) -> None:
    # A scan loses words and commas. What is left is read, asked about or left: each value of a cell
    # is made of digits that stand on its line, in their order.
    report = data.draw(st.sampled_from((NORDVIK, VASTERANG)))
    whole = tmp_path / "whole.txt"
    writers.scanned_text(report, whole)
    lines = whole.read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(lines) - 1))
        tokens = lines[at].split()
        if tokens:
            dropped = data.draw(st.integers(0, len(tokens) - 1))
            lines[at] = " ".join(tokens[:dropped] + tokens[dropped + 1 :])
    file = tmp_path / "dropped.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = document.understand(read(file), TEMPLATE)
    for cell in cells.cells(found):
        if cell["value"]:
            line = lines[int(cell["place"].removeprefix("line ")) - 1]
            assert digits(cell["printed_text"]) in digits(line), (cell, line)


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(c for c in text if c.isdigit())


@FEW
@given(data=st.data())
def test_of_a_row_that_lost_a_cell_no_figure_moves_to_another_column(
    tmp_path: Path, data: st.DataObject
) -> None:
    # One figure of one row is dropped: every figure that is still read has the value that its own
    # column has in the whole table, or it is asked about.
    table = data.draw(st.sampled_from([b for b in NORDVIK.blocks if isinstance(b, Table)][:3]))
    row = data.draw(st.integers(0, len(table.rows) - 1))
    cells_of_row = [i for i, text in enumerate(table.rows[row]) if any(c.isdigit() for c in text)]
    if not cells_of_row or len(table.rows[row]) < 2:
        return
    dropped = data.draw(st.sampled_from(cells_of_row))
    report = type(NORDVIK)(2022, (*NORDVIK.blocks[:2], table))
    whole = {
        (k.row_label, k.group_label, k.column_label): k.value
        for k in report.key()
        if k.value is not None
    }
    shown = [list(r) for r in table.rows]
    del shown[row][dropped]
    lines = ["Verksamhetsberättelse 2022", "", table.title]
    lines += [" ".join(t for t in r if t) for r in [*table.head, *shown]]
    file = tmp_path / "row.txt"
    file.write_text("\n".join(lines).replace("−", "-") + "\n", encoding="utf-8")
    found = document.understand(read(file), TEMPLATE)
    for cell in cells.cells(found):
        key = next(
            (
                k
                for k in whole
                if k[0] == cell["row_label"]
                and k[2].replace("−", "-") == cell["column_label"]
                and k[1] in ("", cell["group_label"])
            ),
            None,
        )
        if key and cell["value"]:
            assert float(cell["value"]) == float(whole[key]), (key, cell)
