"""A draft against itself and against last year's edition: findings with places.

The draft is written into the seeds of a copy of the project, built in a throw-away database, and
judged by the models that judge every report.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import zip_longest
from pathlib import Path

import duckdb

from bokslut import throw_away
from bokslut.throw_away import NotBuilt
from bokslut.transcription.reading import (
    cells,
    output,
    statements,
)
from bokslut.transcription.reading import draft as drafts
from bokslut.transcription.reading.claims.reader import Reader
from bokslut.transcription.reading.concepts.kinds import is_of_units
from bokslut.transcription.reading.draft.spots import Draft, Spot
from bokslut.transcription.reading.findings import Finding, in_swedish, wrong_statement
from bokslut.transcription.reading.output import Read
from bokslut.transcription.reading.readers import Progress, quiet
from bokslut.transcription.reading.statements.doubts import doubtful
from bokslut.transcription.reading.statements.fields import competitions
from bokslut.transcription.reading.statements.gaps import INCOME, OF_RESULT
from bokslut.transcription.reading.statements.printed import is_slip
from bokslut.transcription.reading.stream import NotRead
from bokslut.transcription.reading.table_findings import of_other_tables

NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
VERDICTS = ("contradicts", "questionable")


def read(
    sources: Sequence[Path],
    project: Path,
    template: str = "",
    report_year: int | None = None,
    progress: Progress = quiet,
) -> Read:
    """Reads a draft and its appendices as one document.

    Raises NotRead: one of them cannot be read, or nothing in them can be checked.
    """
    made = output.understand(sources, project, template, report_year, None, progress)
    if not any(t.number_columns for t in made.document.tables):
        raise NotRead(
            f"{sources[0].name}: ingen tabell med tal gick att känna igen. Väntat: en "
            "verksamhetsberättelse "
            "med tabeller."
        )
    return made


def findings(report: Read, project: Path, progress: Progress = quiet) -> list[Finding]:
    """What a draft contradicts, itself or last year's edition; contradictions first.

    Raises NotBuilt: the models of the project do not build with it.
    """
    sentences = list(Reader(report.document, report.concepts).sentences())
    held = list(statements.held(report.document, sentences))
    sizes = {
        str(len(one.names))
        for one in competitions(report.document.tables)
        if is_of_units(one.table)
    }
    claims = [
        claim
        for claim in report.claims
        if not any(one.says(claim) for one in held)
        # Whoever leads the units is one of them, or not.
        and not (claim.measure_code == "antal_verksamheter" and claim.read_text in sizes)
    ]
    report = replace(report, claims=claims)
    doubted = set(doubtful(report.document, report.concepts))
    with throw_away.copy_of(project) as copy:
        progress("skriver utkastet", 0, 1)
        draft = drafts.write(report, copy)
        told = partial(progress, "prövar talen mot varandra")
        made = throw_away.run(copy, told, ("build", "--select", "+fct_check_figures", *NO_TESTS))
        for name, why in throw_away.broken(made).items():
            raise NotBuilt(f"Utkastet gick inte att pröva i databasen: {name}: {why}"[:900])
        found = [doubting(f, doubted) for f in of_database(copy / throw_away.DATABASE, draft)]
    found += not_told_by(found, of_other_tables(report))
    found += (wrong_statement(one.wrong()) for one in held if one.is_wrong)
    asked = {f"{q.place}: {q.printed_text}" for q in cells.questions(report.document)}
    tables = report.document.tables
    open_lines = {line.line for t in tables for line, figure in t.figures() if figure.question}
    places = [LINE.fullmatch(q.place) for table in tables for q in table.questions]
    open_lines |= {int(place[1]) for place in places if place}
    return sorted(
        merged([asking(finding, asked, open_lines) for finding in found]),
        key=lambda f: (VERDICTS.index(f.verdict), f.is_silence, min(f.lines, default=0)),
    )


def not_told_by(found: Sequence[Finding], others: Iterable[Finding]) -> list[Finding]:
    """The findings whose two first figures no contradiction of some has both."""
    told = [set(one.places) for one in found if one.verdict == "contradicts"]
    return [one for one in others if not any(set(one.places[:2]) <= places for places in told)]


MISREAD = "Något av talen kan vara felläst ur filen."
OF_SOMETHING_ELSE = "Meningen kan handla om något annat än tabellens rad."
LINE = re.compile(r"line (\d+)")
"""A place in a plain text."""


def doubting(finding: Finding, doubted: Container[str]) -> Finding:
    """A contradiction of the warehouse that rests on a sentence that may be of something else is a
    question; any other finding is as it was.

    `doubted`: the places of such sentences, with their prints.
    """
    is_doubted = any(place in doubted for place in finding.places)
    return asked_about(finding, OF_SOMETHING_ELSE) if is_doubted else finding


def asked_about(finding: Finding, why: str) -> Finding:
    """A contradiction as a question, with why it may be none."""
    if finding.verdict != "contradicts":
        return finding
    told = f"{finding.explanation_sv} {why}"
    return replace(finding, verdict="questionable", explanation_sv=told)


def asking(finding: Finding, asked: Container[str], open_lines: Iterable[int]) -> Finding:
    """A contradiction that rests on a figure that may be misread, or of a sum among whose rows one
    may be, is a question; any other finding is as it was.

    Args:
        finding: of the warehouse.
        asked: the places, with their prints, that the reading itself asks about.
        open_lines: the lines of rows with such places.
    """
    is_asked = any(place in asked for place in finding.places)
    if finding.rule == "sum_of_parts" and finding.lines:
        first, last = min(finding.lines), max(finding.lines)
        is_asked = is_asked or any(first <= line <= last for line in open_lines)
    return asked_about(finding, MISREAD) if is_asked else finding


def of_database(database: Path, draft: Draft) -> Iterator[Finding]:
    """The findings among the checks of the draft."""
    with duckdb.connect(str(database), read_only=True) as connection:
        checks = connection.execute(
            "select check_id, verdict, rule, subject, explanation_sv, left_figure_id,"
            " rule in ('prose_value', 'prose_change', 'same_concept')"
            " and (left_value < 0) <> (right_value < 0)"
            " and abs(left_value + right_value) <= tolerance,"
            " rule = 'prose_direction' and left_value < 0 and right_value < 0,"
            " case when rule = 'prose_value' then left_value end, right_value"
            " from marts.fct_reconciliations"
            " where report_id = ? and verdict in ('contradicts', 'questionable')"
            # Goals of which none has an indicator: the draft's tables do not say whose theirs are.
            " qualify rule <> 'goal_evidence' or max(right_value) over (partition by rule) > 0"
            " order by check_id",
            [draft.report_id],
        ).fetchall()
        earlier = {
            figure: Spot(f"{report_id}, line {line}", printed, 0)
            for figure, report_id, line, printed in connection.execute(
                "select figure_id, report_id, source_line_first, printed_text"
                " from intermediate.int_figures__matched where report_id <> ?",
                [draft.report_id],
            ).fetchall()
        }
        figures: dict[str, list[str]] = {}
        rows = connection.execute(
            "select check_id, figure_id from marts.fct_check_figures where report_id = ?"
            " order by check_id, case figure_role when 'right' then 1 when 'left' then 2 when "
            "'part' then 3 else 4 end,"
            " figure_id",
            [draft.report_id],
        ).fetchall()
    for check_id, figure_id in rows:
        figures.setdefault(check_id, []).append(figure_id)
    for check_id, verdict, rule, subject, explanation, left, *signs, one, other in checks:
        is_opposite, is_below = signs
        if is_below and not OF_RESULT.search(subject):
            # What costs more is printed further below nought.
            continue
        own = [draft.spots[f] for f in figures.get(check_id, []) if f in draft.spots]
        if left in earlier:
            own.append(earlier[left])
        said = own[:1] if rule == "prose_change" else own
        # One table prints costs below nought, another above; that of a deviation says more.
        are_tables = all("table" in spot.place for spot in own) and rule != "prose_change"
        is_cost = are_tables and not OF_BOTH_SIGNS.search(subject)
        is_of_one_way = is_cost or (INCOME.search(subject) and not OF_RESULT.search(subject))
        if is_opposite and (
            is_of_one_way or not any(SIGNED.search(spot.printed_text) for spot in said)
        ):
            # Only the facts have signs, and the words of the sentence say which way it went; an
            # income beside costs may be printed below nought.
            continue
        others = others_of(check_id, rule, explanation or "", own, draft)
        named = list(dict.fromkeys([*own, *others]))
        finding = Finding(
            verdict,
            rule,
            subject,
            [told(spot) for spot in named],
            with_places(explanation or "", draft),
            [spot.line for spot in named if spot.line],
        )
        yield asked_about(finding, OF_SOMETHING_ELSE) if is_far(one, other) else finding


FAR = Decimal("1.5")
"""How many times a figure another is that is of something else, or typed wrongly by more than a
digit or a unit of measure."""
NEAR = Decimal("0.03")
"""How far from a thousand times a figure one in another unit of measure is, as both are rounded."""


def is_far(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two figures are too far apart to be one that was typed wrongly."""
    if not one or not other:
        return False
    less, more = sorted((abs(one), abs(other)))
    digits = [f"{value.normalize():f}".replace(".", "").strip("0") for value in (less, more)]
    is_in_other_unit = any(abs(more / less / times - 1) < NEAR for times in (1000, 1_000_000))
    return more > FAR * less and not is_slip(*digits) and not is_in_other_unit


OF_BOTH_SIGNS = re.compile(r"resultat|avvikelse|förändring|balans|överskott", re.IGNORECASE)
"""What is something else above nought than below."""
SIGNED = re.compile(r"[-−–+]|skott|plus|minus", re.IGNORECASE)
"""What a print says the sign of a number with."""
FIGURE_ID = re.compile(r"[a-z0-9-]+\.[a-z_]+\.\d+\.[a-z_]+")


def others_of(
    check_id: str, rule: str, explanation: str, named: Sequence[Spot], draft: Draft
) -> Iterator[Spot]:
    """The other figures and words of a check: in its id, in its row, on the lines that it cites."""
    for figure in FIGURE_ID.findall(check_id):
        if figure in draft.spots:
            yield draft.spots[figure]
        if rule == "identity":
            row = figure.rpartition(".")[0] + "."
            yield from (
                spot
                for key, spot in draft.spots.items()
                if key.startswith(row)
                and key != figure
                and spot.printed_text in explanation.split()
            )
    here = OF_EARLIER.sub("", explanation)
    cited = {int(n) for n, _ in LINES.findall(here)} - {spot.line for spot in named}
    for line in sorted(cited):
        there = [spot for spot in draft.spots.values() if spot.line == line and spot.printed_text]
        yield from [s for s in there if s.printed_text in explanation] or there[:1]
    if len(named) == 1 and not cited:
        # Figures that an explanation names without their lines: the nearest ones printed so.
        for text in re.findall(r"\d+,\d+", explanation):
            alike = [s for s in draft.spots.values() if s.printed_text == text and s not in named]
            yield from sorted(alike, key=lambda s: abs(s.line - named[0].line))[:1]


def told(spot: Spot) -> str:
    """A place with what is printed there: `line 133: 5,4`."""
    return f"{spot.place}: {spot.printed_text}"


LINES = re.compile(r"\brad (\d+)(?:[–-](\d+))?")
OF_EARLIER = re.compile(r"\bi rapporten för \d{4} \(rad [^)]*\)")
"""Where an explanation cites the lines of another report."""


def with_places(explanation: str, draft: Draft) -> str:
    """An explanation with the document's own places for lines of the stream that it has no lines
    of."""

    def place(found: re.Match[str]) -> str:
        where = draft.lines.get(int(found[1]), "")
        return found[0] if not where or where.startswith("line") else in_swedish(where)

    earlier = [found[0] for found in OF_EARLIER.finditer(explanation)]
    parts = [LINES.sub(place, part) for part in OF_EARLIER.split(explanation)]
    return "".join(a + b for a, b in zip_longest(parts, earlier, fillvalue=""))


def merged(found: Sequence[Finding]) -> list[Finding]:
    """The findings, each once."""
    kept: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
    for finding in found:
        kept.setdefault((finding.rule, finding.subject, tuple(finding.places)), finding)
    return list(kept.values())


def exit_code(found: Sequence[Finding]) -> int:
    """1 where something contradicts, else 0."""
    return int(any(f.verdict == "contradicts" for f in found))
