"""The trail of one figure or check: from the mart back to the document line.

Reads a database that `uv run dbt build` has made, read-only.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from bokslut import documents
from bokslut.swedish import lines_of

FIGURE = """
    select
        figures.*,
        reports.administration_name,
        reports.report_year,
        reports.source_file,
        missing.word_sv as missing_sv,
        symbols.word_sv as symbol_sv
    from marts.fct_printed_figures as figures
    inner join marts.dim_reports as reports on figures.report_id = reports.report_id
    left join marts.dim_codes as missing
        on missing.list = 'missing_code' and figures.missing_code = missing.code
    left join marts.dim_codes as symbols
        on symbols.list = 'unit_symbol' and figures.unit_of_measure = symbols.code
"""
CHECK = """
    select checks.*, verdicts.word_sv as verdict_sv
    from marts.fct_reconciliations as checks
    inner join marts.dim_codes as verdicts
        on verdicts.list = 'verdict' and checks.verdict = verdicts.code
"""

CLAIM = """
    select claims.*, reasons.word_sv as unverifiable_sv
    from marts.fct_claims as claims
    left join marts.dim_codes as reasons
        on reasons.list = 'unverifiable_code' and claims.unverifiable_code = reasons.code
"""
ISSUE = """
    select issues.*, classes.word_sv as class_sv
    from marts.dim_known_issues as issues
    inner join marts.dim_codes as classes
        on classes.list = 'issue_class' and issues.issue_class = classes.code
"""

Row = dict[str, object]


# So many are listed where words fit several; that there are more is said.
LISTED = 10
AROUND = 5
NUMBER = re.compile(r"[-+\u2212]?\d[\d\s]*(?:[.,]\d+)?")
LINE = re.compile(r"(?:rad|line)\s+(\d+)", re.IGNORECASE)
UNITS = re.compile(r"\s*(?:%|procent|tkr|mnkr)$", re.IGNORECASE)


class NotFound(LookupError):
    """Nothing, or more than one thing, answers to the words; `candidates` are the nearest.

    `left_out` is how many more there are than the candidates.
    """

    def __init__(self, message: str, candidates: list[tuple[str, str]]) -> None:
        """The message, and the nearest figures or checks as (id, name)."""
        super().__init__(message)
        self.candidates = candidates[:LISTED]
        self.left_out = len(candidates) - len(self.candidates)


@dataclass(frozen=True)
class Trail:
    """What leads from a figure or a check to the document.

    figure       the printed figure with its report; None for a check of statements
    check        the check asked for; None where a figure was asked for
    correction   the correction that gave the reading, if any
    prints       the other prints of the concept in the same report
    checks       the checks that the figure takes part in, as a side, evidence, addend or total
    issues       the known issues of those checks
    claim        the statement of the running text asked for; None for figures and checks
    around       the lines of the document around the print, as (number, text); of its printed row
                 where the document is not at hand
    why_not      why the document is not shown, in Swedish
    """

    figure: Row | None
    check: Row | None
    correction: Row | None
    prints: list[Row]
    checks: list[Row]
    issues: list[Row]
    claim: Row | None = None
    around: tuple[tuple[int, str], ...] = ()
    why_not: str = ""


def rows(connection: duckdb.DuckDBPyConnection, query: str, *values: object) -> list[Row]:
    """The rows of a query, each as a mapping of column to value."""
    cursor = connection.execute(query, list(values))
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def plain(text: str) -> str:
    """Lower case without accents and punctuation: `Hemtjänst: ärenden` is `hemtjanst arenden`."""
    letters = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", kept))


def find(connection: duckdb.DuckDBPyConnection, words: str) -> Trail:
    """The trail of an id (figure, check, statement), or of the one concept that the words describe.

    Raises:
        NotFound: no figure or check has the id, and not exactly one concept has the words.
    """
    if figures := rows(connection, f"{FIGURE} where figure_id = ?", words):
        return of_figure(connection, figures[0], None)
    if checks := rows(connection, f"{CHECK} where check_id = ?", words):
        side = checks[0]["right_figure_id"] or checks[0]["left_figure_id"]
        figures = rows(connection, f"{FIGURE} where figure_id = ?", side)
        return of_figure(connection, figures[0] if figures else None, checks[0])
    if claims := rows(connection, f"{CLAIM} where claim_id = ?", words):
        checks = rows(
            connection,
            f"{CHECK} where ? in (left_figure_id, right_figure_id) order by check_id",
            words,
        )
        issues = known_issues(connection, checks)
        around = surroundings(connection, claims[0])
        return Trail(None, None, None, [], checks, issues, claims[0], *around)
    if issues := issues_named(connection, words):
        checks = rows(
            connection,
            f"{CHECK} where known_issue_id = ? order by check_id",
            issues[0]["known_issue_id"],
        )
        return Trail(None, None, None, [], checks, issues)
    if found := printed(connection, words):
        return found
    named = rows(
        connection,
        "select figure_id, concept_key, concept_name_sv, row_label from marts.fct_printed_figures"
        " order by concept_key, is_fact desc, figure_id",
    )
    concepts: dict[str, Row] = {}
    for row in named:
        first = concepts.setdefault(str(row["concept_key"]), row)
        if first is not row:
            first["row_label"] = f"{first['row_label']} {row['row_label']}"
    wanted = plain(words).split()
    hits = [
        row
        for row in concepts.values()
        if wanted and all(stem in plain(described(row)) for stem in wanted)
    ]
    # "Utfall" and the whole group go without saying where nothing else is asked for.
    usual = [r for r in hits if "/outcome/" in str(r["concept_key"]) + "/"] or hits
    whole = [r for r in usual if "/total" in str(r["concept_key"])[-6:]] or usual
    if len(whole) == 1:
        figure = rows(connection, f"{FIGURE} where figure_id = ?", whole[0]["figure_id"])[0]
        return of_figure(connection, figure, None)
    if whole:
        raise NotFound(
            f"”{words}” passar {len(whole)} uppgifter. Välj en:",
            [(str(r["figure_id"]), str(r["concept_name_sv"])) for r in whole],
        )
    raise NotFound(
        f"Ingenting heter ”{words}”. Närmast ligger:", nearest(connection, words, concepts)
    )


def issues_named(connection: duckdb.DuckDBPyConnection, words: str) -> list[Row]:
    """The known issue of an id, `vss-2020-d03`, or of its end, `D03`.

    Raises:
        NotFound: several reports have one that ends so.
    """
    asked = words.strip().lower()
    found = rows(
        connection,
        f"{ISSUE} where lower(known_issue_id) = ? or ends_with(lower(known_issue_id), ?)"
        " order by 1",
        asked,
        f"-{asked}",
    )
    exact = [row for row in found if str(row["known_issue_id"]).lower() == asked]
    if len(found) > 1 and not exact:
        raise NotFound(
            f"{len(found)} frågor heter ”{words}”. Välj en:",
            [(str(row["known_issue_id"]), str(row["title_sv"])) for row in found],
        )
    return exact or found


def printed(connection: duckdb.DuckDBPyConnection, words: str) -> Trail | None:
    """The trail of a printed value (`206 583`, `8,4 %`) or of the one figure of a line (`rad 93`).

    None where the words are neither.

    Raises:
        NotFound: several concepts have the value, or the line has several figures or none.
    """
    line = LINE.fullmatch(words.strip())
    number = NUMBER.fullmatch(UNITS.sub("", words.strip()))
    if line:
        query = "where ? between figures.source_line_first and figures.source_line_last"
        asked: object = int(line[1])
    elif number:
        written = re.sub(r"\s", "", number[0]).replace("\u2212", "-").replace(",", ".")
        query, asked = "where figures.value = ?", Decimal(written)
    else:
        return None
    found = rows(connection, f"{FIGURE} {query} order by figures.is_fact desc, figure_id", asked)
    if len({row["concept_key"] for row in found}) == 1:
        return of_figure(connection, found[0], None)
    if found:
        what = words if line else f"Talet {words}"
        raise NotFound(
            f"{what} har {len(found)} tryckta uppgifter. Välj en:",
            [
                (
                    str(row["figure_id"]),
                    f"{row['concept_name_sv']}: ”{row['printed_text'] or ''}”, "
                    + lines_of(row["source_line_first"], row["source_line_last"]),
                )
                for row in found
            ],
        )
    if line:
        raise NotFound(f"Ingen tryckt uppgift står på {words}.", [])
    return None


def surroundings(
    connection: duckdb.DuckDBPyConnection, row: Row
) -> tuple[tuple[tuple[int, str], ...], str]:
    """Five lines around a print in the document; without it, the printed row and why.

    The printed row is its label and each of its cells with the head of its column.
    """
    (report,) = rows(
        connection, "select * from marts.dim_reports where report_id = ?", row["report_id"]
    )
    first, last = int(str(row["source_line_first"])), int(str(row["source_line_last"]))
    try:
        found = documents.lines_of(str(row["report_id"]), str(report["source_sha256"]))
    except documents.DocumentMissing as missing:
        cells = rows(
            connection,
            "select row_label, column_label, printed_text from marts.fct_printed_figures"
            " where report_id = ? and source_table = ? and row_no = ? order by column_no",
            row["report_id"],
            row.get("source_table"),
            row.get("row_no"),
        )
        told = [f"{cell['column_label']}: {cell['printed_text'] or ''}" for cell in cells]
        if not told:
            return (), str(missing)
        return ((first, f"{cells[0]['row_label']} – {' · '.join(told)}"),), str(missing)
    start, end = max(1, first - AROUND), min(len(found), last + AROUND)
    return tuple((number, found[number - 1]) for number in range(start, end + 1)), ""


def described(row: Row) -> str:
    """The words that a concept answers to: its Swedish name, its key, its labels in print."""
    return f"{row['concept_name_sv']} {row['concept_key']} {row['row_label']}"


def nearest(
    connection: duckdb.DuckDBPyConnection, words: str, concepts: dict[str, Row]
) -> list[tuple[str, str]]:
    """Up to five figures or checks whose id or name is most like the words, each with its name."""
    named = [(str(row["figure_id"]), str(row["concept_name_sv"])) for row in concepts.values()]
    named += [(str(r["check_id"]), str(r["subject"])) for r in rows(connection, CHECK)]
    wanted = plain(words)

    def likeness(item: tuple[str, str]) -> float:
        name = max(difflib.SequenceMatcher(None, wanted, plain(text)).ratio() for text in item)
        shared = set(wanted.split()) & set(plain(" ".join(item)).split())
        return name + len(shared)

    return sorted(named, key=lambda item: (-likeness(item), item))[:5]


def of_figure(
    connection: duckdb.DuckDBPyConnection, figure: Row | None, check: Row | None
) -> Trail:
    """The trail of a figure, or of a check that no figure stands for."""
    if figure is None:
        checks = [check] if check else []
        return Trail(None, check, None, [], checks, known_issues(connection, checks))
    figure_id = figure["figure_id"]
    corrections = rows(
        connection, "select * from marts.dim_corrections where figure_id = ?", figure_id
    )
    prints = rows(
        connection,
        f"{FIGURE} where figures.report_id = ? and concept_key = ? and figure_id <> ?"
        " order by figures.is_fact desc, figure_id",
        figure["report_id"],
        figure["concept_key"],
        figure_id,
    )
    checks = rows(
        connection,
        f"""
        {CHECK}
        where check_id in (select check_id from marts.fct_check_figures where figure_id = ?)
        order by check_id
        """,
        figure_id,
    )
    return Trail(
        figure,
        check,
        corrections[0] if corrections else None,
        prints,
        checks,
        known_issues(connection, checks),
        None,
        *surroundings(connection, figure),
    )


def known_issues(connection: duckdb.DuckDBPyConnection, checks: list[Row]) -> list[Row]:
    """The known issues of the checks, each once."""
    ids = sorted({str(c["known_issue_id"]) for c in checks if c["known_issue_id"]})
    return [
        row
        for known_issue_id in ids
        for row in rows(
            connection,
            f"{ISSUE} where known_issue_id = ?",
            known_issue_id,
        )
    ]
