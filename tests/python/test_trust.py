"""Reconciliations, known issues and the trail, on the real document and on planted damage."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal

import duckdb
import pytest
from conftest import ROOT, Project, Run
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


def test_every_check_is_of_a_rule_and_every_finding_has_a_known_issue(checks) -> None:
    assert set(checks.rule) <= RULES
    findings = checks[checks.verdict.isin(["contradicts", "questionable"])]
    of_first = findings[findings.report_id == "vss-2020"]
    assert of_first.known_issue_id.notna().all()
    assert checks[checks.known_issue_id.notna()].index.isin(findings.index).all()


def test_rounding_is_never_a_contradiction(checks) -> None:
    differing = checks[checks.difference.notna() & checks.tolerance.notna()]
    within = differing[differing.difference.abs() <= differing.tolerance]
    numeric = within[within.rule.isin(["sum_of_parts", "identity", "same_concept", "prose_value"])]
    assert set(numeric.verdict) <= {"agrees", "agrees_within_rounding"}


@pytest.mark.parametrize(
    ("check_id", "verdict"),
    [
        ("same_concept:vss-2020.basuppdrag.3.outcome_previous_year", "contradicts"),
        ("same_concept:vss-2020.namndindikatorer.19.outcome_previous_year", "contradicts"),
        ("gender_mix:vss-2020.namndindikatorer.50.outcome_two_years_before", "contradicts"),
        ("gender_mix:vss-2020.namndindikatorer.36.outcome_previous_year:share", "questionable"),
        ("gender_mix:vss-2020.namndindikatorer.36.outcome:share", "agrees"),
        ("parent_child:vss-2020.namndindikatorer.11.outcome", "questionable"),
        ("goal_status:vss-2020.maluppfyllelse.4.judgement", "questionable"),
        ("goal_status:vss-2020.maluppfyllelse.6.judgement", "unverifiable"),
        ("goal_evidence:vss-2020.maluppfyllelse.6.judgement", "questionable"),
        ("goal_status:vss-2020.pastaenden.158.statement", "questionable"),
        ("target_sanity:vss-2020.namndindikatorer.12.target", "questionable"),
        ("identity:vss-2020.namndindikatorer.35.outcome", "agrees_within_rounding"),
        ("prose_value:vss-2020.pastaenden.125.value", "questionable"),
        ("prose_count:vss-2020.pastaenden.4.value", "agrees"),
        ("prose_count:vss-2020.pastaenden.19.statement", "agrees"),
        ("prose_change:vss-2020.pastaenden.195.value", "questionable"),
        ("silence:vss-2020.driftsammandrag.10.outcome", "questionable"),
    ],
)
def test_the_places_that_a_reader_finds_are_found(checks, check_id: str, verdict: str) -> None:
    assert checks.loc[check_id].verdict == verdict


def test_every_printed_figure_is_covered_or_says_why_not(built: Project) -> None:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(
            "select count(*), count(*) filter (where is_fact or is_checked), count(reason_code)"
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


PLANTED = [
    # seed, row, column, text, the check that must find it, its verdict
    ("namndindikatorer", 38, "outcome", "2,9", "gender_mix:{t}.36.outcome", "contradicts"),
    ("namndindikatorer", 43, "outcome", "86", "prose_direction:{p}.201.statement", "contradicts"),
    ("namndindikatorer", 43, "outcome", "86", "prose_value:{p}.200.value", "contradicts"),
    (
        "namndindikatorer",
        52,
        "outcome_previous_year",
        "4,9",
        "gender_mix:{t}.50.outcome_previous_year",
        "contradicts",
    ),
    # A row above rows that add up to it.
    ("namndindikatorer", 11, "outcome", "80", "parent_child:{t}.11.outcome", "contradicts"),
    # Values that touch within rounding are still on one side of each other.
    ("namndindikatorer", 53, "outcome", "0,1", "prose_direction:{p}.210.statement", "contradicts"),
    # Counts of people are exact.
    (
        "personal",
        1,
        "outcome",
        "213",
        "granularity:{t}.39.outcome",
        "agrees",
    ),
    ("pastaenden", 29, "stated", "down", "prose_direction:{p}.29.statement", "contradicts"),
    ("pastaenden", 73, "read_text", "0,8 mnkr", "prose_value:{p}.73.value", "contradicts"),
    ("pastaenden", 4, "read_text", "7", "prose_count:{p}.4.value", "contradicts"),
    # Text against text: a forecast, a start of the year, a highest month, things listed.
    ("pastaenden", 100, "read_text", "35 mnkr", "prose_direction:{p}.99.statement", "contradicts"),
    ("pastaenden", 129, "read_text", "50 %", "prose_direction:{p}.128.statement", "contradicts"),
    ("pastaenden", 180, "read_text", "1,1 %", "prose_direction:{p}.79.statement", "contradicts"),
    ("pastaenden", 9, "read_text", "3", "prose_count:{p}.9.value", "contradicts"),
    ("pastaenden", 157, "read_text", "2018", "prose_count:{p}.157.value", "contradicts"),
    (
        "maluppfyllelse",
        6,
        "judgement",
        "uppnés delvis",
        "goal_status:{p}.162.statement",
        "contradicts",
    ),
    (
        "maluppfyllelse",
        6,
        "judgement",
        "uppnés delvis",
        "prose_count:{p}.19.statement",
        "contradicts",
    ),
    # A statement before the judgement's line is compared too.
    ("pastaenden", 119, "stated", "not_fulfilled", "goal_status:{p}.119.statement", "contradicts"),
    ("pastaenden", 119, "source_line_first", "346", "goal_status:{p}.119.statement", "contradicts"),
    ("pastaenden", 195, "read_text", "3,2 %", "prose_change:{p}.195.value", "contradicts"),
    ("pastaenden", 144, "read_text", "9,87", "prose_wording:{p}.140.statement", "agrees"),
]


@pytest.fixture(scope="module")
def damaged(new_copy: Callable[[], Project]) -> tuple[Project, Run]:
    """A copy with everything planted at once, and what its build printed."""
    copy = new_copy()
    for seed, row, column, text, _, _ in PLANTED:
        copy.cell(f"printed_{seed}", row, column, text)
    copy.rows("printed_maluppfyllelse", lambda rows: rows.pop(8))
    copy.rows("printed_driftsammandrag", lambda rows: rows.pop(9))
    copy.cell("printed_investeringar", 2, "year_outcome", "")
    copy.cell("printed_basuppdrag", 3, "outcome_previous_year", "59 187")
    return copy, copy.dbt("build")


def test_what_is_planted_is_found(damaged: tuple[Project, Run]) -> None:
    copy, run = damaged
    assert run.code == 1
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        verdicts = dict(
            connection.execute("select check_id, verdict from marts.fct_reconciliations").fetchall()
        )
    names = {"t": "vss-2020.namndindikatorer", "p": "vss-2020.pastaenden"}
    wanted = {check.format(**names): verdict for *_, check, verdict in PLANTED}
    assert {check: verdicts.get(check) for check in wanted} == wanted
    # The last goal lost its row, and with it its judgement.
    dropped = "goal_not_followed_up:vss-2020.nya_vagar_for_tryggad_kompetensforsorjning"
    assert verdicts[dropped] == "questionable"


def test_a_lost_total_a_lost_part_and_a_settled_issue_are_told(
    damaged: tuple[Project, Run],
) -> None:
    copy, _ = damaged
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        sums = connection.execute(
            "select check_id, explanation_sv from marts.fct_reconciliations"
            " where rule = 'sum_of_parts' and verdict = 'unverifiable'"
        ).fetchall()
    told = dict(sums)
    total = "sum_of_parts:vss-2020.driftsammandrag.driftsammandrag.outcome"
    assert told[total] == "Summan saknas, så delarna kan inte prövas."
    part = "sum_of_parts:vss-2020.investeringar.4.year_outcome"
    assert told[part] == "1 av 3 delar saknar värde."
    for test, *words in (
        ("control_known_issues__cover_contradictions", "VSS-2020-D01", "stämmer nu"),
        (
            "int_cells__match_their_seal",
            "cellen vss-2020.driftsammandrag.10.outcome ",
            "granskad men finns inte längre",
        ),
    ):
        lines = copy.messages(test)
        assert [line for line in lines if all(word in line for word in words)], (test, lines)


def test_nobody_is_told_to_remove_a_question_whose_sides_differ(
    damaged: tuple[Project, Run],
) -> None:
    told = [line for line in damaged[1].lines("Är frågan löst, ta bort den")]
    assert told
    assert all("stämmer nu" in line for line in told)


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

    def add_goal(rows: list[dict[str, str]]) -> None:
        (digital,) = (row for row in rows if row["row_label"] == "Hog digitaliseringsgrad")
        rows.append(dict(digital, report_id="vss-2021", row_no="1", row_label="Digitalt först"))

    def add_indicator(rows: list[dict[str, str]]) -> None:
        labels = {"group_label": "Kundnöjdhet", "row_label": "Stadsarkivet"}
        rows.append(dict(rows[0], report_id="vss-2021", row_no="1", **labels))

    def add_aliases(rows: list[dict[str, str]]) -> None:
        new = dict.fromkeys(rows[0], "")
        rows.append(
            new | {"row_label": "Digitalt först", "goal_code": "hog_digitaliseringsgrad"},
        )
        # Said of the row itself, as a form does, and not of the group that it stands below.
        rows.append(
            new
            | {"source_table": "namndindikatorer", "group_label": "Kundnöjdhet"}
            | {"row_label": "Stadsarkivet", "measure_code": "kundnojdhet"}
            | {"unit_code": "stadsarkivet"},
        )

    copy.keep("vss-2020")
    copy.rows("reference_reports", add_report)
    copy.rows("printed_driftsammandrag", add_table)
    copy.rows("printed_maluppfyllelse", add_goal)
    copy.rows("printed_namndindikatorer", add_indicator)
    copy.rows("reference_label_aliases", add_aliases)
    run = copy.dbt("build", "--exclude-resource-type", "test", "unit_test")
    assert run.code == 0, run.output
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        restated = connection.execute(
            "select subject, left_value, right_value, verdict from marts.fct_reconciliations"
            " where rule = 'restatement' and verdict <> 'agrees' order by 1"
        ).fetchall()
        kept = connection.execute(
            "select outcome_tkr, is_latest_print from marts.fct_results"
            " where unit_code = 'lkdata' and fiscal_year = 2020 order by report_year"
        ).fetchall()
        named = connection.execute(
            "select check_id, verdict, explanation_sv from marts.fct_reconciliations"
            " where rule = 'label_changed' order by 1"
        ).fetchall()
    assert restated == [
        (
            "Förvaltningens resultat, Verksamhetsstöd och service, utfall 2020",
            Decimal(6773),
            Decimal(6629),
            "questionable",
        ),
        (
            "Verksamhetens resultat, LKDATA, utfall 2020",
            Decimal(7244),
            Decimal(7100),
            "questionable",
        ),
    ]
    assert kept == [(Decimal(7244), False), (Decimal(7100), True)]
    verdicts = {check_id: verdict for check_id, verdict, _ in named}
    renamed = "label_changed:vss-2021.maluppfyllelse.1.judgement"
    assert [check_id for check_id, verdict in verdicts.items() if verdict != "agrees"] == [renamed]
    assert "label_changed:vss-2021.namndindikatorer.1.outcome" in verdicts
    (told,) = (explanation for check_id, _, explanation in named if check_id == renamed)
    assert "heter ”Digitalt först” (rad 447) men hette ”Hög digitaliseringsgrad”" in told
