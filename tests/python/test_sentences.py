"""Sentences about figures: correct Swedish for every sign, none, one and many."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from conftest import ROOT

from bokslut.pages import Report, sentences
from bokslut.swedish import number, signed, size

ABOUT = {
    "administration_name": "Testförvaltningen",
    "report_year": 2031,
    "previous_year": 2030,
    "result_words": "result",
}
with (ROOT / "seeds/reference/reference_codes.csv").open(encoding="utf-8", newline="") as seed:
    CODES = {
        (row["list"], row["code"]): row | {"sort_order": int(row["sort_order"])}
        for row in csv.DictReader(seed)
    }


def report(
    about: dict | None = None,
    language: str = "sv",
    decimals: int = 1,
    missing: str = "not_reported",
    sign: str | None = None,
    **cells: str | None,
) -> Report:
    """A report whose figures are printed with `decimals`, or missing for the same reason.

    `cells` are those with a known issue.
    """
    trail = {
        key: {
            "figure_id": key,
            "known_issue_id": cells.get(key),
            "mark_verdict": cells.get(key) and "contradicts",
            "decimals": decimals,
            "decimals_tkr": 0,
            "decimals_mnkr": 3,
            "missing_code": missing,
            "value_operator": sign if key == "t" else None,
            "unit_of_measure": "percent",
            "lines_sv": f"rad {place}",
            "lines_en": f"line {place}",
        }
        for place, key in enumerate(["o", "p", "b", "d", "t", "w", "m", "x"], 1)
    }
    return Report("t-2031", language, ABOUT | (about or {}), {}, CODES, trail, {})


def plain(markdown: str) -> str:
    """The words without the links to the trail."""
    return re.sub(r"\[([^][]*)\]\(dokumentet\.qmd#\w\)\{\.figure\}", r"\1", markdown)


def result_row(outcome: str | None, previous: str | None = None, **other: object) -> dict:
    """A row of rpt_results; the change is given, as the model would."""
    value = None if outcome is None else Decimal(outcome)
    before = None if previous is None else Decimal(previous)

    def code(amount: Decimal | None) -> str | None:
        if amount is None:
            return None
        return "surplus" if amount > 0 else "deficit" if amount < 0 else "zero"

    row = {
        "unit_name_sv": "Arkivet",
        "report_year": 2031,
        "previous_year": 2030,
        "outcome_tkr": value,
        "outcome_mnkr": value,
        "outcome_figure_id": "o",
        "result_code": code(value),
        "previous_tkr": before,
        "previous_mnkr": before,
        "previous_figure_id": "p",
        "previous_result_code": code(before),
        "budget_tkr": Decimal(0),
        "budget_mnkr": Decimal(0),
        "budget_figure_id": "b",
        "budget_result_code": "zero",
        "deviation_tkr": value,
        "deviation_mnkr": value,
        "deviation_figure_id": "d",
        "deviation_code": None,
        "change_code": None,
        "change_tkr": None,
        "change_mnkr": None,
    }
    return row | other


def indicator_row(outcome: str | None, previous: str | None = None, **other: object) -> dict:
    """A row of rpt_indicators, of the administration, in per cent."""
    row = {
        "indicator_name_sv": "Sjukfrånvaro",
        "subject_sv": "Sjukfrånvaron",
        "unit_name_sv": "Arkivet",
        "is_administration": True,
        "gender": "total",
        "age_group": "all",
        "unit_of_measure": "percent",
        "outcome_year": 2031,
        "previous_year": 2030,
        "outcome_value": None if outcome is None else Decimal(outcome),
        "outcome_figure_id": "o",
        "previous_value": None if previous is None else Decimal(previous),
        "previous_figure_id": "p",
        "target_value": None,
        "target_status": "no_target",
        "target_figure_id": "t",
        "change_code": None,
        "change_value": None,
        "gender_gap": None,
    }
    return row | other


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("1234567", 0, "1\u00a0234\u00a0567"),
        ("-1044.5", 1, "\u22121\u00a0044,5"),
        ("-0.04", 1, "0,0"),
        ("0", 0, "0"),
        ("92.800000", None, "92,8"),
        ("6", 1, "6,0"),
    ],
)
def test_numbers_are_written_as_in_sweden(value: str, decimals: int | None, written: str) -> None:
    assert number(Decimal(value), decimals) == written


def test_a_change_has_its_sign_and_a_size_has_none() -> None:
    assert [signed(Decimal(v)) for v in ("3", "0", "-3")] == ["+3", "0", "\u22123"]
    assert [size(Decimal(v)) for v in ("3", "0", "-3")] == ["3", "0", "3"]
    assert number(Decimal("-12345.5"), 1, "en") == "\u221212,345.5"
    assert report().with_measure("4,7", "percent") == "4,7\u00a0%"
    assert report().with_measure("212", "count") == "212"


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("6.8", "ett överskott på 6,8\u00a0mnkr"),
        ("-1.0", "ett underskott på 1,0\u00a0mnkr"),
        ("0", "ett nollresultat"),
        (None, "inget resultat (saknas)"),
    ],
)
def test_a_result_is_a_surplus_a_deficit_or_neither(outcome: str | None, told: str) -> None:
    assert plain(sentences.result(report(), result_row(outcome), "mnkr")) == told


def test_the_result_is_set_against_budget_and_the_year_before() -> None:
    row = result_row(
        "-2", "1.5", deviation_code="down", change_code="down", change_mnkr=Decimal("-3.5")
    )
    assert plain(sentences.administration_result(report(), row)) == (
        "Testförvaltningen redovisar ett underskott på 2,0\u00a0mnkr för 2031. "
        "Det är 2,0\u00a0mnkr sämre än budget, som var ett nollresultat. "
        "Jämfört med 2030, då det var ett överskott på 1,5\u00a0mnkr, är resultatet "
        "3,5\u00a0mnkr sämre."
    )
    same = result_row("1", "1", deviation_code="same", change_code="same")
    assert sentences.administration_result(report(), same).endswith(
        "Det är lika med budget. Resultatet är oförändrat sedan 2030."
    )


def test_a_unit_goes_from_one_result_to_another() -> None:
    better = result_row("5", "-7", change_code="up", change_tkr=Decimal(12))
    assert plain(sentences.unit_change(report(), better)) == (
        "Arkivet gick från ett underskott på 7\u00a0tkr till ett överskott på 5\u00a0tkr, "
        "en förbättring med 12\u00a0tkr."
    )
    new = plain(sentences.unit_change(report(), result_row("5")))
    assert new == "Arkivet redovisar ett överskott på 5\u00a0tkr; förändringen kan inte beräknas."
    same = sentences.unit_change(report(), result_row("5", "5", change_code="same"))
    assert same.endswith("oförändrat sedan 2030.")


@pytest.mark.parametrize(
    ("row", "decimals", "told"),
    [
        (
            indicator_row("5.9", "3.7", change_code="up", change_value=Decimal("2.2")),
            1,
            "Sjukfrånvaron ökade med 2,2\u00a0procentenheter, från 3,7\u00a0% till 5,9\u00a0%.",
        ),
        (
            indicator_row("3", "4", change_code="down", change_value=Decimal(-1), gender="women"),
            0,
            "Sjukfrånvaron för kvinnor minskade med 1\u00a0procentenhet, från 4\u00a0% "
            "till 3\u00a0%.",
        ),
        (
            indicator_row("4.7", "4.7", change_code="same", change_value=Decimal(0)),
            1,
            "Sjukfrånvaron var 4,7\u00a0%, samma som 2030.",
        ),
        (indicator_row("4.7"), 1, "Sjukfrånvaron var 4,7\u00a0%; inget utfall för 2030 (saknas)."),
        (indicator_row(None), 1, "Sjukfrånvaron: inget utfall för 2031 (saknas)."),
        (
            indicator_row(
                "26",
                "0",
                change_code="up",
                change_value=Decimal(26),
                unit_of_measure="count",
                is_administration=False,
                subject_sv=None,
            ),
            0,
            "Sjukfrånvaro i Arkivet ökade med 26, från 0 till 26.",
        ),
    ],
)
def test_an_indicator_rises_falls_stays_or_is_missing(row: dict, decimals: int, told: str) -> None:
    assert plain(sentences.indicator_change(report(decimals=decimals), row)) == told


def test_a_disputed_figure_bears_its_mark_and_links_to_its_trail() -> None:
    row = indicator_row("5.3", "2.1", change_code="up", change_value=Decimal("3.2"))
    told = sentences.indicator_change(report(o=None, p="T-2031-D02"), row)
    assert "[5,3\u00a0%](dokumentet.qmd#o){.figure}." in told
    word = "motsägs på annat ställe i dokumentet".replace(" ", "\u00a0")
    assert (
        "[2,1\u00a0%](dokumentet.qmd#p){.figure}"
        f'^△[D02](avstamning.qmd#t-2031-d02){{aria-label="{word},\u00a0T-2031-D02"}}^ till'
    ) in told


def disputed() -> Report:
    """A report where the year before has another print, and the change inherits the dispute."""
    given = report(p="T-2031-D02", x="T-2031-D02")
    other = {"figure_id": "p", "other_figure_id": "x", "other_value": Decimal("8.4")}
    change = {
        "figure_id": "o",
        "other_change_value": Decimal("0.2"),
        "mark_verdict": "contradicts",
        "known_issue_id": "T-2031-D02",
    }
    return replace(given, others={"p": [other]}, changes={"o": change})


def test_both_prints_stand_where_one_is_used_and_a_change_inherits_the_dispute() -> None:
    row = indicator_row("8.6", "5.3", change_code="up", change_value=Decimal("3.3"))
    told = re.sub(r"\{aria-label=[^}]*\}", "", sentences.indicator_change(disputed(), row))
    assert plain(told) == (
        "Sjukfrånvaron ökade med 3,3\u00a0procentenheter^△[D02](avstamning.qmd#t-2031-d02)^ "
        "[(+0,2 med det andra tryckta talet)]{.other}, från 5,3\u00a0%"
        "^△[D02](avstamning.qmd#t-2031-d02)^ [(8,4\u00a0% enligt rad\u00a08)]{.other} "
        "till 8,6\u00a0%."
    )


def test_another_print_without_a_number_says_why() -> None:
    given = report(p="T-2031-D03")
    other = {"figure_id": "p", "other_figure_id": "x", "other_value": None}
    given = replace(given, others={"p": [other]})
    shown = given.figure(indicator_row("8.6", "5.3"), "previous")
    assert plain(shown).endswith("[(saknas enligt rad\u00a08)]{.other}")


def test_a_target_is_reached_or_not_or_has_no_direction() -> None:
    def told(status: str, sign: str | None = None) -> str:
        row = indicator_row("4.7", target_value=Decimal("3.5"), target_status=status)
        return plain(sentences.against_target(report(sign=sign), row))

    assert told("met") == "Målvärdet på 3,5\u00a0% nåddes."
    assert told("missed", sign="<") == "Målvärdet, under\u00a03,5\u00a0%, nåddes inte."
    assert told("undetermined") == (
        "Målvärdet var 3,5\u00a0%; dokumentet anger inte om ett högre eller lägre tal är bättre."
    )
    assert sentences.against_target(report(), indicator_row("4.7")) == ""


def test_women_are_set_beside_men() -> None:
    def told(women: str, men: str, gap: str) -> str:
        row = indicator_row("4") | {
            "women_value": Decimal(women),
            "women_figure_id": "w",
            "men_value": Decimal(men),
            "men_figure_id": "m",
            "gender_gap": Decimal(gap),
        }
        return plain(sentences.women_and_men(report(), row))

    higher = "Utfallet är 5,9\u00a0% för kvinnor och 3,0\u00a0% för män, "
    assert told("5.9", "3", "2.9") == f"{higher}2,9\u00a0procentenheter högre för kvinnor."
    assert told("3", "5.9", "-2.9").endswith("2,9\u00a0procentenheter lägre för kvinnor.")
    assert told("3", "3", "0") == "Utfallet är 3,0\u00a0% för både kvinnor och män."
    assert sentences.women_and_men(report(), indicator_row("4")) == ""


@pytest.mark.parametrize(
    ("size_code", "outcome", "previous", "told"),
    [
        ("halved", "7", "15", "Överskottet i Arkivet mer än halverades."),
        ("up", "-1", "-2", "Underskottet i Arkivet minskade."),
        ("to_plus", "5", "-2", "Arkivet gick från ett underskott till ett överskott."),
    ],
)
def test_a_chart_begins_with_what_happened_most(
    size_code: str, outcome: str, previous: str, told: str
) -> None:
    row = result_row(outcome, previous, change_rank=1)
    changes = {"o": {"figure_id": "o", "change_size_code": size_code}}
    given = replace(report(), models={"rpt_results": [row]}, changes=changes)
    assert sentences.largest_change(given) == told


@pytest.mark.parametrize(
    ("met", "unknown", "comparable", "told"),
    [
        (0, 0, 0, "Ingen indikator kan jämföras med ett målvärde."),
        (1, 0, 1, "Den enda jämförbara indikatorn når sitt målvärde."),
        (0, 1, 1, "Den enda jämförbara indikatorn når inte sitt målvärde; en kan inte jämföras."),
        (3, 0, 3, "Alla tre jämförbara indikatorer når sina målvärden."),
        (0, 2, 3, "Av tre jämförbara indikatorer når ingen sitt målvärde; två kan inte jämföras."),
        (1, 0, 3, "Av tre jämförbara indikatorer når en sitt målvärde."),
        (14, 13, 23, "Av 23 jämförbara indikatorer når 14 sitt målvärde; 13 kan inte jämföras."),
    ],
)
def test_indicators_are_counted_in_words(
    met: int, unknown: int, comparable: int, told: str
) -> None:
    row = {
        "indicators_met": met,
        "indicators_unknown": unknown,
        "indicators_comparable": comparable,
    }
    assert sentences.indicators_of_goals(row) == told


def test_goals_are_counted_by_status() -> None:
    counts = {
        "goals": 4,
        "goals_fulfilled": 1,
        "goals_partly_fulfilled": 2,
        "goals_not_fulfilled": 0,
        "goals_not_assessed": 1,
        "goals_inconsistent": 0,
        "indicators_met": 0,
        "indicators_unknown": 0,
        "indicators_comparable": 0,
    }
    assert sentences.goals(report(counts)).startswith(
        "Av fyra mål bedömer förvaltningen ett som uppfyllt, två som delvis uppfyllda och ett som "
        "omöjligt att bedöma."
    )
    assert sentences.goals(report({"goals": 0})) == "Inga mål är redovisade."
