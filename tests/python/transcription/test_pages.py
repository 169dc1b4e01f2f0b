"""What stands beside, above and below what on pages and in lines: tables are told apart by it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import typst
from conftest import ROOT
from parts import require

from bokslut.transcription.reading import (
    answers,
    arithmetic,
    cells,
    document,
    draft,
    heads,
    output,
    repair,
    tables,
    template,
)
from bokslut.transcription.reading.claims.lexicon import statuses_in
from bokslut.transcription.reading.document import Document
from bokslut.transcription.reading.lines.entry import Entry, entries_of
from bokslut.transcription.reading.lines.found import find
from bokslut.transcription.reading.numbers import BLANK, Number
from bokslut.transcription.reading.page import order, rows
from bokslut.transcription.reading.page.boxes import Grid as PageGrid
from bokslut.transcription.reading.page.boxes import (
    GridCell,
    Rule,
    TextLine,
    Word,
    joined,
    mark_whole,
)
from bokslut.transcription.reading.page.columns import may_be_one, tells_apart, without_bridges
from bokslut.transcription.reading.page.extent import TableLine, first_of_table
from bokslut.transcription.reading.page.paragraphs import paragraphs
from bokslut.transcription.reading.page.rows import (
    beneath,
    cells_of_row,
    grouped_rows,
    is_rest_of_cells,
)
from bokslut.transcription.reading.page.ruled import heads_below, ruled_grids, unmerged
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.readers.pdf import Letter, of_whole_height
from bokslut.transcription.reading.readers.picture.cells import cut_outs
from bokslut.transcription.reading.readers.picture.ground import (
    evened,
    is_ground,
    without_specks,
)
from bokslut.transcription.reading.readers.picture.ink import CutOut, shapes_of
from bokslut.transcription.reading.readers.picture.page import words_of
from bokslut.transcription.reading.readers.picture.rules import (
    bridged,
    walls_on,
    without_rules,
)
from bokslut.transcription.reading.readers.picture.sheets import PASSES, montage_readings
from bokslut.transcription.reading.readers.picture.signs import with_percent_signs
from bokslut.transcription.reading.readers.picture.tesseract import SCALE
from bokslut.transcription.reading.readers.picture.votes import agreed
from bokslut.transcription.reading.recognise import recognise
from bokslut.transcription.reading.stream import Cell, NotRead, Paragraph, Row
from bokslut.transcription.reading.stream import Table as Grid
from bokslut.transcription.reading.tables.columns import date_budgets, settle_columns
from bokslut.transcription.reading.tables.segments import goes_on, put_together, with_head_parted
from bokslut.transcription.reading.tables.table import ReadTable
from transcription import writers
from transcription.invented import Report, Table

TEMPLATE = template.load(ROOT)
HEAD = ["Uppgift", "2023", "2022"]


def understood(file: Path, text: str) -> Document:
    """A document that is written as text, or as Typst for a PDF."""
    if file.suffix == ".pdf":
        source = file.with_suffix(".typ")
        source.write_text(text, encoding="utf-8")
        typst.compile(str(source), output=str(file))
    else:
        file.write_text(text, encoding="utf-8")
    return document.understand(read(file), TEMPLATE)


def figures(found: Document) -> list[tuple[str, str, str]]:
    """Label, head and print of each figure that is read."""
    return [
        (cell["row_label"], cell["column_label"], cell["printed_text"])
        for cell in cells.cells(found)
    ]


@pytest.mark.parametrize(("labels", "dark"), [("Uppgift", 0), ("", 0), ("Uppgift", 2)])
def test_tables_side_by_side_are_read_one_after_the_other(
    labels: str, dark: int, tmp_path: Path
) -> None:
    def table(name: str, *rows: tuple[str, ...]) -> str:
        texts = ", ".join(f"[{text}]" for row in rows for text in row)
        return (
            f"stack(spacing: 3pt, [{name}], table(columns: {len(rows[0])}, stroke: none, "
            f"fill: (x, y) => if y < {dark} {{luma(220)}}, {texts}))"
        )

    head = (labels, "2023", "2022")
    # A scan makes a dash of the line between them.
    left = table(
        "Möten", (*head[:2], "2022 —"), ("Besök", "12", "14"), ("Samtal", "31 310", "29 295")
    )
    right = table("Handlingar", head, ("Skrivelser", "41", "44"), ("Beslut", "7", "9"))
    # Below them one table goes on over the whole page.
    below = table(
        "Ärenden", ("", "Not", "2023", "2022"), ("Köer", "", "5", "6"), ("Svar", "1", "8", "3")
    )
    found = understood(
        tmp_path / "two.pdf",
        f"= Bokslut 2023\n#grid(columns: 2, gutter: 2cm, {left}, {right})\n#v(1em)\n#{below}",
    )
    assert [table.title for table in found.tables] == ["Möten", "Handlingar", "Ärenden"]
    assert [(label, head.rstrip(" -"), text) for label, head, text in figures(found)] == [
        (label, year, printed)
        for label, *row in (
            ("Besök", "12", "14"),
            ("Samtal", "31 310", "29 295"),
            ("Skrivelser", "41", "44"),
            ("Beslut", "7", "9"),
            ("Köer", "5", "6"),
            ("Svar", "8", "3"),
        )
        for year, printed in zip(("2023", "2022"), row, strict=True)
    ]


def test_the_marks_of_an_axis_are_held_against_nothing(tmp_path: Path) -> None:
    marks = ", ".join(f"[{10 * number}]" for number in range(7))
    bars = ", ".join(f"[Stapel {n}], grid.cell(colspan: 6, [])" for n in range(3))
    (tmp_path / "chart.typ").write_text(
        f"= Bokslut 2023\n#grid(columns: 7, gutter: 6mm, {bars}, {marks})\n", encoding="utf-8"
    )
    typst.compile(str(tmp_path / "chart.typ"), output=str(tmp_path / "chart.pdf"))
    project = tmp_path / "project"
    (project / "seeds").mkdir(parents=True)
    for file in (ROOT / "seeds").rglob("*.csv"):
        (project / "seeds" / file.name).write_bytes(file.read_bytes())
    draft.write(output.understand(tmp_path / "chart.pdf", ROOT), project)
    rows = template.rows_of(project / "seeds/printed_pastaenden.csv")
    assert [r["printed_text"] for r in rows if r["report_id"].startswith("utkast")] == []


def test_a_row_cut_at_the_end_of_a_page_is_one_row(tmp_path: Path) -> None:
    head = ["Mål", "Indikator", "Utfall 2023", "Kommentar"]
    rows = [["Trygg omsorg", "Personalkontinuitet, antal", "14", "Bättre än"]]
    rest = [["", "per 14 dagar", "", "året före"], ["", "Andel med plan", "96", ""]]
    columns = ["label", "label", "outcome 2023", "text"]
    report = Report(2023, ("# Bokslut 2023", Table("Indikatorer", [head], columns, rows + rest)))
    writers.word(report, tmp_path / "cut.docx", cut_after=1)
    found = document.understand(read(tmp_path / "cut.docx"), TEMPLATE)
    lines = [(line.group, line.label) for table in found.tables for line in table.lines]
    assert lines == [
        ("Trygg omsorg", "Personalkontinuitet, antal per 14 dagar"),
        ("Trygg omsorg", "Andel med plan"),
    ]


TITLE = "Bokslut 2023\n\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Years alone name no columns where the line above says more.
        (
            "Resultat\n(mkr) Not Bokslut Budget Avvikelse Bokslut\n2023 2023 2023 2022\n"
            "Lokaler 2 88,0 87,5 0,5 85,9\nResor 3 14,0 13,9 0,1 13,3\n",
            {"Lokaler Bokslut 2022 85,9", "Resor Avvikelse 2023 0,1"},
        ),
        # What a scan made of the lines between columns is no head.
        (
            "Anställda\nKvinnor _ Män _ Totalt\nHemtjänst 68 12 80\nSkola 64 23 87\n",
            {"Hemtjänst Totalt 80", "Skola Kvinnor 64"},
        ),
        # A last column of words may end with a year.
        (
            "Inköp\nVara Anslag 2023 Förbrukat 2023 Kommentar\nBord 900 880 Upphandlas 2024\n"
            "Stolar 60 50\n",
            {"Bord Anslag 2023 900", "Stolar Förbrukat 2023 50"},
        ),
        # What a deviation is measured against is no column; nor is the unit of a table's name.
        (
            "Investeringar, mnkr\nProjekt Utfall 2023 Budget 2023 Avvikelse mot budget\n"
            "Bro 12,4 12,0 -0,4\nHall 8,1 9,0 0,9\n",
            {"Bro Utfall 2023 12,4", "Hall Avvikelse mot budget 0,9"},
        ),
        # Each gender has its year.
        (
            "Personal\nGrupp Kvinnor 2023 Man 2023 Totalt 2023 Totalt 2022\n"
            "Fasta 118 64 182 176\nVikarier 21 17 38 41\n",
            {"Fasta Kvinnor 2023 118", "Vikarier Man 2023 17", "Fasta Totalt 2022 176"},
        ),
        # A goal stands before its first indicator.
        (
            "Indikatorer\nNamndmal Indikator Utfall 2023 Mal 2023\n"
            "Fler laser Andel som lanar 58 60\nAntal lan 17 19\n"
            "Oppna m6ten Antal moten 26 25\n",
            {
                "Andel som lanar Utfall 2023 58",
                "Antal lan Mal 2023 19",
                "Antal moten Utfall 2023 26",
            },
        ),
        # Running text below a table is no row of it, and no part of its last label.
        (
            "Barn\nGrupp 2023 2022 2021\nFörskola 1 204 1 240 1 266\nSkola 2 866 2 840 2 801\n\n"
            "Antalet barn i förskola minskade till 1 204. Antalet i skola steg från 2 840\n",
            {"Skola 2023 2 866", "Förskola 2021 1 266"},
        ),
        # A letter among digits is one; the number of a page and a heading with its year are no row.
        (
            "Stöd\nMått Bokslut 2023 Bokslut 2022\nFöreningar 3l8 324\nBidrag -l0 877 -11 206\n"
            "Lokaler 1O2 98\n\n17\n\nResultat 31 december 2023\n",
            {
                "Föreningar Bokslut 2023 3l8",
                "Bidrag Bokslut 2023 -l0 877",
                "Lokaler Bokslut 2022 98",
            },
        ),
        # A word that nobody knows at the end of a head is a column of words, a period no column.
        (
            "Bygge\nObjekt Total budget Utfall tidigare år Utfall jan-dec 2023 Kvar Klart\n"
            "Bro 32,0 11,4 17,2 3,4 juni 2024\nHall 6,5 1,8 2,9 1,8 klart\n",
            {"Bro Utfall tidigare år 11,4", "Hall Utfall jan-dec 2023 2,9", "Bro Kvar 3,4"},
        ),
        # Women and men have no target, and a mark where the whole has one.
        (
            "Chefer\nIndikator 2021 2022 2023 Mål\nOmsättning LU. 8,3 12,5 8,0\n"
            "M4n LU. L.U. 10,0\nKvinnor LU. LU. 14,2\n",
            {"M4n 2023 10,0", "Kvinnor 2023 14,2", "Omsättning Mål 8,0"},
        ),
        # Years of schools over genders, and the rest of a word between the two lines of the head.
        (
            "Betyg\nIndikat Läsår 2021/22 Läsår 2022/23\nor\n\nFlickor Pojkar Alla Flickor Pojkar "
            "Alla\nMerit 231,4 208,7 219,6 228,0 211,3 219,2\n"
            "Närvaro 86,3 81,0 83,5 85,1 82,4 83,7\n",
            {"Merit Flickor Läsår 2021/22 231,4", "Närvaro Alla Läsår 2022/23 83,7"},
        ),
        # A head whose last word has its year below it; the month of a forecast is no column.
        (
            "Drift, mkr\nVerksamhet Bokslut 2022 Budget 2023 utfall 2023 Avvikelse Prognos aug\n"
            "2023\n"
            "Kansli -3,1 -3,4 -3,2 0,2 -3,3\nSkola -171,9 -178,0 -181,6 -3,6 -180,5\n",
            {"Kansli Prognos aug 2023 -3,3", "Skola utfall 2023 -181,6"},
        ),
        # Columns that no word tells, by their capitals; one whose word others have before a year.
        (
            "Barn\nJan-mars Apr-juni Juli-sept Okt-dec Medel 2023 Medel 2022\n"
            "Förskola 1 322 1 361 1 208 1 257 1 287 1 334\nGrundskola 61 61 64 66 63 60\n",
            {"Förskola Apr-juni 1 361", "Grundskola Medel 2022 60"},
        ),
        (
            "Nöjdhet\nOmråde Index 2021 Index 2022 Index 2023\nBygglov 61 64 70\n"
            "Tillsyn 68 67 69\n",
            {"Bygglov Index 2021 61", "Tillsyn Index 2023 69"},
        ),
        # Kronor behind each figure.
        (
            "Kostnad\nIndikator 2022 2023 Mål\nVårddygn 4 057 kr 4 188 kr 4 000 kr\n"
            "Heldag 112 kr 118 kr 110 kr\n",
            {"Vårddygn Kostnad 2022 4 057 kr", "Heldag Kostnad Mål 110 kr"},
        ),
        # A line that begins anew below a whole label heads the rows below it.
        (
            "Besök\nIndikator 2022 2023 Mål 2023\nE-handel (%) 71 % 79 % 85 %\nBesöksvolym\n"
            "Badhus 210 188 400\nBibliotek 402 398 600\n",
            {"E-handel (%) 2023 79 %", "Badhus 2023 188"},
        ),
        # Years over genders, and a target whose year stands below it.
        (
            "Mått\nUtfall 2023 Utfall 2022 Mal\nIndikator Kvinnor M4n Totalt Kvinnor Man Totalt "
            "2023\nNöjda, % 81 90 85 90 88 89 95\nTrygga, % 92 80 86 84 83 84 96\n",
            {"Nöjda, % Utfall 2022 Kvinnor 90", "Trygga, % Mal 2023 96"},
        ),
        # A row whose figures are lost is no head; what its label begins goes on below the last row.
        (
            "Kostnader (mnkr)\nPost Bokslut 2023 Budget 2023 Bokslut 2022\n\nIntäkter\n"
            "Lokaler -61,3 -60,8 -57,9\nVerksamhetens -402,6 -399,5 -388,1\nnettokostnad\n",
            {"Lokaler Bokslut 2022 -57,9", "Verksamhetens nettokostnad Budget 2023 -399,5"},
        ),
        # A foot between two pages is no row and ends no table.
        (
            "Utfall jämfört med budget, mnkr\nVerksamhet Utfall 2023 Budget 2023\nKansli 8,1 8,3\n"
            "\nLunds stad, nämnd 2023\n \fmed stab\nSkola 88,4 89,0\n\nLunds stad, nämnd 2023\n",
            {"Kansli med stab Utfall 2023 8,1", "Skola Budget 2023 89,0"},
        ),
        # Ruled lines as bars, at both ends of some lines.
        (
            "Stöd\nMått Utfall 2023 Utfall 2022\n\n| Bidrag | 612 655 |\n\n| Lån 18 | 17 |\n"
            "\n[Gåvor 4 | 5\n",
            {"Bidrag Utfall 2023 612", "Lån Utfall 2022 17", "Gåvor Utfall 2023 4"},
        ),
        # A forecast has no year of its own; headings right above the next head are no rest of a
        # label.
        (
            "Drift\nVerksamhet Budget Utfall Avvikelse Prognos aug Utfall\n2023 2023 2022\n"
            "Kansli 8,1 8,3 -0,2 8,4 7,9\nSkola med 88,4 89,0 -0,6 89,1 87,2\nfritids\n"
            "Personal\nAntal anställda\nGrupp 2023 2022\nFasta 118 115\nVikarier 21 24\n",
            {"Kansli Prognos aug 8,4", "Skola med fritids Utfall 2022 87,2", "Vikarier 2022 24"},
        ),
        # A gender behind the year of its column; a sentence right below the table is no row.
        (
            "Mått\nIndikator Utfall 2023 kvinnor Utfall 2023 män Utfall 2023 totalt Målvärde 2023\n"
            "Nöjda 86 82 84 85\nTrygga 53 58 55 60\n\n"
            "Antalet anställda har ökat från 209 till 214.\n",
            {"Nöjda Utfall 2023 kvinnor 86", "Trygga Utfall 2023 totalt 55"},
        ),
        # Each cell on a line of its own; women and men have no target.
        (
            "Mål\n\nIndikator\n\n2022\n\n2023\n\nMål 2023\n\nFri tid\n(%)\n\n81\n\n85\n\n90\n\n"
            "Kvinnor\n\n82\n\n86\n\nMän\n\n80\n\n84\n\nBesök\n\nantal\n\n112\n\n3/1\n\n120\n\n",
            {"Fri tid (%) Mål 2023 90", "Kvinnor 2022 82", "Män 2023 84"},
        ),
        # Each column of the head alone on a line of its own.
        (
            "Volymer\n\nMått (antal)\n\nBokslut 2023\n\nBokslut 2022\n\nBesök 742 1 104\n"
            "Lån 9 12\n",
            {"Besök Bokslut 2022 1 104", "Lån Bokslut 2023 9"},
        ),
        # Small words right below a head go on with it, a sentence above it does not; labels go on
        # below their rows, whatever they begin with; commas are lost where the rows do not add up.
        (
            "Två av sju delar redovisar ett underskott mot budget.\n\nInvesteringar\n\n"
            "Investeringar, Budget 2023 Utfall 2023 Avvikelse Ackumulerat\nmnkr utfall\n"
            "Bad 12,0 7,4 46 11,2\nVästra,\n\ninventarier\n\nKonstgräs 8,0 6,9 1,1 8,1\nNorra\n\n"
            "Utegym 45 1,6 2,9 1,6\nSumma 24,5 15,9 8,6 20,9\n",
            {
                "Bad Västra, inventarier Avvikelse 46",
                "Konstgräs Norra Utfall 2023 6,9",
                "Utegym Budget 2023 45",
                "Summa Ackumulerat 20,9",
            },
        ),
        # A goal goes on below its first row, in a column of its own, and is no part of a label.
        (
            "Férvaltningsmal Bedémning\nRikt kulturliv for alla Uppfyllt\n"
            "God tillgang till hallar Delvis uppfyllt\n\n"
            "Foérvaltningsmal Indikator 2021 2022 2023 Malvarde\n"
            "Rikt kulturliv for Ndjda besékare LU. 81 % 78 % 85 %\nalla arrangemang\n"
            "God tillgang till Besok i badhus LU. 571 320 298 140 580 000\nhallar | centrum\n"
            "Besok totalt 1021 300 1.038 210 612 480 1 050 000\n",
            {
                "Ndjda besékare arrangemang 2023 78 %",
                "Besok i badhus centrum 2022 571 320",
                "Besok i badhus centrum Malvarde 580 000",
                "Besok totalt 2022 1.038 210",
                "Besok totalt 2021 1021 300",
            },
        ),
        # What a scan makes of per cent signs is no column of words.
        (
            "Mått 2021 2022 2023 Målvärde\nNöjda 87 MN 88 HN 86 HN 90 Yo\n"
            "Trygga 80 Yo 79 Yo 77 Yo 85 HN\nPersonal 15,2 15,8 17,1 14,0\n"
            "Användare 312 508 1 240 1 000\n",
            {"Personal Målvärde 14,0", "Användare 2023 1 240"},
        ),
        # The rest of one column's words below the others, which are whole.
        (
            "Projekt, mnkr\nProjekt Beslutad Utfall 2023 Budget 2023 Avvikelse 2023\ntotalbudget\n"
            "Bro 18,0 9,8 11,0 1,2\nHall 42,5 17,6 20,0 2,4\n",
            {"Bro Beslutad totalbudget 18,0", "Hall Utfall 2023 17,6"},
        ),
        # Women and men above their total have no target.
        (
            "Sjukfrånvaro i procent\n2022 2023 Mål 2023\nKvinnor 7,7 7,1\nMän 5,2 5,0\n"
            "Totalt 6,6 6,2 6,0\n",
            {"Kvinnor 2023 7,1", "Män 2022 5,2", "Totalt Mål 2023 6,0"},
        ),
        # A minus that is lost, where the row adds up with it and not without.
        (
            "Kostnader, tkr\nDel Budget 2023 Utfall 2023 Avvikelse\nPark -71 200 -73 015 -1 815\n"
            "Hus -58 900 -55 240 3 660\nMat -41 300 41 022 278\nStab -6 500 -5 735 765\n",
            {"Mat Budget 2023 -41 300", "Mat Utfall 2023 41 022", "Mat Avvikelse 278"},
        ),
        # A space between thousands read as a point or points, where its row says so.
        (
            "Belopp i mnkr Bokslut 2023 Budget 2023 Avvikelse\nKostnad -1:128,3 -1 113,7 -14,6\n"
            "Lokaler -46,9 -45,1 -1,8\n\nVolym 2021 2022 2023\nLarm 3.120 3 205 3 188\n"
            "Platser 1042 1 046 1046\n",
            {"Kostnad Bokslut 2023 -1:128,3", "Larm 2021 3.120", "Platser 2022 1 046"},
        ),
        # Years that are to come; the head comes again on the next page; a word right above the next
        # head is the name of its table.
        (
            "Barn\nGrupp 2023 2026\nFörskola 120 118\nSkola och 340 361\nfritids\nHem 12 11\n"
            "Lokaler\n\nProjekt Budget 2023 Utfall 2023\nBro 15,0 13,9\n\nFoten\n\n"
            "Projekt Budget 2023 Utfall 2023\nHall 35,0 22,6\nSumma 50,0 36,5\n",
            {"Hem 2026 11", "Skola och fritids 2023 340", "Hall Utfall 2023 22,6"},
        ),
        # A name with its year and its unit of measure is no head.
        (
            "Vår ekonomi 2023, mnkr\n\nBudget Utfall Avvikelse Utfall 2022\n"
            "Bidrag 31,0 36,4 5,4 33,9\nAvgifter 44,2 43,1 -1,1 42,0\n",
            {"Bidrag Budget 31,0", "Avgifter Utfall 43,1", "Avgifter Utfall 2022 42,0"},
        ),
        # A label goes on below its row, and above that of women.
        (
            "Nöjda\nIndikator 2022 2023 Mål\nAndel nöjda 87 % 89 % 90 %\nmed fritiden\n\n"
            "kvinnor 88 % 91 % 90 %\nmän 85 % 86 % 90 %\nBesök 1 240 815 900\n",
            {"Andel nöjda med fritiden 2022 87 %", "kvinnor 2023 91 %", "Besök Mål 900"},
        ),
        # What a scan makes of a nought; investments are printed with another sign than net costs.
        (
            "Ekonomi, belopp tkr Bokslut 2023 Budget 2023 Avvikelse\n"
            "Nettokostnader -412 310 -416 500 4190\nvarav pandemin -9 450 (e) -9 450\n"
            "Investeringar 18 420 31 000 12 580\n",
            {"varav pandemin Budget 2023 (e)", "Investeringar Avvikelse 12 580"},
        ),
    ],
)
def test_heads_and_rows_of_scanned_lines(lines: str, expected: set[str], tmp_path: Path) -> None:
    found = understood(tmp_path / "scan.txt", TITLE + lines)
    read_figures = {" ".join(figure) for figure in figures(found)}
    assert expected <= read_figures, read_figures
    labels = {line.label for table in found.tables for line in table.lines}
    assert not any("minskade" in label for label in labels)


@pytest.mark.parametrize(
    ("lines", "units"),
    [
        # Labels and figures apart below a name with the unit.
        (
            "Bygge, tkr\nProjekt\n\nBro etapp 3\n\nSumma\n\n"
            "Budget 2023 Utfall 2023\n80 75\n80 75\n",
            {"tkr"},
        ),
        # A per cent sign as a scan has it, also of the women among them; and a compound cut in two.
        ("Trivsel\nMått 2023 2022\nFri tid (96) 81,2 80,5\nKvinnor 82,0 81,1\n", {"percent"}),
        (
            "Trivsel\nMått 2023 2022\nFri tid, NY 81,2 80,5\nMer fri tid, 96 82,0 81,1\n",
            {"percent"},
        ),
        ("Trivsel\nMått 2023 2022\nNöjd medarbetarin 81 80\ndex\nKundindex 82 81\n", {"index"}),
    ],
)
def test_units_of_scanned_lines(lines: str, units: set[str], tmp_path: Path) -> None:
    found = list(cells.cells(understood(tmp_path / "scan.txt", TITLE + lines)))
    assert len(found) == 4
    assert {cell["unit_of_measure"] for cell in found} == units, found


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        # A space between thousands read as a point, where no other figure has a decimal.
        ("Elever\nGrupp 2023 2022 2021\nSkola 1.15 1109 1098\nFörskola 1287 1334 1361\n", {"1.15"}),
        # A head of more columns than the one above it: no figures are put together for it.
        (
            "Personal\nGrupp Utfall 2023 Utfall 2022 Förändring\nKvinnor Män Totalt Totalt antal/\n"
            "Fasta 611 127 738 745 -7\nVikarier 84 39 123 136 -13\n",
            set(),
        ),
        # A comma lost before a missing mark, and a row whose first figures were taken for words.
        ("Chefer\nMått 2021 2022 2023\nOmsättning 142 LU. 9,7\nLedning 8,1 8,3 8,8\n", {"142"}),
        ("Stöd\nMått 2021 2022 2023\nBidrag 8,5 TLA 9,7\nLån 8,1 8,3 8,8\n", {"9,7"}),
        # A digit taken for another beside three that are alike; a label that ends in noise.
        ("Nöjda\nMått 2021 2022 2023 Mål\nElever 81,9 92,2 15,7 90,0\n", {"15,7"}),
        ("Nöjda\nMått 2021 2022 2023 Mål\nElever 86 82 8 85\n", {"8"}),
        ("Nöjda\nMått 2021 2022 2023\nElever 53 — 58 55\nBarn 61 60 62\n", {"— 58"}),
        ("Nöjda\nMått 2022 2023\nElever z 142 812\nBarn 610 630\n", {"142 812"}),
        # A row whose figures the scan left no cell of is no label of another.
        (
            "Nöjda\nMått 2022 2023\nVuxna 81 80\nElever 87 MN 88 HN\nBarn 61 63\n",
            {"Elever 87 MN 88 HN"},
        ),
    ],
)
def test_what_a_scan_made_doubtful_is_asked(lines: str, asked: set[str], tmp_path: Path) -> None:
    found = understood(tmp_path / "scan.txt", TITLE + lines)
    wrong = {"611 127", "738 745", "611127", "142", "1.15", "8,5", "15,7"}
    assert asked <= {q.printed_text for q in cells.questions(found)}
    assert not wrong & {printed for _, _, printed in figures(found)}


GROUND = """#set text(font: "DejaVu Sans", size: 10pt)
= Bokslut 2023
Nettokostnader (tkr)
#table(columns: (4cm, auto, auto, auto), stroke: none, align: (left, right, right, right),
  fill: (x, y) => if y == 0 { rgb("#1f4e79") } else if calc.odd(y) { rgb("#dbe5f1") },
  table.header(..("Verksamhet", "Utfall 2023", "Budget 2023", "Avvikelse").map(
    name => text(white, weight: "bold", name))),
"""
GROUND_ROWS = (
    ("Bibliotek", "33 871", "33 500", "-371"),
    ("Kulturskola och musik för barn", "19 006", "19 750", "744"),
    ("Badhus", "68 925", "66 400", "-2 525"),
    ("Summa", "121 802", "119 650", "-2 152"),
)


@pytest.mark.parametrize("tone", ["#1f4e79", "#7199c9"])
@pytest.mark.parametrize("is_picture", [False, True], ids=["text", "picture"])
def test_a_table_on_coloured_ground_is_one_table(
    is_picture: bool, tone: str, tmp_path: Path
) -> None:
    texts = ", ".join(f"[{text}]" for row in GROUND_ROWS for text in row)
    source = GROUND.replace("#1f4e79", tone)
    found = understood(tmp_path / "ground.pdf", f"{source}{texts})")
    if is_picture:
        require("Tesseract", shutil.which("tesseract"), "apt-get install tesseract-ocr-swe")
        writers.scanned(tmp_path / "ground.pdf", tmp_path / "picture.pdf")
        found = document.understand(read(tmp_path / "picture.pdf"), TEMPLATE)
    heads = ("Utfall 2023", "Budget 2023", "Avvikelse")
    assert [
        (cell["row_label"], cell["column_label"], cell["value"]) for cell in cells.cells(found)
    ] == [
        (label, head, text.replace(" ", ""))
        for label, *row in GROUND_ROWS
        for head, text in zip(heads, row, strict=True)
    ]


def test_rows_that_are_ruled_keep_a_label_that_stands_beside_several(tmp_path: Path) -> None:
    rows = (
        "table.cell(rowspan: 2, align: horizon)[Öppna mötesplatser], [Nöjda besökare på gården], "
        "[81], [86], [Nya besökare], [38], [41], "
        "table.cell(rowspan: 2, align: horizon)[God arbetsgivare], [Engagemang], [77], [79], "
        "[Heltid], [63], [66]"
    )
    found = understood(
        tmp_path / "ruled.pdf",
        "= Bokslut 2023\nIndikatorer\n#table(columns: (3.2cm, 3cm, 2cm, 2cm), "
        "stroke: (x, y) => (bottom: 0.5pt), align: horizon, "
        f"table.header([Nämndmål], [Indikator], [2022], [2023]), {rows})",
    )
    lines = [(line.group, line.label) for table in found.tables for line in table.lines]
    assert lines == [
        ("Öppna mötesplatser", "Nöjda besökare på gården"),
        ("Öppna mötesplatser", "Nya besökare"),
        ("God arbetsgivare", "Engagemang"),
        ("God arbetsgivare", "Heltid"),
    ]


def test_a_label_goes_on_below_where_no_row_and_no_section_begins(tmp_path: Path) -> None:
    rows = [
        ["41", "Norra skolan, tillbyggnad", "860", "210"],
        ["42", "Förskolan Lingonet", "425", "398"],
        ["43", "Solceller Ängsskolan", "38", "36"],
        ["", "Summa", "1 323", "644"],
    ]
    options = "stroke: none, inset: (x: 4pt, y: 2.6pt), align: (left, left, right, right)"
    for first in (0, 1):
        columns = "(1.2cm, 2.4cm, 2.6cm, 2.6cm)" if not first else "(2.4cm, 2.6cm, 2.6cm)"
        head = ", ".join(["[Nr]", "[Projekt]", "[Budget 2023]", "[Utfall 2023]"][first:])
        found = understood(
            tmp_path / "wrapped.pdf", typst_table(columns, head, [r[first:] for r in rows], options)
        )
        labels = [line.label for table in found.tables for line in table.lines]
        assert labels[-2:] == ["Solceller Ängsskolan", "Summa"]
        if not first:
            assert labels == [row[1] for row in rows]


def cells_of(found: Document) -> list[tuple[str, list[str]]]:
    """Each row of figures: its label and their prints."""
    return [
        (line.label, [f.cell.text for f in line.figures.values()])
        for table in found.tables
        for line in table.lines
    ]


def typst_table(columns: str, head: str, rows: list[list[str]], options: str) -> str:
    """A page with one table; `head` is its cells in Typst."""
    body = ", ".join(f"[{text}]" for row in rows for text in row)
    return (
        '#set text(font: "DejaVu Sans", size: 9pt)\n= Bokslut 2023\nPersonal\n'
        f"#table(columns: {columns}, {options}, table.header({head}), {body})\n"
    )


CLOSE = [
    ["Antal tillsvidareanställda", "312", "87", "399", "301", "Nej"],
    ["varav heltid", "271", "79", "350", "255", "Ja"],
    ["Antal visstidsanställda", "28", "15", "43", "33", "Delvis"],
    ["Antal årsarbetare", "301,5", "84,2", "385,7", "290,1", "Nej"],
]


def test_columns_that_stand_close_are_told_apart_by_what_cannot_be_one_cell(tmp_path: Path) -> None:
    # A creek of a third of a letter's height, and heads wider than what stands below them.
    head = "[Uppgift], [Kvinnor], [Män], [Totalt], [Totalt 2022], [Nått]"
    options = (
        "stroke: none, inset: (x: 1.3pt, y: 2pt), "
        "align: (x, y) => if x in (0, 5) {left} else {right}"
    )
    source = typst_table("6", head, CLOSE, options)
    found = understood(tmp_path / "close.pdf", source)
    assert cells_of(found) == [(label, row[:4]) for label, *row in CLOSE]
    assert [c.head.text for c in found.tables[0].number_columns] == [
        "Kvinnor",
        "Män",
        "Totalt",
        "Totalt 2022",
    ]
    units = [line.unit_of_measure for line in found.tables[0].lines]
    assert units[1] == "count", "a part is counted as the row it is a part of"


@pytest.mark.parametrize("stroke", ["none", "(x, y) => (bottom: 0.4pt + gray)"])
@pytest.mark.parametrize("width", ["3.2cm", "5.6cm"])
def test_a_label_of_several_lines_stands_beside_its_figures(
    width: str, stroke: str, tmp_path: Path
) -> None:
    rows = [
        ["Andel brukare som upplever sig lyssnade på i mötet", "84", "79"],
        ["Bro över Norrån med anslutande gång- och cykelväg", "77", "71"],
        ["Väntetid i genomsnitt till ett första beslut", "16", "18"],
        ["Resor med buss och båt inom kommunens egna gränser", "62", "69"],
    ]
    options = f"stroke: {stroke}, inset: 4pt, align: (left + horizon, right + horizon)"
    source = typst_table(f"({width}, 2cm, 2cm)", "[Indikator], [2023], [2022]", rows, options)
    found = understood(tmp_path / "labels.pdf", source)
    assert cells_of(found) == [(label, row) for label, *row in rows]


def test_a_head_at_one_side_of_its_column_is_that_of_the_figures_at_the_other(
    tmp_path: Path,
) -> None:
    heads = "[Enhet], align(left)[Utfall], align(left)[Budget], align(left)[Kvar], align(left)[Mål]"
    rows = (("Bibliotek", "871", "900", "29", "–"), ("Badhus", "12 925", "12 400", "-525", "10"))
    body = ", ".join(
        f"[{t}]" if t[0] not in "–" else f"align(left)[{t}]" for row in rows for t in row
    )
    found = understood(
        tmp_path / "sides.pdf",
        "= Bokslut 2023\n#table(columns: (4cm, 3cm, 3cm, 3cm, 3cm), stroke: none, "
        f"align: (left, right, right, right, right), {heads}, {body})",
    )
    assert ("Badhus", "Budget", "12 400") in figures(found)
    assert len(figures(found)) == len(rows) * 4


def test_a_head_whose_words_stand_wide_apart_is_one(tmp_path: Path) -> None:
    rows = [["Bibliotek", "871", "29"], ["Badhus", "12 925", "-525"], ["Arkiv", "310", "-2"]]
    found = understood(
        tmp_path / "wide.pdf",
        typst_table(
            "(4cm, 2cm, 5cm)",
            "[Enhet], [Utfall], [Avvikelse#h(14pt)mot budget]",
            rows,
            "stroke: none, align: (left, right, right)",
        ),
    )
    assert [c.head.text for c in found.tables[0].number_columns] == [
        "Utfall",
        "Avvikelse mot budget",
    ]


def test_bold_heads_of_two_lines_stand_above_rows_of_lower_letters() -> None:
    def line(top: float, height: float, *texts: tuple[str, float, float]) -> TableLine:
        return TableLine.of(TextLine([Word(t, a, b, top, top + height) for t, a, b in texts]))

    heads_of = line(0, 11, ("Station", 0, 40), ("Larm", 100, 130), ("Mål", 150, 170),
                    ("Utryckningar", 200, 260))  # fmt: skip
    year = line(11.2, 11, ("2022", 236, 260))
    rows = [
        line(
            26 + 12 * n, 8.2, (name, 0, 40), ("603", 115, 130), ("84", 160, 170), ("588", 245, 260)
        )
        for n, name in enumerate(("Åsby", "Lund", "Ås"))
    ]
    lines = [heads_of, year, *rows]
    assert first_of_table(lines, 2, [None] * 5, []) == 0
    text = line(0, 11, ("Under året larmade fyra stationer", 0, 180))
    assert first_of_table([text, *rows], 1, [None] * 4, []) == 1
    # A row of figures is no rest of heads, however close it stands.
    columns = [(0.0, 40.0), (100.0, 130.0), (150.0, 170.0), (200.0, 260.0)]
    grouped = grouped_rows(lines, columns, [])
    assert [group[0].text.split()[0] for group in grouped][-3:] == ["Åsby", "Lund", "Ås"]


def test_heads_that_are_merged_stand_over_their_own_columns_alone(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (
        ["Medarbetare per kön"],
        [None, "Kvinnor", None, "Män"],
        ["Mått", "2023", "2022", "2023", "2022", "Totalt 2023"],
        ["Anställda", 49, 46, 61, 64, 110],
        ["Chefer", 5, 4, 6, 7, 11],
        [],
        ["Ekonomi per enhet (mnkr)"],
        [None, "Utfall 2023"],
        ["Enhet", "Intäkter", "Kostnader", "Netto", "Budget 2023"],
        ["Lön", 22.8, -45.1, -22.3, -22.4],
        ["Måltid", 18.3, -21.7, -3.4, -0.3],
    ):
        sheet.append(row)
    for place in ("B2:C2", "D2:E2", "B8:D8"):
        sheet.merge_cells(place)
    book.save(tmp_path / "merged.xlsx")
    staff, costs = document.understand(read(tmp_path / "merged.xlsx"), TEMPLATE).tables
    assert [c.gender for c in staff.number_columns] == ["women", "women", "men", "men", "total"]
    assert [c.head.text for c in costs.number_columns] == [
        "Utfall 2023 Intäkter", "Utfall 2023 Kostnader", "Utfall 2023 Netto", "Budget 2023",
    ]  # fmt: skip
    assert (costs.title, costs.unit_of_measure) == ("Ekonomi per enhet (mnkr)", "mnkr")


def test_a_deviation_between_two_years_is_of_those_that_it_is_between() -> None:
    made = understood_grid(
        "Enhet|2023 Budget|2023 Utfall|2022 Differens|2022 Utfall\n"
        "A|69|65|4|60\nB|63|59|4|61\nC|11|12|-1|11\nD|52|51|1|48\nE|56|55|1|53"
    )
    settle_columns(made, 2023)
    date_budgets(made)
    assert [c.fiscal_year for c in made.number_columns] == [2023, 2023, 2023, 2022]


def test_heads_of_several_heights_are_read_whole(tmp_path: Path) -> None:
    # A title and heads inside the lines of the table; the head of the labels half way between two
    # others; a head over three columns, and one of four lines.
    rows = (
        ("Bygglov", "9 800", "8 112", "-1 688", "10 455", "22"),
        ("Tillsyn", "6 450", "6 790", "340", "6 218", "-4"),
    )
    body = ", ".join(f"[{text}]" for row in rows for text in row)
    found = understood(
        tmp_path / "heights.pdf",
        "= Bokslut 2023\nAntalet bygglov sjönk med 20 procent till 437.\n"
        '#set text(font: "DejaVu Sans", size: 8pt)\n'
        "#table(columns: (auto, auto, auto, auto, auto, 1.4cm), stroke: (x, y) => if y != 2 "
        "{(top: .5pt)}, align: horizon + right, "
        "table.cell(colspan: 6, align: left)[Tabell B#h(9pt)Avgifter per enhet], "
        "table.cell(rowspan: 2)[Enhet], table.cell(colspan: 3, align: center)[2023], "
        "table.cell(colspan: 2, align: center)[2022], "
        f"[Budget], [Utfall], [Diff], [Utfall], [Ändring mot året före], {body})",
    )
    assert [(t.title, t.unit_of_measure) for t in found.tables] == [
        ("Tabell B Avgifter per enhet", None)
    ]
    assert figures(found)[:4] == [
        ("Bygglov", head, text)
        for head, text in zip(
            ("2023 Budget", "2023 Utfall", "2023 Diff", "2022 Utfall"),
            (text.replace("-", "−") for text in rows[0][1:]),
            strict=False,
        )
    ]


def test_a_label_cut_at_the_end_of_a_page_and_a_head_cut_in_a_year_are_whole(
    tmp_path: Path,
) -> None:
    found = understood(
        tmp_path / "pages.pdf",
        '#set page(height: 7cm)\n#set text(font: "DejaVu Sans", size: 9pt)\n= Bokslut 2023\n'
        "#table(columns: (2.6cm, 2cm, 2cm, 2.4cm), stroke: (y: .4pt), "
        "[Ärende], [2022], [2023], [Ändring 22–\\ 23], [Bygglov], [548], [437], [-20], "
        "[Klagomål], [119], [141], [18], [Strandskydds-], [29], [31], [7])\n#pagebreak()\n"
        "dispenser\n#table(columns: (2.6cm, 2cm, 2cm, 2.4cm), stroke: (y: .4pt), "
        "[Inspektion], [455], [489], [7], [Kontroll], [341], [352], [3])",
    )
    assert [line.label for table in found.tables for line in table.lines] == [
        "Bygglov",
        "Klagomål",
        "Strandskyddsdispenser",
        "Inspektion",
        "Kontroll",
    ]


def test_a_mark_beside_another_is_of_its_own_column() -> None:
    columns = [(201.7, 307.2), (383.8, 403.8), (425.8, 445.9), (445.9, 479.9)]
    placed = [("Index", 201.7, 257.4), ("80", 396.4, 403.8), ("i.u.", 437.3, 447.3)]
    words = [Word(text, x0, x1, 100, 108) for text, x0, x1 in (*placed, ("–", 452.9, 457.2))]
    made = cells_of_row([TextLine(words)], columns, 1, is_last_head=False)
    assert [cell.text for cell in made] == ["Index", "80", "i.u.", "–"]


def test_a_head_with_a_figure_in_it_is_of_one_column() -> None:
    columns = [(57, 90), (401, 441), (511, 528)]
    placed = [("Station", 57, 83), ("Mediantid", 401, 441)]
    placed += [("Andel", 458, 479), ("inom", 482, 500), ("15", 503, 511), ("min", 514, 528)]
    words = [Word(text, x0, x1, 100, 112) for text, x0, x1 in placed]
    made = cells_of_row([TextLine(words)], columns, 1, is_last_head=True)
    assert [cell.text for cell in made] == ["Station", "Mediantid", "Andel inom 15 min"]


def text_line(words: str, x1: float, *, spaced: bool = False) -> TextLine:
    """A line of words of 9 points, which ends at `x1`, from the left edge of a cell at 0."""
    texts = words.split()
    starts = [sum(map(len, texts[:i])) + i for i in range(len(texts))]
    wide = x1 / len(words)
    boxes = [(wide * a, wide * (a + len(t))) for a, t in zip(starts, texts, strict=True)]
    made = [Word(t, a, b, 0, 9, is_spaced=True) for t, (a, b) in zip(texts, boxes, strict=True)]
    made[-1].is_spaced = spaced
    return TextLine(made)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A word longer than its cell is cut where no letter more would fit, and m is wide.
        ((("Avskrivnin", 56), ("gar", 14)), "Avskrivningar"),
        ((("Hemtjänstti", 53), ("mmar per månad", 55)), "Hemtjänsttimmar per månad"),
        # Words that are whole ones in other places are two.
        ((("Kommunal", 59), ("förskola", 40)), "Kommunal förskola"),
        ((("Finansiella", 60), ("intäkter", 40)), "Finansiella intäkter"),
        # The hyphen that parts a word goes; one before "och", or behind capitals, stays.
        ((("Lokaler och an-", 58), ("läggningar", 48)), "Lokaler och anläggningar"),
        ((("Hot- och våld-", 58), ("och tillbud", 48)), "Hot- och våld- och tillbud"),
        ((("Andel LED-", 58), ("belysning, %", 48)), "Andel LED-belysning, %"),
    ],
)
def test_a_label_on_several_lines_is_one_text(
    lines: tuple[tuple[str, float], ...], expected: str
) -> None:
    cell = [text_line(*line) for line in lines]
    assert rows.goes_on(text_line("Ungdomar i åldern 13–20 år", 60), text_line("%", 5))
    prose = "Vår verksamhet: Kommunal verksamhet, en förskola, har ett pågående arbete som ut-"
    mark_whole([*cell, text_line(prose, 300)])
    assert joined(cell, box=(-1, 0, 61, 20)) == expected


def test_a_row_cut_at_the_end_of_a_page_goes_on_below_the_head() -> None:
    def page(number: int, *rows: str, is_cut: bool = False) -> Grid:
        cells = [row.split("|") for row in rows]
        place = f"page {number}, table {number}"
        return Grid(
            tuple(
                Row(tuple(Cell(t, place, c, is_cut=is_cut) for c, t in enumerate(row, 1)), r)
                for r, row in enumerate(cells, 1)
            ),
            place,
        )

    rest = page(2, "Indikator föräldrar, %|2023|Mål", "Trygga elever, %|87|90")
    for label, is_cut in (("Nöjda ", False), ("Nöjda små", True)):
        before = page(1, "Indikator|2023|Mål", f"{label.strip()}|91|90", is_cut=is_cut)
        after = with_head_parted(before, rest)
        assert goes_on(before, after)
        texts = [row.text for row in put_together(before, after).rows]
        row = f"{label}föräldrar, %\t91\t90"
        assert texts == ["Indikator\t2023\tMål", row, "Trygga elever, %\t87\t90"]

    # Nothing but that rest may stand there.
    below = Paragraph("Indikator 2023 Mål föräldrar, %", "page 2, paragraph 1", 9)
    (whole,) = document.joined([before, below])
    assert whole.rows[-1].text == row


def test_heads_over_the_last_of_years_that_come_again_are_over_all(tmp_path: Path) -> None:
    rows = [["Nöjda", "90", "88", "81", "83"], ["Trygga", "86", "84", "89", "90"]]
    # With the rest of a number or a remark a label goes on.
    rows += [["Skador per 1#linebreak()000 invånare", "5", "6", "7", "8"]]
    rows += [["Besök#linebreak();(tusental)", "2", "3", "4", "5"]]
    head = (
        "[Fråga], table.cell(colspan: 2)[Hemma], table.cell(colspan: 2)[Boende], "
        "[], [2022], [2023], [2022], [2023]"
    )
    options = (
        "stroke: none, align: (x, y) => if x == 0 {left} else {right}, inset: 2pt, gutter: 3pt"
    )
    found = understood(
        tmp_path / "last.pdf",
        typst_table("(5cm, 2cm, 2cm, 2cm, 2cm)", head, rows, options),
    )
    heads_of = [f"{group} {year}" for group in ("Hemma", "Boende") for year in (2022, 2023)]
    labels = ("Nöjda", "Trygga", "Skador per 1 000 invånare", "Besök (tusental)")
    assert figures(found) == [
        (label, head, text)
        for label, row in zip(labels, rows, strict=True)
        for head, text in zip(heads_of, row[1:], strict=True)
    ]


def test_heads_over_names_that_come_again_reach_the_last_and_a_word_goes_on(
    tmp_path: Path,
) -> None:
    names = ("Flickor", "Pojkar", "Alla")
    head = (
        "[], table.cell(colspan: 3, align: center)[Vårterminen 2022], "
        "table.cell(colspan: 3, align: center)[Vårterminen 2021], [], "
        f"[Skola], {', '.join(f'[{name}]' for name in (*names, *names))}, [Budgetavv\\ ikelse]"
    )
    rows = [
        ["Hamnskolan", "92,1", "87,4", "90,2", "89,6", "84,8", "87,5", "212"],
        ["Bergaskolan", "84,6", "79,3", "80,5", "86,2", "77,9", "79,8", "-37"],
    ]
    options = (
        "stroke: none, align: (x, y) => if x == 0 {left} else {right}, inset: 2pt, gutter: 3pt"
    )
    widths = "(2.6cm, 1.6cm, 1.6cm, 1.6cm, 1.6cm, 1.6cm, 1.6cm, 2cm)"
    found = understood(tmp_path / "again.pdf", typst_table(widths, head, rows, options))
    (made,) = found.tables
    *columns, last = made.number_columns
    assert [(c.fiscal_year, c.gender) for c in columns] == [
        (year, gender) for year in (2022, 2021) for gender in ("women", "men", "total")
    ]
    assert last.scenario == "deviation"


def test_signs_that_judge_are_a_column_and_say_what_the_title_has_for_them(
    tmp_path: Path,
) -> None:
    signs = [f"#text(size: 6pt)[{sign}]" for sign in "●○◐"]
    figures_of = (("Nöjda", "88", "90"), ("Trygga", "54", "55"), ("Besök", "37", "35"))
    rows = [[*row, sign] for row, sign in zip(figures_of, signs, strict=True)]
    options = (
        "stroke: none, inset: 2pt, gutter: 3pt, "
        "align: (x, y) => if x == 0 or (x == 3 and y > 0) {left} else {right}"
    )
    head = "[Mått], [Utfall 2023], [Mål 2023], [Status]"
    typed = typst_table("(5cm, 2.5cm, 2cm, 2cm)", head, rows, options)
    title = "Måluppföljning (● uppnått, ◐ nära målet, ○ ej uppnått)"
    source = typed.replace("Personal", title)
    (made,) = understood(tmp_path / "signs.pdf", source).tables
    assert [f.cell.text for _, f in made.figures()] == ["88", "90", "54", "55", "37", "35"]
    statuses = [statuses_in(made)[id(line)] for line in made.lines]
    assert statuses == ["fulfilled", "not_fulfilled", "partly_fulfilled"]


def understood_grid(text: str) -> ReadTable:
    """A table from lines of cells between bars, as a page's reader gives it, with its figures; of
    what ends with ¿ a reader of pictures is not sure."""
    rows = tuple(
        Row(
            tuple(
                Cell(t.rstrip("¿"), f"page 1, table 1 row {r} column {c}", c, doubtful="¿" in t)
                for c, t in enumerate(line.split("|"), 1)
            ),
            r,
        )
        for r, line in enumerate(text.strip().split("\n"), 1)
    )
    marks = TEMPLATE.marks_of()
    (made,) = tables.read_tables(Grid(rows, "page 1, table 1"), (), marks)
    settle_columns(made, 2023)
    tables.read_figures(made, marks)
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Marks of missing figures at the other side of their column are of that column.
        (
            "Projekt|Upparbetat 2022||Utfall 2023\nBro||310|3\nHall||180|2\nTorg|–||1",
            ["Upparbetat 2022", "Utfall 2023"],
        ),
        # The first line of one head stands over no other.
        (
            "||Ack|Utfall\nProjekt|Beslut|utfall|2023\nBro|900|310|3\nHall|700|180|2",
            ["Beslut", "Ack utfall", "Utfall 2023"],
        ),
        (
            "||2023||2022\n||||Diff\nPost|Budget|Utfall|Utfall|mot föreg. år\n"
            "Avgifter|98|81|104|-23\nTaxor|64|67|62|5",
            ["2023 Budget", "2023 Utfall", "2022 Utfall", "2022 Diff mot föreg. år"],
        ),
        # Over the last of several heads, or over any of those that come again, is over all.
        (
            "Nämnd||Utfall||Budget|Diff\n|Intäkt|Kostnad|Intäkt|Kostnad|netto\nSkola|9|31|8|30|0\n"
            "Hem|7|64|7|61|-3",
            ["Utfall Intäkt", "Utfall Kostnad", "Budget Intäkt", "Budget Kostnad", "Diff netto"],
        ),
        (
            "Nämnd/|Budget||Utfall||Avvikelse\nenhet|netto||||\n|helår|Intäkt|Kostnad|tkr|%\n"
            "Skola|22|9|31|0|0\nHem|54|7|64|-3|-6",
            ["Budget netto helår", "Intäkt", "Utfall Kostnad", "Avvikelse tkr", "Avvikelse %"],
        ),
        # Income, cost and net are of one year, whichever of them that stands over; so are months.
        (
            "Nämnd|Budget 2023|||Bokslut 2023\n|Netto|Intäkter|Kostnader|Netto\n"
            "Skola|-22|9|-31|-22\nHem|-54|7|-64|-57",
            [
                "Budget 2023 Netto",
                *(f"Bokslut 2023 {t}" for t in ("Intäkter", "Kostnader", "Netto")),
            ],
        ),
        (
            "Nämnd|Budget||Årsprognos|Utfall\n|2023|april|augusti|2023\nSkola|22|21|23|24\n"
            "Hem|54|55|57|58",
            ["Budget 2023", "Årsprognos april", "Årsprognos augusti", "Utfall 2023"],
        ),
        # Over the last of its columns, where a name would come twice in the group before.
        (
            "Nämnd|2022|||2023\n|Utfall|Budget|Utfall|Avvikelse\nSkola|-22|-23|-25|-2\n"
            "Hem|-54|-55|-57|-2",
            ["2022 Utfall", *(f"2023 {t}" for t in ("Budget", "Utfall", "Avvikelse"))],
        ),
        # A head half way between the others is one of them.
        (
            "|||Kommunen||Koncernen\n|Not||||\nMnkr||2023|2022|2023|2022\nKassa|4|19|50|31|68\n"
            "Lån||91|88|142|137",
            ["Kommunen 2023", "Kommunen 2022", "Koncernen 2023", "Koncernen 2022"],
        ),
        # From one year to another is no figure.
        (
            "|Dec|Dec|Förändring\n|2024|2023|2023–2024\nKvinnor|288|281|7\nMän|71|70|1",
            ["Dec 2024", "Dec 2023", "Förändring 2023-2024"],
        ),
        # Nor is a year with its unit of measure.
        (
            "Enhet|Anställda|Frånvaro|Frånvaro\n||2022, %|2023, %\nSkola|128|4,1|3,8\nHem|44|5,2|6",
            ["Anställda", "Frånvaro 2022, %", "Frånvaro 2023, %"],
        ),
        # A head of one line beside those of two stands at their foot.
        (
            "|Intäkter|Kostnader|\nEnhet|2023|2023|Netto 2023\nBad|12|-71|-59\nHem|48|-55|-7",
            ["Intäkter 2023", "Kostnader 2023", "Netto 2023"],
        ),
        # The year in which something is done is no figure.
        (
            "Projekt|Utfall 2023|Slutår\nBro|310|2024\nHall|180|2023",
            ["Utfall 2023"],
        ),
    ],
)
def test_the_columns_of_a_page_are_those_of_its_heads(text: str, expected: list[str]) -> None:
    made = understood_grid(text)
    assert [column.head.text for column in made.number_columns] == expected
    assert all(f.reading != BLANK for _, f in made.figures())


WIDE = "(x, y) => (top: 0.4pt, bottom: 0.4pt)"
CLOSED = "inset: (top: 2pt, bottom: 18pt), align: (x, y) => if x == 0 {left} else {right}"


def test_rows_with_wide_spaces_between_lines_are_of_one_table(tmp_path: Path) -> None:
    # The head is two rows, the heads of the columns stand over the second of theirs.
    rows = [["Ledning", "118", "114", "9", "12"], ["Omsorg", "688", "702", "141", "128"]]
    rows += [["Summa anställda", "806", "816", "150", "140"], ["Deltid", "90", "89", "7", "8"]]
    head = (
        "[], table.cell(colspan: 2)[Tillsvidare], table.cell(colspan: 2)[Visstid], "
        "[Förvaltning], [2023], [2022], [2023], [2022]"
    )
    options = f"stroke: {WIDE}, {CLOSED}"
    found = understood(
        tmp_path / "wide.pdf", typst_table("(2.2cm, 2cm, 2cm, 2cm, 2cm)", head, rows, options)
    )
    assert cells_of(found) == [(label, row) for label, *row in rows]
    assert [c.head.text for c in found.tables[0].number_columns] == [
        "Tillsvidare 2023",
        "Tillsvidare 2022",
        "Visstid 2023",
        "Visstid 2022",
    ]


def test_marks_among_words_make_no_column_and_a_numbered_name_ends_a_table(tmp_path: Path) -> None:
    options = "stroke: none, inset: (x: 8pt, y: 2pt), align: (left, right, right, left)"
    rows = [["Väntetid", "30", "28", "Delvis"], ["Utsläpp", "35", "–", "–"]]
    table = f"#table(columns: 4, {options}, [Mått], [Mål 2023], [Utfall 2023], [Uppnått], "
    source = table + ", ".join(f"[{text}]" for row in rows * 2 for text in row) + ")\n"
    found = understood(
        tmp_path / "marks.pdf",
        "= Bokslut 2023\n#v(1cm)\n#set block(spacing: 4pt)\nTabell 1. Mål\n"
        + source
        + "Tabell 2. Folk\n"
        "#table(columns: 3, stroke: none, inset: (x: 9pt, y: 2pt), [År], [Folkmängd], "
        "[Skattekraft], [], [antal], [kr/invånare], [2022], [14 160], [224 364], [2023], "
        "[14 121], [236 810])",
    )
    assert [table.title for table in found.tables] == ["Tabell 1. Mål", "Tabell 2. Folk"]
    assert [c.kind for c in found.tables[0].columns] == ["label", "number", "number", "status"]
    assert figures(found)[-2:] == [
        ("2023", "Folkmängd antal", "14 121"),
        ("2023", "Skattekraft kr/invånare", "236 810"),
    ]


def test_a_row_of_years_at_the_edge_of_two_pages_is_no_running_head() -> None:
    def lines(*texts: str) -> list[TextLine]:
        return [TextLine([Word(t, 60 * i, 60 * i + 25, 8, 16) for i, t in enumerate(texts)])]

    for one, other in ((["2023", "2024"], ["2023", "2022"]), (["Summa", "71", "80"],) * 2):
        assert not order.repeated([lines(*one), lines(*other)], [600, 600])
    assert order.repeated([lines("Årsredovisning", "2023", "7")] * 2, [600, 600])


def test_a_number_goes_on_in_the_next_line_and_an_item_of_a_list_does_not() -> None:
    def line(text: str, top: float) -> TextLine:
        return TextLine([Word(text, 60, 60 + 5 * len(text), top, top + 9)])

    for above, below, count in (
        ("ökade med 63 till 2", "208. Fler", 1),
        ("Punkt 2", "3. Nästa", 2),
    ):
        assert len(list(paragraphs([line(above, 10), line(below, 21)], []))) == count


def test_a_table_that_begins_again_with_its_head_has_its_unit(tmp_path: Path) -> None:
    table = "table(columns: 3, stroke: none, [Enhet], [Utfall 2023], [Utfall 2022], "
    found = understood(
        tmp_path / "again.pdf",
        f"= Bokslut 2023\nBelopp i tkr\n\nNettokostnad\n#{table}[Skola], [31 400], [30 655], "
        f"[Hem], [945], [988])\n#pagebreak()\nTexten går vidare här.\n#{table}[Bad], [7 045], "
        "[6 833], [Is], [71], [76])",
    )
    assert [table.unit_of_measure for table in found.tables] == ["tkr", "tkr"]


def test_a_word_cut_at_the_edge_of_its_column_says_what_it_says_whole() -> None:
    made = understood_grid("Projekt|Tilläggsbud get 2023|Utfall 2023\nBro|310|3\nHall|180|2")
    assert [column.scenario for column in made.number_columns] == ["budget", "outcome"]


def test_women_and_men_are_of_the_year_of_their_total() -> None:
    made = understood_grid(
        "Mått|Kv|Män I|2022 Alla|Kv|Män|2023 Alla\nAnställda|24|15|39|23|13|36\nChefer|3|1|4|3|2|5"
    )
    assert [c.fiscal_year for c in made.number_columns] == [2022] * 3 + [2023] * 3


def test_a_part_is_of_the_year_of_the_total_before_it_and_a_net_of_kinds_has_no_units() -> None:
    made = understood_grid(
        "|Totalt 2023|varav kvinnor|varav män|Totalt 2022\nDeltagare|812|461|351|874\n"
        "Avslutade|502|284|218|537"
    )
    assert [c.fiscal_year for c in made.number_columns] == [2023, 2023, 2023, 2022]
    kinds = understood_grid(
        "Tkr|Budget 2023|Utfall 2023|Utfall 2022\nAvgifter|21 400|22 185|20 910\n"
        "Summa intäkter|21 400|22 185|20 910\nPersonal|-412 300|-421 874|-401 225\n"
        "Summa kostnader|-412 300|-421 874|-401 225\nNettokostnad|-390 900|-399 689|-380 315"
    )
    kinds.title = "Driftredovisning"
    recognise(kinds, TEMPLATE, 2023)
    assert kinds.source_table != "driftsammandrag"


def test_a_budget_is_of_the_year_of_what_deviates_from_it() -> None:
    # The year stands over the middle of the last three columns.
    made = understood_grid(
        "Enhet|2022||2023|\n|Utfall|Budget|Utfall|Avvikelse\nSkola|22|23|25|2\nHem|54|57|55|-2\n"
        "Bad|12|13|14|1\nStab|9|10|10|0\nPark|31|33|36|3\nLås|6|8|7|-1"
    )
    date_budgets(made)
    assert [c.fiscal_year for c in made.number_columns] == [2022, 2023, 2023, 2023]


def test_income_and_cost_over_years_make_the_net_of_each() -> None:
    made = understood_grid(
        "Nämnd|Intäkter|Intäkter|Kostnader|Kostnader|Netto|Netto\n|2022|2023|2022|2023|2022|2023\n"
        "Skola|4|3|-61|-66|-57|-63\nHem|1|1|-17|-18|-16|-17\nBad|3|2|-29|-27|-26|-25"
    )
    assert len(arithmetic.relations(made)) == 2


def test_decisions_are_a_budget_only_beside_what_was_spent() -> None:
    counted = understood_grid("Lov|Inkomna 2023|Beslut 2023\nHus|112|98\nStaket|41|39")
    spent = understood_grid("Bygge|Beslut 2023|Utfall 2023\nBro|112|98\nTorg|41|39")
    assert [[c.scenario for c in t.number_columns] for t in (counted, spent)] == [
        ["outcome", "outcome"],
        ["budget", "outcome"],
    ]


def test_a_year_glued_to_a_word_of_a_picture_is_apart() -> None:
    rows = [
        ["5", "1", "1", "1", "1", str(i), "10", "10", "60", "20", "90", text]
        for i, text in ((1, "Mål2025"), (2, "K2025"))
    ]
    assert [word.text for word in words_of(rows)] == ["Mål 2025", "K2025"]


def test_the_small_type_of_a_table_is_as_high_as_it_is() -> None:
    texts = [("Brödtexten", 40), ("Korridoren", 40), ("Kommunen", 40), ("Fritids", 29), ("12", 24)]
    rows = [
        ["5", "1", "1", "1", str(line), "1", "10", str(60 * line), "200", str(high), "90", text]
        for line, (text, high) in enumerate(texts)
    ]
    heights = [round(word.height * SCALE) for word in words_of(rows)]
    # Two letters do not tell.
    assert (heights[3] < 0.8 * heights[0], heights[4]) == (True, heights[0])


def test_shares_of_women_and_men_make_no_total() -> None:
    made = understood_grid(
        "Mått|Kvinnor 2023|Män 2023|Totalt 2023\nAntal fast anställda|148|203|351\n"
        "Antal vikarier|19|22|41\nSjukfrånvaro, %|7,1|4,2|5,4"
    )
    repair.doubt(made)
    assert not [f.question for _, f in made.figures() if f.question]


def test_a_column_that_is_called_a_difference_and_is_none_is_told() -> None:
    made = understood_grid(
        "Post|Budget 2023|Utfall 2023|Diff|Diff utfall\nAvgifter|98|81|-17|104\n"
        "Taxor|64|67|3|62\nHyror|20|21|1|24\nBidrag|40|38|-2|41"
    )
    assert arithmetic.no_differences(made) == [3]


def test_what_a_scan_lost_of_a_head_or_a_label_is_told() -> None:
    made = understood_grid(
        "Mått|Utfall 2023|Utfall 2022|Liknande utfall\nLärare (90)|81,7|79,9|80,1\n"
        "Platser (90)|108|104|98\nBehöriga (7)|81,7|79,9|80,1\nMedelålder, Är|46|47|47"
    )
    repair.percent_of_labels(made)
    assert [line.unit_of_measure for line in made.lines] == ["percent", None, None, None]
    asked = [[f.question for f in line.figures.values() if f.question] for line in made.lines]
    assert list(map(len, asked)) == [0, 0, 3, 0]
    assert [column.head.text for column in repair.undated(made)] == ["Liknande utfall"]
    parts = understood_grid(
        "Grupp|Alla 2023|varav män|Frånvaro 2023|Frånvaro 2022|Mått\nBad|21|3|6|7|1\nHem|9|2|5|4|2"
    )
    assert [column.head.text for column in repair.undated(parts)] == ["Mått"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        # No scan loses all commas of a column; one alone it may.
        (
            "Enhet|Anställda|Kvinnor|Frånvaro 2023, %|Frånvaro 2022, %\nSkola|128|96|4,1|3,8\n"
            "Hem|44|31|5,2|6,0\nBad|61|40|6,6|63\nPark|9|4|4,4|4,1",
            {"63"},
        ),
        # A row of whole numbers is of something else, and a target alike to its outcomes.
        (
            "Mått|Utfall 2023|Mål 2023\nFrånvaro|6,1|5,0\nAnställda|128|96\nLön|5,8|6,5\n"
            "Rörlighet|7,1|7,0\nStöd|4,1|4,0",
            set(),
        ),
        # One of three years may be small.
        ("Mått|2018|2019|2020\nKvinnor|1,4|6,3|6,2\nMän|2,2|5,1|5,0", set()),
        # An arrow beside a figure is read as a digit of it.
        ("Mått|2021|2022|2023\nFrånvaro|7,1|7,8|6,91\nElever|81|82|83", {"6,91"}),
        # Two cells are read as one in a row, and not in all.
        ("Ort|Invånare|Ärenden|Möten\nArla|18420|28|4\nBo|12150|21|3\nOd|9870|17|3", set()),
        ("Ort|Invånare|Ärenden|Möten\nArla|320|28|4\nBo|12150|21|3\nOd|270|17|3", {"12150"}),
        # A digit too many in one of some years; a part that its sum proves.
        ("Mått|2021|2022|2023\nKostnad|268|281|2178\nPris|41|44|43", {"2178"}),
        (
            "Del|Utfall 2021|Utfall 2022|Utfall 2023\nSkola|697|850|753\nHem|712|820|153\n"
            "Summa|1409|1670|906",
            set(),
        ),
    ],
)
def test_a_figure_of_a_scan_is_asked_about_where_its_column_speaks_against_it(
    text: str, asked: set[str]
) -> None:
    made = understood_grid(text)
    repair.doubt(made)
    watched = [
        "63",
        "128",
        "96",
        "44",
        "31",
        "61",
        "40",
        "18420",
        "12150",
        "9870",
        "2178",
        "153",
        "6,91",
        "1,4",
    ]
    found = {f.cell.text for _, f in made.figures() if f.question}
    assert asked == found & set(watched)


def test_years_of_a_scan_may_be_amounts_and_a_figure_a_head() -> None:
    amounts = "|Utfall 2022|Utfall 2023\nVatten|2140|2085\nPumpar|1935|1890\nKontor|615|640"
    assert [line.label for line in understood_grid(amounts).lines] == ["Vatten", "Pumpar", "Kontor"]
    head = "Mål|Mål 2023|Utfall 2023|2¿\nLån|76|78|Ja\nBad|12|13|Nej"
    assert [c.scenario for c in understood_grid(head).number_columns] == ["target", "outcome"]


def test_a_space_lost_between_thousands_is_what_the_row_says() -> None:
    made = understood_grid(
        "Post|Budget 2023|Utfall 2023|Avvikelse\nArvoden|3 850 000|4127 400|-277 400\n"
        "Lön|4 920 000|4 806 150|113 850\nTolk|410 000|388 700|21 300"
    )
    repair.resolve(made)
    figure = made.lines[0].figures[3]
    assert isinstance(figure.reading, Number)
    assert (figure.reading.value, figure.question) == (4127400, None)


def test_per_cent_is_of_what_a_title_names_with_it(tmp_path: Path) -> None:
    rows = "Fast\t71\t18\t53\t4,1\nKök\t92\t79\t13\t7,9\nStab\t9\t6\t3\t2,6\n"
    head = "Enhet\tAnställda\tKvinnor\tMän\tSjukfrånvaro\n"
    for title in ("Anställda och sjukfrånvaro (%)", "Anställda och annat"):
        found = understood(tmp_path / "staff.txt", f"{TITLE}{title}\n{head}{rows}")
        units = [c["unit_of_measure"] for c in cells.cells(found)]
        assert units == [*["count"] * 3, "percent"] * 3, title


def test_what_lies_within_a_limit_is_no_limit() -> None:
    said = [heads.read(text).scenario for text in ("Egen gräns, veckor", "Målsatt 2023")]
    assert [*said, heads.read("Andel inom gränsen, %").scenario] == ["target", "target", None]


def test_a_sign_that_a_scan_made_a_digit_of_is_asked_about() -> None:
    made = understood_grid(
        "Mått|Utfall 2023 Flickor|Utfall 2023 Poikar|Mål 2023\nNöjda|88|91|290\nTrygga|84|87|95"
    )
    repair.doubt(made)
    assert [column.gender for column in made.number_columns[:2]] == ["women", "men"]
    asked = [(f.cell.text, f.question.candidates) for _, f in made.figures() if f.question]
    assert asked == [("290", ("290", "≥ 90"))]


@pytest.mark.parametrize(
    ("rows", "row", "expected"),
    [
        ("Skola|-31|-30|1\nVård|-42|-41|1\nHem|-9|-8|1\nSumma|82|79|3", -1, (-82, -79)),
        ("Skola|31|30|1\nVård|-42|-41|1\nHem|-9|-8|1\nSumma|-82|-79|3", 0, (-31, -30)),
        # A minus in one column alone may be the author's fault.
        ("Skola|-31|-30|1\nVård|-42|-41|1\nHem|-9|-8|1\nSumma|82|-79|3", -1, (82, -79)),
    ],
)
def test_a_minus_lost_in_a_whole_row_is_what_its_sum_says(
    rows: str, row: int, expected: tuple[int, int]
) -> None:
    made = understood_grid(f"Del|Utfall 2023|Utfall 2022|Mål 2023\n{rows}")
    repair.doubt(made)
    found = [f.number.value for f in made.lines[row].figures.values() if f.number]
    assert tuple(found[:2]) == expected


def test_specks_are_no_ink_and_points_and_faint_lines_are() -> None:
    page = np.full((200, 200), 255, np.uint8)
    page[20:22, 20:22] = 40
    page[60:65, 60:65] = 40
    page[100, 10:190:4] = 190
    clean = without_specks(page)
    assert (clean[20:22, 20:22] == 255).all()
    assert (clean[60:65, 60:65] == 40).all()
    assert (clean[100] == page[100]).all()


def test_a_change_is_per_cent_where_the_years_say_so(tmp_path: Path) -> None:
    lines = (
        "Ekonomi (mnkr)\nPost\tUtfall 2023\tUtfall 2022\tFörändring\nAvgifter\t93,1\t90,6\t2,8\n"
        "Bidrag\t24,3\t26,1\t-6,9\nPersonal\t-415,8\t-398,2\t4,4\n"
    )
    found = understood(tmp_path / "change.txt", TITLE + lines)
    units = {c["column_label"]: c["unit_of_measure"] for c in cells.cells(found)}
    assert units == {"Utfall 2023": "mnkr", "Utfall 2022": "mnkr", "Förändring": "percent"}


def test_a_head_above_a_ruled_body_is_its_head(tmp_path: Path) -> None:
    head = "[Nämndmål], [Indikator], [Utfall 2022], [Utfall 2023]"
    rows = [["Fler läser", "Lån per invånare", "5,9", "5,7"], ["Trygghet", "Nöjda", "81", "86"]]
    options = "stroke: (x, y) => if y > 0 { 0.4pt }, align: (left, left, right, right)"
    found = understood(tmp_path / "body.pdf", typst_table("4", head, rows, options))
    (table,) = found.tables
    assert [(c.head.text, c.fiscal_year) for c in table.number_columns] == [
        ("Utfall 2022", 2022),
        ("Utfall 2023", 2023),
    ]


@pytest.mark.parametrize(
    ("named", "asked"),
    [
        (["Kvinnor", "Män", "Kvinnor", "Män"], "Rubriken står över flera kolumner"),
        (["?", "·", "¤", ""], "Kolumnen saknar rubrik"),
    ],
)
def test_columns_of_one_head_or_none_are_asked_about(
    named: list[str], asked: str, tmp_path: Path
) -> None:
    head = [["Grupp", *named]]
    columns = ["label", *["outcome 2023"] * 4]
    rows = [["Under 30 år", "6,6", "3,9", "5,1", "3,0"], ["Över 50 år", "8,8", "5,9", "8,3", "4,9"]]
    writers.word(Report(2023, (Table("Sjukfrånvaro", head, columns, rows),)), tmp_path / "a.docx")
    found = document.understand(read(tmp_path / "a.docx"), TEMPLATE)
    assert figures(found) == []
    (question,) = cells.questions(found)
    assert asked in question.text


def test_a_figure_without_the_minus_of_all_others_is_asked_about(tmp_path: Path) -> None:
    rows = ("Skola -31 -30", "Vård -42 -41", "Kultur -12 -11", "Gator 19 -18", "Park -7 -6")
    lines = "Nettokostnad, tkr\nVerksamhet Utfall 2023 Utfall 2022\n" + "\n".join(rows) + "\n"
    found = understood(tmp_path / "scan.txt", TITLE + lines)
    assert "19" in {q.printed_text for q in cells.questions(found)}


@pytest.mark.parametrize("walls", ["left: if x > 0 {0.5pt}", "left: 0.5pt", "right: 0.5pt"])
def test_a_table_without_walls_at_its_sides_has_all_its_columns(walls: str, tmp_path: Path) -> None:
    rows = [["Skola", "128", "131"], ["Hem", "44", "41"], ["Bad", "61", "60"]]
    options = f"stroke: (x, y) => ({walls}, top: 0.5pt, bottom: 0.5pt)"
    found = understood(
        tmp_path / "open.pdf", typst_table("3", "[Enhet], [2023], [2022]", rows, options)
    )
    assert [(label, head) for label, head, _ in figures(found)] == [
        (row[0], year) for row in rows for year in ("2023", "2022")
    ]


STYLES = {
    # No line over the head or under the sum.
    "inner": "stroke: (x, y) => (left: if x > 0 {0.5pt}, top: if y > 0 {0.5pt})",
    # The ground of one column, and lines between rows.
    "column": "stroke: (x, y) => (bottom: 0.4pt), fill: (x, y) => if x == 1 {luma(225)}",
    # Boxes with space between them.
    "boxes": "stroke: none, fill: luma(230), gutter: 3pt",
}


@pytest.mark.parametrize("style", STYLES)
def test_tables_of_many_looks_have_all_their_cells(style: str, tmp_path: Path) -> None:
    rows = [["Skola", "128", "131", "259"], ["Hem", "44", "41", "85"], ["Bad", "61", "60", "121"]]
    heads_of = "table.cell(colspan: 2)[2023], [2022], [Enhet], [Kvinnor], [Män], [Totalt]"
    options = f"{STYLES[style]}, align: (x, y) => if x == 0 {{left}} else {{right}}"
    file = tmp_path / "styles.pdf"
    found = understood(file, typst_table("4", f"[], {heads_of}", rows, options))
    said = [(c["row_label"], c["fiscal_year"], c["gender"], c["value"]) for c in cells.cells(found)]
    kinds = (("2023", "women"), ("2023", "men"), ("2022", "total"))
    assert said == [
        (row[0], *kind, v) for row in rows for kind, v in zip(kinds, row[1:], strict=True)
    ]


@pytest.mark.parametrize("space", [1.6, 2.0])
def test_lines_that_stand_a_little_closer_are_rests_of_labels(space: float) -> None:
    rows_of = (
        ("Sporthall", "68"),
        ("Backen", ""),
        ("Utegym", "95"),
        ("Bad", "31"),
        ("Is", "16"),
        ("Plan", "22"),
        ("Norr", ""),
        ("Bana", "18"),
        ("Sektion", ""),
        ("El", "4"),
    )
    lines, top = [], 0.0
    for label, figure in rows_of:
        top += 9 + (space if label in ("Backen", "Norr") else 2)
        words = [Word(label, 0, 40, top, top + 9)]
        words += [Word(figure, 90, 100, top, top + 9)] if figure else []
        lines.append(TableLine.of(TextLine(words)))
    found = grouped_rows(lines, [(0, 42), (90, 100)], [])
    # Where all stand alike no space tells.
    assert (len(found) == 8) is (space < 2)


def test_heads_that_stand_close_are_each_at_the_right_of_its_column() -> None:
    columns = [(0.0, 60.0), (90.0, 130.0), (150.0, 190.0)]
    words = [Word("Budget", 96, 130.4, 0, 16), Word("Avvikelse", 135, 190, 0, 16)]
    found = cells_of_row([TextLine(words)], columns, 0, is_last_head=False)
    assert [cell.text for cell in found] == ["", "Budget", "Avvikelse"]


def test_a_line_goes_on_in_its_own_column_and_a_space_may_be_as_wide_as_a_letter() -> None:
    columns = [(0.0, 60.0), (100.0, 220.0), (300.0, 320.0)]
    upper = TextLine([Word("Behörighet", 100, 150, 0, 10), Word("efter", 153, 180, 0, 10)])
    lower = TextLine([Word("Mål", 0, 20, 12, 22), Word("årskurs", 100, 140, 12, 22)])
    assert beneath(upper, lower, columns).text == "årskurs"
    row = [Word("Bron", 0, 30, 0, 10), Word("Klar", 100, 120, 0, 10), Word("12", 300, 310, 0, 10)]
    rest = [Word("Norra", 0, 30, 12, 22), Word("till", 100, 120, 12, 22)]
    lines = [TableLine.of(TextLine(words)) for words in (row, rest)]
    assert is_rest_of_cells(*lines, columns)
    assert may_be_one(("-62", "410"))
    assert not may_be_one(("62", "41"))


def test_what_a_picture_shows_blank_among_figures_is_asked_about(tmp_path: Path) -> None:
    from bokslut.transcription.reading import repair

    rows = [[f"Rad {n}", str(n), str(n + 1)] for n in range(10, 15)]
    rows[2][1] = ""
    table = Table("Antal", [["Uppgift", "2023", "2022"]], ["label", *["outcome 0"] * 2], rows)
    writers.word(Report(2023, ("# Bokslut 2023", table)), tmp_path / "a.docx")
    (read_table,) = document.understand(read(tmp_path / "a.docx"), TEMPLATE).tables
    repair.ask_about_blanks(read_table)
    asked = [line.label for line, f in read_table.figures() if f.question]
    assert asked == ["Rad 12"]


def test_an_age_and_its_unit_are_of_one_column() -> None:
    assert not tells_apart("30–39", "år", is_spaced=False)
    assert tells_apart("1920", "antal", is_spaced=False)


def test_a_figure_read_across_two_columns_joins_none() -> None:
    columns = [(0.0, 10.0), (20.0, 30.0)]
    bridge = (1.0, 29.0)
    assert bridge not in without_bridges([*columns * 4, bridge])
    assert bridge in without_bridges([*columns, bridge]), "two rows tell of no columns"


def test_a_wall_under_the_stem_of_a_letter_is_a_wall() -> None:
    pixels = np.full((400, 600), 255, dtype=np.uint8)
    for y in (100, 200, 300):
        pixels[y : y + 3, 100:500] = 60
    for x in (100, 300, 497):
        pixels[100:303, x : x + 4] = 60
    pixels[50:95, 104:118] = 0
    _, upright, _ = without_rules(pixels)
    assert [round(rule.at) for rule in upright] == [102, 302, 498]


def test_the_stem_of_a_bold_figure_is_no_ground() -> None:
    ground = np.full((40, 300), 60, dtype=np.uint8)
    ground[10:30, 20:60] = 250
    assert is_ground(ground)
    assert not is_ground(ground[8:28, 100:104])


def test_words_that_a_first_reading_took_for_a_line_are_words() -> None:
    word = Word("—", 0, 50, 0, 9)
    cut = CutOut((0, 0, 50, 9), [word], np.ones((9, 50), np.bool_), "dddddd")
    made = agreed(cut, "—", ["", "Delvis upp", "Delvis uppfyllt", "Delvis uppfyllt"])
    assert made is not None
    assert (made.text, made.doubtful) == ("Delvis uppfyllt", False)


def test_lines_that_grain_broke_and_walls_on_dark_ground_are_found() -> None:
    walls = [Rule(at, 0, 200) for at in (10, 200, 400)]
    broken = [Rule(50, 10, 90), Rule(51, 110, 300), Rule(50, 310, 400)]
    assert [(r.start, r.end) for r in bridged(broken, walls)] == [(10, 400)]
    beside_a_merged_cell = [Rule(50, 10, 200), Rule(50, 400, 900)]
    assert len(bridged(beside_a_merged_cell, [*walls, Rule(900, 0, 200)])) == 2
    without_walls = [Rule(at, 12, 398) for at in (150, 250)]
    assert [r.at for r in bridged([*broken, *without_walls], [])] == [50, 150, 250]
    assert bridged(broken, []) == sorted(broken, key=lambda r: r.at)
    row = np.full((60, 300), 250, np.uint8)
    row[:, 140:143] = 200
    row[20:45, 60:64] = 0
    # The stem of a high letter goes through all of the middle, and not to the edges.
    row[8:52, 80:84] = 0
    ((wall, _),) = walls_on(row, 0, 0, 300, 60)
    assert wall.at == 141


def test_a_thick_line_below_a_head_and_short_walls_between_thick_lines_are_found() -> None:
    page = np.full((400, 900), 255, np.uint8)
    for top, thick in ((40, 4), (100, 12), (160, 8), (210, 8)):
        page[top : top + thick, 50:850] = 0
    page[160:218, (200, 201, 600, 601)] = 0
    lying, upright, _ = without_rules(page)
    assert [round(rule.at) for rule in lying] == [42, 106, 164, 214]
    assert sorted(round(rule.at) for rule in upright) == [200, 600]


def test_double_and_dotted_lines_are_lines_and_dots_before_a_number_are_none() -> None:
    page = np.full((500, 900), 255, np.uint8)
    for top in (40, 46):
        page[top : top + 3, 50:850] = 0
    for top in (100, 160, 220):
        page[top : top + 3, 50:850:8] = page[top : top + 3, 51:850:8] = 0
    page[40:223, (50, 51, 848, 849)] = 0
    # As many dots before each number as there is room, and words with their feet on the dots.
    for top, start in ((300, 210), (340, 260), (380, 330)):
        page[top : top + 3, start:800:8] = 0
    for top in (410, 440, 470):
        page[top : top + 3, 300:600:8] = 0
        for left in range(300, 600, 20):
            page[top - 14 : top, left : left + 6] = 0
    lying, upright, clean = without_rules(page)
    assert sorted({round(rule.at) for rule in lying}) == [41, 47, 101, 161, 221]
    assert len({round(rule.at) for rule in upright}) == 2
    assert (clean[:240] == 255).all()
    assert (clean[300] == page[300]).all()
    # Between walls one is enough.
    page[158:223] = page[98:103] = 255
    page[40:163, (50, 51, 848, 849)] = 0
    page[160:163, 50:850:8] = 0
    assert 161 in {round(rule.at) for rule in without_rules(page)[0]}


def test_heads_stand_over_the_middle_of_their_columns_and_go_on_over_an_edge() -> None:
    upper = [Word("2023", 140, 160, 0, 10), Word("2022", 370, 390, 0, 10)]
    xs = (0, 100, 200, 300, 400)
    lower = [Word(t, x, x + 30, 11, 21) for t, x in (("Kvinnor", 60), ("Män", 165))]
    lower += [Word("Totalt", x, x + 30, 11, 21) for x in (265, 365)]
    whole = GridCell(0, 1, 4, 1, [*upper, *lower], (0, 0, 400, 22))
    made = heads_below(whole, xs)
    assert made
    assert [(cell.text, cell.span) for cell in made[0]] == [("2023", 3), ("2022", 1)]
    # The first word of a head ends just where a column does.
    words = [Word("Vårddygn", 130, 170, 0, 10)]
    words += [Word("Kostnad", 260, 300, 0, 10), Word("per", 302, 315, 0, 10)]
    parts = unmerged(GridCell(0, 1, 4, 1, [Word("Form", 5, 40, 0, 10), *words]), xs)
    assert [(cell.text, cell.span) for cell in parts] == [
        ("Form", 1),
        ("Vårddygn", 1),
        ("Kostnad per", 2),
    ]


def test_a_line_that_is_thicker_below_some_heads_is_whole_and_a_letter_no_wall() -> None:
    page = np.full((400, 900), 255, np.uint8)
    for top, thick in ((60, 3), (100, 3), (140, 3), (180, 3)):
        page[top : top + thick, 50:850] = 0
    page[100:109, 400:600] = 0
    page[143:180, 300:303] = 0
    # The stem of a letter that goes below its line comes close to both lines of a low row.
    page[147:183, 500:503] = 0
    lying, upright, clean = without_rules(page)
    assert [(round(r.at), r.start, r.end) for r in lying if r.end - r.start > 700] == [
        (at, 50, 850) for at in (61, 101, 141, 181)
    ]
    assert [rule.at for rule in upright] == [301]
    assert (clean[95:115] == 255).all()


def test_heads_on_ground_without_lines_are_two_rows() -> None:
    def line(top: float, *texts: tuple[str, float]) -> list[Word]:
        return [Word(text, x, x + 6 * len(text), top, top + 10) for text, x in texts]

    words = [
        *line(0, ("Läsår", 5), ("Meritvärde", 165), ("2023", 330), ("2024", 490)),
        *line(11, ("Flickor", 120), ("Pojkar", 220), ("Utfall", 290), ("Mål", 370)),
        *line(11, ("Utfall", 450), ("Mål", 530)),
        *line(27, ("2023/24", 5), ("234,1", 120), ("210,4", 220)),
        *line(
            27,
            *((str(figure), x) for figure, x in zip(range(4), range(300, 560, 80), strict=False)),
        ),
    ]
    xs = (0, 100, 200, 280, 360, 440, 520, 600)
    across = [Rule(y, 0, 600) for y in (-2, 24, 40)]
    # Of the head only the frame and one wall are seen.
    down = [Rule(x, -2 if x in (0, 100, 280, 600) else 24, 40) for x in xs]
    ((grid,), _) = ruled_grids(words, across, down)
    assert [[(c.text, c.span) for c in row] for row in grid.rows[:2]] == [
        [("Läsår", 1), ("Meritvärde", 2), ("2023", 2), ("2024", 2)],
        [(text, 1) for text in ("", "Flickor", "Pojkar", *("Utfall", "Mål") * 2)],
    ]


def test_white_letters_on_a_light_ground_are_turned_and_each_row_has_its_walls() -> None:
    page = np.full((400, 900), 255, np.uint8)
    page[100:180, 48:848] = 190
    # Letters fill much of it, and the second row alone has a wall.
    for left in range(100, 800, 20):
        page[108:132, left : left + 6] = 255
        page[148:172, left + 2 : left + 8] = 255
    page[138:141, 48:848] = 255
    page[141:180, 400:403] = 255
    pixels, boxes = evened(page)
    assert [tuple(map(round, box)) for box in boxes] == [(48, 100, 848, 180)]
    lying, upright, _ = without_rules(pixels, boxes)
    assert 139 in {round(rule.at) for rule in lying}
    (wall,) = (rule for rule in upright if 60 < rule.at < 840)
    assert (round(wall.at), round(wall.start) > 130) == (401, True)


def test_per_cent_signs_of_a_picture_are_units(tmp_path: Path) -> None:
    require("Tesseract", shutil.which("tesseract"), "apt-get install tesseract-ocr-swe")
    rows = [
        ["Sjukfrånvaro totalt, %", "4,9", "5,6"],
        ["Självförsörjande efter insats (%)", "31,0", "34,2"],
        ["Invånare 18–24 år i insats, %", "62", "69"],
        ["Antal anställda", "96", "92"],
    ]
    source = typst_table(
        "3",
        "[Uppgift], [2023], [2022]",
        rows,
        "stroke: 0.5pt + gray, align: (left, right, right), inset: 3pt",
    ).replace("DejaVu Sans", "DejaVu Serif")
    understood(tmp_path / "signs.pdf", source)
    writers.scanned(tmp_path / "signs.pdf", tmp_path / "picture.pdf", dpi=150)
    found = document.understand(read(tmp_path / "picture.pdf"), TEMPLATE)
    units = {c["row_label"]: c["unit_of_measure"] for c in cells.cells(found)}
    assert list(units.values()) == ["percent", "percent", "percent", "count"], units


def test_a_dash_that_touches_its_figure_is_a_dash_and_a_plus_no_digit() -> None:
    digit = np.zeros((23, 15), np.bool_)
    digit[[0, 1, 2, -3, -2, -1], 2:13] = digit[:, 2:5] = digit[:, 10:13] = True
    dash, plus = np.zeros((23, 14), np.bool_), np.zeros((23, 17), np.bool_)
    dash[11:14] = plus[11:14, :14] = plus[4:21, 5:8] = True
    # The dash reaches the digit behind it.
    ink = np.concatenate([dash, digit[:, 2:], digit], axis=1)
    assert shapes_of(ink, 23, 11) == "mdd"
    assert shapes_of(np.concatenate([plus, digit], axis=1), 23, 11) == "dd"

    def said(shapes: str, first: str, *others: str) -> tuple[str, bool] | None:
        made = agreed(CutOut((0, 0, 9, 9), [Word(first, 0, 9, 0, 9)], ink, shapes), first, others)
        return made and (made.text, made.doubtful)

    assert said("mddd", "-640", "640", "640", "640", "-640") == ("-640", False)
    assert said("ddddd", "+2 890", "42 890", "+2 890", "+2 890", "+2 890") == ("2 890", False)
    # A point where the picture has none is the space between thousands.
    assert said("dddd", "2.030", "2030", "2.030", "2.030", "2.030") == ("2 030", False)


def test_a_cell_of_several_rows_is_cut_out_once() -> None:
    page = np.full((200, 600), 255, np.uint8)
    page[20:40, 260:270] = 0
    merged = GridCell(0, 2, 1, 2, [Word("2024", 60, 66, 2, 12)], (50, 0, 100, 40))
    rows = [[GridCell(row, 1, box=(0, 20 * row, 50, 20 * row + 20)), merged] for row in (0, 1)]
    grid = PageGrid(rows, 0, 40, 0, 100)
    assert len(cut_outs([grid], [], page)) == 1
    # The end of a head and the year below it are no figure.
    merged.words += [Word("(%)", 60, 66, 14, 24)]
    assert not cut_outs([grid], [], page)


def test_a_word_as_wide_as_a_per_cent_sign_is_none() -> None:
    def read_as(text: str, before: str = "Ålder,", end: int = 38, rings: bool = False) -> str:
        page = np.full((int(20 * SCALE), int(90 * SCALE)), 255, np.uint8)
        top, left, height = int(5 * SCALE), int(41 * SCALE), int(8 * SCALE)
        page[top : top + height, left : left + int(10 * SCALE)] = 0
        for at in (4, 20) if rings else ():
            page[top + at : top + at + 8, left + at : left + at + 8] = 255
        label = [Word(before, 5, end, 4, 14), Word(text, 40, 52, 4, 14)]
        return with_percent_signs(label, page, height)[-1].text

    assert (read_as("Yo"), read_as("är")) == ("%", "är")
    # Behind a figure of another column stands no sign.
    assert (read_as("54", "50"), read_as("54", "50", end=25)) == ("%", "54")
    # Two rings make a sign wherever it stands; of a figure alone no one knows.
    assert (read_as("NY", "lokaler"), read_as("NY", "lokaler", rings=True)) == ("NY", "%")
    assert (read_as("96", "Frånvaro", rings=True), read_as("96", "50", 25, True)) == ("%", "96")


@pytest.mark.parametrize(
    "lines",
    [
        # More columns than years: it must not be taken for a table of the years.
        "Kostnader\nOmråde | Utfall | Ram | Saldo | Utfall\n| 2023 kvar 2022\nVård 42 45 3 41\n"
        "Skola 61 58 -3 57\n",
        # One column of two years.
        "Volymer\n\nUtfall 2022 Utfall 2023\n\n41\n\n44\n",
    ],
)
def test_columns_that_are_not_clear_give_no_figures(lines: str, tmp_path: Path) -> None:
    assert figures(understood(tmp_path / "scan.txt", TITLE + lines)) == []


def test_a_comma_that_a_scan_lost_is_asked_about_beside_others(tmp_path: Path) -> None:
    lines = (
        "Sjukfrånvaro, procent\nGrupp 2023 2022 2021 2020 2019 2018\n"
        "Alla 8,4 8,8 8,5 8,1 8,0 7,9\nKvinnor 89 9,6 8,9 93 8,1 8,8\n"
    )
    found = understood(tmp_path / "scan.txt", TITLE + lines)
    assert {q.printed_text for q in cells.questions(found)} == {"89", "93"}


def test_small_counts_that_add_up_by_chance_make_no_sum() -> None:
    from bokslut.transcription.reading import arithmetic, heads
    from bokslut.transcription.reading.numbers import read as number
    from bokslut.transcription.reading.stream import Cell
    from bokslut.transcription.reading.tables import table

    columns = [
        table.Column(i, heads.read(name), "number", "outcome")
        for i, name in enumerate(("Nådda", "Missade"))
    ]
    made = table.ReadTable("table 1", "Mål", columns, [])
    for label, row in (("God service", "1 2"), ("Ordning", "0 2"), ("Miljö", "1 3")):
        line = table.Line(label, "", "", 1, 1, "")
        for column, text in zip(columns, row.split(), strict=True):
            cell = Cell(text, "", column.index)
            line.figures[column.index] = table.Figure(cell, column, number(text, {}))
        made.lines.append(line)
    assert arithmetic.sums(made) == []


def test_running_text_in_two_columns_is_read_down_one_and_then_the_other(tmp_path: Path) -> None:
    words = "Nämnden följer upp sina mål i en egen bilaga som läses efter denna text och är längre"
    columns = (
        f"#columns(2)[#set par(justify: false)\n{words * 6} VÄNSTER\n#colbreak()\n{words * 6}]"
    )
    found = understood(tmp_path / "prose.pdf", f"= Bokslut 2023\n{columns}")
    text = " ".join(p.text for p in found.prose)
    assert " ".join(text.split()).count(words[:60]) == 12


def test_a_page_with_more_figures_than_a_picture_is_high_is_read_in_parts() -> None:
    require("Tesseract", shutil.which("tesseract"), "apt-get install tesseract-ocr")
    pixels = np.full((400, 400), 255, dtype=np.uint8)
    cut = CutOut((10.0, 10.0, 60.0, 40.0), [], np.zeros((1, 1), dtype=np.bool_))
    assert montage_readings([cut] * 400, pixels, *PASSES[0]) == [""] * 400


BELOW = """\
Tabell 2. Nettokostnad per verksamhet, tkr

Verksamhet
Budget

Hemtjänst 138 900
Särskilt boende 221 750
Summa 360 650

Bokslut
147 265
224 031
371 296

2022
Bokslut
136 402

213 860
{last}
"""


def test_columns_that_a_scan_put_below_their_rows_are_theirs(tmp_path: Path) -> None:
    found = understood(tmp_path / "scan.txt", TITLE + BELOW.format(last="350 262"))
    own = [c for c in cells.cells(found) if c["row_label"] == "Särskilt boende"]
    assert [(c["fiscal_year"], c["scenario"], c["value"]) for c in own] == [
        ("2023", "budget", "221750"),
        ("2023", "outcome", "224031"),
        ("2022", "outcome", "213860"),
    ]
    assert {c["unit_of_measure"] for c in own} == {"tkr"}
    # What is in a cell is not left over too.
    assert not any(
        c.isdigit() for p in found.prose for c in p.text if p.line > TITLE.count("\n") + 1
    )


def test_figures_that_stand_for_themselves_are_asked_about(tmp_path: Path) -> None:
    found = understood(tmp_path / "scan.txt", TITLE + BELOW.format(last=""))
    assert "213860" not in {c["value"] for c in cells.cells(found)}
    assert {q.printed_text for q in cells.questions(found)} == {"136 402", "213 860"}


def test_what_a_scan_makes_of_a_minus_is_asked_about(tmp_path: Path) -> None:
    lines = (
        "Budget 2023 Utfall 2023 Avvikelse Utfall 2022 Förändring, Yo\n"
        "Personal —-402,6 —-415,8 -13,2 398,2 4,4\n"
        "Lokaler -61,3 -60,9 0,4 -57,7 5,5\n"
        "Summa -463,9 =476,7 -12,8 -455,9 4,6\n"
    )
    found = understood(tmp_path / "scan.txt", TITLE + "Nämndens ekonomi, mnkr\n\n" + lines)
    asked = {q.printed_text: q.candidates for q in cells.questions(found)}
    assert asked == {
        "—-402,6": ("-402,6", "402,6"),
        "—-415,8": ("-415,8", "415,8"),
        "398,2": (),
        "=476,7": ("-476,7", "476,7"),
    }


def test_words_below_a_head_belong_to_its_columns(tmp_path: Path) -> None:
    lines = (
        "Projekt Budget Upparbetat Utfall Budget Avvikelse Beräknat\n"
        "totalt t.o.m. 2022 2023 2023 2023 klart\n"
        "Välfärdsteknik 9 500 2 310 3 045 3 600 555 2025\n"
        "Larm och lås 4 200 1 180 1 902 1 500 -402 2024\n"
    )
    found = understood(tmp_path / "scan.txt", TITLE + "Investeringar 2023 (tkr)\n\n" + lines)
    heads = [c.head.text for c in found.tables[0].number_columns]
    assert heads[:2] == ["Budget totalt", "Upparbetat t.o.m. 2022"]


def test_a_letter_stands_on_its_base_however_high_it_is() -> None:
    low, deep = Letter("ä", 0, 5, 3, 10, 10, 10), Letter("g", 0, 5, 4, 12, 10, 10)
    whole = [of_whole_height(letter) for letter in (low, deep)]
    assert whole[0].top == whole[1].top
    assert whole[0].bottom == whole[1].bottom
    # A page that does not tell its size in points keeps the boxes that it has.
    small = replace(low, size=1)
    assert of_whole_height(small) == small


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Placerade barn (antal)", ""),
        ("Hushållsavfall, ton", ""),
        ("Driftredovisning (tkr)", "driftsammandrag"),
    ],
)
def test_what_counts_has_no_results(title: str, expected: str, tmp_path: Path) -> None:
    text = f"{title}\n\t2022\t2023\nHem\t64\t69\nSkola\t14\t12\nSumma\t78\t81\n"
    (table,) = understood(tmp_path / "a.txt", text).tables
    assert table.source_table == expected


def test_a_head_is_no_title_and_a_year_has_its_own_deviation(tmp_path: Path) -> None:
    text = (
        "Belopp i tkr Bokslut 2022 Budget 2023 Bokslut 2023\nLokaler 88 87 85\nResor 14 13 13\n\n"
        "Resultat per avdelning\nAvdelning (tkr) Budget 2023 Utfall 2023 Avvikelse 2023 "
        "Avvikelse 2022\nKansli -182 -174 8 3\nStab -21 400 -21 650 -250 120\n"
        "Summa -21 582 -21 824 -242 123\n"
    )
    found = understood(tmp_path / "scan.txt", text)
    assert found.report_year == 2023
    assert ("Stab", "Avvikelse 2023", "-250") in figures(found)


def test_a_deviation_from_the_forecast_and_the_figures_of_others_say_so() -> None:
    assert heads.read("Avvikelse utfall/ prognos aug").scenario == "forecast_deviation"
    assert heads.read("Beräknad slutkostnad").scenario == "forecast"
    assert heads.read("Avvikelse mot budget").scenario == "deviation"
    assert heads.read("Riket 2023").scenario == "comparison"
    assert heads.read("Liknande kommuner 2023").scenario == "comparison"


def test_parentheses_are_minus_where_the_rows_add_up_so(tmp_path: Path) -> None:
    head = "Drift, tkr\nNämnd\tIntäkter 2023\tKostnader 2023\tNetto 2023\n"
    rows = "Skola\t9\t(31)\t(22)\nHem\t80\t(64)\t16\nVård\t7\t(40)\t(33)\n"
    (table,) = understood(tmp_path / "a.txt", head + rows).tables
    assert [f.number.value for _, f in table.figures() if f.number][:3] == [9, -31, -22]
    # Where nothing tells, it is asked.
    (table,) = understood(tmp_path / "b.txt", head + "Skola\t9\t(31)\t22\nHem\t8\t6\t2\n").tables
    assert any(f.question for _, f in table.figures())

    # A document writes a minus in one way, and another of its tables tells which.
    sure = f"{head}{rows}\nBokslut 2023, tkr\n\t2023\t2022\nLån\t(31)\t(28)\n"
    _, other = understood(tmp_path / "c.txt", sure).tables
    assert [f.number.value for _, f in other.figures() if f.number] == [-31, -28]


def test_points_are_between_thousands_where_a_number_has_two(tmp_path: Path) -> None:
    head = "Bokslut 2023\n\nNettokostnad (kr)\nEnhet\tBudget 2023\tUtfall 2023\n"
    home = "Hem\t800.000\t577.400\nBad\t300.000\t310.000\n"
    for body, asked in ((f"Skola\t1.250.000\t1.472.600\n{home}", 0), (home, 4)):
        (found,) = understood(tmp_path / "points.txt", head + body).tables
        assert len([f for _, f in found.figures() if f.question]) == asked
        sure = {f.number.value for _, f in found.figures() if f.number}
        assert sure == (set() if asked else {1250000, 1472600, 800000, 577400, 300000, 310000})


def test_a_sentence_above_its_name_says_what_a_table_is_in(tmp_path: Path) -> None:
    table = "{name}\n\t2023\t2022\nLokaler\t88\t85\nSumma\t88\t85\n"
    said = "I tabellen nedan anges alla belopp i tusentals kronor.\n\n"
    text = said + table.format(name="Drift") + "\nText.\n\n" + table.format(name="Bidrag")
    found = understood(tmp_path / "a.txt", text)
    assert [t.unit_of_measure for t in found.tables] == ["tkr", None]
    # What is said of one table is said of no other, and asked.
    (asked,) = cells.questions(found)
    assert asked.text.startswith("Bidrag: Beloppens enhet står inte här.")
    for words, unit in (
        ("Belopp i 1 000 kr", "tkr"),
        ("Bidrag över 21 000 kr", "kr"),
        ("miljontals kronor", "mnkr"),
    ):
        assert heads.unit_in(words) == unit
    file = tmp_path / "answers.csv"
    for answer in ("mnkr", "miljoner"):
        row = f'"{asked.place}","{asked.printed_text}",{answer}'
        file.write_text(f"place,printed_text,answer\n{row}\n", encoding="utf-8")
        if answer == "mnkr":
            answers.apply(found, answers.load(file))
            assert found.tables[1].unit_of_measure == "mnkr"
            found.tables[1].unit_of_measure = None
        else:
            with pytest.raises(NotRead, match="rad 2: svaret ”miljoner” är ingen enhet"):
                answers.apply(found, answers.load(file))


def test_a_head_stands_over_girls_boys_and_all_of_them() -> None:
    made = understood_grid(
        "Skola|Meritvärde|||Behöriga (%)|\n|Flickor|Pojkar|Alla|2022|2023\n"
        "Bergaskolan|228|205|216|84|81\nSjöskolan|252|236|244|91|92"
    )
    assert [c.unit_of_measure for c in made.number_columns] == [None] * 3 + ["percent"] * 2


def test_how_much_of_a_budget_is_used_is_of_the_year_of_the_report() -> None:
    made = understood_grid(
        "Enhet|Bokslut 2022|Bokslut 2023|Förbrukat, %\nSkola|31|32|97\nHem|8|9|101"
    )
    assert repair.undated(made) == []


def test_what_is_decided_spent_and_planned_is_no_cost_beside_an_income() -> None:
    made = understood_grid(
        "Projekt|Beslutad utgift|Ackumulerad utgift|Årets utgift|Förbrukat av budget, %\n"
        "Bro|310|300|25|97\nHall|180|20|20|11"
    )
    assert [c.scenario for c in made.number_columns] == ["budget", *["outcome"] * 3]
    beside = understood_grid("Stöd|Kostnad|Ersatt av staten\nSjuklön|310|300\nTest|180|20")
    assert [c.scenario for c in beside.number_columns] == ["cost", "outcome"]
    hours = understood_grid("Insats|Plan 2023|Utfall 2023|Skillnad\nA|310|300|-10\nB|18|20|2")
    assert [c.scenario for c in hours.number_columns] == ["budget", "outcome", "deviation"]
    planned = understood_grid("|2023|2024\nSkola|31|32\nHem|8|9")
    planned.title, planned.number_columns[1].scenario = "Ekonomisk plan", None
    settle_columns(planned, 2023)
    assert [c.scenario for c in planned.number_columns] == ["outcome", "budget"]
    for head, scenario in (
        ("KF:s årsmål", "target"),
        ("Meritvärde", "outcome"),
        ("Avvik", "deviation"),
        ("Skillnad mot budget", "deviation"),
        ("Budget minus bokslut", "deviation"),
        ("Skillnad mot 2022", "change"),
        ("Mot budget", "deviation"),
        ("Mot 2020", "change"),
        ("Ram - bokslut", "deviation"),
        ("Resultat mot budget", "deviation"),
        ("+/-", "change"),
        ("Villkor", "target"),
        ("Överfört från budget 2022", "budget"),
        ("varav med avvikelse 2023", None),
        ("Budgeterat 2023", "budget"),
        ("Prognostiserad avvikelse", "forecast_deviation"),
        ("Omsättning, mnkr", "outcome"),
    ):
        assert heads.read(head).scenario == scenario
    assert heads.read("Fg utfall").year_offset == -1
    assert [heads.read(head).gender for head in ("2022 Kv 1", "2022 Kv")] == [None, "women"]
    assert heads.read("Sort").role == "unit"


def test_months_below_a_title_of_forecasts_are_forecasts() -> None:
    for grid, title, expected in (
        ("|Mars|Oktober|Bokslut\nIT|-1|-7|-5\nHem|0|-3|-4", "Prognos för helårsavvikelse", "FFD"),
        ("|Skola|Hem\nTertial 1|-4|-2\nOktober|-9|-5", "Helårsprognoser", "ff"),
        ("|Mars|Oktober\nIT|1|7\nHem|2|3", "Nettokostnad per månad", "oo"),
        ("|Utfall|Prognos\nIT|1|7\nHem|2|3", "Prognos och utfall", "of"),
    ):
        made = understood_grid(grid)
        made.title = title
        for column in made.number_columns:
            column.scenario = column.head.scenario
        settle_columns(made, 2023)
        said = {"F": "forecast_deviation", "D": "deviation", "f": "forecast", "o": "outcome"}
        assert [c.scenario for c in made.number_columns] == [said[c] for c in expected], title


def test_the_year_that_a_class_began_is_not_that_of_its_table() -> None:
    made = understood_grid("Program|Elever|Examen\nTeknik|31|28\nEkonomi|62|55")
    made.title = "Examen inom tre år, elever som började 2020"
    for column in made.number_columns:
        column.fiscal_year = None
    settle_columns(made, 2023)
    assert {c.fiscal_year for c in made.number_columns} == {2023}


def test_a_unit_in_a_title_may_be_that_of_one_column() -> None:
    made = understood_grid(
        "Yrke|Sjukfrånvaro, %|Slutat under året\nKock|4,1|12\nLärare|5,2|14\nVakt|3,1|2"
    )
    made.title = "Sjukfrånvaro och rörlighet"
    units = [cells.unit_of(made, *found) for found in made.figures()][:2]
    assert units == ["percent", None]
    absence = understood_grid("Yrke|Totalt, %|Kvinnor|2022\nKock|4,1|4,2|3,9\nVakt|3,1|3,2|3,0")
    absence.title = "Sjukfrånvaro"
    assert {cells.unit_of(absence, *found) for found in absence.figures()} == {"percent"}
    costs = understood_grid(
        "Kommun|2022|2023|Meritpoäng|Kö, dagar\nÅsby|31|32|210|9\nÖ|41|43|205|7"
    )
    costs.title, costs.unit_of_measure = "Kostnad per elev, kronor", "kr"
    units = [cells.unit_of(costs, *found) for found in costs.figures()][:4]
    assert units == ["kr", "kr", None, None]
    exams = understood_grid("Program|Examen|Betygspoäng\nTeknik|81,4|14,9\nEkonomi|70,2|13,4")
    exams.title, exams.unit_of_measure = "Examen (procent) och betygspoäng", "percent"
    assert [cells.unit_of(exams, *found) for found in exams.figures()][:2] == ["percent", None]
    schools = understood_grid(
        "Skola|Utfall|Elever okt 2023|Kostnad per elev|Placering\n"
        "Alm|31 500|298|105,7|2\nEk|22 000|201|109,5|1"
    )
    schools.title, schools.unit_of_measure = "Skolor (tkr)", "tkr"
    units = [cells.unit_of(schools, *found) for found in schools.figures()][:4]
    assert units == ["tkr", "count", "tkr", "count"]
    assert [c.scenario for c in schools.number_columns] == ["outcome"] * 4
    staff = understood_grid(
        "Mått|2022|2023\nSjukfrånvaro, %|4,1|4,2\nRekryteringar|12|14\nMedelålder, år|45,1|45,2"
    )
    staff.title = "Sjukfrånvaro och övrigt"
    units = [cells.unit_of(staff, *found) for found in staff.figures()][::2]
    assert units == ["percent", None, None]
    ages = understood_grid("Mått|2022|2023\nTotalt|4,1|4,2\nMedelålder, år|45,1|45,2")
    ages.title = "Sjukfrånvaro"
    assert [cells.unit_of(ages, *found) for found in ages.figures()][::2] == ["percent", None]
    homes = understood_grid("Projekt|Utfall|Lägenheter, antal\nTorget|31,5|40\nHamnen|22,0|24")
    homes.title, homes.unit_of_measure = "Projekt (mnkr)", "mnkr"
    assert [cells.unit_of(homes, *found) for found in homes.figures()][:2] == ["mnkr", "count"]


def test_rows_that_only_their_years_tell_apart_are_of_those_years(tmp_path: Path) -> None:
    rows = "Frånvaro 2022 (%)\t9,6\t6,3\nFrånvaro 2023 (%)\t9,1\t6,0\nVision 2030\t4\t5\n"
    text = f"Bokslut 2023\n\nNyckeltal\tKvinnor\tMän\n{rows}"
    (made,) = understood(tmp_path / "t.txt", text).tables
    assert [line.fiscal_year for line in made.lines] == [2022, 2023, None]
    assert [line.name for line in made.lines] == ["Frånvaro (%)", "Frånvaro (%)", "Vision 2030"]
    # Where the heads have years too, theirs are meant.
    (made,) = understood(tmp_path / "t.txt", text.replace("Kvinnor", "Utfall 2023")).tables
    assert {line.fiscal_year for line in made.lines} == {None}


def test_a_share_of_women_among_all_is_of_all(tmp_path: Path) -> None:
    rows = "Andel kvinnor bland chefer\t40\t42\nAndel kvinnor\t60\t61\nSjukfrånvaro kvinnor\t4\t5\n"
    (tmp_path / "t.txt").write_text(f"Bokslut 2023\n\nMått\t2022\t2023\n{rows}", encoding="utf-8")
    (made,) = document.understand(read(tmp_path / "t.txt"), template.load(ROOT)).tables
    assert [line.gender for line in made.lines] == [None, "women", "women"]
    assert heads.gender_in("Andel flickor på gården, %") is None


def test_points_stand_between_thousands_where_decimals_stand_behind_commas(tmp_path: Path) -> None:
    def read_in(decimals: str) -> list[str]:
        text = f"Bokslut 2023\n\nPost\t2022\t2023\nElever\t1.204\t1.180\nFrånvaro, %\t{decimals}\n"
        text += f"Kostnad\t98.400\t465\nNöjda, %\t{decimals}\n"
        (tmp_path / "t.txt").write_text(text, encoding="utf-8")
        (made,) = document.understand(read(tmp_path / "t.txt"), template.load(ROOT)).tables
        return [str(f.number.value) if f.number else "?" for f in made.lines[0].figures.values()]

    assert read_in("4,1\t4,2") == ["1204", "1180"]
    # With points as decimals, or hardly any decimals, either may be meant.
    assert read_in("4.1\t4.2") == ["?", "?"]
    assert read_in("4\t4,2") == ["?", "?"]


def test_minutes_are_no_men_and_a_first_unit_no_unit_of_measure() -> None:
    made = understood_grid(
        "Station|Bemanning|Insatser|Första enhet, min|Frånvaro % 2022|2023\n"
        "Åsby|Heltid|704|7,4|4,9|4,4\nÖby|Frivillig|35|17,5|3,8|4,1\nVikby|Heltid|71|13,2|5,1|5,0"
    )
    # What comes again beside names describes them.
    assert [c.kind for c in made.columns] == ["label", "text", *["number"] * 4]
    assert {c.gender for c in made.columns} == {None}
    # A year alone is of what stands beside it.
    assert [(c.head.text, c.unit_of_measure) for c in made.columns[4:]] == [
        ("Frånvaro % 2022", "percent"),
        ("Frånvaro % 2023", "percent"),
    ]
    assert [heads.unit_in(t) for t in ("Larmtid, sek", "Belopp i SEK")] == [None, "kr"]


def test_the_last_digits_of_a_year_behind_a_word_of_heads_are_one() -> None:
    made = understood_grid("|BU 23|Bokslut 23|Diff|Bokslut 22\nSkola|31|32|1|30\nHem|8|9|1|8")
    assert [(c.scenario, c.fiscal_year) for c in made.number_columns] == [
        ("budget", 2023),
        ("outcome", 2023),
        ("deviation", 2023),
        ("outcome", 2022),
    ]
    for text in (
        "Andel 24 % och flik 25",
        "Not 12",
        "Mål 12 Trygghet",
        "Utfall 12 månader",
        "Prognos 31/12",
    ):
        assert heads.years_of(text) == ()


def test_a_change_is_of_the_year_of_the_report_whatever_year_it_is_from() -> None:
    for head in ("Förändring mot 2021", "Förändring mot 2021, %"):
        made = understood_grid(f"|2021|2023|{head}\nSkola|31|32|1\nHem|8|9|1")
        settle_columns(made, 2023)
        assert [c.fiscal_year for c in made.number_columns] == [2021, 2023, 2023]


def test_the_names_of_tables_may_stand_below_them(tmp_path: Path) -> None:
    grid = "Enhet\tBudget\tUtfall\nSkola\t2 900\t1 384\nHem\t2 070\t1 670\n"
    below = f"Ekonomi\n\n{grid}\nTabell 1: Kostnader (mnkr)\n\n{grid}\nTabell 2: Lokaler (tkr)\n"
    above = f"Tabell 1: Kostnader (mnkr)\n\n{grid}\nTabell 2: Lokaler (tkr)\n\n{grid}\nMera text\n"
    # Where nothing stands between them a name below one is above the next.
    chain = f"Tabell 1: Kostnader (mnkr)\n\n{grid}\nTabell 2: Lokaler (tkr)\n\n{grid}"
    lettered = below.replace("Tabell ", "Tabell B")
    for text in (below, above, f"{chain}\nTabell 3: Elever\n\n{grid}", lettered):
        found = understood(tmp_path / "report.txt", text)
        named = [t.title.partition(" (")[0].replace("Tabell B", "Tabell ") for t in found.tables]
        titles = list(zip(named[:2], [t.unit_of_measure for t in found.tables[:2]], strict=True))
        assert titles == [("Tabell 1: Kostnader", "mnkr"), ("Tabell 2: Lokaler", "tkr")]


def test_names_without_numbers_stand_below_where_nearly_all_do(tmp_path: Path) -> None:
    grid = "Enhet\tBudget\tUtfall\nSkola\t2 900\t1 384\nHem\t2 070\t1 670\n"
    names = ["Kostnader, mnkr", "Lokaler, tkr", "Hyror, tkr"]
    text = "".join(f"Det gick bra.\n\n{grid}\n{name}\n\n" for name in names)
    found = understood(tmp_path / "report.txt", f"Bokslut 2023\n\n{text}Det var allt.\n")
    assert [(t.title, t.unit_of_measure) for t in found.tables] == [
        ("Kostnader, mnkr", "mnkr"),
        ("Lokaler, tkr", "tkr"),
        ("Hyror, tkr", "tkr"),
    ]


@pytest.mark.parametrize("heading", [False, True])
def test_names_below_tables_are_told_from_headings_by_their_units(heading: bool) -> None:
    blocks: list[Grid | Paragraph] = []
    for n, name in enumerate(["Kostnader, mnkr", "Lokaler, tkr", "Elever, antal"]):
        blocks += [
            Paragraph(f"{n}. Ett kapitel", "", 3 * n, heading=True),
            Grid((), f"table {n}"),
            Paragraph(name, "", 3 * n + 2, heading=heading),
        ]
    found = document.captions_above(blocks)
    at = [i for i, block in enumerate(found) if isinstance(block, Grid)]
    above = [found[i - 1] for i in at]
    assert [b.text for b in above if isinstance(b, Paragraph)] == [
        "Kostnader, mnkr",
        "Lokaler, tkr",
        "Elever, antal",
    ]
    # A heading of what follows is no name of what stands above it.
    plain = [
        replace(b, text="Ett annat kapitel") if isinstance(b, Paragraph) and b.line % 3 == 2 else b
        for b in blocks
    ]
    assert document.captions_above(plain) == plain or not heading


def test_a_table_of_our_own_name_is_in_our_unit_in_our_own_report_alone(tmp_path: Path) -> None:
    known = template.load(ROOT)
    (ours,) = {row["administration_name"] for row in known.reports.values()}
    rows = "Projekt\tBudget\tUtfall\nTorg\t2 900\t1 384\nTak\t2 070\t1 670\nSumma\t4 970\t3 054\n"
    for name, asked in ((ours, 0), ("Tekniska nämnden, Björkby kommun", 1)):
        text = f"{name}\n\nInvesteringsredovisning\n{rows}"
        found = understood(tmp_path / "report.txt", text)
        assert len(list(cells.without_unit(found))) == asked, name


def test_of_two_deviations_from_a_budget_the_one_that_always_holds_is_it() -> None:
    made = understood_grid(
        "Enhet|Budget|Utfall|Avvikelse före fond|Avvikelse efter fond\nSkola|236|233|3|1\n"
        "Hem|251|254|-3|-3\nBad|40|38|2|2\nStab|12|13|-1|-1\nPark|31|30|1|1"
    )
    settle_columns(made, 2023)
    assert [relation.result for relation in arithmetic.relations(made)] == [2]


def test_girls_and_boys_are_in_the_unit_of_the_row_above(tmp_path: Path) -> None:
    text = "Mål\tMått\t2023\t2022\nFritid\tKan simma, %\t91\t94\nFritid\tFlickor\t93\t95\n"
    found = understood(tmp_path / "a.txt", text)
    assert {cell["unit_of_measure"] for cell in cells.cells(found)} == {"percent"}


def test_a_thick_line_is_one_and_has_no_sides(tmp_path: Path) -> None:
    line = (
        "#place(bottom + left, dx: -5pt, dy: 7pt, rect(width: 225pt, height: 4.5pt, fill: black))"
    )
    found = understood(
        tmp_path / "thick.pdf",
        "= Bokslut 2023\n#table(columns: (150pt, 80pt, 80pt), stroke: 0.5pt, "
        f"[{line} Enhet], [Utfall 2023], [Utfall 2022], [Skola], [31 400], [30 655], [Hem], [945], "
        "[988])",
    )
    (table,) = found.tables
    assert [(line.label, len(line.figures)) for line in table.lines] == [("Skola", 2), ("Hem", 2)]
    assert [c.kind for c in table.columns] == ["label", "number", "number"]


def test_a_cell_without_a_wall_is_two_where_its_figure_stands_below_others() -> None:
    texts = [("Indikator", 10, 5), ("Årets", 110, 5), ("utfall", 145, 5), ("Nöjda", 10, 25),
             ("86", 150, 25), ("Trygga", 10, 45), ("79", 150, 45)]  # fmt: skip
    words = [Word(text, x, x + 6 * len(text), y, y + 10) for text, x, y in texts]
    across = [Rule(y, 0, 200) for y in (0, 20, 40, 60)]
    # Only the last row has a wall between its label and its figure.
    down = [Rule(0, 0, 60), Rule(100, 40, 60), Rule(200, 0, 60)]
    ((grid,), _) = ruled_grids(words, across, down)
    assert [[" ".join(w.text for w in cell.words) for cell in row] for row in grid.rows] == [
        ["Indikator", "Årets utfall"],
        ["Nöjda", "86"],
        ["Trygga", "79"],
    ]


def test_rows_below_a_walled_head_are_told_apart_though_one_text_stands_close() -> None:
    heads_of = [("Mått", 10, 5), ("Enhet", 110, 5), ("2022", 160, 5), ("2023", 220, 5)]
    rows_of = [
        ("Lån", "antal", "31", "33"),
        ("Gatunät", "km", "214", "219"),
        ("El", "kWh", "5", "6"),
    ]
    texts = [(t, x, 25 + 20 * i) for i, row in enumerate(rows_of)
             for t, x in zip(row, (10, 110, 160, 220), strict=True)]  # fmt: skip
    # The end of a label stands as close to its unit of measure as its own words do.
    texts += [("med", 60, 45), ("krav", 82, 45)]
    words = [Word(text, x, x + 6 * len(text), y, y + 10) for text, x, y in heads_of + texts]
    across = [Rule(y, 0, 300) for y in (0, 20, 80)]
    down = [Rule(0, 0, 80), *(Rule(x, 0, 20) for x in (107, 155, 200)), Rule(300, 0, 80)]
    ((grid,), _) = ruled_grids(words, across, down)
    made = [[" ".join(w.text for w in cell.words) for cell in row] for row in grid.rows]
    assert [len(row) for row in made] == [4] * 4
    assert made[2] == ["Gatunät med krav", "km", "214", "219"]


def test_lines_of_labels_without_figures_go_on_above_or_are_sections() -> None:
    lines = (
        ("Tillgångar", ""),
        ("Anläggningar", "418"),
        ("Eget kapital", "264"),
        ("och fonder", ""),
        ("Avsättningar", "180"),
        ("Alla skulder", ""),
        ("till kommunen", "401"),
    )
    words = [Word("Post", 5, 30, 2, 12), Word("2023", 150, 174, 2, 12)]
    for y, (label, figure) in enumerate(lines):
        for word in label.split():
            x = 5 if label.startswith(word) else 5 + 6 * label.index(word)
            words.append(Word(word, x, x + 6 * len(word), 22 + 10 * y, 32 + 10 * y))
        for x, text in zip((150, 220), (figure, figure), strict=True):
            words += [Word(text, x, x + 18, 22 + 10 * y, 32 + 10 * y)] if text else []
    across = [Rule(y, 0, 300) for y in (0, 20, 95)]
    down = [Rule(0, 0, 95), *(Rule(x, 0, 20) for x in (130, 200)), Rule(300, 0, 95)]
    ((grid,), _) = ruled_grids(words, across, down)
    # Each cell is read again in its own place.
    boxes = [cell.box for row in grid.rows[1:] if (cell := row[1])]
    assert [(box[1], box[3]) for box in boxes if box] == [
        (22 + 10 * a, 32 + 10 * b) for a, b in ((0, 0), (1, 1), (2, 3), (4, 4), (5, 6))
    ]
    assert [row[0].text for row in grid.rows[1:]] == [
        "Tillgångar",
        "Anläggningar",
        "Eget kapital och fonder",
        "Avsättningar",
        "Alla skulder till kommunen",
    ]


@pytest.mark.parametrize(
    ("places", "last", "expected"),
    [
        (("page 1, table 1", "page 1, table 2"), "Summa", False),
        (("page 1, table 1", "page 2, table 2"), "Summa", True),
        (("page 1, table 1", "page 1, table 2"), "Skola", True),
    ],
)
def test_below_its_sum_a_table_does_not_go_on(
    places: tuple[str, str], last: str, expected: bool
) -> None:
    def grid(place: str, *rows: str) -> Grid:
        cells = [[Cell(t, place, i) for i, t in enumerate(r.split(), 1)] for r in rows]
        return Grid(tuple(Row(tuple(c), n) for n, c in enumerate(cells)), place)

    one = grid(places[0], "Hem 2022 2023", "Vård 64 69", f"{last} 64 69")
    assert goes_on(one, grid(places[1], "Hem 2022 2023", "HVB 4 9")) == expected


def test_goals_are_judged_behind_their_names_or_below_them(tmp_path: Path) -> None:
    lines = (
        "Namndmal Bedémning\nTryggt liv Delvis uppfyllt\n\nGod mat\n\nEj uppfyllt\n\n"
        "Halsa Uppnatt\n"
    )
    found = understood(tmp_path / "scan.txt", TITLE + lines).goals
    said = [(goal.label, goal.judgement) for goal in found]
    assert said == [
        ("Tryggt liv", "Delvis uppfyllt"), ("God mat", "Ej uppfyllt"), ("Halsa", "Uppnatt"),
    ]  # fmt: skip


def test_lines_are_looked_through_a_few_times_however_many_they_are() -> None:
    class Counted(list[Entry]):
        """Entries that count how often one of them is taken."""

        taken = 0

        def __getitem__(self, index: Any) -> Any:
            found = super().__getitem__(index)
            self.taken += len(found) if isinstance(index, slice) else 1
            return found

    marks = TEMPLATE.marks_of()
    said = ["Nämnden Arbetar Vidare", "med mål som gäller hela staden", "Under Året Kom 12"]
    entries = entries_of([Paragraph(said[i % 3], "", i) for i in range(1, 901)], marks)
    counted = Counted(entries)
    assert not list(find(counted, TEMPLATE, marks))
    assert counted.taken < 100 * len(entries)


def test_a_row_below_the_rest_of_a_head_is_no_part_of_it() -> None:
    def line(top: float, *texts: tuple[float, str]) -> TableLine:
        words = [Word(text, x, x + 5 * len(text), top, top + 10) for x, text in texts]
        return TableLine.of(TextLine(words))

    lines = [
        line(0, (0, "Förvaltningsm"), (200, "2022"), (260, "2023")),
        line(11, (0, "ål")),
        line(23, (0, "Goda"), (100, "Sjukfrånvaro"), (200, "4,8"), (260, "4,9")),
        line(34, (0, "arbetsplatser")),
        line(52, (100, "Kvinnor"), (200, "5,6"), (260, "5,8")),
        line(70, (100, "Män"), (200, "3,7"), (260, "3,9")),
    ]
    found = grouped_rows(lines, [(0, 30), (100, 170), (200, 230), (260, 290)], [])
    assert [len(group) for group in found] == [2, 2, 1, 1]


def test_a_sentence_of_a_picture_goes_on_in_a_line_that_is_measured_higher() -> None:
    def line(text: str, top: float, height: float) -> TextLine:
        return TextLine([Word(text, 0, 6 * len(text), top, top + height)])

    lines = [
        line("Biblioteken gör ett underskott på 0,6", 0, 9),
        line("mnkr. Badet ett på", 12, 11),
    ]
    blocks = paragraphs([*lines, line("Personal", 24, 13)], [])
    assert [b.text for b in blocks] == [
        "Biblioteken gör ett underskott på 0,6 mnkr. Badet ett på",
        "Personal",
    ]


def test_a_first_row_without_ground_stands_below_its_head(tmp_path: Path) -> None:
    rows = [["Bygglov", "4,8", "6,9", "10"], ["Anmälan", "2,1", "3,0", "4"]]
    rows += [["Förhandsbesked", "7,5", "8,8", "10"], ["Dispens", "8,9", "8,2", "9"]]
    texts = ", ".join(f"[{text}]" for row in [*rows, *rows] for text in row)
    found = understood(
        tmp_path / "ground.pdf",
        "= Bokslut 2023\nHandläggningstider\n#table(columns: (4cm, 2cm, 2cm, 3cm), "
        "align: (left, right, right, right), stroke: none, "
        "fill: (x, y) => if y > 1 and calc.odd(y) { luma(200) }, table.hline(), "
        "[Ärende], table.cell(colspan: 2)[Median i veckor], [Egen gräns, i hela veckor], "
        "table.hline(start: 1, end: 3), [], [2023], [2022], [2023], "
        f"table.hline(start: 1, end: 3), {texts}, table.hline())",
    )
    (table,) = found.tables
    assert [line.label for line in table.lines[:2]] == ["Bygglov", "Anmälan"]
    assert [c.fiscal_year for c in table.number_columns] == [2023, 2022, 2023]


def test_numbered_names_are_no_figures_and_a_name_stands_right_below_its_table(
    tmp_path: Path,
) -> None:
    source = """= Bokslut 2023
#set par(spacing: 4pt)
Två tabeller.
#table(columns: (5cm, 2cm, 2cm), stroke: none, inset: 3pt, align: (left, right, right),
  table.hline(), [Period], [Kvinnor], [Män], table.hline(),
  [Kvartal 1], [6,9], [6,2], [Kvartal 2], [5,1], [4,7],
  [Kvartal 3], [4,2], [4,0], [Kvartal 4], [6,6], [5,9], table.hline())
#v(-2pt)
Tabell 1. Sjukfrånvaro (procent) \\
Alla månadsavlönade.

== Medel
#table(columns: (5cm, 2cm, 2cm), stroke: none, inset: 3pt, align: (left, right, right),
  table.hline(), [Projekt], [Budget], [Utfall], table.hline(),
  [Torget], [42,0], [38,6], [Bron], [18,5], [17,2], table.hline())
#v(-2pt)
Tabell 2. Investeringar (mnkr)

#v(40pt)
Kommunen satsade på torget under året.
"""
    found = understood(tmp_path / "below.pdf", source)
    titles = [(t.title, t.unit_of_measure) for t in found.tables]
    assert titles == [("Tabell 1. Sjukfrånvaro (procent)", "percent"),
                      ("Tabell 2. Investeringar (mnkr)", "mnkr")]  # fmt: skip
    assert [line.label for line in found.tables[0].lines] == [f"Kvartal {n}" for n in range(1, 5)]
    assert {len(line.figures) for t in found.tables for line in t.lines} == {2}


def test_a_sentence_goes_on_at_the_top_of_the_next_page(tmp_path: Path) -> None:
    source = """= Bokslut 2023
Gatubelysningen lämnade
#pagebreak()
ett överskott på 590 tkr.
#pagebreak()
Nytt stycke utan punkt
#pagebreak()
Torget blev klart.
"""
    found = understood(tmp_path / "over.pdf", source)
    assert [p.text for p in found.prose][1:] == [
        "Gatubelysningen lämnade ett överskott på 590 tkr.",
        "Nytt stycke utan punkt",
        "Torget blev klart.",
    ]


def test_a_name_that_was_read_as_the_last_row_of_its_table_stands_below_it() -> None:
    texts = [["Område", "Kvinnor"], ["Vatten", "91"], ["Tabell 6. Andel nöjda (procent)", ""]]
    rows = [
        Row(tuple(Cell(t, f"row {n}", c) for c, t in enumerate(row, 1)), n)
        for n, row in enumerate(texts, 1)
    ]
    table, name = document.with_captions_apart([Grid(tuple(rows), "table 1")])
    assert isinstance(table, Grid)
    assert isinstance(name, Paragraph)
    assert len(table.rows) == 2
    assert (name.text, name.place) == ("Tabell 6. Andel nöjda (procent)", "row 3")
    whole = Grid(tuple(rows[:2]), "table 1")
    assert list(document.with_captions_apart([whole])) == [whole]


def test_lines_of_a_list_are_paragraphs_without_their_signs(tmp_path: Path) -> None:
    source = f"""= Bokslut 2023
#set text(size: 10pt)
#set par(leading: 5pt, spacing: 5pt)
{chr(0x2022)} Besöken ökade till 412. \\
{chr(0x2022)} Lånen minskade till 98.
"""
    found = understood(tmp_path / "list.pdf", source)
    assert [p.text for p in found.prose][1:] == [
        "Besöken ökade till 412.",
        "Lånen minskade till 98.",
    ]
