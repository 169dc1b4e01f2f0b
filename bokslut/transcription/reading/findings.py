"""Findings of a draft: what they say, and those that its own tables make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading import arithmetic, quotients
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.repeated import Twice, printed_twice
from bokslut.transcription.reading.rows import Relation
from bokslut.transcription.reading.statements.wrong import Wrong
from bokslut.transcription.reading.tables.table import Line, ReadTable

SILENCES = ("silence", "variance_explained", "indicator_completeness")
"""Rules about what a text does not say: asked last, for a draft's text may not be finished."""


@dataclass
class Finding:
    """One thing that a draft says in two ways, or that a reader should ask about.

    Attributes:
        verdict: `contradicts` or `questionable`.
        rule: which rule found it.
        subject: what it is about.
        places: where its figures stand, each with what is printed there.
        explanation_sv: the arithmetic in words.
        lines: the lines of the stream that it touches, for the page in the margin.
    """

    verdict: str
    rule: str
    subject: str
    places: list[str]
    explanation_sv: str
    lines: list[int] = field(default_factory=list)

    @property
    def is_silence(self) -> bool:
        """Whether it is about what the text does not say."""
        return self.rule in SILENCES

    def record(self) -> dict[str, object]:
        """As in `--json`, where the explanation says what it is about too."""
        return {
            "verdict": self.verdict,
            "rule": self.rule,
            "places": self.places,
            "explanation_sv": f"{self.subject}: {self.explanation_sv}",
        }


PLACE_WORDS = (
    ("page", "sida"),
    ("table", "tabell"),
    ("row", "rad"),
    ("column", "kolumn"),
    ("paragraph", "stycke"),
    ("line", "rad"),
    ("footnote", "fotnot"),
    ("inner", "inre tabell"),
)


def in_swedish(place: str) -> str:
    """A place in Swedish: `tabell 2 rad 7 kolumn 6`; a cell of a workbook is named as it is."""
    if "!" in place:
        return place
    for english, swedish in PLACE_WORDS:
        place = re.sub(rf"\b{english} (?=\d)", f"{swedish} ", place)
    return place


def of_other_tables(report: Read) -> Iterator[Finding]:
    """What the warehouse does not see of a draft: rows that do not add up as most of their table's
    do, in columns that no seed has, and figures that two tables print under two names."""
    twice = printed_twice(report.document, report.concepts)
    yield from (wrong_print(pair) for pair in twice)
    for table in report.document.tables:
        yield from (wrong_mean(mean, table) for mean in arithmetic.wrong_means(table))
        yield from (wrong_mean(mean, table) for mean in arithmetic.wrong_means_of_years(table))
        yield from (wrong_year(year, table) for year in arithmetic.wrong_years(table))
        columns = table.number_columns
        if len(columns) < 3:
            continue
        yield from (
            wrong_share(share, table)
            for share in arithmetic.wrong_shares(table)
            if table.source_table not in PRINTED or not columns[share.relation.result].name
        )
        yield from (wrong_quotient(q, table) for q in quotients.wrong_quotients(table))
        yield from wrong_sums(table)
        for relation in arithmetic.relations(table):
            is_named = table.source_table in PRINTED and columns[relation.result].name
            # The warehouse holds deviations of one sign, and none of costs and income together.
            if is_named and not relation.either_sign:
                continue
            for line in table.lines:
                if not arithmetic.concerns(relation, line, table):
                    continue
                values = [arithmetic.value_of(line, c.index) for c in columns]
                if relation.check(values) is False:
                    yield broken(relation, line, table)


def wrong_share(share: arithmetic.Share, table: ReadTable) -> Finding:
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
    places = [f"{f.cell.place}: {f.cell.text}" for f in (result, now, then)]
    subject = f"{table.title}, {share.line.label}"
    return Finding("contradicts", "identity", subject, places, text, [share.line.line])


def wrong_statement(found: Wrong) -> Finding:
    """The finding about a sentence that says what no figures of its rows make."""
    where = in_swedish(found.place)
    text = f"Texten säger ”{found.printed}” ({where}); {found.made} ({first_place(found)})."
    places = [
        f"{found.place}: {found.printed}",
        *(f"{cell.place}: {cell.text}" for cell in found.cells),
    ]
    return Finding("contradicts", found.rule, found.subject, places, text, [found.line])


def first_place(found: Wrong) -> str:
    """Where the first figure of a statement stands, in Swedish."""
    return in_swedish(found.cells[0].place)


def wrong_sums(table: ReadTable) -> Iterator[Finding]:
    """The findings about sums in columns that a table has beyond those of its seed."""
    beyond = {c.index for c in table.number_columns if not c.name}
    for one in arithmetic.sums(table) if table.source_table in PRINTED else ():
        for column in beyond.intersection(one.broken if one.held else ()):
            whole, *parts = (table.lines[i].figures[column] for i in (one.total, *one.parts))
            made = sum(part.number.value for part in parts if part.number)
            text = (
                f"{len(parts)} delar blir {swedish_number(made)}, summan "
                f"({in_swedish(whole.cell.place)}) är {whole.cell.text}. I andra kolumner "
                "stämmer det: en siffra, ett tecken eller en rad är fel."
            )
            places = [f"{f.cell.place}: {f.cell.text}" for f in (whole, *parts)]
            line = table.lines[one.total]
            subject = f"{table.title}, {line.label}"
            yield Finding("contradicts", "sum_of_parts", subject, places, text, [line.line])


def wrong_quotient(found: quotients.Quotient, table: ReadTable) -> Finding:
    """The finding about a share in per cent that the two figures that it is of do not make."""
    text = (
        f"{found.line.label}: {found.part.cell.text} är "
        f"{swedish_number(round(found.percent, 1))} procent av {found.whole.cell.text}; tryckt är "
        f"{found.share.cell.text} ({in_swedish(found.share.cell.place)}). I tabellens andra rader "
        "stämmer det: en siffra är fel."
    )
    places = [f"{f.cell.place}: {f.cell.text}" for f in (found.share, found.part, found.whole)]
    subject = f"{table.title}, {found.line.label}"
    return Finding("contradicts", "identity", subject, places, text, [found.line.line])


def broken(relation: Relation, line: Line, table: ReadTable) -> Finding:
    """The finding about one row whose figures do not make the one that they should."""
    columns = table.number_columns
    result = line.figures[columns[relation.result].index]
    terms = [(line.figures[columns[i].index], k) for i, k in relation.terms]
    total = sum(f.number.value * k for f, k in terms if f.number)
    printed = result.number
    if relation.either_sign and printed and total * printed.value < 0:
        # Less of a cost is more of a result: told as it is printed.
        total, terms = -total, [(f, -k) for f, k in reversed(terms)]
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
    places = [f"{f.cell.place}: {f.cell.text}" for f in (result, *(f for f, _ in terms))]
    return Finding(
        "contradicts", "identity", f"{table.title}, {line.label}", places, text, [line.line]
    )


def wrong_mean(found: arithmetic.Mean, table: ReadTable) -> Finding:
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


def wrong_year(found: arithmetic.Mean, table: ReadTable) -> Finding:
    """The finding about a year that is neither the sum of its parts nor among them."""
    text = (
        f"{found.line.label}: årets delar blir tillsammans {swedish_number(found.value)}; tryckt "
        f"är {found.figure.cell.text} ({in_swedish(found.figure.cell.place)}), som inte heller "
        "ligger mellan dem: en siffra är fel."
    )
    return of_parts(found, table, "sum_of_parts", text)


def of_parts(found: arithmetic.Mean, table: ReadTable, rule: str, text: str) -> Finding:
    """A finding about a figure that those it is made of do not make."""
    places = [f"{f.cell.place}: {f.cell.text}" for f in (found.figure, *found.parts)]
    subject = f"{table.title}, {found.line.label}"
    return Finding("contradicts", rule, subject, places, text, [found.line.line])


def wrong_print(found: Twice) -> Finding:
    """The finding about a figure that two tables print differently under two names."""
    one, other = (amount.figure.cell for amount in found.figures)
    first, second = (amount.figure.cell for amount in found.alike)
    text = (
        f"{one.text} ({in_swedish(one.place)}) och {other.text} ({in_swedish(other.place)}, "
        f"”{found.other.label}”) är samma uppgift men säger olika; {first.text} står i båda "
        f"({in_swedish(first.place)} och {in_swedish(second.place)})."
    )
    places = [f"{cell.place}: {cell.text}" for cell in (one, other, first, second)]
    lines = [printed.line.line for printed in (found.one, found.other) if printed.line]
    return Finding("contradicts", "same_concept", found.one.label, places, text, lines)
