"""The forms in which Swedish reports write numbers: each is read rightly or refused with a
reason."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from bokslut.transcription.reading import numbers
from bokslut.transcription.reading.numbers import Missing, Number, Refused
from bokslut.transcription.reading.words import of_marks

FORMS = list(
    csv.DictReader(Path(__file__).with_name("number_forms.csv").open(encoding="utf-8", newline=""))
)
SQL = ROOT / "tests/macros/parse_swedish_number__reads_and_refuses.sql"


@pytest.mark.parametrize("form", FORMS, ids=[f["printed"] for f in FORMS])
def test_a_form_is_read_rightly_or_refused_with_a_reason(form: dict[str, str]) -> None:
    reading = numbers.read(form["printed"], of_marks())
    if form["missing"]:
        assert reading == Missing(form["missing"])
    elif form["refused"]:
        assert isinstance(reading, Refused)
        candidates = " ".join(str(n.value) for n in reading.candidates)
        assert (reading.reason, candidates) == (form["refused"], form["candidates"])
    else:
        assert isinstance(reading, Number)
        previous = reading.previous.value if reading.previous else None
        assert (reading.value, previous) == (
            Decimal(form["value"]),
            Decimal(form["previous"]) if form["previous"] else None,
        )
        said = (
            reading.decimals,
            reading.unit_of_measure,
            reading.operator,
            reading.hedge,
            reading.mark,
        )
        expected = [form[k] or None for k in ("unit_of_measure", "operator", "hedge", "mark")]
        assert said == (int(form["decimals"]), *expected)


def test_a_parenthesis_is_minus_where_the_template_says_so() -> None:
    reading = numbers.read("(1 044)", {}, parentheses_are_minus=True)
    assert isinstance(reading, Number)
    assert reading.value == -1044


def test_what_the_parser_of_committed_cells_reads_is_read_the_same() -> None:
    # Both are held to each other: a cell that ingest writes must mean the same in the warehouse.
    lists = SQL.read_text(encoding="utf-8").partition("\nwith ")[0]
    module = Environment(extensions=[]).from_string(lists).make_module()
    assert len(module.reads) > 20  # type: ignore[attr-defined]
    for name in ("reads", "reads_in_parentheses"):
        for text, *expected in getattr(module, name):
            reading = numbers.read(text, {}, parentheses_are_minus=name != "reads")
            assert isinstance(reading, Number), text
            said = (
                str(reading.value),
                reading.decimals,
                reading.operator or "",
                reading.unit_of_measure or "",
                reading.hedge or "",
            )
            assert said == tuple(expected), text


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from("\u00a0\u2009 "))
def test_a_number_in_swedish_is_read_as_itself(value: Decimal, space: str) -> None:
    whole, part = f"{abs(value):,.2f}".split(".")
    printed = ("\u2212" if value < 0 else "") + whole.replace(",", space) + "," + part
    reading = numbers.read(printed, {})
    assert isinstance(reading, Number)
    assert reading.value == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = numbers.read(text, of_marks())
    if isinstance(reading, Number):
        assert any(c in "0123456789" for c in text)
