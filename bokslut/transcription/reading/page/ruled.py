"""Tables whose cells are ruled on all sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from statistics import median

from bokslut.transcription.reading import heads
from bokslut.transcription.reading.page.boxes import (
    TOUCH,
    Grid,
    GridCell,
    Rule,
    TextLine,
    Word,
    close_pieces,
    is_figure,
    is_headish,
    lines_of,
    text_of,
)


def ruled_grids(
    words: Sequence[Word], lying: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[list[Grid], list[Word]]:
    """Tables whose cells are ruled on all sides, and the words that stand in none."""
    left = list(words)
    grids = []
    for across, down in components(lying, upright):
        xs, ys = without_gutters(r.at for r in down), distinct(r.at for r in across)
        xs = with_open_sides(xs, across, left)
        ys = with_open_ends(ys, down, left) if xs and len(ys) > 1 else ys
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [
            w
            for w in left
            if xs[0] - 1 < w.middle < xs[-1] + 1 and ys[0] - 1 < (w.top + w.bottom) / 2 < ys[-1] + 1
        ]
        if len(inside) < 2 or (len(ys) <= MOST_OF_BAND and is_band(inside, left)):
            continue
        grid = ruled_grid(inside, xs, ys, across, down)
        if grid:
            taken = set(map(id, inside))
            left = [w for w in left if id(w) not in taken]
            grids.append(grid)
    return grids, left


def with_open_sides(xs: list[float], across: Sequence[Rule], words: Sequence[Word]) -> list[float]:
    """The walls of a table with its sides, where it has none: where most lines between its rows end
    with one column of words beyond the last wall; none where several are."""
    top, bottom = min((r.at for r in across), default=0), max((r.at for r in across), default=0)
    made = list(xs)
    for side, wall, ends in (
        (-1, xs[0], [r.start for r in across]),
        (1, xs[-1], [r.end for r in across]),
    ):
        edge = median(ends) if len(ends) >= FEWEST_OPEN else wall
        low, high = sorted((wall, edge))
        beyond = [
            w for w in words if low < w.middle < high and top < (w.top + w.bottom) / 2 < bottom
        ]
        is_common = sum(abs(end - edge) < TOUCH for end in ends) > 0.7 * len(ends)
        if not (beyond and is_common and side * (edge - wall) > NARROWEST):
            continue
        if any(len(line.segments()) > 1 for line in lines_of(beyond)):
            # Only the ground of some columns is ruled.
            return []
        made.append(edge)
    return sorted(made)


def with_open_ends(ys: list[float], down: Sequence[Rule], words: Sequence[Word]) -> list[float]:
    """The lines of a table with those over its first row and under its last, where it has none:
    where walls between its columns go on beyond the outermost line, and stand between words."""
    x0, x1 = min(r.at for r in down), max(r.at for r in down)
    made = list(ys)
    for line, end in ((ys[0], min(r.start for r in down)), (ys[-1], max(r.end for r in down))):
        walls = [r.at for r in down if abs((r.start if line == ys[0] else r.end) - end) < TOUCH]
        low, high = sorted((line, end))
        beyond = [
            w
            for w in words
            if low - 1 < (w.top + w.bottom) / 2 < high + 1 and w.x1 > x0 - 1 and w.x0 < x1 + 1
        ]
        crosses = any(w.x0 < x - 1 and w.x1 > x + 1 for x in walls for w in beyond)
        if len(walls) > 1 and high - low > NARROWEST and beyond and not crosses:
            made.append(end)
    return sorted(made)


FEWEST_OPEN = 3
NARROWEST = 9
"""How wide, in points, a column is at least."""
MOST_OF_BAND = 3
"""So many lying lines has the ground of a head and the row below it."""


def is_band(inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether boxes of one row, or of a head and the row below it, are the ground of rows of a
    table: cells stand close to them that have none."""
    own = set(map(id, inside))
    top, bottom = min(w.top for w in inside), max(w.bottom for w in inside)
    x0, x1 = min(w.x0 for w in inside), max(w.x1 for w in inside)
    reach = 2.2 * median(w.height for w in inside)
    near = [
        w
        for w in words
        if id(w) not in own
        and w.x1 > x0
        and w.x0 < x1
        and (top - reach < w.bottom <= top + 1 or bottom - 1 <= w.top < bottom + reach)
    ]
    return any(len(line.segments()) > 1 for line in lines_of(near))


def components(
    lying: Sequence[Rule], upright: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Ruled lines that meet each other, as groups of lying and upright ones."""
    rest_lying, rest_upright = list(lying), list(upright)
    while rest_upright:
        down, across = [rest_upright.pop()], []
        grew = True
        while grew:
            grew = False
            for group, rest, others in ((across, rest_lying, down), (down, rest_upright, across)):
                meeting = [r for r in rest if any(meet(r, o) for o in others)]
                if meeting:
                    grew = True
                    group += meeting
                    for rule in meeting:
                        rest.remove(rule)
        yield across, down


def meet(one: Rule, other: Rule) -> bool:
    """Whether a lying and an upright line meet."""
    return (
        one.start - MEET <= other.at <= one.end + MEET
        and other.start - MEET <= one.at <= other.end + MEET
    )


MEET = TOUCH + 1.5
"""How far a line may end from one that it meets: the cells of a table may have space between."""


def distinct(values: Iterable[float], within: float = 2.5) -> list[float]:
    """Values in order, those that are about the same taken as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > within:
            found.append(value)
    return found


def without_gutters(values: Iterable[float]) -> list[float]:
    """Where walls stand, those on both sides of the space between two cells taken as one."""
    found: list[float] = []
    for value in distinct(values):
        if found and value - found[-1] <= MEET:
            found[-1] = (found[-1] + value) / 2
        else:
            found.append(value)
    return found


def ruled_grid(
    words: list[Word], xs: list[float], ys: list[float], across: list[Rule], down: list[Rule]
) -> Grid | None:
    """The cells between ruled lines; those with no line between them are one."""

    def wall_right(row: int, column: int) -> bool:
        y = (ys[row] + ys[row + 1]) / 2
        return any(abs(r.at - xs[column + 1]) < 2.5 and r.start - 1 <= y <= r.end + 1 for r in down)

    def wall_below(row: int, column: int) -> bool:
        x = (xs[column] + xs[column + 1]) / 2
        return any(abs(r.at - ys[row + 1]) < 2.5 and r.start - 1 <= x <= r.end + 1 for r in across)

    height, width = len(ys) - 1, len(xs) - 1
    owner: dict[tuple[int, int], GridCell] = {}
    for row in range(height):
        for column in range(width):
            if (row, column) in owner:
                continue
            span = 1
            while (
                column + span < width
                and (row, column + span) not in owner
                and not wall_right(row, column + span - 1)
            ):
                span += 1
            rows = 1
            while row + rows < height and not any(
                wall_below(row + rows - 1, column + i) for i in range(span)
            ):
                rows += 1
            box = (xs[column] + 1, ys[row] + 1, xs[column + span] - 1, ys[row + rows] - 1)
            cell = GridCell(row, column + 1, span, rows, box=box)
            for r in range(row, row + rows):
                for c in range(column, column + span):
                    owner[r, c] = cell
    for word in words:
        y = (word.top + word.bottom) / 2
        row = max(i for i in range(height) if ys[i] <= y + 1 or i == 0)
        column = max(i for i in range(width) if xs[i] <= word.middle + 1 or i == 0)
        owner[row, column].words.append(word)
    for cell in list({id(cell): cell for cell in owner.values() if cell.span > 1}.values()):
        for part in [cell] if heads_below(cell, xs) else unmerged(cell, xs):
            for r in range(cell.row, cell.row + cell.rows):
                for c in range(part.column - 1, part.column - 1 + part.span):
                    owner[r, c] = part
    made = []
    for row in range(height):
        cells = list({id(owner[row, c]): owner[row, c] for c in range(width)}.values())
        made += split_heads(cells, row, xs) or split_band(cells, row)
    made = [row for row in made if any(cell.words for cell in row)]
    if not made or max(len(row) for row in made) < 2:
        return None
    return Grid(made, ys[0], ys[-1], xs[0], xs[-1])


def unmerged(cell: GridCell, xs: Sequence[float]) -> Iterator[GridCell]:
    """The cells that a cell over several columns is where its words stand in several of them: the
    ground of one row is ruled, that of the next is not."""
    inner = [
        c
        for c in range(cell.column, cell.column + cell.span - 1)
        if not any(w.x0 < xs[c] - 1 and w.x1 > xs[c] + 1 for w in cell.words)
    ]

    def home(word: Word) -> int:
        return sum(word.middle > xs[c] for c in inner)

    pieces = [piece for line in lines_of(cell.words) for piece in close_pieces(line.words)]
    if cell.row == 0:
        # A head goes on over the edge that its words stand beside.
        inner = [c for c in inner if not any(p[0].x0 < xs[c] - 1 < p[-1].x1 - 2 for p in pieces)]
    homes = [set(map(home, piece)) for piece in pieces]
    apart = len(set().union(*homes))
    is_sure = apart > 2 or are_heads(pieces) or is_row(pieces, homes) or are_apart(pieces, homes)
    is_sure = is_sure or (cell.row == 0 and any(is_headish(text_of(piece)) for piece in pieces))
    across = sum(len(some) > 1 for some in homes)
    if apart < 2 or FEWEST_WITHIN * across > len(homes) or not is_sure:
        yield cell
        return
    edges = [cell.column - 1, *inner, cell.column + cell.span - 1]
    for number, (first, last) in enumerate(pairwise(edges)):
        words = [w for w in cell.words if home(w) == number]
        box = (xs[first] + 1, cell.box[1], xs[last] - 1, cell.box[3]) if cell.box else None
        yield GridCell(cell.row, first + 1, last - first, cell.rows, words, box)


FEWEST_WITHIN = 5
"""Of so many pieces of text at most one stands so close to the next column's that it goes on in
it."""


def is_row(pieces: Sequence[list[Word]], homes: Sequence[set[int]]) -> bool:
    """Whether all that stands in the first of some columns is text, and in the others figures."""
    first = min(min(some) for some in homes)
    return all(
        is_figure(text_of(piece)) != (some == {first})
        for piece, some in zip(pieces, homes, strict=True)
    )


def are_apart(pieces: Sequence[list[Word]], homes: Sequence[set[int]]) -> bool:
    """Whether each of some texts is a figure, in a column of its own."""
    own = [column for some in homes for column in some]
    return len(set(own)) == len(own) == len(pieces) and all(is_figure(text_of(p)) for p in pieces)


def are_heads(pieces: Sequence[list[Word]]) -> bool:
    """Whether each of some texts is a head by itself."""
    texts = [text_of(piece) for piece in pieces]
    return all(is_headish(text) or heads.gender_in(text) for text in texts)


def split_heads(
    cells: Sequence[GridCell], row: int, xs: Sequence[float]
) -> list[list[GridCell]] | None:
    """The two rows of a head between whose lines none is ruled, as on dark ground: the lower has a
    text in each column of what the upper has over several; None for any other row."""
    wide = {id(c): parted for c in cells if (parted := heads_below(c, xs))}
    if not wide:
        return None
    made: list[list[GridCell]] = [[], []]
    for cell in cells:
        blank = cell if cell.rows > 1 else GridCell(row, cell.column, cell.span)
        for kept, part in zip(made, wide.get(id(cell), ([cell], [blank])), strict=True):
            kept += part
    return made


def heads_below(
    cell: GridCell, xs: Sequence[float]
) -> tuple[list[GridCell], list[GridCell]] | None:
    """What stands over several columns in a cell that has one head of each on its last line, the
    same below each where several do, and those; None for any other cell."""
    *above, last = lines_of(cell.words) or [None]
    if len(above) != 1 or last is None or cell.span < 2 or cell.rows > 1 or not cell.box:
        return None

    def home(piece: Sequence[Word]) -> int:
        inside = [
            c
            for c in range(cell.column, cell.column + cell.span)
            if xs[c - 1] - 1 < piece[0].x0 and piece[-1].x1 < xs[c] + 1
        ]
        return inside[0] if inside else 0

    below = close_pieces(last.words)
    first = home(below[0])
    columns = range(first, cell.column + cell.span)
    beside = [p for p in close_pieces(above[0].words) if p[-1].x1 < xs[first - 1] + 1]
    over = [p for p in close_pieces(above[0].words) if p not in beside]
    is_whole = first > 0 and list(map(home, below)) == list(columns) and all(map(home, beside))
    groups = groups_below(columns, over, list(map(text_of, below)), xs) if is_whole else None
    if not groups or not are_heads(below):
        return None
    middle = (above[0].bottom + last.top) / 2

    def part(columns: Sequence[int], words: list[Word], *, is_upper: bool) -> GridCell:
        top, bottom = (cell.box[1], middle) if is_upper else (middle, cell.box[3])
        box = (xs[columns[0] - 1] + 1, top, xs[columns[-1]] - 1, bottom)
        return GridCell(cell.row, columns[0], len(columns), 1, words, box)

    labels = range(cell.column, first)
    upper = [
        *(part([c], [w for p in beside if home(p) == c for w in p], is_upper=True) for c in labels),
        *(part(g, list(p), is_upper=True) for g, p in zip(groups, over, strict=True)),
    ]
    lower = [
        *(GridCell(cell.row, c) for c in labels),
        *(part([c], list(p), is_upper=False) for c, p in zip(columns, below, strict=True)),
    ]
    return upper, lower


def groups_below(
    columns: Sequence[int], over: Sequence[list[Word]], names: Sequence[str], xs: Sequence[float]
) -> list[Sequence[int]] | None:
    """The columns that each of some texts stands over, several at least one: those that it stands
    over the middle of, or as many as the others where the same names come again."""
    count, many = len(columns), len(over)
    if not 0 < many < count or count > MOST_OVER:
        return None

    def is_over(piece: Sequence[Word], group: Sequence[int], *, in_middle: bool) -> bool:
        left, right = xs[group[0] - 1], xs[group[-1]]
        off = abs(piece[0].x0 + piece[-1].x1 - left - right) / 2
        is_inside = left < piece[0].x0 and piece[-1].x1 < right + 1
        is_middle = len(group) == 1 or off < OFF_MIDDLE * (right - left) / len(group)
        return is_inside and (is_middle or not in_middle)

    ways: dict[bool, list[list[Sequence[int]]]] = {True: [], False: []}
    for cuts in combinations(range(1, count), many - 1):
        ends = (0, *cuts, count)
        groups = [columns[a:b] for a, b in pairwise(ends)]
        is_alike = len({tuple(names[a:b]) for a, b in pairwise(ends)}) == 1
        if all(
            is_over(piece, group, in_middle=not is_alike)
            for piece, group in zip(over, groups, strict=True)
        ):
            ways[is_alike].append(groups)
    return next((found[0] for found in (ways[True], ways[False]) if len(found) == 1), None)


MOST_OVER = 16
OFF_MIDDLE = 0.3
"""How far, in columns, a text may stand from the middle of those that it stands over."""


def split_band(cells: list[GridCell], row: int) -> list[list[GridCell]]:
    """The rows between two lying lines: several where columns of figures have several lines."""
    own = [cell for cell in cells if cell.row == row]
    lines = {id(cell): lines_of(cell.words) for cell in own}
    numeric = [
        ls for ls in lines.values() if len(ls) > 1 and sum(is_figure(line.text) for line in ls) > 1
    ]
    if len(numeric) < 2 or len({len(ls) for ls in numeric}) > 1 or any(c.rows > 1 for c in own):
        return [cells]
    tops = [line.top for line in numeric[0]]
    parts: dict[float, list[GridCell]] = {}
    for position, cell in enumerate(own):
        for top, words in beside_rows(lines[id(cell)], tops):
            blank = [GridCell(row, c.column, c.span) for c in own]
            parts.setdefault(top, blank)[position].words += words
    made = [parts[top] for top in sorted(parts)]
    lines_in = [lines_of(word for cell in part for word in cell.words) for part in made]
    for number, part in enumerate(made):
        # Lines that stand close reach into each other's space, and their letters do not.
        first, last = lines_in[number][0], lines_in[number][-1]
        above = [line[-1].bottom for line in lines_in[:number]][-1:]
        below = [line[0].top for line in lines_in[number + 1 :]][:1]
        top = max([first.top, *((y + first.top) / 2 for y in above)])
        bottom = min([last.bottom, *((y + last.bottom) / 2 for y in below)])
        for cell, whole in zip(part, own, strict=True):
            cell.box = (whole.box[0], top, whole.box[2], bottom) if whole.box else None
    return made


def beside_rows(
    lines: Sequence[TextLine], tops: Sequence[float]
) -> Iterator[tuple[float, list[Word]]]:
    """The lines of a cell, each with the top of the row that it is of: that which it stands beside,
    or that of the line that it goes on with; else one of its own, as that of a section."""
    before: float | None = None
    for line, below in zip(lines, [*lines[1:], None], strict=False):
        nearest = min(tops, key=lambda top: abs(top - line.top))
        is_beside = abs(nearest - line.top) < NOT_BESIDE * line.height
        if not is_beside and not is_figure(line.text):
            if before is not None and line.text[:1].islower():
                nearest = before
            elif below is not None and below.text[:1].islower():
                nearest = min(tops, key=lambda top: abs(top - below.top))
            else:
                nearest = line.top
        before = nearest
        yield nearest, line.words


NOT_BESIDE = 0.75
"""How far from the line of its figures, in heights, a line of a label in the middle of several is
at most."""
