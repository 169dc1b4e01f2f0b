"""The build on the real document, and the public tables that it makes."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pandas as pd
import pytest
from conftest import ROOT, Project, Run

from bokslut import frames
from bokslut.database import DatabaseNotBuilt


def test_a_build_passes_without_a_warning_or_a_deprecation(build: tuple[Project, Run]) -> None:
    _, run = build
    assert run.code == 0, run.output
    assert "WARN=0 ERROR=0 SKIP=0" in run.output
    assert not [line for line in run.output.splitlines() if "warning" in line.lower()]
    assert "eprecat" not in run.output


def test_the_printed_sums_are_the_results_of_the_administration(built: Project) -> None:
    results = frames.mart("fct_results", built.database)
    results = results[results.report_id == "vss-2020"]
    sums = results[results.unit_code == "vss"].set_index("fiscal_year").outcome_tkr
    units = results[results.unit_code != "vss"].groupby("fiscal_year").outcome_tkr.sum()
    assert sums[2020] == units[2020] == Decimal(6773)
    assert sums[2019] == units[2019] == Decimal(17301)


def test_a_missing_value_is_missing_and_says_why(built: Project) -> None:
    results = frames.mart("fct_results", built.database).set_index(["fiscal_year", "unit_code"])
    new_unit = results.loc[(2019, "loneservice")]
    assert pd.isna(new_unit.outcome_tkr)
    assert new_unit.missing_code == "not_applicable"


def test_rounding_is_proven_by_the_finer_print(built: Project) -> None:
    checks = frames.mart("fct_reconciliations", built.database).set_index("check_id")
    check = checks.loc["sum_of_parts:vss-2020.investeringar.4.year_outcome"]
    assert check.verdict == "agrees_within_rounding"
    assert (check.left_value, check.right_value) == (Decimal("36.7"), Decimal("36.6"))
    assert check.tolerance == Decimal("0.2")
    assert check.evidence_figure_id == "vss-2020.ekonomi.3.outcome"
    assert "36 630 tkr (rad 65)" in check.explanation_sv


def test_a_misread_digit_stays_in_print_and_is_read_by_a_correction(built: Project) -> None:
    figures = frames.mart("fct_printed_figures", built.database).set_index("figure_id")
    figure = figures.loc["vss-2020.namndindikatorer.50.outcome_previous_year"]
    assert (figure.printed_text, figure.read_text, figure.value) == ("53", "5,3", Decimal("5.3"))
    assert figure.correction_id == "VSS-2020-C02"


def test_two_prints_of_one_concept_are_disputed(built: Project) -> None:
    indicators = frames.mart("fct_indicators", built.database)
    checks = frames.mart("fct_reconciliations", built.database)
    contradicting = checks[checks.verdict == "contradicts"]
    sides = {*contradicting.left_figure_id.dropna(), *contradicting.right_figure_id.dropna()}
    disputed = indicators[indicators.is_disputed.astype(bool)]
    assert set(disputed.figure_id) == set(indicators.figure_id) & sides
    # Two tables of the report print each of them, and differ.
    printed = indicators[indicators.report_id == "vss-2020"]
    named = printed.set_index(["indicator_code", "unit_code", "fiscal_year", "gender"])
    for place in [
        ("arendevolym", "lkdata", 2019, "total"),
        ("extern_personalomsattning", "vss", 2019, "total"),
    ]:
        assert named.loc[[place]].is_disputed.all()


def test_frames_keep_decimals_integers_and_missing_values_apart(built: Project) -> None:
    frame = frames.mart("fct_results", built.database)
    assert str(frame.outcome_tkr.dtype) == "decimal128(18, 6)[pyarrow]"
    assert str(frame.fiscal_year.dtype) == "int32[pyarrow]"
    assert str(frame.is_disputed.dtype) == "bool[pyarrow]"
    assert frame.budget_tkr.isna().any()


def test_frames_name_the_tables_there_are(built: Project) -> None:
    with pytest.raises(KeyError, match=r"fct_result är ingen publik tabell.*fct_results"):
        frames.mart("fct_result", built.database)
    assert "fct_results" in frames.names(built.database)


def test_frames_say_how_to_build_what_is_not_there(tmp_path) -> None:
    with pytest.raises(DatabaseNotBuilt, match="uv run dbt build"):
        frames.mart("fct_results", tmp_path / "nothing.duckdb")


def test_the_database_path_can_be_moved(built: Project, monkeypatch) -> None:
    monkeypatch.setenv("BOKSLUT_DATABASE", str(built.database))
    assert "lkdata" in set(frames.mart("dim_units").unit_code)


def test_each_audit_query_answers(built: Project, copy: Project) -> None:
    run = copy.dbt("compile", "--select", "path:analyses")
    assert run.code == 0, run.output
    queries = sorted((copy.target / "compiled/bokslut/analyses").glob("*.sql"))
    assert len(queries) == len(list(ROOT.glob("analyses/*.sql")))
    with duckdb.connect(str(built.database), read_only=True) as connection:
        for query in queries:
            assert connection.execute(query.read_text(encoding="utf-8")).fetchall(), query.name
