"""What is typed wrongly from the start, with seals made of it, is told by the document's own lines.

One build of many damages: each must be told by its place.
"""

from __future__ import annotations

import shutil

import pytest
from conftest import Project, Run, copy_project

Rows = list[dict[str, str]]


def change(project: Project, seed: str, key: str, value: str, column: str, text: str) -> None:
    """Writes a text into one column of the one row of a seed that has a value."""

    def do(rows: Rows) -> None:
        (found,) = (row for row in rows if row[key] == value)
        found[column] = text

    project.rows(seed, do)


def swap(project: Project, seed: str, first: int, second: int, column: str) -> None:
    """Two cells of a column change places; rows are counted from 1."""

    def do(rows: Rows) -> None:
        one, other = rows[first - 1], rows[second - 1]
        one[column], other[column] = other[column], one[column]

    project.rows(seed, do)


TOLD = {
    "a target's operator": "row_no 9, rad 584–589: avskriften har ”5 %” som tal 4, men dokumentet "
    "trycker där ”<5 %”",
    "a line number": "row_no 3, rad 173: avskriften har ”-423” som tal 1, men så många tal trycker "
    "dokumentet inte där. Talen står på rad 155. Trolig orsak: fel radnummer",
    "a row left out": "vss-2020, rad 96: dokumentet trycker ”708” (tal 1 på raden), som ingen "
    "avskriven rad och inget påstående har",
    "women and men": "row_no 48, rad 721: avskriften har ”8,5” som tal 3, men dokumentet trycker "
    "där ”0,6”",
    "two years": "row_no 13, rad 595: avskriften har ”74” som tal 1, men dokumentet trycker där "
    "”40”",
    "an excuse": "control_line_excuses, vss-2020, rad 460: tal 1 är ”11” i dokumentet, inte ”12”",
    "a unit of a statement": "row_no 12, rad 39: etiketten ”LKDATA:s överskott” börjar med LKDATA, "
    "men unit_code är hr_service",
    "a goal of a statement": "row_no 149, rad 373: goal_code är goda_arbetsplatser, men rubriken "
    "närmast ovanför (rad 370) är målet korrekta_och_effektiva_inkop",
    "a kind of statement": "row_no 106, rad 285: ett påstående om ett måls status har ingen "
    "goal_code",
    "a unit that has no such figure": "det finns inget tal för total_sjukfranvaro att jämföra med",
    "two names": "reference_measures: personalkostnader heter ”Avskrivningar”, men det gör "
    "avskrivningar efter sin kod",
    "an area of a goal": "målen under Ekonomi står inte efter varandra i vss-2020",
    "a parent of a unit": "reference_units: hr_service är en del av hr_direkt, men räknas direkt",
    "a wording": "”uppfylls” är partly_fulfilled, men påståendet på rad 488 läser samma ord som "
    "fulfilled",
    "a unit of measure": "reference_units_of_measure: mdkr är 1000000 delat med 1000 tkr",
    "an identity": "reference_identities: driftsammandrag, outcome för mallen allman räknas av 3 "
    "kolumner på ett sätt som inget utfall räknas",
    "parts without a sum": "reference_label_aliases: egna är delar utan summa (part_of, total_of)",
    "a figure in an issue": "VSS-2020-D01: talet 61600 står inte på någon av de rader",
    "words without the document": "”Balanstal chefer”, eller dess radnummer, är inte jämfört med "
    "dokumentet (vss-2020: printed_namndindikatorer, row_no 56, rad 752)",
    "a row of a reference": "reference_units: raden ”hr_service|",
}


@pytest.fixture(scope="module")
def damaged(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What a build of a copy with all damages says."""
    copy = copy_project(tmp_path_factory.mktemp("witness"))
    copy.target.mkdir()
    shutil.copyfile(built.target / "partial_parse.msgpack", copy.target / "partial_parse.msgpack")
    copy.cell("printed_namndindikatorer", 9, "target", "5%")
    for column in ("source_line_first", "source_line_last"):
        copy.cell("printed_driftsammandrag", 3, column, "173")
        copy.cell("printed_namndindikatorer", 56, column, "752")
    copy.rows("printed_basuppdrag", lambda rows: rows.pop())
    swap(copy, "printed_namndindikatorer", 48, 49, "outcome")
    copy.cell("printed_namndindikatorer", 13, "outcome_two_years_before", "74")
    copy.cell("printed_namndindikatorer", 13, "outcome_previous_year", "40")
    change(copy, "control_line_excuses", "line_no", "460", "figure", "12")
    copy.cell("printed_pastaenden", 12, "unit_code", "hr_service")
    copy.cell("printed_pastaenden", 149, "goal_code", "goda_arbetsplatser")
    copy.cell("printed_pastaenden", 106, "kind", "status")
    copy.cell("printed_pastaenden", 31, "unit_code", "vss_ledning")
    swap(copy, "reference_goals", 1, 5, "goal_area_sv")
    names = ("measure_code", "personalkostnader", "measure_name_sv", "Avskrivningar")
    change(copy, "reference_measures", *names)
    names = ("measure_code", "avskrivningar", "measure_name_sv", "Personalkostnader")
    change(copy, "reference_measures", *names)
    change(copy, "reference_units", "unit_code", "hr_service", "parent_unit_code", "hr_direkt")
    change(
        copy, "reference_judgement_wordings", "judgement", "uppfylls", "declared_status",
        "partly_fulfilled",
    )  # fmt: skip

    change(copy, "reference_units_of_measure", "unit_of_measure", "mdkr", "base_divisor", "1000")

    def identity(rows: Rows) -> None:
        (row,) = (r for r in rows if (r["source_table"], r["column_name"], r["term"])
                  == ("", "outcome", "cost"))  # fmt: skip
        row["term"] = "budget"

    copy.rows("reference_identities", identity)
    copy.rows(
        "reference_label_aliases",
        lambda rows: rows.append(
            dict.fromkeys(rows[0], "") | {"row_label": "Eget", "part_of": "egna"}
        ),
    )

    def issue(rows: Rows) -> None:
        rows[0]["seen_sv"] = rows[0]["seen_sv"].replace("61\u00a0500", "61\u00a0600")

    copy.rows("control_known_issues", issue)
    return copy.dbt("build")


@pytest.mark.parametrize("damage", TOLD)
def test_what_is_wrong_is_told_by_its_place(damaged: Run, damage: str) -> None:
    assert damaged.code == 1
    assert damaged.lines(TOLD[damage]), damaged.output[-6000:]
