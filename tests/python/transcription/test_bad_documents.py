"""Files that are no reports, or broken ones: each is told by name, place and what was expected;
nothing is written."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from docx import Document
from openpyxl import Workbook, load_workbook
from PIL import Image
from typer.testing import CliRunner, Result

from bokslut.cli import app
from bokslut.transcription.reading import output
from transcription import writers
from transcription.invented import DRIFT, NORDVIK, SUNDBY, Report

ENGLISH = """Annual report 2022 of the board of education

The net cost of the board was 946.7 million, and the number of employees is 1 347. The sick leave of
the staff rose to 6.7 per cent, and the investments of the year add up to 111.4 million. The result
of the year is the lowest of the decade, and the board has to cut the costs of the schools.

| Unit | Budget 2022 | Outcome 2022 |
| --- | --- | --- |
| School | 470,3 | 472,4 |
| Total | 470,3 | 472,4 |
"""


def ingest(file: Path, folder: Path) -> Result:
    """Runs `bokslut ingest` on a file."""
    return CliRunner().invoke(
        app, ["ingest", str(file), "--report-id", "ny-2022", "--output-dir", str(folder)]
    )


def a_docx(folder: Path) -> bytes:
    """A sound Word file."""
    writers.word(SUNDBY, folder / "sound.docx")
    return (folder / "sound.docx").read_bytes()


def a_pdf(folder: Path) -> bytes:
    """A sound PDF."""
    writers.pdf(SUNDBY, folder / "sound.pdf")
    return (folder / "sound.pdf").read_bytes()


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive of some parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_macros(folder: Path) -> bytes:
    """A workbook with a part for macros."""
    writers.excel(SUNDBY, folder / "sound.xlsx")
    with zipfile.ZipFile(folder / "sound.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | {"xl/vbaProject.bin": b"macro"})


def a_bomb(folder: Path) -> bytes:
    """A Word file of 450 MiB, packed."""
    return packed({"word/document.xml": b"\x00" * (450 * 2**20)})


def many_pages(folder: Path) -> bytes:
    """A PDF of 500 pages."""
    pages = [Image.new("1", (20, 30), 1)] * 500
    pages[0].save(folder / "long.pdf", save_all=True, append_images=pages[1:])
    return (folder / "long.pdf").read_bytes()


def locked(folder: Path) -> bytes:
    """A PDF that needs a password: the trailer names an encryption that no one can undo."""
    content = a_pdf(folder)
    encrypt = (
        b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>"
    )
    at = content.rindex(b"trailer") if b"trailer" in content else content.rindex(b"/Type/XRef")
    found = content.index(b"<<", at) if b"trailer" in content else content.rindex(b"<<", 0, at)
    return content[: found + 2] + b" /Encrypt " + encrypt + b" " + content[found + 2 :]


REFUSED: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "an empty file": ("tom.docx", lambda _: b"", "är tom"),
    "blank lines only": ("tom.txt", lambda _: b" \n\n\t\n", "är tom"),
    "bytes": ("bild.txt", lambda _: bytes(range(256)) * 40, "ingen text"),
    "Latin-1": (
        "latin.txt",
        lambda _: "Årsredovisning\nNämndens mål".encode("latin-1"),
        "Latin-1",
    ),
    "UTF-16": ("utf16.txt", lambda _: "Nämndens mål 2022".encode("utf-16"), "UTF-16"),
    "another language": ("english.txt", lambda _: ENGLISH.encode(), "engelska"),
    "no report": ("brev.txt", lambda _: b"Hej! Vi ses i morgon.\n", "inga tabeller"),
    "half a Word file": ("halv.docx", lambda f: a_docx(f)[:9000], "skadad"),
    "a damaged Word file": (
        "skadad.docx",
        lambda f: a_docx(f).replace(b"word/document.xml", b"word/dokument.xml"),
        "varken Word",
    ),
    "a Word file whose text is no XML": (
        "trasig.docx",
        lambda _: packed({"word/document.xml": b"<w:document", "[Content_Types].xml": b"<"}),
        "skadad",
    ),
    "half a PDF": ("halv.pdf", lambda f: a_pdf(f)[:700], "skadad"),
    "an old or protected file": (
        "gammal.xlsx",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 900 + b"x",
        "lösenord",
    ),
    "a protected PDF": ("last.pdf", locked, "lösenordsskyddad"),
    "macros": ("makro.xlsm", with_macros, "makron"),
    "500 pages": ("lang.pdf", many_pages, "500 sidor"),
    "a zip bomb": ("bomb.docx", a_bomb, "packas upp till 450 MiB"),
    "any archive": ("arkiv.docx", lambda _: packed({"a.txt": b"text"}), "varken Word"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_told_and_nothing_is_written(
    case: str, tmp_path: Path
) -> None:
    name, make, told = REFUSED[case]
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(make(tmp_path))
    done = ingest(file, tmp_path / "out")
    assert done.exit_code == 2, done.output
    assert name in done.stderr
    assert told in done.stderr
    assert "Inget är skrivet." in done.stderr
    assert not (tmp_path / "out").exists()
    assert isinstance(done.exception, SystemExit)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of its own, with our seeds."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "dbt_project.yml", folder)
    monkeypatch.chdir(folder)
    return folder


def printed(project: Path) -> dict[str, list[str]]:
    """The lines of each seed of printed rows."""
    files = sorted((project / "seeds/printed").glob("*.csv"))
    return {f.name: f.read_text(encoding="utf-8").splitlines() for f in files}


def test_rows_are_added_to_the_seeds_and_take_the_place_of_those_of_the_same_report(
    project: Path,
) -> None:
    before = printed(project)
    (project / "in.docx").write_bytes(a_docx(project))
    texts = []
    for _ in range(2):
        done = CliRunner().invoke(
            app,
            ["ingest", "in.docx", "--report-id", "ny-2022", "--output-dir", "out", "--add"],
        )
        assert done.exit_code in (0, 1), done.output
        texts.append(printed(project))
    assert texts[0] == texts[1]
    new = {name: [x for x in lines if x not in before[name]] for name, lines in texts[0].items()}
    assert all(line.startswith("ny-2022,") for lines in new.values() for line in lines)
    assert any("Hemtjänst" in line for line in new["printed_driftsammandrag.csv"])
    assert all([x for x in texts[0][name] if x in lines] == lines for name, lines in before.items())


@pytest.mark.parametrize("folder", ["seeds", "seeds/printed", "seeds/printed/ny"])
def test_nothing_is_written_into_the_folder_of_the_seeds(folder: str, project: Path) -> None:
    before = printed(project)
    (project / "in.docx").write_bytes(a_docx(project))
    done = ingest(Path("in.docx"), Path(folder))
    assert done.exit_code == 2, done.output
    assert "--add" in done.stderr
    assert printed(project) == before
    assert not (project / "seeds/printed/ny").exists()


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path: Path) -> None:
    for file in (tmp_path / "saknas.docx", tmp_path):
        done = ingest(file, tmp_path / "out")
        assert (done.exit_code, (tmp_path / "out").exists()) == (2, False)
        assert str(file) in done.stderr


def test_no_name_of_a_file_is_a_command(tmp_path: Path) -> None:
    writers.text(SUNDBY, tmp_path / "rapport.txt")
    file = tmp_path / "; touch ägd; $(touch ägd) `touch ägd`.txt"
    (tmp_path / "rapport.txt").rename(file)
    assert ingest(file, tmp_path / "out").exit_code == 0
    assert not list(tmp_path.rglob("ägd"))


def asked(report: Report, folder: Path) -> str:
    """The questions that a report raises; its reading ends with 1."""
    writers.word(report, folder / "utkast.docx")
    done = ingest(folder / "utkast.docx", folder / "out")
    assert done.exit_code == 1, done.output
    return (folder / "out/questions.csv").read_text(encoding="utf-8")


def test_a_table_without_its_sum_is_asked_about(tmp_path: Path) -> None:
    cut = replace(DRIFT, rows=DRIFT.rows[:3])
    told = asked(replace(NORDVIK, blocks=(*NORDVIK.blocks[:2], cut)), tmp_path)
    assert "table 1" in told
    assert "har ingen summa" in told


def test_two_reports_in_one_file_are_asked_about(tmp_path: Path) -> None:
    told = asked(replace(NORDVIK, blocks=(*NORDVIK.blocks[:6], *NORDVIK.blocks[:6])), tmp_path)
    assert "två rapporter" in told


def test_a_formula_without_a_value_is_asked_about(tmp_path: Path) -> None:
    writers.excel(SUNDBY, tmp_path / "bilaga.xlsx")
    book = load_workbook(tmp_path / "bilaga.xlsx")
    sheet = book.worksheets[1]
    sheet["C5"] = "=B5+1"
    book.save(tmp_path / "bilaga.xlsx")
    done = ingest(tmp_path / "bilaga.xlsx", tmp_path / "out")
    assert done.exit_code == 1, done.output
    assert "C5" in (tmp_path / "out/questions.csv").read_text(encoding="utf-8")


def test_hidden_columns_and_links_to_other_files_are_told(tmp_path: Path) -> None:
    writers.excel(SUNDBY, tmp_path / "bilaga.xlsx")
    book: Workbook = load_workbook(tmp_path / "bilaga.xlsx")
    sheet = book.worksheets[1]
    sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "bilaga.xlsx")
    done = ingest(tmp_path / "bilaga.xlsx", tmp_path / "out")
    assert "dold" in done.stdout
    cells = (tmp_path / "out/cells.csv").read_text(encoding="utf-8")
    assert "110 385" not in cells
    assert "104 210" in cells


def test_text_that_was_struck_out_in_word_is_not_read(tmp_path: Path) -> None:
    writers.word(SUNDBY, tmp_path / "utkast.docx")
    document = Document(str(tmp_path / "utkast.docx"))
    run = document.tables[0].cell(2, 1).paragraphs[0].add_run("999")
    deleted = run._r.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}del", {}
    )
    run._r.addprevious(deleted)
    deleted.append(run._r)
    document.save(str(tmp_path / "utkast.docx"))
    ingest(tmp_path / "utkast.docx", tmp_path / "out")
    cells = (tmp_path / "out/cells.csv").read_text(encoding="utf-8")
    assert "999" not in cells
    assert "104 210" in cells


def test_what_an_earlier_reading_wrote_stays_where_the_next_fails(tmp_path: Path) -> None:
    writers.word(SUNDBY, tmp_path / "utkast.docx")
    assert ingest(tmp_path / "utkast.docx", tmp_path / "out").exit_code == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    (tmp_path / "utkast.docx").write_bytes(b"")
    assert ingest(tmp_path / "utkast.docx", tmp_path / "out").exit_code == 2
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


OF_TALLMO = """# Tallmo kommun, verksamhetsberättelse 2023

## Personal

| | Kvinnor | Män | Totalt | Totalt 2022 |
| --- | ---: | ---: | ---: | ---: |
| Tillsvidareanställda | 88 | 104 | 192 | 187 |
| Årsarbetare | 81,5 | 101,2 | 182,7 | 178,4 |

## Nämndindikatorer

| Indikator | 2022 | 2023 | Mål | Status |
| --- | ---: | ---: | --- | --- |
| Vattenläckor | 3,9 | 3,2 | 3–3,5 | Grön |
| Utläckage | 16,8 | 17,1 | 10–15 | Röd |
"""
COLUMNS_OF_TALLMO = """
tallmo,personal,outcome_women,1,Kvinnor,number,outcome,0,,,
tallmo,personal,outcome_men,2,Män,number,outcome,0,,,
tallmo,personal,outcome,3,Totalt,,,,,,
tallmo,personal,outcome_previous_year,4,Totalt {year},,,,,,
tallmo,namndindikatorer,outcome_previous_year,1,,,,,,,
tallmo,namndindikatorer,outcome,2,,,,,,,
tallmo,namndindikatorer,target,3,Mål,,,,,,
tallmo,namndindikatorer,judgement,4,Status,judgement,,,,,
"""


def test_what_a_table_prints_beyond_its_seed_is_kept_by_number(project: Path) -> None:
    for seed, rows in (
        ("templates", "tallmo,Bokslut,Accounts,allman,mnkr,,\n"),
        ("printed_columns", COLUMNS_OF_TALLMO.lstrip()),
    ):
        with (project / f"seeds/reference/reference_{seed}.csv").open(
            "a", encoding="utf-8"
        ) as file:
            file.write(rows)
    source = project / "tallmo.md"
    source.write_text(OF_TALLMO, encoding="utf-8")
    made = output.files(output.understand(source, project, "tallmo"), "tallmo-2023", project)
    assert "printed_personal.csv" not in made
    found = list(csv.reader(io.StringIO(made["printed_tabeller.csv"])))[1:]
    assert [[*row[4:5], *row[7:12]] for row in found] == [
        ["personal", "Tillsvidareanställda", "88", "104", "192", "187"],
        ["personal", "Årsarbetare", "81,5", "101,2", "182,7", "178,4"],
        ["namndindikatorer", "Vattenläckor", "3,9", "3,2", "3–3,5", "Grön"],
        ["namndindikatorer", "Utläckage", "16,8", "17,1", "10–15", "Röd"],
    ]
    # An interval is no two numbers in one cell where a target stands.
    assert made["questions.csv"].splitlines()[1:] == []
