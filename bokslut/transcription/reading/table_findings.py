"""Findings that a draft's own tables make: figures that do not add up as those beside them do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading.arithmetic.differences import Share, wrong_shares
from bokslut.transcription.reading.arithmetic.means import (
    Mean,
    wrong_means,
    wrong_means_of_years,
    wrong_wholes,
)
from bokslut.transcription.reading.arithmetic.nets import Net, wrong_nets
from bokslut.transcription.reading.arithmetic.quotients import Quotient, wrong_quotients
from bokslut.transcription.reading.arithmetic.relations import concerns, relations, value_of
from bokslut.transcription.reading.arithmetic.sums import sums
from bokslut.transcription.reading.findings import Finding, in_swedish
from bokslut.transcription.reading.judged import Misjudged, misjudged
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.repeated import Twice, printed_twice
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.tables.table import Figure, Line, ReadTable


def of_other_tables(report: Read) -> Iterator[Finding]:
    """What the warehouse does not see of a draft: rows that do not add up as most of their table's
    do, in columns that no seed has, and figures that two tables print under two names."""
    twice = printed_twice(report.document, report.concepts)
    yield from (wrong_print(pair) for pair in twice)
    for table in report.document.tables:
        yield from (wrong_mean(mean, table) for mean in wrong_means(table))
        yield from (wrong_mean(mean, table) for mean in wrong_means_of_years(table))
        yield from (wrong_whole(one, table) for one in wrong_wholes(table))
        yield from (wrong_net(net, table) for net in wrong_nets(table))
        year = report.document.report_year
        yield from (wrong_status(one, table) for one in misjudged(table, year))
        columns = table.number_columns
        shares = [
            share
            for share in wrong_shares(table)
            if table.source_table not in PRINTED or not columns[share.relation.result].name
        ]
        yield from (wrong_share(share, table) for share in shares)
        told = {id(share.line.figures[columns[share.relation.result].index]) for share in shares}
        yield from (
            wrong_quotient(one, table)
            for one in wrong_quotients(table)
            if id(one.share) not in told
        )
        yield from wrong_sums(table)
        for relation in relations(table):
            is_named = table.source_table in PRINTED and columns[relation.result].name
            # The warehouse holds deviations of one sign, and none of costs and income together.
            if is_named and not relation.either_sign:
                continue
            for line in table.lines:
                if not concerns(relation, line, table):
                    continue
                values = [value_of(line, c.index) for c in columns]
                if relation.check(values) is False:
                    yield broken(relation, line, table)


def contradicts(
    rule: str, table: ReadTable, line: Line, figures: Sequence[Figure], text: str
) -> Finding:
    """The finding of a rule about a row, with the places of its figures, the wrong one first."""
    places = [f"{figure.cell.place}: {figure.cell.text}" for figure in figures]
    subject = f"{table.title}, {line.label}"
    return Finding("contradicts", rule, subject, places, text, [line.line])


def wrong_status(found: Misjudged, table: ReadTable) -> Finding:
    """The finding about a row that its table judges otherwise than its figures do."""
    status, outcome, target = (f.cell for f in (found.status, found.outcome, found.target))
    text = (
        f"{found.line.label}: utfallet är {outcome.text}, målet {target.text}; bedömt som "
        f"”{status.text}” ({in_swedish(status.place)}). Tabellens andra rader är bedömda efter "
        "sina tal."
    )
    figures = (found.status, found.outcome, found.target)
    return contradicts("goal_status", table, found.line, figures, text)


def wrong_share(share: Share, table: ReadTable) -> Finding:
    """The finding about a figure in per cent that two others of its row do not make."""
    columns = table.number_columns
    result, now, then = (
        share.line.figures[columns[i].index]
        for i in (share.relation.result, *(i for i, _ in share.relation.terms))
    )
    text = (
        f"{share.line.label}: {now.cell.text} mot {then.cell.text} är en skillnad på "
        f"{swedish_number(round(share.percent, 1))} procent; tryckt är {result.cell.text} "
        f"({in_swedish(result.cell.place)}). I tabellens andra rader stämmer det: en siffra eller "
        "ett tecken är fel."
    )
    return contradicts("identity", table, share.line, (result, now, then), text)


def wrong_sums(table: ReadTable) -> Iterator[Finding]:
    """The findings about sums in columns that a table has beyond those of its seed."""
    beyond = {c.index for c in table.number_columns if not c.name}
    for one in sums(table) if table.source_table in PRINTED else ():
        for column in beyond.intersection(one.broken if one.held else ()):
            whole, *parts = (table.lines[i].figures[column] for i in (one.total, *one.parts))
            made = sum(part.number.value for part in parts if part.number)
            text = (
                f"{len(parts)} delar blir {swedish_number(made)}, summan "
                f"({in_swedish(whole.cell.place)}) är {whole.cell.text}. I andra kolumner "
                "stämmer det: en siffra, ett tecken eller en rad är fel."
            )
            line = table.lines[one.total]
            yield contradicts("sum_of_parts", table, line, (whole, *parts), text)


def wrong_quotient(found: Quotient, table: ReadTable) -> Finding:
    """The finding about a share, or what one costs, that the two figures it is made of do not
    make."""
    part, whole, share = (f.cell.text for f in (found.part, found.whole, found.share))
    made = swedish_number(round(found.value, found.decimals + 1))
    of, some = (f" {unit}" if unit else "" for unit in found.units)
    says = (
        f"{part} är {made} procent av {whole}"
        if found.is_percent
        else f"{part}{some} delat med {whole} blir {made}{of}"
    )
    text = (
        f"{found.line.label}: {says}; tryckt är {share} ({in_swedish(found.share.cell.place)}). "
        "I tabellens andra rader stämmer det: en siffra är fel."
    )
    figures = (found.share, found.part, found.whole)
    return contradicts("identity", table, found.line, figures, text)


def broken(relation: Relation, line: Line, table: ReadTable) -> Finding:
    """The finding about one row whose figures do not make the one that they should."""
    columns = table.number_columns
    result = line.figures[columns[relation.result].index]
    terms = [(line.figures[columns[i].index], k) for i, k in relation.terms]
    total = sum(f.number.value * k for f, k in terms if f.number)
    if relation.either_sign and result.number and total * result.number.value < 0:
        # Less of a cost is more of a result: told as it is printed.
        terms = [(f, -k) for f, k in reversed(terms)]
    return not_made(result, terms, line, table)


def wrong_net(found: Net, table: ReadTable) -> Finding:
    """The finding about a net cost or a result that is not the difference of the rows above."""
    # The first is what others are taken from.
    terms = sorted(found.terms, key=lambda term: -term[1])
    return not_made(found.figure, terms, found.line, table)


def not_made(
    result: Figure, terms: Sequence[tuple[Figure, int]], line: Line, table: ReadTable
) -> Finding:
    """The finding about a figure that others, each with its sign, do not make."""
    printed = result.number
    total = sum(f.number.value * k for f, k in terms if f.number)
    words = ""
    for figure, sign in terms:
        joint = (" plus " if sign > 0 else " minus ") if words else ("" if sign > 0 else "minus ")
        words += joint + (figure.cell.text or "0")
    tolerance = sum(
        (f.number.half_step for f, _ in terms if f.number), printed.half_step if printed else 0
    )
    difference = (printed.value - total) if printed else total
    text = (
        f"{line.label}: {words} ger {swedish_number(total)}; tryckt är {result.cell.text} "
        f"({in_swedish(result.cell.place)}). Skillnaden {swedish_number(difference)} är större "
        "än avrundningen "
        f"tillåter ({swedish_number(tolerance)}): en siffra eller ett tecken är fel."
    )
    return contradicts("identity", table, line, (result, *(f for f, _ in terms)), text)


def wrong_mean(found: Mean, table: ReadTable) -> Finding:
    """The finding about a mean that lies outside what it is the mean of."""
    numbers = [f.number for f in found.parts if f.number]
    digits = max(number.decimals for number in numbers)
    why = (
        ". I tabellens andra rader stämmer det"
        if found.is_exact
        else ", som ligger utanför dem alla"
    )
    text = (
        f"{found.line.label}: {len(numbers)} tal blir i genomsnitt "
        f"{swedish_number(round(found.value, digits + 1))}; tryckt är {found.figure.cell.text} "
        f"({in_swedish(found.figure.cell.place)}){why}: en siffra är fel."
    )
    return of_parts(found, table, "identity", text)


def wrong_whole(found: Mean, table: ReadTable) -> Finding:
    """The finding about a figure of all that is not the sum of those beside it."""
    text = (
        f"{found.line.label}: {len(found.parts)} delar blir {swedish_number(found.value)}; tryckt "
        f"är {found.figure.cell.text} ({in_swedish(found.figure.cell.place)}). I tabellens andra "
        "rader stämmer det: en siffra är fel."
    )
    return of_parts(found, table, "sum_of_parts", text)


def of_parts(found: Mean, table: ReadTable, rule: str, text: str) -> Finding:
    """A finding about a figure that those it is made of do not make."""
    return contradicts(rule, table, found.line, (found.figure, *found.parts), text)


def wrong_print(found: Twice) -> Finding:
    """The finding about a figure that two tables print differently under two names."""
    one, other = (amount.figure.cell for amount in found.figures)
    beside = [amount.figure.cell for amount in found.alike or ()]
    why = "och en siffra skiljer dem, eller två har bytt plats"
    if beside:
        there = " och ".join(in_swedish(cell.place) for cell in beside)
        why = f"men säger olika; {beside[0].text} står i båda ({there})"
    text = (
        f"{one.text} ({in_swedish(one.place)}) och {other.text} ({in_swedish(other.place)}, "
        f"”{found.other.label}”) är samma uppgift {why}."
    )
    places = [f"{cell.place}: {cell.text}" for cell in (one, other, *beside)]
    lines = [printed.line.line for printed in (found.one, found.other) if printed.line]
    return Finding("contradicts", "same_concept", found.one.label, places, text, lines)
