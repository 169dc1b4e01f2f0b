"""Damage to the seeds, and what a controller is told of it. Each test is a real build."""

from __future__ import annotations

import duckdb
from conftest import Project, Run


def printed(run: Run, *words: str) -> None:
    """Some printed line holds all the words."""
    found = [line for line in run.output.splitlines() if all(word in line for word in words)]
    assert found, f"no line with {words} in:\n{run.output}"


def marts(project: Project) -> set[str]:
    """Names of the tables in the schema marts."""
    with duckdb.connect(str(project.database), read_only=True) as connection:
        rows = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
    return {name for (name,) in rows}


def test_a_text_that_cannot_be_read_stops_the_build_with_its_place(copy: Project) -> None:
    copy.cell("printed_driftsammandrag", 1, "outcome", "-1 04")
    copy.cell("printed_namndindikatorer", 4, "outcome", "4,l")
    copy.cell("printed_investeringar", 3, "year_outcome", "03")
    copy.cell("printed_namndindikatorer", 14, "outcome", "84 %")
    copy.cell("printed_maluppfyllelse", 1, "judgement", "uppnas nastan")
    run = copy.dbt("build")
    assert run.code == 1
    printed(run, "printed_driftsammandrag, row_no 1, kolumn outcome, rad 153", "”-1 04”")
    printed(run, "printed_namndindikatorer, row_no 4, kolumn outcome, rad 576", "”4,l”")
    printed(
        run, "printed_investeringar, row_no 3", "rad 247", "”03”", "decimalkomma har fallit bort"
    )
    printed(run, "control_corrections VSS-2020-C03", "84 % (levera ntorstro het)", "har ”84 %”")
    printed(run, "printed_maluppfyllelse, row_no 1, rad 347", "”uppnas nastan”")
    assert "fct_results" not in marts(copy)


def test_a_row_out_of_place_stops_the_build(copy: Project) -> None:
    copy.cell("printed_basuppdrag", 2, "source_line_first", "9x")
    copy.cell("printed_personal", 1, "source_line_last", "7531")
    copy.cell("printed_personal", 2, "report_id", "vss-2002")
    copy.rows("printed_ekonomi", lambda rows: rows.append(rows[0] | {"row_no": "01"}))
    copy.rows("reference_units", lambda rows: rows.append(dict(rows[1])))
    run = copy.dbt("build")
    assert run.code == 1
    printed(run, "printed_basuppdrag, row_no 2, rad ?", "är inget radnummer")
    printed(run, "printed_personal, row_no 1, rad 100–7531: dokumentet har 752 rader")
    printed(run, "printed_personal, row_no 2", "finns inte i reference_reports")
    printed(run, "printed_ekonomi, row_no 1", "radnumret finns på flera rader")
    printed(run, "reference_units: unit_code = vss_ledning", "finns på 2 rader")
    assert "fct_results" not in marts(copy)


def test_labels_and_units_that_nothing_maps_stop_the_build(copy: Project) -> None:
    copy.cell("printed_driftsammandrag", 8, "row_label", "LKDATA-X")
    copy.cell("printed_namndindikatorer", 16, "outcome", "6773 mnkr")
    run = copy.dbt("build")
    assert run.code == 1
    printed(
        run, "printed_driftsammandrag, row_no 8, rad 160", "”LKDATA-X”", "reference_label_aliases"
    )
    printed(run, "printed_namndindikatorer, row_no 16", "tryckt i mnkr; väntat är tkr")


def test_a_figure_that_no_longer_agrees_is_told_with_both_sides(copy: Project) -> None:
    copy.cell("printed_driftsammandrag", 8, "outcome", "7224")
    copy.cell("printed_investeringar", 1, "accumulated_outcome", "31,6")
    copy.cell("printed_basuppdrag", 4, "outcome", "780")
    copy.cell("printed_namndindikatorer", 35, "outcome", "20 %")
    run = copy.dbt("build")
    assert run.code == 1
    printed(
        run,
        "vss-2020.driftsammandrag.10.outcome",
        "delarna blir 6\u00a0753",
        "summan är 6\u00a0773",
    )
    printed(run, "vss-2020.investeringar.4.accumulated_outcome", "32,2", "36,6")
    printed(run, "708 (namndindikatorer, rad 620) och 780 (basuppdrag, rad 96)", "säger olika")
    printed(run, "5162 av 259248 ger 1,991144; tryckt är 20 %", "(rad 665–668)")
    one_rule = copy.dbt("test", "--select", "fct_printed_figures__parts_sum_to_total")
    assert one_rule.code == 1
    printed(one_rule, "delarna blir 6\u00a0753 men summan är 6\u00a0773; skillnad 20")


def test_a_lost_total_a_lost_part_and_a_settled_issue_are_told(copy: Project) -> None:
    copy.rows("printed_driftsammandrag", lambda rows: rows.pop(9))
    copy.cell("printed_investeringar", 2, "year_outcome", "")
    copy.cell("printed_basuppdrag", 3, "outcome_previous_year", "59 187")
    run = copy.dbt("build")
    assert run.code == 1
    printed(run, "driftsammandrag: summan saknas (9 delar finns)")
    printed(run, "vss-2020.investeringar.4.year_outcome: 1 av 3 delar saknar värde")
    printed(run, "VSS-2020-D01", "inte längre det utslag")
    printed(run, "cellen vss-2020.driftsammandrag.10.outcome är granskad men finns inte längre")


def test_a_change_within_rounding_is_caught_by_its_seal(copy: Project) -> None:
    copy.cell("printed_driftsammandrag", 6, "outcome_previous_year", "-25")
    run = copy.dbt("build")
    assert run.code == 1
    printed(run, "printed_driftsammandrag, row_no 6", "rad 158", "”-25”", "uv run bokslut seal")
    assert len(run.lines("FAIL 1")) == 1
