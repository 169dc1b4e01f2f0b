"""Tables that only their columns, or the lines between their rows, make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from bokslut.transcription.reading.page.boxes import (
    Grid,
    GridCell,
    Rule,
    TextLine,
    close_pieces,
    is_headish,
    text_of,
)
from bokslut.transcription.reading.page.columns import columns_of, has_figures, reach
from bokslut.transcription.reading.page.extent import (
    FEWEST_BANKS,
    TableLine,
    banks,
    end_of_table,
    first_of_table,
    is_tail,
)
from bokslut.transcription.reading.page.rows import cells_of_row, cells_of_rows, grouped_rows
from bokslut.transcription.reading.page.ruled import distinct, ruled_grid


def with_heads_above(
    grids: Sequence[Grid], lines: list[TextLine]
) -> tuple[Sequence[Grid], list[TextLine]]:
    """Ruled tables with the heads that stand right above the first line of some, and the lines
    left."""
    left = list(lines)
    for grid in grids:
        heads_here = [is_headish(cell.text) for cell in grid.rows[0][1:]]
        if len(grid.rows[0]) < 2 or 2 * sum(heads_here) >= len(heads_here):
            continue
        above: list[TextLine] = []
        for line in reversed([one for one in left if one.bottom < grid.top + 0.5 * one.height]):
            edge = above[0].top if above else grid.top
            close = 0.8 if above else 1.2
            if edge - line.bottom > close * line.height or line.x1 > grid.x1 + 2:
                break
            above.insert(0, line)
        texts = [text_of(piece) for line in above for piece in close_pieces(line.words)]
        while above and len(above[0].segments()) < 2 and not is_upper_half(above, grid):
            above = above[1:]
        if not above or 2 * sum(map(is_headish, texts)) < len(texts):
            continue
        columns = columns_of_grid(grid)
        heads_above = cells_of_row(above, columns, 0, is_last_head=True)
        if len(heads_above) > 1:
            grid.rows.insert(0, heads_above)
            grid.top = above[0].top
            left = [line for line in left if line not in above]
    return grids, left


def is_upper_half(lines: Sequence[TextLine], grid: Grid) -> bool:
    """Whether the first of some lines is the first half of a head: close above the others, and
    behind the first column."""
    first = lines[0]
    labels = max((c.box[2] for c in grid.rows[0][:1] if c.box), default=grid.x0)
    is_close = len(lines) > 1 and lines[1].top - first.bottom < 0.3 * first.height
    return is_close and first.x0 >= labels - 2 and is_headish(first.text)


def columns_of_grid(grid: Grid) -> list[tuple[float, float]]:
    """From where to where each column of a ruled table reaches, by its cells of one column."""
    found: dict[int, tuple[float, float]] = {}
    for cell in (cell for row in grid.rows for cell in row):
        if cell.box and cell.span == 1:
            found.setdefault(cell.column, (cell.box[0], cell.box[2]))
    return [found[column] for column in sorted(found)]


def open_grids(
    lines: Sequence[TextLine], lying: Sequence[Rule]
) -> tuple[list[Grid], list[TextLine]]:
    """Tables that only their columns make, and the lines that belong to none."""
    rows = [TableLine.of(line) for line in lines]
    bank = banks(lines, lying)
    grids: list[Grid] = []
    used: set[int] = set()
    index = 0
    while index < len(rows):
        if index in used or not rows[index].is_row:
            index += 1
            continue
        last = end_of_table(rows, index, bank)
        first = first_of_table(rows, index, bank, lying)
        while first in used:
            first += 1
        edge = max(row.line.x1 for row in rows[first : last + 1])
        while last + 1 < len(rows) and (
            (bank[last] is not None and bank[last] == bank[last + 1])
            or is_tail(rows, first, last, edge)
        ):
            last += 1
        grid = open_grid([rows[i] for i in range(first, last + 1)], lying)
        if grid:
            grids.append(grid)
            used |= set(range(first, last + 1))
            index = last + 1
        else:
            index += 1
    for run in text_runs(rows, used):
        grids.append(text_grid([rows[i] for i in run], lying))
        used |= set(run)
    return grids, [line for i, line in enumerate(lines) if i not in used]


def text_runs(rows: list[TableLine], used: set[int]) -> Iterator[list[int]]:
    """Runs of lines that are cut at the same places without having figures: tables of texts."""
    run: list[int] = []
    for index, row in enumerate([*rows, None]):
        fits = (
            row is not None
            and index not in used
            and len(row.segments) in (2, 3, 4)
            and (
                not run
                or (
                    row.line.top - rows[run[-1]].line.bottom < 2.5 * row.line.height
                    and len(row.segments) == len(rows[run[-1]].segments)
                    and all(
                        abs(a[0].x0 - b[0].x0) < row.line.height
                        for a, b in zip(row.segments, rows[run[-1]].segments, strict=True)
                    )
                )
            )
        )
        if fits:
            run.append(index)
            continue
        if len(run) > 2 and max(len(rows[i].line.text) for i in run) < 90:
            yield run
        run = (
            [index]
            if row is not None and index not in used and len(row.segments) in (2, 3, 4)
            else []
        )


def text_grid(rows: list[TableLine], lying: Sequence[Rule]) -> Grid:
    """The grid of lines that are all cut at the same places."""
    made = [
        [GridCell(number, i + 1, words=list(segment)) for i, segment in enumerate(row.segments)]
        for number, row in enumerate(rows)
    ]
    return Grid(
        made, rows[0].line.top, rows[-1].line.bottom, rows[0].line.x0, max(r.line.x1 for r in rows)
    )


def open_grid(rows: list[TableLine], lying: Sequence[Rule]) -> Grid | None:
    """The grid of lines that make a table; None where they do not."""
    data = [row for row in rows if row.is_data]
    if not data or (len(data) < 2 and len(data[0].segments) < 3):
        return None
    columns = columns_of(rows, data)
    if len(columns) < 2:
        return None
    if banded := banded_grid(rows, columns, lying):
        return with_edges(banded)
    made = cells_of_rows(grouped_rows(rows, columns, lying), columns)
    top, bottom = min(r.line.top for r in rows), max(r.line.bottom for r in rows)
    return with_edges(Grid(made, top, bottom, columns[0][0], columns[-1][1]))


def with_edges(grid: Grid) -> Grid:
    """A grid whose cells know how far the texts of their column reach."""
    reached: dict[int, float] = {}
    cells = [cell for row in grid.rows for cell in row]
    for cell in cells:
        column = cell.column + cell.span - 1
        reached[column] = max([reached.get(column, 0.0), *(w.x1 for w in cell.words)])
    for cell in cells:
        cell.edge = reached[cell.column + cell.span - 1]
    return grid


def banded_grid(
    rows: Sequence[TableLine], columns: list[tuple[float, float]], lying: Sequence[Rule]
) -> Grid | None:
    """The grid of a table whose rows are ruled and whose columns are not; None of any other.

    The space between its columns counts as ruled wherever no word stands across it.
    """
    x0, x1 = columns[0][0], columns[-1][1]
    top, bottom = min(r.line.top for r in rows), max(r.line.bottom for r in rows)
    height = median(row.line.height for row in rows)
    across = [
        r
        for r in lying
        if top - height < r.at < bottom + height
        and min(r.end, x1) - max(r.start, x0) > 0.5 * (x1 - x0)
    ]
    inner = [y for y in distinct(r.at for r in across) if top + 0.5 * height < y < bottom - 2]
    ys = [top - 1, *inner, bottom + 1]
    middles = [(r.line.top + r.line.bottom) / 2 for r in rows if has_figures(r, columns)]
    bands = [sum(a < y < b for y in middles) for a, b in pairwise(ys)]
    if len(inner) < FEWEST_BANKS or max(bands) > 1 or sum(bands) < FEWEST_BANKS:
        return None
    above, first = next(b for b, count in zip(pairwise(ys), bands, strict=True) if count)
    # Where the ground of every second row is ruled, the first may stand with its head.
    heads_there = [r.line.bottom for r in rows if r.is_head and above < r.line.top < first]
    body_top = max([above, *heads_there])
    ys[ys.index(above)] = body_top
    head = [r for r in rows if (r.line.top + r.line.bottom) / 2 < body_top]
    words = [w for row in rows for w in row.line.words if (w.top + w.bottom) / 2 > body_top]
    xs = [x0 - 2, *((a[1] + b[0]) / 2 for a, b in pairwise(reach(columns, words))), x1 + 2]
    grid = ruled_grid(
        words,
        xs,
        [y for y in ys if y >= body_top],
        across,
        [
            Rule(x, a, b)
            for x in xs
            for a, b in pairwise(ys)
            if not any(
                w.x0 < x - 1 and w.x1 > x + 1 and a < (w.top + w.bottom) / 2 < b for w in words
            )
        ],
    )
    if not grid:
        return None
    if head:
        grid.rows[:0] = cells_of_rows([*grouped_rows(head, columns, lying), []], columns)
    return grid
