"""DuckDB, PostgreSQL and Spark give the same answers, to the last decimal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import TARGETS, Engines, Row, Table

OTHERS = [target for target in TARGETS if target != "dev"]


def first_differences(ours: Table, theirs: Table, limit: int = 3) -> str:
    """The first rows that one side has and the other has not, with the columns that differ."""
    if ours.columns != theirs.columns:
        return f"columns {ours.columns} against {theirs.columns}"
    lines = [f"{len(ours.rows)} rows against {len(theirs.rows)}"]
    missing = sorted({repr(row) for row in ours.rows} ^ {repr(row) for row in theirs.rows})
    lines += [f"  only one side has {row}" for row in missing[:limit]]
    pairs = zip(ours.rows, theirs.rows, strict=False)
    differing = ((a, b) for a, b in pairs if repr(a) != repr(b))
    for (a, b), _ in zip(differing, range(limit), strict=False):
        columns = [
            f"{name}: {x!r} against {y!r}"
            for name, x, y in zip(ours.columns, a, b, strict=True)
            if repr(x) != repr(y)
        ]
        lines.append(f"  {key(a)}: {', '.join(columns)}")
    return "\n".join(lines)


def key(row: Row) -> str:
    """The first values of a row, by which it is known."""
    return " / ".join(str(value) for value in row[:3])


def names(engines: Engines) -> list[tuple[str, str]]:
    """Schema and name of every mart and report in the DuckDB file, and of the tables they read."""
    found = engines.from_file(
        "select table_schema, table_name from information_schema.tables"
        " where table_schema in ('marts', 'reporting')"
        " or (table_schema = 'intermediate' and table_type = 'BASE TABLE')"
    )
    return [(str(schema), str(name)) for schema, name in found.rows]


def without_types(table: Table) -> Table:
    """The table with each number as a number only: half of a decimal is a double on DuckDB."""
    rows = [
        tuple(
            f"{value:.9f}" if isinstance(value, (Decimal, float, int)) else value for value in row
        )
        for row in table.rows
    ]
    return Table(table.columns, tuple(sorted(rows, key=repr)))


@pytest.mark.parametrize("target", OTHERS)
def test_marts_and_reports_are_the_same_row_by_row_and_value_by_value(
    engines: Engines, target: str
) -> None:
    tables = names(engines)
    assert len([name for _, name in tables if name.startswith(("fct_", "dim_"))]) > 10
    assert len([name for _, name in tables if name.startswith("rpt_")]) > 10
    differing = {}
    for schema, name in tables:
        ours, theirs = engines.table("dev", schema, name), engines.table(target, schema, name)
        # A mart's contract promises its types too: Decimal('5.0') is not Decimal('5.000000').
        if schema != "marts":
            ours, theirs = without_types(ours), without_types(theirs)
        if repr(ours) != repr(theirs):
            differing[name] = first_differences(ours, theirs)
    assert not differing, "\n".join(f"{name}: {text}" for name, text in differing.items())


@pytest.mark.parametrize("target", OTHERS)
def test_the_parser_reads_and_refuses_the_same_texts(engines: Engines, target: str) -> None:
    ours = engines.table("dev", "marts", "corpus_parsed")
    read = [row for row in ours.rows if row[ours.columns.index("number_value")] is not None]
    assert 200 < len(read) < len(ours.rows) - 200
    theirs = engines.table(target, "marts", "corpus_parsed")
    assert repr(ours) == repr(theirs), first_differences(ours, theirs)


def test_a_difference_is_told_by_its_row_and_column() -> None:
    ours = Table(("figure_id", "value"), (("a", 1), ("b", None)))
    theirs = Table(("figure_id", "value"), (("a", 1), ("b", 0)))
    told = first_differences(ours, theirs)
    assert "b / None: value: None against 0" in told
