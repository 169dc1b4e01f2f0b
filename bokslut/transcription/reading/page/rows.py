"""Which lines of a table are of one row, and which words of one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from bokslut.transcription.reading import numbers
from bokslut.transcription.reading.page.boxes import (
    GridCell,
    Rule,
    TextLine,
    Word,
    close_pieces,
    is_figure,
    is_figure_like,
    text_of,
)
from bokslut.transcription.reading.page.columns import column_at, has_figures, whole
from bokslut.transcription.reading.page.extent import OVER, TableLine, is_over
from bokslut.transcription.reading.tables.table import total


def grouped_rows(
    rows: list[TableLine], columns: list[tuple[float, float]], lying: Sequence[Rule]
) -> list[list[TextLine]]:
    """Lines grouped into the rows of a table: a wrapped label is one row with its figures."""
    bands = [r.at for r in lying if r.end - r.start > 0.5 * (columns[-1][1] - columns[0][0])]
    clusters = overlapping(rows)
    figured = [any(has_figures(row, columns) for row in rows) for rows in clusters]
    heads_of = [any(row.is_head for row in rows) for rows in clusters]
    lasts = [rows[-1] for rows in clusters]
    firsts = [rows[0] for rows in clusters]
    pairs = list(zip(lasts, firsts[1:], strict=False))
    gaps = [b.line.top - a.line.bottom for a, b in pairs]

    def ruled(above: TextLine, below: TextLine) -> bool:
        return any(above.bottom - 2.5 < y < below.top + 2.5 for y in bands)

    apart = [
        ruled(a.line, b.line)
        for (a, b), (x, y) in zip(pairs, pairwise(figured), strict=True)
        if x and y
    ]
    is_ruled = bool(apart) and sum(apart) >= 0.9 * len(apart)
    between = [g for g, (x, y) in zip(gaps, pairwise(figured), strict=False) if x and y]
    usual = median(between) if between else None
    # Where rows stand apart as by a ruler, a little less space tells that a line goes on.
    is_even = len(between) > 2 and max(between) - min(between) < 0.02 * rows[0].line.height
    rest = space_of_rests(gaps, figured, heads_of, rows[0].line.height)
    # The least space above a line with figures: what stands closer goes on with the line above it.
    row_gap = min(
        (gap for gap, is_figured in zip(gaps, figured[1:], strict=True) if is_figured), default=0.0
    )
    # A table that has sections begins with one, and no section stands before a sum.
    before = figured.index(True) - 1 if any(figured) else -1
    has_sections = (
        before >= 0
        and not heads_of[before]
        and {column_at(columns, word) for word in firsts[before].line.words} == {0}
    )
    ends = [total(row.line.segments()[0][0].text) for row in firsts[1:]] + [False]
    groups: list[list[int]] = [[0]]
    for number in range(1, len(clusters)):
        previous, row = groups[-1], firsts[number]
        above, height, gap = lasts[number - 1].line, row.line.height, gaps[number - 1]
        if (
            (figured[number] and any(figured[i] or heads_of[i] for i in previous))
            or (heads_of[number - 1] and heads_of[number])
            or (heads_of[number] and comes_again(row) and not row.is_data)
            or (
                figured[number]
                and are_heads([r for i in previous for r in clusters[i]], row, columns)
            )
        ):
            joins = False
        elif is_ruled:
            joins = not ruled(above, row.line)
        elif rest is not None and not figured[number] and gap > -OVER * height:
            joins = gap < rest
        elif (
            is_even
            and usual is not None
            and -OVER * height < gap < usual - (0.05 if goes_on(above, row.line) else 0.12) * height
        ):
            joins = True
        elif usual is not None and usual > 0.35 * height and abs(usual - gap) > 0.15 * height:
            # Rows stand further from each other than the lines of one row.
            joins = gap < usual
        elif gap > 0.8 * height:
            joins = False
        else:
            is_rest = not figured[number] and is_rest_of_label(
                above, row.line, columns, may_head=has_sections and not ends[number]
            )
            is_rest_in_column = goes_on(above, beneath(above, row.line, columns)) or (
                not figured[number] and is_rest_of_cells(lasts[number - 1], row, columns)
            )
            joins = is_rest_in_column or gap < row_gap + (0.1 if is_rest else -0.3) * height
        if joins and not (figured[number] and would_fit(lasts[number - 1], row, columns)):
            previous.append(number)
        else:
            groups.append([number])
    return [[row.line for i in group for row in clusters[i]] for group in groups]


def space_of_rests(
    gaps: Sequence[float], figured: Sequence[bool], heads_of: Sequence[bool], height: float
) -> float | None:
    """Below which space a line without figures is the rest of the row above, where the spaces above
    rows are all the same and some above such lines are a little less, the same too; None where they
    do not tell."""
    above = [gap for gap, is_figured, is_head in zip(gaps, figured[1:], heads_of, strict=False)
             if is_figured and not is_head]  # fmt: skip
    if len(above) < FEWEST_EVEN or max(above) - min(above) > EVEN * height:
        return None
    least = min(above) - EVEN * height
    rests = [gap for gap, is_figured in zip(gaps, figured[1:], strict=True)
             if not is_figured and gap < least]  # fmt: skip
    is_told = len(rests) > 1 and max(rests) - min(rests) < EVEN * height
    return least if is_told and max(rests) < least - EVEN * height / 2 else None


FEWEST_EVEN = 4
EVEN = 0.02
"""How much, in heights, spaces differ at most that are the same."""


def overlapping(rows: Sequence[TableLine]) -> list[list[TableLine]]:
    """Lines that stand half over each other, as of a row whose cells have one line or two; of two
    rows of figures or heads each stands by itself."""
    clusters: list[list[TableLine]] = []
    for row in rows:
        bottom = max((r.line.bottom for r in clusters[-1]), default=0.0) if clusters else 0.0
        if (
            clusters
            and is_over(bottom, row.line)
            and not (row.is_full and any(other.is_full for other in clusters[-1]))
        ):
            clusters[-1].append(row)
        else:
            clusters.append([row])
    return clusters


def are_heads(
    above: Sequence[TableLine], row: TableLine, columns: list[tuple[float, float]]
) -> bool:
    """Whether some lines have words in several columns in which a row has figures."""
    figures, words = (
        {
            column_at(columns, whole(segment))
            for line in lines
            for segment in line.segments
            if is_figure_like(text_of(segment)) == is_figures
        }
        for lines, is_figures in (([row], True), (above, False))
    )
    return len(figures & words) > 1


def would_fit(above: TableLine, row: TableLine, columns: list[tuple[float, float]]) -> bool:
    """Whether a label begins anew: its first word would have fitted on the line above it."""
    first, last = row.line.words[0], above.line.words[-1]
    if above.is_row or len(above.segments) > 1 or not first.text[:1].isupper():
        return False
    return column_at(columns, last) == 0 and fits_behind(last, first, columns)


def fits_behind(last: Word, first: Word, columns: list[tuple[float, float]]) -> bool:
    """Whether a word of a label would have fitted behind the last of the line above it."""
    return last.x1 + first.x1 - first.x0 + 0.3 * (last.bottom - last.top) < columns[0][1]


def comes_again(head: TableLine) -> bool:
    """Whether heads come again on their line: what stands above them is over groups of them."""
    texts = [text_of(segment) for segment in head.segments]
    return len(set(texts)) < len(texts)


def is_rest_of_label(
    above: TextLine, below: TextLine, columns: list[tuple[float, float]], *, may_head: bool
) -> bool:
    """Whether a line without figures is the rest of the label above it: no row begins behind the
    first column; in it, what is no section and would not have fitted above."""
    homes = {column_at(columns, word) for word in below.words}
    if homes != {0}:
        return 0 not in homes
    return not may_head and not fits_behind(above.segments()[0][-1], below.words[0], columns)


def is_rest_of_cells(
    above: TableLine, below: TableLine, columns: list[tuple[float, float]]
) -> bool:
    """Whether a line of several texts goes on with those above it, each in its column: one begins
    with a small letter."""
    upper, lower = (
        {column_at(columns, whole(s)): s for s in line.segments} for line in (above, below)
    )
    goes_on_small = any(s[0].text[:1].islower() for s in lower.values())
    return len(lower) > 1 and set(lower) <= set(upper) and goes_on_small


def beneath(above: TextLine, below: TextLine, columns: list[tuple[float, float]]) -> TextLine:
    """What stands below the text of a line that has but one, in its column; else all of it."""
    homes = {column_at(columns, word) for word in above.words}
    own = [word for word in below.words if column_at(columns, word) in homes]
    return TextLine(own) if len(homes) == 1 and own else below


THOUSANDS = re.compile(r"\d{3}\b")
"""What a number that is parted at the end of a line goes on with."""


def goes_on(above: TextLine, below: TextLine) -> bool:
    """Whether a line goes on with the label of the line above, by its letters."""
    start = below.words[0].text[:1]
    last = above.words[-1].text
    if THOUSANDS.match(below.text) and above.segments()[0][-1].text[-1:].isdigit():
        return True
    is_cut = last.endswith(("-", ",")) and not is_figure(last)
    return start.islower() or start in "(&%" or is_cut


def cells_of_rows(
    groups: Sequence[list[TextLine]], columns: list[tuple[float, float]]
) -> list[list[GridCell]]:
    """The cells of each row; a last row without lines stands for figures that follow."""
    figured = [
        not lines or any(has_figures(TableLine.of(line), columns) for line in lines)
        for lines in groups
    ]
    below = [*figured[1:], False]
    return [
        cells_of_row(
            lines, columns, number, is_last_head=below[number] and not any(figured[: number + 1])
        )
        for number, lines in enumerate(groups)
        if lines
    ]


def cells_of_row(
    lines: list[TextLine], columns: list[tuple[float, float]], number: int, *, is_last_head: bool
) -> list[GridCell]:
    """The cells of one row, of one line or several."""
    edges = [0.0] + [(a[1] + b[0]) / 2 for a, b in pairwise(columns)] + [columns[-1][1] + 6]
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    cells = [
        GridCell(number, i + 1, box=(edges[i], top, edges[i + 1], bottom))
        for i in range(len(columns))
    ]
    for line in lines:
        is_head = TableLine.of(line).is_head
        for segment in line.segments():
            first = Word("", segment[0].x0, segment[-1].x1, segment[0].top, segment[0].bottom)
            text = " ".join(w.text for w in segment)
            touched = [
                i
                for i, (a, b) in enumerate(columns)
                if min(b, first.x1) - max(a, first.x0) > 0.5 * min(b - a, first.x1 - first.x0)
            ]
            homes = by_homes(segment, columns)
            is_several = is_mixed(segment, homes) or is_begun(homes, columns) or has_mark(homes)
            if len(homes) > 1 and is_several and not is_head:
                for part in homes:
                    cells[column_at(columns, part[0])].words += part
                continue
            if len(touched) > 1 and any(c.isalpha() for c in text):
                parts = parted(segment, columns, is_last_head=is_last_head)
                if is_last_head and len(segment) >= len(touched):
                    parts = aligned(segment, [columns[i] for i in touched])
                if len(parts) == 1 and all(not cells[i].words for i in touched):
                    # One text above several columns.
                    home = cells[touched[0]]
                    home.words += segment
                    home.span = max(home.span, touched[-1] - touched[0] + 1)
                    continue
                for part in parts:
                    whole = Word("", part[0].x0, part[-1].x1, 0, 0)
                    cells[column_at(columns, whole)].words += part
                continue
            for word in segment:
                home = column_at(columns, word) if len(touched) > 1 else column_at(columns, first)
                cells[home].words.append(word)
    taken: set[int] = set()
    kept = []
    for cell in cells:
        if cell.column in taken and not cell.words:
            continue
        taken |= set(range(cell.column, cell.column + cell.span))
        kept.append(cell)
    return kept


def parted(
    segment: list[Word], columns: list[tuple[float, float]], *, is_last_head: bool
) -> list[list[Word]]:
    """The words of a segment by columns, where they stand closer or wider than words of one text
    do.

    Years above a column each are parted too, and a word from them right above the figures.
    """
    homes = [column_at(columns, word) for word in segment]
    years = segment[1:] if is_last_head else segment
    if len(set(homes)) == len(homes) > 1 and all(
        abs(word.x1 - columns[home][1]) < ALIGNED for word, home in zip(segment, homes, strict=True)
    ):
        # Heads that stand close, each at the right of its column.
        return [[word] for word in segment]
    if len(set(homes)) == len(homes) > 1 and all(numbers.is_year(w.text) for w in years):
        return [[word] for word in segment]
    # A piece stands where most of it does: its first word alone may lie between two columns.
    parts: list[list[Word]] = []
    last = None
    for piece in close_pieces(segment):
        home = column_at(columns, Word("", piece[0].x0, piece[-1].x1, 0, 0))
        if parts and home == last:
            parts[-1] += piece
        else:
            parts.append(list(piece))
        last = home
    return parts


ALIGNED = 1.5
"""How far, in points, texts below each other end from each other at most."""


def is_mixed(segment: Sequence[Word], parts: Sequence[list[Word]]) -> bool:
    """Whether figures stand beside words, and no part has both, as a head may: *inom 15 min*."""
    figures = [is_figure(w.text) and not numbers.is_year(w.text) for w in segment]
    is_each_one = all(
        is_figure(text_of(part)) or not any(is_figure(w.text) for w in part) for part in parts
    )
    return any(figures) and any(w.text.isalpha() for w in segment) and is_each_one


def has_mark(parts: Sequence[list[Word]]) -> bool:
    """Whether each part is a whole cell by itself, and one of them a mark of a missing figure."""
    texts = [text_of(part) for part in parts]
    return all(map(is_figure, texts)) and not all(any(map(str.isdigit, t)) for t in texts)


def is_begun(parts: Sequence[list[Word]], columns: list[tuple[float, float]]) -> bool:
    """Whether each part but the first begins where its column does, and stands in it."""
    return all(
        abs(part[0].x0 - columns[column_at(columns, part[0])][0]) < 1
        and part[-1].x1 < columns[column_at(columns, part[0])][1] + 1
        for part in parts[1:]
    )


def by_homes(segment: Sequence[Word], columns: list[tuple[float, float]]) -> list[list[Word]]:
    """The words of a segment by the column that each stands in."""
    return [list(words) for _, words in groupby(segment, lambda word: column_at(columns, word))]


def aligned(segment: list[Word], columns: Sequence[tuple[float, float]]) -> list[list[Word]]:
    """The words of heads that stand close, one piece to each column: as they lie best above them,
    by their left or right edges or their middles."""

    def cost(first: int, last: int, column: tuple[float, float]) -> float:
        x0, x1 = segment[first].x0, segment[last - 1].x1
        return min(
            abs(x0 - column[0]),
            abs(x1 - column[1]),
            abs((x0 + x1 - column[0] - column[1]) / 2),
        )

    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for count, column in enumerate(columns, 1):
        best = {
            last: min(
                (so_far + cost(first, last, column), (*cuts, last))
                for first, (so_far, cuts) in best.items()
                if first < last
            )
            for last in range(count, len(segment) - len(columns) + count + 1)
        }
    cuts = (0, *best[len(segment)][1])
    return [segment[a:b] for a, b in pairwise(cuts)]
