"""What differs between two editions, in a controller's words."""

from __future__ import annotations

from pathlib import Path

import duckdb

from bokslut import database as db
from bokslut.database import literal, quoted
from bokslut.publishing import edition as editions
from bokslut.swedish import SPACE, lines_of, number

# A figure is followed by what it says, not by its row, so that a row put in moves nothing. The
# occurrence keeps apart the prints of one concept in one table. Words are those of the new edition.
FIGURES = """
    select
        report_id, source_table, concept_key,
        row_number() over (
            partition by report_id, source_table, concept_key
            order by source_line_first, figure_id
        ) as occurrence,
        concept_name_sv, value, printed_text, correction_id, source_line_first, source_line_last,
        missing.word_sv as missing_sv, symbols.word_sv as symbol_sv
    from {edition}.marts.fct_printed_figures as figures
    left join new.marts.dim_codes as missing
        on missing.list = 'missing_code' and figures.missing_code = missing.code
    left join new.marts.dim_codes as symbols
        on symbols.list = 'unit_symbol' and figures.unit_of_measure = symbols.code
"""
FIGURE_KEY = ("report_id", "source_table", "concept_key", "occurrence")

CHECKS = """
    select
        report_id, rule, subject,
        row_number() over (partition by report_id, rule, subject order by check_id) as occurrence,
        codes.word_sv as verdict, explanation_sv
    from {edition}.marts.fct_reconciliations as checks
    left join new.marts.dim_codes as codes
        on codes.list = 'verdict' and checks.verdict = codes.code
"""
CHECK_KEY = ("report_id", "rule", "subject", "occurrence")

ISSUES = """
    select known_issue_id, title_sv, codes.word_sv as status
    from {edition}.marts.dim_known_issues as issues
    left join new.marts.dim_codes as codes
        on codes.list = 'known_issue_status' and issues.status = codes.code
"""

TESTS = "select name, kind, verdict from read_json({edition})"

SIDES = ("old", "new")
Row = dict[str, object]


def told(old: Path, new: Path) -> list[str]:
    """The differences between two edition folders as lines of Swedish text; none where none are.

    Raises:
        bokslut.database.EditionDamaged: a manifest cannot be read.
        bokslut.database.EditionOfOtherVersion: an edition has another format.
        duckdb.Error: a database cannot be read.
    """
    was, now = editions.read(old), editions.read(new)
    with duckdb.connect() as connection:
        for side, folder in zip(SIDES, (old, new), strict=True):
            connection.execute(f"attach {literal(folder / db.DEFAULT)} as {side} (read_only)")
        figures = changes(connection, FIGURES, FIGURE_KEY)
        checks = changes(connection, CHECKS, CHECK_KEY)
        issues = changes(connection, ISSUES, ("known_issue_id",))
        files = {
            side: literal(f / editions.CHECKS) for side, f in zip(SIDES, (old, new), strict=True)
        }
        tests = changes(connection, TESTS, ("kind", "name"), files)
        tables = changed_tables(connection, was, now)
    sections = {
        "Ändrade tal": [
            f"{name(b)}: {amount(a)} → {amount(b)} ({place(b)})"
            for a, b in both(figures)
            if amount(a) != amount(b)
        ],
        "Samma tal, annat tryck eller annan rättelse": [
            f"{name(b)}: {printed(a)} → {printed(b)} ({place(b)})"
            for a, b in both(figures)
            if amount(a) == amount(b) and printed(a) != printed(b)
        ],
        "Nya tal": [f"{name(b)}: {amount(b)} ({place(b)})" for b in came(figures)],
        "Borttagna tal": [f"{name(a)}: {amount(a)} ({place(a)})" for a in went(figures)],
        "Avstämningar som bytt utslag": [
            f"{b['subject']}: {a['verdict']} → {b['verdict']}. {b['explanation_sv']}"
            for a, b in both(checks)
            if a["verdict"] != b["verdict"]
        ],
        "Nya avstämningar": [f"{b['subject']}: {b['verdict']} ({b['rule']})" for b in came(checks)],
        "Borttagna avstämningar": [
            f"{a['subject']}: {a['verdict']} ({a['rule']})" for a in went(checks)
        ],
        "Nya kända motsägelser": [f"{b['known_issue_id']}: {b['title_sv']}" for b in came(issues)],
        "Kända motsägelser som är borta": [
            f"{a['known_issue_id']}: {a['title_sv']}" for a in went(issues)
        ],
        "Kända motsägelser som bytt läge": [
            f"{b['known_issue_id']}: {a['status']} → {b['status']}"
            for a, b in both(issues)
            if a["status"] != b["status"]
        ],
        "Nya kontroller av bygget": [str(b["name"]) for b in came(tests)],
        "Borttagna kontroller av bygget": [str(a["name"]) for a in went(tests)],
        "Kontroller av bygget som bytt utslag": [
            f"{b['name']}: {a['verdict']} → {b['verdict']}" for a, b in both(tests)
        ],
        "Rader i publika tabeller": tables,
    }
    lines = [
        line
        for title, rows in sections.items()
        if rows
        for line in ["", f"{title} ({len(rows)})", *(f"  {row}" for row in rows)]
    ]
    return [f"Utgåva {was.edition} → {now.edition}", *lines] if lines else []


Change = tuple[Row | None, Row | None]


def changes(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    key: tuple[str, ...],
    source: dict[str, str] | None = None,
) -> list[Change]:
    """The rows of a query that differ between the editions, old and new side by side by their key.

    `{edition}` in the query is the old edition in turn with the new one, or what `source` says.
    """
    named = source or {side: side for side in SIDES}
    rows: dict[str, dict[tuple[object, ...], Row]] = {}
    for side, other in (SIDES, SIDES[::-1]):
        mine, theirs = (query.format(edition=named[which]) for which in (side, other))
        cursor = connection.execute(f"({mine}) except ({theirs}) order by all")
        columns = [column[0] for column in cursor.description or []]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        rows[side] = {tuple(row[column] for column in key): row for row in found}
    return [
        (rows["old"].get(identity), rows["new"].get(identity))
        for identity in sorted({**rows["old"], **rows["new"]}, key=str)
    ]


def both(found: list[Change]) -> list[tuple[Row, Row]]:
    """The rows that are in both editions."""
    return [(a, b) for a, b in found if a is not None and b is not None]


def came(found: list[Change]) -> list[Row]:
    """The rows that only the new edition has."""
    return [b for a, b in found if a is None and b is not None]


def went(found: list[Change]) -> list[Row]:
    """The rows that only the old edition has."""
    return [a for a, b in found if b is None and a is not None]


def changed_tables(
    connection: duckdb.DuckDBPyConnection, was: editions.Edition, now: editions.Edition
) -> list[str]:
    """Each mart whose rows differ, with how many are new and gone; nothing is left untold."""

    def marts(edition: editions.Edition) -> dict[str, object]:
        return {
            Path(file).stem: entry["sha256"]
            for file, entry in edition.files.items()
            if file.startswith(f"{editions.MARTS}/")
        }

    old, new = marts(was), marts(now)
    lines = [f"{table}: ny tabell" for table in sorted(new.keys() - old.keys())]
    lines += [f"{table}: borttagen tabell" for table in sorted(old.keys() - new.keys())]
    for table in sorted(old.keys() & new.keys()):
        if old[table] == new[table]:
            continue
        columns = {side: set(columns_of(connection, side, table)) for side in SIDES}
        if columns["old"] != columns["new"]:
            names = sorted(column for column, _ in columns["old"] ^ columns["new"])
            lines.append(f"{table}: andra kolumner ({', '.join(dict.fromkeys(names))})")
            continue
        listed = ", ".join(quoted(column) for column, _ in sorted(columns["new"]))
        mine, theirs = (f"select {listed} from {side}.marts.{quoted(table)}" for side in SIDES)
        gone, fresh = (
            connection.execute(f"select count(*) from ({a} except all {b})").fetchone()[0]
            for a, b in ((mine, theirs), (theirs, mine))
        )
        if fresh or gone:
            lines.append(f"{table}: {fresh} nya eller ändrade rader, {gone} borta")
    return lines


def columns_of(
    connection: duckdb.DuckDBPyConnection, side: str, table: str
) -> list[tuple[str, str]]:
    """Name and type of each column of a mart."""
    return connection.execute(
        "select column_name, data_type from information_schema.columns"
        " where table_catalog = ? and table_schema = ? and table_name = ?",
        [side, editions.MARTS, table],
    ).fetchall()


def name(figure: Row) -> str:
    """What a figure says, in words."""
    return str(figure["concept_name_sv"] or figure["concept_key"])


def amount(figure: Row) -> str:
    """A figure's value with its unit, or why there is none."""
    if figure["value"] is None:
        return str(figure["missing_sv"])
    symbol = f"{SPACE}{figure['symbol_sv']}" if figure["symbol_sv"] else ""
    return number(figure["value"]) + symbol


def printed(figure: Row) -> str:
    """A figure as printed, with the correction that reads it, if any."""
    correction = f" ({figure['correction_id']})" if figure["correction_id"] else ""
    return f"”{figure['printed_text'] or ''}”{correction}"


def place(figure: Row) -> str:
    """Where a figure is printed: report, table and lines."""
    lines = lines_of(figure["source_line_first"], figure["source_line_last"])
    return f"{figure['report_id']}, {figure['source_table']}, {lines}"
