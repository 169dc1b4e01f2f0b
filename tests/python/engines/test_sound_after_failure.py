"""A failing run tells the same on every engine, and leaves readers what they had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .conftest import TARGETS, Engines, Table

CELL = ("printed_driftsammandrag", 2, "outcome")
MART = "models/marts/reconciliation/fct_reconciliations.sql"
# The cell's own way to the parser, and the test that reads it there.
WAY = [
    "build", "--indirect-selection", "empty", "--select", "printed_driftsammandrag",
    "stg_report__cells", "int_cells__unioned", "int_figures__read",
    "int_figures__matched", "int_figures__texts_are_read",
]  # fmt: skip


@pytest.fixture
def kept(engines: Engines) -> Iterator[Engines]:
    """The engines, whose copy is put back as it was."""
    files = [
        engines.copy.project / name for name in ("seeds/printed/printed_driftsammandrag.csv", MART)
    ]
    texts = [file.read_text(encoding="utf-8") for file in files]
    yield engines
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")


def read_by_people(engines: Engines) -> dict[str, Table]:
    """Every mart and report that PostgreSQL gives its readers."""
    named = engines.from_postgres(
        "select table_schema, table_name from information_schema.tables"
        " where table_schema in ('marts', 'reporting')"
    )
    return {
        f"{schema}.{name}": engines.table("postgres", str(schema), str(name))
        for schema, name in named.rows
    }


def test_a_run_that_fails_halfway_leaves_marts_and_reports_readable(kept: Engines) -> None:
    before = read_by_people(kept)
    assert {"marts.fct_reconciliations", "reporting.rpt_figure_coverage"} <= before.keys()
    mart = kept.copy.project / MART
    sql = mart.read_text(encoding="utf-8")
    mart.write_text(
        sql.replace("select * from final", "select * from final where 1 / (1 - length('x')) = 1"),
        encoding="utf-8",
    )
    run = kept.dbt("postgres", "build", "--exclude", "resource_type:test")
    assert run.code == 1, run.output
    assert run.lines("division by zero")
    assert run.lines("fct_printed_figures")
    after = read_by_people(kept)
    assert repr(after) == repr(before), before.keys() - after.keys()


def test_a_damaged_cell_is_told_alike_by_every_engine(kept: Engines) -> None:
    kept.copy.cell(*CELL, "17 30l")
    told = {}
    for target in TARGETS:
        run = kept.dbt(target, *WAY)
        assert run.code == 1, f"{target}: {run.output[-2000:]}"
        told[target] = [line.split("  - ")[1] for line in run.lines("  - ")]
    assert len(told["dev"]) == 1, told
    assert "”17 30l” är varken ett tal" in "".join(told["dev"])
    assert told["postgres"] == told["dev"]
    assert told["spark"] == told["dev"]
