"""Damage to the seeds, and what a controller is told of it: real builds, each of many damages.

A build stops at the first layer in which something is wrong, so that each layer has a build of its
own. The damages of a build have nothing to do with each other, and each is asked for by its place.
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from conftest import Project, Run

Built = tuple[Project, Run]


def printed(run: Run, *words: str) -> None:
    """Some printed line holds all the words."""
    found = [line for line in run.output.splitlines() if all(word in line for word in words)]
    assert found, f"no line with {words} in:\n{run.output}"


def one_line(run: Run, place: str, *words: str) -> None:
    """The run names the place on one line, its report before it, which holds the words."""
    lines = run.lines(f"- vss-2020: {place}") or run.lines(f"- {place}")
    assert len(lines) == 1, f"{lines}\n{run.output}"
    missing = [word for word in words if word not in lines[0]]
    assert not missing, f"{missing} not in: {lines[0]}"


def marts(project: Project) -> set[str]:
    """Names of the tables in the schema marts."""
    with duckdb.connect(str(project.database), read_only=True) as connection:
        rows = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
    return {name for (name,) in rows}


def built_with(copy: Project) -> Built:
    """The damaged copy and its build, which failed without a word of Python."""
    run = copy.dbt("build")
    assert run.code == 1, run.output
    assert "Traceback" not in run.output
    return copy, run


# --- Rows that are out of their place ---


@pytest.fixture(scope="module")
def places(new_copy: Callable[[], Project]) -> Built:
    copy = new_copy()
    copy.cell("printed_basuppdrag", 2, "source_line_first", "9x")
    copy.cell("printed_personal", 1, "source_line_last", "7531")
    copy.cell("printed_personal", 2, "report_id", "vss-2002")
    copy.rows("printed_ekonomi", lambda rows: rows.append(rows[0] | {"row_no": "01"}))
    copy.rows("reference_units", lambda rows: rows.append(dict(rows[1])))
    copy.rows("printed_driftsammandrag", lambda rows: rows.pop(1))
    copy.rows("printed_pastaenden", lambda rows: rows.pop(30))
    return built_with(copy)


def test_a_row_out_of_place_stops_the_build(places: Built) -> None:
    copy, run = places
    printed(run, "printed_basuppdrag, row_no 2, rad ?", "är inget radnummer")
    printed(run, "printed_personal, row_no 1, rad 100–7531: dokumentet har 752 rader")
    printed(run, "printed_personal, row_no 2", "finns inte i reference_reports")
    printed(run, "printed_ekonomi, row_no 1", "radnumret finns på flera rader")
    printed(run, "reference_units: unit_code = vss_ledning", "finns på 2 rader")
    assert "fct_results" not in marts(copy)


def test_a_lost_row_stops_the_build_and_is_told_once(places: Built) -> None:
    _, run = places
    one_line(run, "printed_driftsammandrag, row_no 3", "raden före, med row_no 2, saknas")
    one_line(run, "printed_pastaenden, row_no 32", "raden före, med row_no 31, saknas")
    assert len(run.lines("driftsammandrag, row_no")) == 1
    assert len(run.lines("pastaenden, row_no")) == 1


# --- Texts that cannot be read ---


@pytest.fixture(scope="module")
def texts(new_copy: Callable[[], Project]) -> Built:
    copy = new_copy()
    copy.cell("printed_driftsammandrag", 1, "outcome", "-1 04")
    copy.cell("printed_namndindikatorer", 4, "outcome", "4,l")
    copy.cell("printed_investeringar", 3, "year_outcome", "03")
    copy.cell("printed_namndindikatorer", 14, "outcome", "84 %")
    copy.cell("printed_maluppfyllelse", 1, "judgement", "uppnas nastan")
    copy.cell("printed_basuppdrag", 1, "outcome", "259 248 kolli")
    copy.cell("printed_namndindikatorer", 5, "outcome", "n.a.")
    return built_with(copy)


def test_a_text_that_cannot_be_read_stops_the_build_with_its_place(texts: Built) -> None:
    copy, run = texts
    one_line(run, "printed_driftsammandrag, row_no 1, kolumn outcome, rad 153", "”-1 04”")
    one_line(run, "printed_namndindikatorer, row_no 4, kolumn outcome, rad 576", "”4,l”")
    printed(
        run, "printed_investeringar, row_no 3", "rad 247", "”03”", "decimalkomma har fallit bort"
    )
    printed(run, "control_corrections VSS-2020-C03", "84 % (levera ntorstro het)", "har ”84 %”")
    printed(run, "printed_maluppfyllelse, row_no 1, rad 347", "”uppnas nastan”")
    assert "fct_results" not in marts(copy)


def test_a_text_that_means_nothing_is_told_once_with_its_likely_cause(texts: Built) -> None:
    _, run = texts
    place = "printed_basuppdrag, row_no 1, kolumn outcome, rad 93"
    one_line(run, place, "”259 248 kolli”", "Väntat är", "en okänd enhet")
    place = "printed_namndindikatorer, row_no 5, kolumn outcome"
    one_line(run, place, "”n.a.”", "I.U. eller -", "ett okänt tecken för saknat värde")


# --- Labels and units of measure that nothing maps ---


def test_labels_and_units_that_nothing_maps_stop_the_build(copy: Project) -> None:
    copy.cell("printed_driftsammandrag", 8, "row_label", "LKDATA-X")
    copy.cell("printed_namndindikatorer", 16, "outcome", "6773 mnkr")
    _, run = built_with(copy)
    printed(
        run, "printed_driftsammandrag, row_no 8, rad 160", "”LKDATA-X”", "reference_label_aliases"
    )
    printed(run, "printed_namndindikatorer, row_no 16", "tryckt i mnkr; väntat är tkr")


# --- Figures that look like slips ---


@pytest.fixture(scope="module")
def slips(new_copy: Callable[[], Project]) -> Built:
    copy = new_copy()
    copy.cell("printed_driftsammandrag", 6, "outcome_previous_year", "-25")
    copy.cell("printed_driftsammandrag", 8, "outcome", "7,2")
    copy.cell("printed_ekonomi", 3, "outcome", "36,6")
    copy.cell("printed_investeringar", 2, "year_outcome", "300")
    copy.cell("printed_namndindikatorer", 4, "outcome", "41")
    copy.cell("printed_namndindikatorer", 10, "outcome", "980 %")
    copy.cell("printed_namndindikatorer", 21, "target", "-1 600")
    copy.cell("printed_namndindikatorer", 15, "outcome", "")
    copy.cell("printed_namndindikatorer", 39, "target", "999")
    copy.cell("printed_pastaenden", 2, "read_text", "")
    return built_with(copy)


def test_each_damaged_figure_has_one_leading_message(slips: Built) -> None:
    _, run = slips
    leading, _, following = run.output.partition("Det får till följd:")
    (begin,) = run.lines("Börja med: ")
    assert f"  - {begin.partition('Börja med: ')[2]}\n" in leading
    reading = "printed_pastaenden, row_no 2, rad 33"
    one_line(Run(run.code, following), reading, "read_text är tom", "väntat är en text")
    run = Run(run.code, leading)
    thousand = "omkring tusen gånger"
    one_line(run, "printed_driftsammandrag, row_no 8, kolumn outcome, rad 160", "”7,2”", thousand)
    one_line(run, "printed_ekonomi, row_no 3, kolumn outcome, rad 65", "”36,6”", thousand)
    one_line(run, "printed_investeringar, row_no 2, kolumn year_outcome, rad 245", thousand)
    row = "printed_namndindikatorer, row_no"
    one_line(run, f"{row} 4, kolumn outcome, rad 576", "”41” är", "övriga tal, som är 4")
    one_line(run, f"{row} 10, kolumn outcome", "är en andel över 100 procent")
    one_line(run, f"{row} 21, kolumn target", "”-1 600” är", "kan inte vara mindre än noll")
    one_line(run, f"{row} 15, kolumn outcome", "är tom fast raden har tal")
    one_line(run, f"{row} 39, kolumn target", "”999” är", "utfallet är 99")
    assert len(run.lines("  - vss-2020: printed_")) == 10


def test_a_change_within_rounding_is_caught_by_its_seal_alone(slips: Built) -> None:
    _, run = slips
    place = "printed_driftsammandrag, row_no 6, kolumn outcome_previous_year, rad 158"
    one_line(run, place, "”-25”", "uv run bokslut seal")
    assert not run.lines("driftsammandrag.10.outcome_previous_year")


# --- Figures that disagree ---


@pytest.fixture(scope="module")
def figures(new_copy: Callable[[], Project]) -> Built:
    copy = new_copy()
    copy.cell("printed_driftsammandrag", 8, "outcome", "7224")
    copy.cell("printed_investeringar", 1, "accumulated_outcome", "31,6")
    copy.cell("printed_basuppdrag", 4, "outcome", "780")
    copy.cell("printed_namndindikatorer", 35, "outcome", "20 %")
    copy.cell("printed_pastaenden", 11, "read_text", "6,9 mnkr")
    copy.cell("printed_pastaenden", 63, "printed_text", "0,4 mnkr")
    copy.cell("printed_maluppfyllelse", 2, "front_page_icon", "grön")
    copy.rows("printed_lines", misprint_a_year)
    copy.rows("control_line_excuses", excuse_it_as_it_stands)
    copy.cell("printed_pastaenden", 37, "read_text", "6")
    copy.cell("printed_pastaenden", 83, "kind", "unit_count")
    copy.cell("printed_pastaenden", 172, "kind", "wording")
    copy.cell("printed_pastaenden", 176, "kind", "explanation")
    return built_with(copy)


def misprint_a_year(rows: list[dict[str, str]]) -> None:
    """The head of the volumes (line 92) prints 2018 in the place of 2019."""
    (line,) = (row for row in rows if row["line_no"] == "92")
    line["figures"] = "2020 2018"


def excuse_it_as_it_stands(rows: list[dict[str, str]]) -> None:
    """A year in a head is no figure to compare, whichever it is."""
    (head,) = (row for row in rows if (row["line_no"], row["figure"]) == ("92", "2019"))
    head["figure"] = "2018"


def verdicts(copy: Project, rule: str) -> dict[str, tuple[str, str]]:
    """The checks of a rule, their verdicts and explanations."""
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        rows = connection.execute(
            "select check_id, verdict, explanation_sv from marts.fct_reconciliations"
            " where rule = ?",
            [rule],
        ).fetchall()
    return {check_id: (verdict, explanation) for check_id, verdict, explanation in rows}


def test_a_mark_that_can_be_read_is_held_against_the_judgement(figures: Built) -> None:
    verdict, explanation = verdicts(figures[0], "goal_status")[
        "goal_status:vss-2020.maluppfyllelse.2.front_page_icon"
    ]
    assert verdict == "contradicts"
    assert "märket på rad 79 betyder uppfyllt" in explanation


def test_a_year_in_a_table_head_is_that_of_its_column(figures: Built) -> None:
    found = verdicts(figures[0], "heading_year")
    wrong = {check_id for check_id, (verdict, _) in found.items() if verdict != "agrees"}
    assert wrong == {"heading_year:vss-2020.basuppdrag.1.outcome_previous_year"}
    assert len(found) > len(wrong)
    (explanation,) = (found[check_id][1] for check_id in wrong)
    assert "ska gälla 2019, men tabellhuvudet (rad 92) har årtalet 2018" in explanation


def test_a_deviation_has_its_terms_by_how_much_of_each(built: Project) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(
            "select figure_id, coefficient from marts.fct_check_figures where figure_role = 'part'"
            " and check_id = 'identity:vss-2020.investeringar.1.accumulated_deviation'"
        ).fetchall()
    assert dict(rows) == {
        "vss-2020.investeringar.1.approved_budget": 1,
        "vss-2020.investeringar.1.accumulated_outcome": -1,
    }


def test_a_figure_that_no_longer_agrees_is_told_with_both_sides(figures: Built) -> None:
    copy, run = figures
    place = "printed_driftsammandrag, row_no 8, kolumn outcome, rad 160"
    one_line(run, place, "”7224”", "tryckt är 7244 (rad 160)")
    place = "printed_investeringar, row_no 1, kolumn accumulated_outcome, rad 233"
    one_line(run, place, "60 minus 31,6 ger 28,4; tryckt är 23,9")
    printed(run, "708 (rad 620) och 780 (rad 96)", "säger olika")
    printed(run, "5162 av 259248 ger 1,991144; tryckt är 20 %", "(rad 665–668)")
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        sums = connection.execute(
            "select check_id, explanation_sv from marts.fct_reconciliations"
            " where rule = 'sum_of_parts' and verdict = 'contradicts' and report_id = 'vss-2020'"
        ).fetchall()
    told = dict(sums)
    assert set(told) == {
        "sum_of_parts:vss-2020.driftsammandrag.10.outcome",
        "sum_of_parts:vss-2020.investeringar.4.accumulated_outcome",
    }
    assert "6\u00a0753, summan (rad 162) är 6\u00a0773" in told[min(told)]
    assert "32,2, summan (rad 239) är 36,6" in told[max(told)]
    one_test = copy.dbt("test", "--select", "int_claims__readings_stand_in_print")
    assert one_test.code == 1
    printed(one_test, "läsningen ”6,9 mnkr” står inte i den tryckta texten")


def test_a_reading_that_its_print_does_not_hold_is_told_with_both(figures: Built) -> None:
    _, run = figures
    run = Run(run.code, run.output.partition("Det får till följd:")[2])
    for row, reading, text in ((11, "6,9 mnkr", "6,8 mnkr"), (63, "-0,4 mnkr", "0,4 mnkr")):
        one_line(
            run,
            f"printed_pastaenden, row_no {row}, kolumn value",
            f"läsningen ”{reading}” står inte i den tryckta texten ”{text}”",
        )


def test_a_number_in_letters_is_that_of_its_reading(figures: Built) -> None:
    told = figures[0].messages("int_claims__readings_stand_in_print")
    (message,) = (text for text in told if "row_no 37," in text)
    assert "läsningen ”6” är inte talet ”två” i den tryckta texten ”tva”" in message


def test_a_kind_of_statement_says_what_that_kind_says(figures: Built) -> None:
    told = figures[0].messages("int_claims__attributions_make_sense")
    for row, words in (
        (83, "läsningen ”0,0 mnkr” är inget antal; väntat är value"),
        (172, "men kind är wording; väntat är status"),
        (176, "men kind är explanation; väntat är target_direction eller year_direction"),
    ):
        (message,) = (text for text in told if f"row_no {row}," in text)
        assert words in message
