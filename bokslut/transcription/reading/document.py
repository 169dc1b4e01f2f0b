"""A document as understood: its year, its tables, what stands between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from bokslut.transcription.reading import (
    apart,
    arithmetic,
    goals,
    heads,
    lines,
    recognise,
    repair,
    tables,
    words,
)
from bokslut.transcription.reading.goals import Event, Goal
from bokslut.transcription.reading.judged import mark_targets
from bokslut.transcription.reading.labels import alike, normal, scanned
from bokslut.transcription.reading.lines.entry import entries_of
from bokslut.transcription.reading.lines.found import FoundTable, find
from bokslut.transcription.reading.lines.pieces import Names, learn
from bokslut.transcription.reading.lines.stacked import in_rows
from bokslut.transcription.reading.stream import Block, Cell, Paragraph, Row, Stream, Table
from bokslut.transcription.reading.tables.columns import (
    date_budgets,
    date_rows,
    settle_columns,
    unit_of_all,
    unit_of_note,
)
from bokslut.transcription.reading.tables.segments import (
    LIKE_HEADS,
    goes_on,
    put_together,
    with_head_parted,
    with_rest_of_label,
)
from bokslut.transcription.reading.tables.table import (
    Column,
    Question,
    ReadTable,
    count_by_gender,
    count_parts,
    set_genders_apart,
)
from bokslut.transcription.reading.template import Template

TITLE = re.compile(
    r"(?:verksamhetsber[aä]ttelse|[aå]rsredovisning|[aå]rsber[aä]ttelse|[aå]rsbokslut|bokslut|"
    r"[aå]rsrapport|n[aä]mndens? [aå]r|del[aå]rsrapport)\D{0,60}((?:19|20)\d\d)",
    re.IGNORECASE,
)
ABOVE = 4
"""How many paragraphs above a table can hold its name and unit of measure."""


@dataclass
class Document:
    """A document as understood.

    Attributes:
        stream: as read.
        template: what was known beforehand.
        report_year: the year that it reports.
        tables: its tables, in order.
        prose: paragraphs that no table takes.
        goals, events: as it lists them.
        questions: about the document as a whole.
        has_points: between the thousands of its numbers.
    """

    stream: Stream
    template: Template
    report_year: int
    tables: list[ReadTable] = field(default_factory=list)
    prose: list[Paragraph] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    has_points: bool = False


def understand(stream: Stream, template: Template, report_year: int | None = None) -> Document:
    """Finds the tables of a stream and reads them."""
    marks = template.marks_of()
    found: list[ReadTable] = []
    prose: list[Paragraph] = []
    above: list[Paragraph] = []
    latest: list[ReadTable] = []
    blocks = over_pages(with_captions_apart(joined(stream.blocks)))
    for block in captions_above(list(blocks)):
        if isinstance(block, Paragraph):
            prose.append(block)
            if block.text.strip():
                unit = unit_of_note(block.text)
                for table in latest if unit else ():
                    table.unit_of_measure = table.unit_of_measure or unit
                latest = []
                above = [*above, block][-ABOVE:]
        else:
            above = [p for p in above if sheet_of(p.place) == sheet_of(block.place)]
            block, above = with_cut_head(block, above)
            latest = tables.read_tables(block, above, marks)
            found += latest
            above = []
    year = report_year or year_of(stream, found)
    document = Document(stream, template, year, found, prose)
    unit = unit_of_all(prose)
    go_on(found, unit)
    for table in found:
        repair.part_columns(table, marks)
        settle_columns(table, year)
        tables.read_figures(table, marks, template.is_minus_in_parentheses)
    repair.minus_in_parentheses(found)
    document.has_points = repair.points_between_thousands(found)
    for table in found:
        if stream.is_scanned:
            repair.lost_spaces(table)
        repair.resolve(table)
        arithmetic.mark_percent(table)
        date_budgets(table)
        date_rows(table)
        arithmetic.mark_deviations(table)
        mark_targets(table)
        if stream.is_scanned:
            repair.ask_about_blanks(table)
    if stream.is_text:
        read_lines(document, report_year)
    if not document.goals:
        document.goals = list(goals_of_tables(document))
    for table in document.tables:
        if table.is_scanned or stream.is_scanned:
            repair.percent_of_labels(table)
        set_genders_apart(table)
        count_parts(table)
        count_by_gender(table)
        if table.is_headless and table.number_columns:
            if not recognise.recognise_headless(table, template, document.report_year):
                ask_for_heads(
                    table, table.number_columns, "Tabellen saknar rubrikrad. Vad är dess kolumner?"
                )
            continue
        bare = [
            c
            for c in table.number_columns
            if not any(map(str.isalnum, c.head.text))
            and not c.unit_of_measure
            and not heads.SIGNS.search(c.head.text)
        ]
        ask_for_heads(table, bare, "Kolumnen saknar rubrik. Vad är den?")
        recognise.recognise(table, template, document.report_year)
        if table.is_scanned or stream.is_scanned:
            odd = [table.number_columns[i] for i in arithmetic.no_differences(table)]
            ask_for_heads(table, odd, "Talen är ingen skillnad mellan andra. Vad är kolumnen?")
            ask_for_heads(table, repair.undated(table), "Kolumnens år saknas. Vilket är det?")
        same = [c for c in table.number_columns if of_same_head(c, table) > 1]
        ask_for_heads(table, same, "Rubriken står över flera kolumner. Vad skiljer dem åt?")
    for table in document.tables:
        if table.source_table in recognise.OF_MONEY:
            table.unit_of_measure = table.unit_of_measure or unit
        if table.is_scanned or stream.is_scanned:
            repair.doubt(table)
    document.questions += two_reports(document)
    document.questions += list(without_sum(document))
    return document


def with_captions_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the numbered name that stands so close below a table that it was read as its
    last row below it."""
    for block in blocks:
        *rows, last = block.rows if isinstance(block, Table) else ((), None)
        if isinstance(block, Table) and last and len(rows) > 1 and CAPTION.match(last.text.strip()):
            yield Table(tuple(rows), block.place, block.title)
            yield Paragraph(last.text.strip(), last.cells[0].place, last.line)
        else:
            yield block


def over_pages(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with each paragraph that goes on at the top of the next page in one."""
    before: Paragraph | None = None
    for block in blocks:
        if before and isinstance(block, Paragraph) and is_rest(block, before):
            before = replace(
                before, text=f"{before.text} {block.text}", marks=before.marks + block.marks
            )
            continue
        if before:
            yield before
        before = block if isinstance(block, Paragraph) else None
        if before is None:
            yield block
    if before:
        yield before


def is_rest(paragraph: Paragraph, before: Paragraph) -> bool:
    """Whether a paragraph goes on with a sentence of the page before."""
    pages = [PAGE.match(p.place) for p in (paragraph, before)]
    is_next = all(pages) and len({page[0] for page in pages if page}) > 1
    is_open = not before.heading and before.text.rstrip()[-1:] not in (*".!?:;", "")
    return is_next and is_open and paragraph.text[:1].islower()


PAGE = re.compile(r"page \d+")


def captions_above(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the name of each table above it, where names stand below tables: numbered
    ones, or those of nearly all tables."""
    found = [b for b in blocks if isinstance(b, Table) or b.text.strip()]
    tables_at = [at for at, block in enumerate(found) if isinstance(block, Table)]
    for is_name in (is_caption, is_bare_name, is_name_with_unit):
        above = {at for at in tables_at if at and is_name(found[at - 1])}
        below = {at for at in tables_at if at + 1 < len(found) and is_name(found[at + 1])}
        # Between two tables a name may be of either: the first or the last tells.
        is_numbered = is_name is is_caption and len(below) > 1
        is_usual = len(below) > max(2, 0.7 * len(tables_at)) and len(above) * 4 < len(below)
        if len(below - above) > len(above - below) and (is_numbered or is_usual):
            for at in below:
                found[at : at + 2] = found[at + 1], found[at]
            return found
    return list(blocks)


CAPTION = re.compile(r"tab(?:ell|\.) ?(?:[A-ZÅÄÖ]\.?)?\d+(?:\.\d+)?\b(?!.*\.\s*$)", re.IGNORECASE)


def is_caption(block: Block) -> bool:
    """Whether a block is the numbered name of a table: *Tabell 3: Inkomna ärenden*."""
    return isinstance(block, Paragraph) and bool(CAPTION.match(block.text.strip()))


NOTE = re.compile(r"(?:källa|not|anm|\*)\b", re.IGNORECASE)
LONGEST_NAME = 90


def is_bare_name(block: Block) -> bool:
    """Whether a block may be the name of a table without a number, and is no heading and no
    sentence: *Investeringar, mnkr*."""
    if not isinstance(block, Paragraph) or block.heading:
        return False
    text = block.text.strip()
    is_short = len(text) <= LONGEST_NAME and text[:1].isupper()
    return is_short and text[-1:] not in (*".!?:;",) and not NOTE.match(text)


def is_name_with_unit(block: Block) -> bool:
    """Whether a block, a heading or not, is such a name with a unit of measure in it."""
    return (
        isinstance(block, Paragraph)
        and is_bare_name(replace(block, heading=False))
        and (heads.unit_in(block.text) is not None or OF_COUNTS.search(block.text) is not None)
    )


OF_COUNTS = re.compile(r"\bantal\b", re.IGNORECASE)


def with_cut_head(table: Table, above: list[Paragraph]) -> tuple[Table, list[Paragraph]]:
    """A table whose head alone stood on the page before, with what stood below that as sections."""
    head = normal(table.rows[0].text) if table.rows else ""
    for index, paragraph in enumerate(above):
        if head and normal(paragraph.text) == head:
            sections = tuple(Row((Cell(p.text, p.place, 1),), p.line) for p in above[index + 1 :])
            rows = (table.rows[0], *sections, *table.rows[1:])
            return Table(rows, table.place, table.title), above[:index]
    return table, above


LEAST_WORDS = 12
"""So many small words of a language are needed to call a text by it."""


def other_language(document: Document) -> str:
    """The language of the running text, in Swedish, where it is not Swedish; else empty."""
    languages: dict[str, set[str]] = {}
    for row in words.table("languages"):
        languages.setdefault(row["language"], set()).add(row["word"])
    said = Counter(re.findall(r"[^\W\d_]+", " ".join(p.text for p in document.prose).lower()))
    counted = {name: sum(said[w] for w in some) for name, some in languages.items()}
    ours = counted.pop("svenska")
    most = max(counted, key=lambda name: counted[name])
    return most if counted[most] >= LEAST_WORDS and counted[most] > 2 * ours else ""


def sheet_of(place: str) -> str:
    """The sheet that a place of a workbook is on; empty for other documents."""
    return place.partition("!")[0] if "!" in place else ""


def ask_for_heads(table: ReadTable, columns: Sequence[Column], text: str) -> None:
    """One question about columns of which nothing says what they are."""
    if not columns:
        return
    figures = [f for _, f in table.figures() if f.column in columns]
    printed = " | ".join(f.cell.text for f in figures[: len(columns)])
    question = Question(
        figures[0].cell.place if figures else table.place,
        printed,
        f"{table.title}: {text}".lstrip(": "),
    )
    for figure in figures:
        figure.question = figure.question or question


def of_same_head(column: Column, table: ReadTable) -> int:
    """How many columns that no template knows have the same head, with nothing that tells them
    apart."""
    return sum(
        bool(c.head.text)
        and not c.name
        and (c.head.text.lower(), c.entity, c.fiscal_year, c.unit_of_measure)
        == (column.head.text.lower(), column.entity, column.fiscal_year, column.unit_of_measure)
        for c in table.number_columns
    )


def is_called(table: ReadTable, name: str) -> bool:
    """Whether a table is one of a template's, or has its name."""
    return table.source_table == name or (
        not table.source_table and name in recognise.name_in(table.title)
    )


def scenarios(table: ReadTable) -> list[str | None]:
    """What the columns of figures of a table say, in their order."""
    return [column.scenario for column in table.number_columns]


SUMMED = ("driftsammandrag", "investeringar")
"""Tables that end with a sum in every report that has them."""


def without_sum(document: Document) -> Iterator[Question]:
    """The question about a table that should end with a sum and does not: cut off, or a row
    misread."""
    for name in SUMMED:
        ours = [t for t in document.tables if is_called(t, name) and t.number_columns]
        rows = [line for table in ours for line in table.lines if line.figures]
        if len(rows) < 3 or any(line.is_total for line in rows):
            continue
        if any(table_sums.held for table in ours for table_sums in arithmetic.sums(table)):
            continue
        called = document.template.table_names.get(name, name)
        yield Question(
            ours[-1].place,
            rows[-1].label,
            f"{called} slutar med ”{rows[-1].label}” och har ingen summa. Väntat: en rad med "
            "summan "
            "sist. Är tabellen avklippt?",
        )


def two_reports(document: Document) -> list[Question]:
    """The question about a file in which the same printed table comes again with the same rows."""
    seen: dict[str, ReadTable] = {}
    for table in document.tables:
        if not is_called(table, "driftsammandrag") or len(table.lines) < 3:
            continue
        key = scanned("".join(line.label for line in table.lines[:4]))
        before = seen.setdefault(key, table)
        if before is not table and scenarios(before) == scenarios(table):
            return [
                Question(
                    table.place,
                    table.title,
                    f"Samma tabell står också på {before.place}: filen verkar rymma två "
                    "rapporter. Väntat: en rapport.",
                )
            ]
    return []


def is_head_of(before: ReadTable, again: ReadTable) -> bool:
    """Whether a table has the head of the one before it once more: it goes on on a new page."""
    printed = [" ".join(c.head.text for c in t.columns) for t in (before, again)]
    return bool(again.columns[0].head.text) and alike(*printed) >= LIKE_HEADS


def go_on(tables_of: Sequence[ReadTable], unit: str | None = None) -> None:
    """Gives a table that begins with the head of the one before it that one's unit of measure, and
    its title where it has none. A table of its own has the `unit` of all amounts, if there is one.
    """
    for before, again in pairwise(tables_of):
        is_named = again.title != again.columns[0].head.text
        if again.unit_of_measure or (unit and is_named) or not is_head_of(before, again):
            continue
        again.unit_of_measure = before.unit_of_measure
        if not is_named:
            again.title = before.title


def read_lines(document: Document, report_year: int | None) -> None:
    """Reads the tables, goals and events that only lines of a plain text make."""
    template = document.template
    marks = template.marks_of()
    entries = in_rows(entries_of(document.prose, marks), marks)
    raw = list(find(entries, template, marks))
    if not report_year and raw:
        document.report_year = year_of_lines(document, raw)
    names = Names(template)
    document.goals = goals.find(entries)
    for goal in document.goals:
        for printed in (goal.front, goal.heading):
            if printed:
                names.goals[scanned(printed.label)] = printed.label
    for one in raw:
        if any("driftsammandrag" in recognise.name_in(e.text) for e in one.head):
            learn(one.body, names)
    read = [lines.read(one, names, template, document.report_year) for one in raw]
    go_on(read)
    made = apart.put_together(raw, read)
    for table in made:
        table.is_scanned = True
        settle_columns(table, document.report_year)
    # One byte for each line: a set of the numbers of a million lines takes fifty times as much.
    taken = bytearray(1 + max((p.line for p in document.prose), default=0))
    for entry in (e for one in raw for e in (*one.head, *one.body, *one.below)):
        taken[entry.line] = True
    for line in (line for table in made for line in table.lines):
        for number in range(line.line, line.line_last + 1):
            taken[number] = True
    document.events = goals.events([e for e in entries if not taken[e.line]])
    document.prose = [p for p in document.prose if not taken[p.line]]
    document.tables = sorted([*document.tables, *made], key=first_line)


def goals_of_tables(document: Document) -> Iterator[Goal]:
    """The goals that tables judge or put indicators under, each once; its own heading where it has
    one."""
    found: dict[str, Goal] = {}
    for table in document.tables:
        label_heads = [c.head.text for c in table.columns if c.kind == "label"]
        named = " ".join([table.title, *label_heads])
        if not re.search(r"\bm.{0,2}l", named, re.IGNORECASE):
            continue
        is_of_goals = not table.number_columns or (
            len(label_heads) == 1 and heads.is_goal_word(label_heads[0])
        )
        # Of judgements of several years the latest is the report's.
        latest = [
            c.index for c in sorted(table.columns, key=lambda c: -max(c.head.years, default=0))
        ]
        for line in table.lines:
            if not is_of_goals:
                label, judgement, at = (
                    line.section or (line.group if is_goal_head(label_heads) else ""),
                    "",
                    line.line,
                )
            else:
                label, at = line.label, line.line
                texts = [goals.bare(line.texts[c].text) for c in latest if c in line.texts]
                judgement = next((text for text in texts if goals.status_of(text)), "")
                if not judgement and texts and not table.number_columns:
                    judgement = texts[0]
            if not label or heads.gender_word(label):
                continue
            goal = found.setdefault(scanned(label), Goal(goals.GoalPrint(label, "", at), None))
            if judgement and not goal.judgement:
                goal.judgement, goal.judgement_line = judgement, at
    current: Goal | None = None
    judged: set[int] = set()
    for paragraph in document.prose:
        goal, rest = heading_goal(paragraph, found)
        if goal:
            current = goal
            if goal.heading is None or id(goal) not in judged:
                # In a list of all goals first, then over its own section.
                goal.heading = goals.GoalPrint(goal.label, rest, paragraph.line)
        elif (
            current
            and id(current) not in judged
            and re.match(r"[^.]{0,40}\bm.{1,2}let\b", paragraph.text, re.IGNORECASE)
        ):
            judgement = goals.judgement_in(paragraph.text)
            if judgement:
                judged.add(id(current))
                if current.front and current.judgement:
                    current.front.icon = current.judgement
                current.judgement, current.judgement_line = judgement, paragraph.line
    yield from found.values()


def is_goal_head(label_heads: Sequence[str]) -> bool:
    """Whether the first column of labels is that of goals."""
    return len(label_heads) > 1 and heads.is_goal_word(label_heads[0])


def heading_goal(paragraph: Paragraph, found: dict[str, Goal]) -> tuple[Goal | None, str]:
    """The goal whose name a short paragraph is, and the status that may stand behind it."""
    words = paragraph.text.split()
    if len(paragraph.text) <= 90:
        for taken in (len(words), len(words) - 1, len(words) - 2):
            if goal := found.get(scanned(" ".join(words[:taken]))) if taken > 0 else None:
                return goal, " ".join(words[taken:])
    return None, ""


def first_line(table: ReadTable) -> int:
    """The first line of a table in the stream."""
    return min([*table.head_lines, *(line.line for line in table.lines)], default=0)


def year_of_lines(document: Document, found: Sequence[FoundTable]) -> int:
    """The year of a plain text: its title's, else the latest that heads have often."""
    in_heads = {entry.line for one in found for entry in one.head}
    titled = years_of_titles(p.text for p in document.prose[:60] if p.line not in in_heads)
    years = Counter(y for one in found for entry in one.head for y in heads.years_of(entry.text))
    if titled and titled[0] in years:
        return titled[0]
    often = max(years.values(), default=0)
    return max((y for y, n in years.items() if n * 3 >= often), default=document.report_year)


def years_of_titles(texts: Iterable[str]) -> list[int]:
    """The years of texts that are titles of a report, and no sentences that speak of one."""
    return [
        int(m[1])
        for text in texts
        if (m := TITLE.search(text)) and not text.rstrip().endswith((".", ":"))
    ]


GOES_ON = re.compile(r"\W*(?:forts(?:\.|ättning\w*)?|tabell \d+,? forts\.?)?\W*", re.IGNORECASE)


def joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with each table that goes on in the next one put together again.

    It goes on where nothing stands between, and the next has the same head or none.
    """
    before: Table | None = None
    between: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            if before and (rest := rest_below_head(block, before)):
                before = with_rest_of_label(before, rest)
                continue
            if before and (
                GOES_ON.fullmatch(block.text)
                or is_section(block, before, between)
                or is_rest_of_label(block, before, between)
            ):
                between.append(block)
                continue
            if before:
                yield before
                before = None
            yield from between
            between = []
            yield block
        elif before and goes_on(
            before, block := with_head_parted(before, with_rests(block, between))
        ):
            sections = tuple(
                Row((Cell(p.text, p.place, 1),), p.line)
                for p in between
                if p.place.startswith("line")
            )
            before = put_together(Table(before.rows + sections, before.place, before.title), block)
            between = []
        else:
            if before:
                yield before
            yield from between
            before, between = block, []
    if before:
        yield before
    yield from between


def rest_below_head(paragraph: Paragraph, before: Table) -> str:
    """The rest of the last label of a table that stands on the next page below its head, with no
    row behind it; empty for none."""
    head = " ".join(cell.text for cell in before.rows[0].cells if cell.text)
    printed, rest = paragraph.text[: len(head)], paragraph.text[len(head) :].strip()
    is_again = bool(head) and printed == head and paragraph.place.startswith("page ")
    return rest if is_again and rest[:1].islower() and len(rest) < LONGEST_REST else ""


LONGEST_REST = 40


def is_rest_of_label(paragraph: Paragraph, before: Table, between: list[Paragraph]) -> bool:
    """Whether a paragraph may be the rest of the last label of a table on the page before."""
    pages = [place.partition(",")[0] for place in (before.place, paragraph.place)]
    text = paragraph.text.strip()
    is_rest = text[:1].islower() and len(text) < LONGEST_REST and not text.endswith((".", ":"))
    return is_rest and not between and pages[0] != pages[1] and pages[1].startswith("page ")


def with_rests(table: Table, between: Sequence[Paragraph]) -> Table:
    """A table with the rests of labels that stand above it as its first rows."""
    rests = [p for p in between if p.place.startswith("page ") and p.text[:1].islower()]
    rows = [Row((Cell(p.text.strip(), p.place, 1),), p.line) for p in rests]
    return Table((*rows, *table.rows), table.place, table.title)


def is_section(paragraph: Paragraph, before: Table, between: list[Paragraph]) -> bool:
    """Whether a line of a plain text may be a heading inside a table: right under a row of it."""
    above = between[-1].line if between else before.rows[-1].line
    text = paragraph.text.strip()
    return (
        paragraph.place.startswith("line")
        and paragraph.line == above + 1
        and 0 < len(text) < 60
        and not text.endswith(".")
        and not between
    )


def year_of(stream: Stream, found: Sequence[ReadTable]) -> int:
    """The year that a document reports: its title's, else the latest outcome's."""
    first = [b.text for b in stream.blocks if isinstance(b, Paragraph)][:40]
    titled = years_of_titles(first)
    outcomes = Counter(
        year
        for table in found
        for column in table.number_columns
        if column.head.scenario in (None, "outcome")
        for year in column.head.years[-1:]
    )
    if titled and (not outcomes or titled[0] in outcomes or titled[0] - 1 not in outcomes):
        return titled[0]
    if outcomes:
        often = max(outcomes.values())
        return max(year for year, times in outcomes.items() if times * 3 >= often)
    named = re.findall(r"(?:19|20)\d\d", stream.source.stem)
    if named:
        return int(named[-1])
    spoken = Counter(y for text in first for y in heads.years_of(text))
    return spoken.most_common(1)[0][0] if spoken else 0
