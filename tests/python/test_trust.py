"""Reconciliations, known issues and the trail, on the real document and on planted damage."""

from __future__ import annotations

import csv
from decimal import Decimal

import duckdb
import pytest
from conftest import ROOT, Project
from typer.testing import CliRunner

from bokslut import frames
from bokslut.cli import app
from bokslut.transcription import known_issues

with (ROOT / "seeds/reference/reference_rules.csv").open(encoding="utf-8") as seed:
    RULES = {row["rule"] for row in csv.DictReader(seed)}


@pytest.fixture(scope="module")
def checks(built: Project):
    return frames.mart("fct_reconciliations", built.database).set_index("check_id")


def why(built: Project, monkeypatch, words: str):
    """What `bokslut why` prints, and its exit code."""
    monkeypatch.setenv("BOKSLUT_DATABASE", str(built.database))
    return CliRunner().invoke(app, ["why", *words.split()])


def test_every_rule_has_checks_and_every_contradiction_a_known_issue(checks) -> None:
    assert set(checks.rule) == RULES
    contradictions = checks[checks.verdict == "contradicts"]
    assert contradictions.known_issue_id.notna().all()
    assert contradictions.known_issue_id.nunique() == 24
    doubts = checks[(checks.verdict == "unverifiable") & checks.known_issue_id.notna()]
    assert doubts.known_issue_id.nunique() == 13
    assert not set(doubts.known_issue_id) & set(contradictions.known_issue_id)


def test_rounding_is_never_a_contradiction(checks) -> None:
    differing = checks[checks.difference.notna() & checks.tolerance.notna()]
    within = differing[differing.difference.abs() <= differing.tolerance]
    numeric = within[within.rule.isin(["sum_of_parts", "identity", "same_concept", "prose_value"])]
    assert set(numeric.verdict) <= {"agrees", "agrees_within_rounding"}


@pytest.mark.parametrize(
    ("check_id", "verdict"),
    [
        ("same_concept:vss-2020.basuppdrag.3.outcome_previous_year", "contradicts"),
        ("gender_mix:vss-2020.namndindikatorer.50.outcome_two_years_before", "contradicts"),
        ("gender_mix:vss-2020.namndindikatorer.36.outcome_previous_year:share", "contradicts"),
        ("gender_mix:vss-2020.namndindikatorer.36.outcome:share", "agrees"),
        ("parent_child:vss-2020.namndindikatorer.11.outcome", "contradicts"),
        ("goal_status:vss-2020.maluppfyllelse.4.judgement", "contradicts"),
        ("goal_status:vss-2020.maluppfyllelse.6.judgement", "agrees"),
        ("target_sanity:vss-2020.namndindikatorer.12.target", "contradicts"),
        ("identity:vss-2020.namndindikatorer.35.outcome", "agrees_within_rounding"),
        ("prose_value:vss-2020.pastaenden.125.value", "contradicts"),
        ("prose_count:vss-2020.pastaenden.4.value", "agrees"),
        ("prose_wording:vss-2020.pastaenden.196.statement", "contradicts"),
    ],
)
def test_the_places_that_a_reader_finds_are_found(checks, check_id: str, verdict: str) -> None:
    assert checks.loc[check_id].verdict == verdict


def test_every_printed_figure_is_covered_or_says_why_not(built: Project) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(
            "select count(*), count(*) filter (where is_fact or is_checked), count(reason_sv)"
            " from reporting.rpt_figure_coverage"
        ).fetchone()
    assert rows[0] == rows[1] + rows[2]


def test_the_page_of_known_issues_is_current() -> None:
    assert (ROOT / known_issues.PAGE).read_text(encoding="utf-8") == known_issues.page(ROOT), (
        "run: uv run bokslut known-issues"
    )


def test_why_tells_the_trail_of_words(built: Project, monkeypatch) -> None:
    result = why(built, monkeypatch, "LKDATA ärenden 2019")
    assert result.exit_code == 0, result.output
    for text in ("59\u00a0187", "rad 624", "61 500", "rad 95", "VSS-2020-D01"):
        assert text in result.output


def test_why_tells_the_trail_of_a_corrected_figure_and_of_a_part(built, monkeypatch) -> None:
    result = why(built, monkeypatch, "vss-2020.investeringar.3.accumulated_outcome")
    assert "”03”" in result.output
    assert "VSS-2020-C01" in result.output
    assert "sum_of_parts:vss-2020.investeringar.4.accumulated_outcome" in result.output


def test_why_tells_the_trail_of_a_statement(built: Project, monkeypatch) -> None:
    result = why(built, monkeypatch, "vss-2020.pastaenden.52.statement")
    assert result.exit_code == 0, result.output
    for text in ("rad 168–169", "svåra att förena", "VSS-2020-D25"):
        assert text in result.output


@pytest.mark.parametrize("words", ["LKDTA arende", "sjukfrånvaro", "'; drop table x --", "%", "!"])
def test_why_names_the_nearest_and_exits_2(built: Project, monkeypatch, words: str) -> None:
    result = why(built, monkeypatch, words)
    assert result.exit_code == 2
    assert "vss-2020." in result.output


def test_planted_contradictions_rise_under_their_rules(copy: Project) -> None:
    copy.cell("printed_namndindikatorer", 38, "outcome", "2,9")
    copy.cell("printed_namndindikatorer", 43, "outcome", "86")
    copy.cell("printed_namndindikatorer", 52, "outcome_previous_year", "4,9")
    copy.cell("printed_namndindikatorer", 34, "target", "90")
    copy.cell("printed_maluppfyllelse", 6, "judgement", "uppnés delvis")
    copy.cell("printed_pastaenden", 29, "stated", "down")
    copy.cell("printed_pastaenden", 223, "stated", "flera")
    copy.cell("printed_pastaenden", 73, "read_text", "0,8 mnkr")
    copy.cell("printed_pastaenden", 4, "read_text", "7")
    run = copy.dbt("build")
    assert run.code == 1
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        risen = connection.execute(
            "select check_id from marts.fct_reconciliations"
            " where verdict = 'contradicts' and known_issue_id is null"
        ).fetchall()
    assert {check for (check,) in risen} >= {
        "gender_mix:vss-2020.namndindikatorer.36.outcome",
        "gender_mix:vss-2020.namndindikatorer.50.outcome_previous_year",
        "goal_status:vss-2020.maluppfyllelse.6.judgement",
        "prose_direction:vss-2020.pastaenden.29.statement",
        "prose_direction:vss-2020.pastaenden.201.statement",
        "prose_value:vss-2020.pastaenden.73.value",
        "prose_value:vss-2020.pastaenden.200.value",
        "prose_count:vss-2020.pastaenden.4.value",
    }
    assert "gender_mix:vss-2020.namndindikatorer.36.outcome]" in run.output
    assert run.lines("VSS-2020-D37")
    assert "utslag som frågans läge förutsätter" in run.output


def test_a_later_report_restates_without_overwriting(copy: Project) -> None:
    def add_report(rows: list[dict[str, str]]) -> None:
        rows.append(dict(rows[0], report_id="vss-2021", report_year="2021", source_lines="20"))

    def add_table(rows: list[dict[str, str]]) -> None:
        for row in [dict(row) for row in rows]:
            restated = {"7244": "7100", "6773": "6629"}.get(row["outcome"], row["outcome"])
            rows.append(
                dict(
                    row,
                    report_id="vss-2021",
                    source_line_first="1",
                    source_line_last="1",
                    outcome_previous_year=restated,
                )
            )

    copy.rows("reference_reports", add_report)
    copy.rows("printed_driftsammandrag", add_table)
    copy.dbt("build", "--exclude", "int_cells__match_their_seal")
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        restated = connection.execute(
            "select concept_key, earlier_value, value from reporting.rpt_restatements"
            " where is_restated and report_id = 'vss-2021' order by 1"
        ).fetchall()
        kept = connection.execute(
            "select outcome_tkr from marts.fct_results where unit_code = 'lkdata'"
            " and fiscal_year = 2020 order by report_year"
        ).fetchall()
    assert restated == [
        ("forvaltningens_resultat/vss/2020/outcome/total", Decimal(6773), Decimal(6629)),
        ("verksamhetens_resultat/lkdata/2020/outcome/total", Decimal(7244), Decimal(7100)),
    ]
    assert kept == [(Decimal(7244),), (Decimal(7100),)]
