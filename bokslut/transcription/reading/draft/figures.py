"""The claims of the text, and the cells of tables without a seed of their own, as figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bokslut.transcription.reading import arithmetic, cells, seeds
from bokslut.transcription.reading.claims.claim import MENTION, Claim
from bokslut.transcription.reading.claims.lexicon import Judged
from bokslut.transcription.reading.concepts.concept import (
    INVESTMENTS,
    RESULT,
    RESULT_OF_UNIT,
    Concept,
)
from bokslut.transcription.reading.draft.folder import TEMPLATE, Record, SeedFolder, folder_header
from bokslut.transcription.reading.draft.goals import goal_code
from bokslut.transcription.reading.draft.measures import add_measure
from bokslut.transcription.reading.draft.projects import PROJECT, place_investment
from bokslut.transcription.reading.draft.signs import AMOUNTS, FROM
from bokslut.transcription.reading.draft.spots import Draft, Spot
from bokslut.transcription.reading.draft.sums import sum_keys
from bokslut.transcription.reading.judged import statuses_in
from bokslut.transcription.reading.labels import code
from bokslut.transcription.reading.numbers import Number
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.statements.fields import own_words
from bokslut.transcription.reading.tables.table import Column, Figure, Line, ReadTable

PER = re.compile(r" per (?!\d|den\b)[^\W\d]")
"""*Kostnad per elev*, of which that of all is no sum, and not *Elever per 15 oktober*."""
UNITS_IN_SEEDS = {"percent": "%", "tkr": " tkr", "mnkr": " mnkr", "kr": " kr"}
"""Units of measure that the parser of committed cells reads behind a number."""


def add_claims(folder: SeedFolder, report: Read, draft: Draft) -> None:
    """The claims of the text, and the cells of tables that have no seed of their own, as figures
    with their meaning."""
    header = folder_header(folder, "printed_pastaenden")
    said = [
        c for c in report.claims if c.is_comparable or c.kind == "explanation" or c.rule == MENTION
    ]
    records = list(seeds.claim_records(said, report.document, draft.report_id, header))
    for claim, record in zip(said, records, strict=True):
        if claim.measure_code in (INVESTMENTS, report.concepts.investments):
            place_investment(record, report, folder)
        if claim.goal_code:
            record["goal_code"] = goal_code(claim.goal_code, report, folder)
        kind = "value" if claim.kind in ("value", "rank", "unit_count") else "statement"
        figure = f"{draft.report_id}.pastaenden.{record['row_no']}.{kind}"
        draft.spots[figure] = Spot(claim.place, claim.printed_text, claim.line_first)
    records += judged_records(said, report, draft, len(records), header)
    number = len(records)
    projects = {
        row["row_label"]: {key: row[key] for key in PROJECT}
        for row in folder.load("reference_label_aliases")
        if (row["template"], row["source_table"]) == (TEMPLATE, "investeringar")
    }
    for table in report.document.tables:
        if table.source_table in PRINTED or not table.number_columns:
            continue
        bare = sum(not column.head.text for column in table.number_columns)
        if bare * 2 > len(table.number_columns):
            # The marks of an axis, or a table that nobody can tell the columns of.
            continue
        keys = sum_keys(table)
        sums = arithmetic.sums(table)
        summed = {index for one in sums for index in one.held}
        means = {index for one in sums for index in one.means}
        says = Counter(map(said_by, table.number_columns))
        dated = Counter(said_by(c) for c in table.number_columns if c.head.years)
        wordings = {frozenset(own_words(c)) for c in table.number_columns}
        entities = {c.entity for c in table.number_columns if c.head.scenario != "comparison"}
        for line in table.lines:
            concept = report.concepts.of(line)
            if concept is None or not concept.measure_code or not (line.label or line.group):
                continue
            for figure in line.figures.values():
                column = figure.column
                if figure.number is None or column.kind != "number":
                    # What is asked about is held against nothing.
                    continue
                of_others = column.head.scenario == "comparison"
                if column.scenario in FROM or (of_others and not any(keys[id(line)])):
                    # Its own columns are what it is held against, or it is of others.
                    continue
                own = concept
                of_year = bool(column.head.years) and dated[said_by(column)] == 1
                if of_others or (says[said_by(column)] > 1 and not of_year):
                    # Two columns that say the same of year and scenario are of two measures; the
                    # only one with its year is the row's own.
                    own = of_column(concept, column, report)
                elif len(entities) > 1 and column.entity:
                    own = of_column(concept, column, report, column.entity)
                elif len(wordings) > 1 and (own_head := sorted(own_words(column))):
                    # *Sjukfrånvaro 2023* beside *Årsarbetare*: not what the row is called.
                    own = of_column(concept, column, report, " ".join(own_head))
                add_measure(folder, own, line, table, report)
                is_rate = (
                    cells.unit_of(table, line, figure) == "percent"
                    or PER.search(column.head.text) is not None
                )
                number += 1
                records.append(
                    cell_record(
                        figure,
                        line,
                        table,
                        own,
                        # Rates of several are no parts of that of all, unless they add up.
                        ("", "")
                        if column.index in means or (is_rate and column.index not in summed)
                        else keys[id(line)],
                        draft.report_id,
                        number,
                        header,
                        is_signed=report.concepts.orientation.cost_sign < 0,
                    )
                )
                if own.measure_code in (INVESTMENTS, report.concepts.investments):
                    unknown = {"measure_code": ""} if own.project else {}
                    records[-1] |= projects.get(line.label, unknown)
                draft.spots[f"{draft.report_id}.pastaenden.{number}.value"] = Spot(
                    figure.cell.place, figure.cell.text, line.line
                )
    folder.add_new(
        "reference_measures",
        [
            {
                "measure_code": claim.measure_code,
                "measure_name_sv": claim.label,
                "measure_name_en": claim.label,
                "unit_of_measure": "index",
            }
            for claim in said
            if claim.rule == "value.moved"
        ],
        "measure_code",
    )
    measures = {r["measure_code"] for r in folder.load("reference_measures")} | {
        r["indicator_code"] for r in folder.load("reference_indicators")
    }
    for record in records:
        if record["measure_code"] and record["measure_code"] not in measures:
            record["measure_code"] = ""
    folder.add("printed_pastaenden", records)


def judged_records(
    said: Sequence[Claim], report: Read, draft: Draft, number: int, header: Sequence[str]
) -> Iterator[Record]:
    """The judgements of tables that the text counts, as statements of what they are counted
    under."""
    counted = {claim.total_of for claim in said if claim.total_of}
    for table in report.document.tables if counted else ():
        for line in table.lines:
            status = statuses_in(table).get(id(line), "")
            keys = {f"{Judged(of, {}).key}_{status}" for of in (table, None)}
            for key in sorted(keys & counted):
                number += 1
                values = {
                    "report_id": draft.report_id,
                    "row_no": str(number),
                    "source_line_first": str(line.line),
                    "source_line_last": str(line.line_last),
                    "row_label": line.label,
                    "printed_text": line.label,
                    "read_text": line.label,
                    "kind": "status",
                    "stated": status,
                    "part_of": key,
                }
                draft.spots[f"{draft.report_id}.pastaenden.{number}.statement"] = Spot(
                    line.place, line.label, line.line
                )
                yield dict.fromkeys(header, "") | values


def said_by(column: Column) -> tuple[object, ...]:
    """What a column says of its figures besides its words."""
    return (column.scenario, column.fiscal_year, column.gender or "total", column.entity)


def of_column(concept: Concept, column: Column, report: Read, of: str = "") -> Concept:
    """The concept of a row in one of several columns that only their words tell apart, or `of`
    whom they are."""
    # *Godkända, %* is no *Godkända*.
    share = "_percent" if column.unit_of_measure == "percent" and not of else ""
    measure = f"{concept.measure_code}_{code(of or column.head.text)}{share}"
    report.concepts.measures.setdefault(measure, f"{concept.name}, {of or column.head.text}")
    return replace(concept, measure_code=measure)


def cell_record(
    figure: Figure,
    line: Line,
    table: ReadTable,
    concept: Concept,
    keys: tuple[str, str],
    report_id: str,
    number: int,
    header: Sequence[str],
    *,
    is_signed: bool,
) -> Record:
    """A cell as a figure with its meaning; `is_signed`: net costs are printed below nought."""
    reading = figure.reading
    assert isinstance(reading, Number)
    unit = cells.unit_of(table, line, figure)
    column = figure.column
    is_result = concept.measure_code in (RESULT, RESULT_OF_UNIT)
    sign = (
        "+" if is_signed and is_result and column.scenario in AMOUNTS and reading.value > 0 else ""
    )
    suffix = f"_{column.index}"
    made = dict.fromkeys(header, "")
    values = {
        "report_id": report_id,
        "row_no": str(number),
        "source_line_first": str(line.line),
        "source_line_last": str(line.line_last),
        "row_label": " / ".join(p for p in (line.group, line.label, column.head.text) if p),
        "printed_text": figure.cell.text or "-",
        "read_text": sign
        + f"{reading.value:f}".replace(".", ",")
        + UNITS_IN_SEEDS.get(unit or "", ""),
        "kind": "value",
        "measure_code": concept.measure_code,
        "unit_code": concept.unit_code,
        "fiscal_year": str(line.fiscal_year or column.fiscal_year or ""),
        "scenario": column.scenario or "outcome",
        "gender": line.gender or column.gender or concept.gender,
        "part_of": keys[0] + suffix if keys[0] else "",
        "total_of": keys[1] + suffix if keys[1] else "",
    }
    return made | {key: value for key, value in values.items() if key in made}
