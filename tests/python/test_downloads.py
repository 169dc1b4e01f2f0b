"""What a reader takes home says what the pages say, and opens where it is opened."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import rdflib
from conftest import Project
from frictionless import Package, system

from bokslut.pages import Report, downloads, open_report


@pytest.fixture(scope="module")
def report(built: Project) -> Report:
    """The report of 2020."""
    return open_report("vss-2020", database=built.database)


@pytest.fixture(scope="module")
def files(built: Project, report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that was written."""

    def write(folder: Path) -> None:
        before = Path.cwd()
        os.environ["BOKSLUT_DATABASE"] = str(built.database)
        os.chdir(folder)
        (folder / "dbt_project.yml").touch()
        (folder / "target").mkdir()
        (folder / "target/manifest.json").write_bytes(
            (built.project / "target/manifest.json").read_bytes()
        )
        try:
            downloads.write(report)
        finally:
            os.chdir(before)
            del os.environ["BOKSLUT_DATABASE"]

    folder = tmp_path_factory.mktemp("downloads")
    write(folder)
    return folder / "data"


def test_the_workbook_reads_back_as_the_rows(report: Report, files: Path) -> None:
    book = openpyxl.load_workbook(files / "vss-2020.xlsx")
    tables = downloads.tables_of(report)
    assert book.sheetnames == ["Om", "Anteckningar", "Innehåll", *(t.name for t in tables)]
    for one in tables:
        sheet = book[one.name]
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes == "B2"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        heads, *rows = sheet.iter_rows(values_only=True)
        assert heads == tuple(downloads.head(field) for field in one.fields)
        assert len(rows) == len(one.rows)
        for found, wanted in zip(rows, one.values(), strict=True):
            for value, expected in zip(found, wanted, strict=True):
                if isinstance(expected, Decimal):
                    assert Decimal(str(value)) == expected
                else:
                    assert value == expected
    # Room for each line of a long text.
    about = book["Om"]
    assert about.row_dimensions[4].height >= 2 * downloads.LINE > about.row_dimensions[2].height
    listed = {row[2] for row in book["Innehåll"].iter_rows(min_row=2, values_only=True)}
    assert listed == {field.head for one in tables for field in one.fields}


def test_a_target_that_is_printed_as_a_bound_has_its_word(report: Report) -> None:
    (table,) = (one for one in downloads.tables_of(report) if one.name == "indikatorer")
    place = [downloads.head(field) for field in table.fields].index("Målvärdets gräns")
    said = {
        report.trail[row["target_figure_id"]]["printed_text"]: values[place]
        for row, values in zip(table.rows, table.values(), strict=True)
        if row["target_figure_id"]
    }
    bounds = {text: word for text, word in said.items() if text and text.startswith("<")}
    assert set(bounds.values()) == {"under"}
    assert {word for text, word in said.items() if text not in bounds} <= {None, "minst", "högst"}


def test_no_cell_is_a_formula(report: Report) -> None:
    fields = [downloads.Field("A", "", "a", lambda row: row["a"])]
    hostile = ["=1+1", "@SUM(A1)", "+cmd|x", "-2+3", "\t=1", "-"]
    one = downloads.Table("x", "X", fields, [{"a": text} for text in hostile])
    sheet = downloads.workbook(report, [one])["x"]
    assert [cell.data_type for cell in sheet["A"]] == ["s"] * (len(hostile) + 1)
    written = downloads.swedish_csv(one).decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(io.StringIO(written), delimiter=";")][1:]
    assert cells == [f"'{text}" if text != "-" else text for text in hostile]


def test_each_table_is_csv_for_excel_and_for_programs(report: Report, files: Path) -> None:
    for one in downloads.tables_of(report):
        swedish = (files / f"{one.name}-excel.csv").read_bytes()
        assert swedish.startswith(b"\xef\xbb\xbf")
        plain = (files / f"{one.name}.csv").read_text(encoding="utf-8")
        theirs = list(csv.reader(io.StringIO(swedish.decode("utf-8-sig")), delimiter=";"))
        ours = list(csv.reader(io.StringIO(plain)))
        assert theirs[0] == ours[0]
        assert len(theirs) == len(ours) == len(one.rows) + 1
        for row, expected in zip(ours[1:], one.values(), strict=True):
            assert row == ["" if value is None else str(value) for value in expected]
    assert b";6773;" in (files / "resultat-excel.csv").read_bytes()
    assert b";60;36,6;23,4;" in (files / "investeringar-ar-excel.csv").read_bytes()


def test_the_package_is_valid_and_described(files: Path) -> None:
    with system.use_context(trusted=True):
        package = Package(str(files / downloads.PACKAGE))
        report = package.validate()
    assert report.valid, report.flatten(["path", "fieldName", "message"])[:5]
    described = json.loads((files / downloads.PACKAGE).read_text(encoding="utf-8"))
    for resource in described["resources"]:
        assert re.fullmatch(r"[^*`]+", resource["description"]), resource["name"]
        assert resource["schema"]["primaryKey"], resource["name"]
        assert all("description" in field for field in resource["schema"]["fields"])


def test_the_metadata_is_a_catalogue_of_the_files(files: Path) -> None:
    graph = rdflib.Graph().parse(
        files / downloads.CATALOGUE, format="json-ld", publicID="https://exempel.se/"
    )
    dcat, terms = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS
    (dataset,) = graph.subjects(rdflib.RDF.type, dcat.Dataset)
    for wanted in (terms.title, terms.description, terms.publisher, terms.accessRights):
        assert list(graph.objects(dataset, wanted)), wanted
    urls = [str(url) for url in graph.objects(None, dcat.downloadURL)]
    assert {(files / url.rpartition("/")[2]).is_file() for url in urls} == {True}


def test_frames_of_floats_take_analysis(built: Project) -> None:
    from bokslut import frames

    exact = frames.mart("fct_results", built.database)["outcome_tkr"]
    floats = frames.mart("fct_results", built.database, decimals="float")["outcome_tkr"]
    assert floats.astype("float64").pct_change(fill_method=None).notna().any()
    assert [float(x) for x in exact.dropna()] == list(floats.dropna())
