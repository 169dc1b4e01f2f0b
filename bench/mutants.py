"""The damages of bench/mutation.py: to printed cells and rows, to reference rows, to models.

A damage is data until it is judged (bench/judge.py). Which digit replaces a digit, and which pairs
of reference cells change places, is drawn with a fixed seed.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

Rows = list[dict[str, str]]

NUMBER = re.compile(r"[+-]?\d[\d ]*(?:[,.]\d+)*")
UNITS = ("%", "tkr", "mnkr")
LINES = (
    "source_line_first", "source_line_last", "label_line_first", "label_line_last",
    "accumulated_line", "year_line", "heading_line", "front_page_line",
)  # fmt: skip
KEYS = ("report_id", "row_no", "source_line_first", "source_line_last")
# What a statement in the text is said to be about.
ATTRIBUTES = (
    "kind", "measure_code", "unit_code", "fiscal_year", "scenario", "gender", "goal_code", "stated",
)  # fmt: skip
# Endings of columns that hold a code, and columns that are one.
CODES = re.compile(
    r"(_code|_id|_status|_operator|_direction)$|^(status|rule|verdict|gender|scenario)$"
)


@dataclass(frozen=True)
class Mutant:
    """One damage to one seed.

    Attributes:
        group: `cells` (printed cells and rows), `attribution` (what a statement is said to be
            about) or `references`.
        table: name of the seed.
        kind: what was done.
        cell: the damaged place, `row_no.column` or `row_no`; for a reference seed `row.column`.
        edits: (row_no, column, new text); a column of None drops the row.
        is_renumbered: whether the rows after a dropped one are numbered anew, and the control rows
            with them, as by someone who never saw the row.
    """

    group: str
    table: str
    kind: str
    cell: str
    edits: tuple[tuple[str, str | None, str], ...]
    is_renumbered: bool = False

    def applied(self, rows: Rows) -> Rows:
        """The rows of the seed with the damage. Rows of a reference seed are known by place."""
        by_row: dict[str, dict[str | None, str]] = defaultdict(dict)
        for row_no, column, text in self.edits:
            by_row[row_no][column] = text
        kept = [
            row | {c: t for c, t in by_row.get(name, {}).items() if c}
            for name, row in ((row.get("row_no", str(n)), row) for n, row in enumerate(rows))
            if None not in by_row.get(name, {})
        ]
        if self.is_renumbered:
            kept = [row | {"row_no": str(n)} for n, row in enumerate(kept, start=1)]
        return kept

    def renamed(self, text: str) -> str | None:
        """A control row's id after the damage; None where it names the dropped row."""
        source_table = self.table.removeprefix("printed_")
        dropped = int(self.cell)
        found = re.search(rf"\.{source_table}\.(\d+)\.", text)
        if not found or int(found[1]) < dropped:
            return text
        if int(found[1]) == dropped:
            return None
        return f"{text[: found.start(1)]}{int(found[1]) - 1}{text[found.end(1) :]}"


@dataclass(frozen=True)
class ModelMutant:
    """One damage to the SQL of one model.

    Attributes:
        table: name of the model.
        kind: what was done.
        cell: the damaged column, or `row`.
    """

    table: str
    kind: str
    cell: str
    group: str = "models"


# --- Printed cells -------------------------------------------------------------------------------


def damaged_texts(text: str, unit: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Each damage to the text of one figure, as (kind, new text).

    `unit` is the unit of measure that the figure stands in: tkr, mnkr, percent, count, ...
    """
    found = NUMBER.search(text)
    yield "emptied", ""
    if not found:
        return
    before, number, after = text[: found.start()], found[0].rstrip(), text[found.end() :]
    after = found[0][len(number) :] + after
    for place, character in enumerate(text):
        if character.isdigit():
            other = dice.choice([d for d in "0123456789" if d != character])
            yield "digit", text[:place] + other + text[place + 1 :]
    flipped = number[1:] if number[0] in "+-" else "-" + number
    yield "sign", before + flipped + after
    whole, comma, decimals = (
        re.fullmatch(r"(.*?)([,.]?)(\d*)", number).groups()
        if ("," in number or "." in number)
        else (number, "", "")
    )
    if comma:
        yield "comma", before + whole + decimals + after
        yield "comma", before + whole + decimals[0] + comma + decimals[1:] + after
        if whole[-2:-1].isdigit():
            yield "comma", before + whole[:-1] + comma + whole[-1] + decimals + after
    elif number[-2:-1].isdigit():
        yield "comma", before + number[:-1] + "," + number[-1] + after
    printed = next((name for name in UNITS if after.strip().startswith(name)), None)
    for name in UNITS:
        if printed and name != printed:
            yield "unit", before + number + after.replace(printed, name, 1)
    if printed:
        yield "unit", before + number + after.replace(printed, "", 1).rstrip()
    if not printed and unit in ("tkr", "mnkr"):
        yield "unit", text + (" mnkr" if unit == "tkr" else " tkr")
    if unit == "mnkr":
        yield "thousandfold", before + number.replace(",", "") + " 000" + after
    if unit == "tkr":
        value = int(re.sub(r"\D", "", number)) / 1000
        yield (
            "thousandfold",
            before + number[: number[0] in "+-"] + f"{value:.1f}".replace(".", ",") + after,
        )


def cell_mutants(rows: dict[str, Rows], figures: pd.DataFrame, seed: int) -> list[Mutant]:
    """Every single damage to a numeric cell, to a row and between a row and the next.

    `figures` has one row per cell of numbers: source_table, row_no, column_name, unit_of_measure,
    scenario, gender, is_number.
    """
    mutants = []
    numeric: dict[str, list[str]] = defaultdict(list)

    def mutant(table: str, kind: str, cell: str, *edits: tuple[str, str | None, str]) -> None:
        mutants.append(Mutant("cells", table, kind, cell, edits))

    for figure in figures.itertuples():
        table = f"printed_{figure.source_table}"
        (row,) = (row for row in rows[table] if row["row_no"] == str(figure.row_no))
        is_claim = figure.source_table == "pastaenden"
        for column in ("read_text", "printed_text") if is_claim else (figure.column_name,):
            numeric[table] += [] if column in numeric[table] else [column]
            dice = random.Random(f"{seed} {table} {row['row_no']} {column}")
            text = row[column]
            cell = f"{row['row_no']}.{column}"
            if text and not figure.is_number:
                mutant(table, "mark", cell, (row["row_no"], column, dice.choice("1234567890")))
                mutant(table, "mark", cell, (row["row_no"], column, "-" if text != "-" else "I.U."))
            if not figure.is_number or not text:
                continue
            if column == "printed_text" and not re.search(r"\d", text):
                continue
            if not is_claim:
                mutant(table, "mark", cell, (row["row_no"], column, "I.U."))
            if figure.scenario == "target":
                bare = text.lstrip("<>=")
                for operator in {"", "<", ">"} - {text[: len(text) - len(bare)]}:
                    mutant(table, "operator", cell, (row["row_no"], column, operator + bare))
            for kind, damaged in damaged_texts(text, figure.unit_of_measure, dice):
                if damaged != text:
                    mutant(table, kind, cell, (row["row_no"], column, damaged))
    genders = {(f"printed_{f.source_table}", str(f.row_no)): f.gender for f in figures.itertuples()}
    for table, columns in numeric.items():
        printed = columns if table != "printed_pastaenden" else []
        for row in rows[table]:
            for one, other in itertools.pairwise(printed):
                if row[one] != row[other]:
                    number, cell = row["row_no"], f"{row['row_no']}.{one}"
                    mutant(
                        table, "columns swapped", cell,
                        (number, one, row[other]), (number, other, row[one]),
                    )  # fmt: skip
        for row, below in zip(rows[table], rows[table][1:], strict=False):
            both = {genders.get((table, r["row_no"])) for r in (row, below)}
            kind = "genders swapped" if both == {"men", "women"} else "cells swapped"
            mutants += swapped(table, row, below, [c for c in row if c not in KEYS], "rows swapped")
            for column in printed:
                mutants += swapped(table, row, below, [column], kind)
    return mutants


def row_mutants(rows: dict[str, Rows], seed: int) -> list[Mutant]:
    """Damages to rows of every printed table: left out, on other lines, with another's labels."""
    mutants = []
    for table, found in rows.items():
        if table == "printed_lines":
            continue
        for row in found:
            number = row["row_no"]
            drop = ((number, None, ""),)
            mutants.append(Mutant("cells", table, "row dropped", number, drop))
            mutants.append(Mutant("cells", table, "row left out", number, drop, True))
            for kind, step in (("line off by one", 1), ("line off by ten", 10)):
                dice = random.Random(f"{seed} {table} {number} {kind}")
                step *= dice.choice((-1, 1)) if int(row["source_line_first"]) > step else 1
                edits = tuple(
                    (number, column, str(int(row[column]) + step))
                    for column in LINES
                    if row.get(column)
                )
                mutants.append(Mutant("cells", table, kind, number, edits))
            if table == "printed_pastaenden":
                mutants += attributions(table, row, found, seed)
        for row, below in itertools.pairwise(found):
            for column in ("row_label", "group_label", "goal_label", "section_label", "judgement"):
                if column in row and table != "printed_pastaenden":
                    kind = "judgements swapped" if column == "judgement" else "labels swapped"
                    mutants += swapped(table, row, below, [column], kind)
    return mutants


def attributions(table: str, row: dict[str, str], rows: Rows, seed: int) -> Iterator[Mutant]:
    """A statement said to be about something else: each attribute as some other row has it."""
    for column in ATTRIBUTES:
        others = sorted({r[column] for r in rows} - {"", row[column]})
        if row[column] and others:
            dice = random.Random(f"{seed} {row['row_no']} {column}")
            edit = (row["row_no"], column, dice.choice(others))
            yield Mutant("attribution", table, column, f"{edit[0]}.{column}", (edit,))


def swapped(
    table: str, row: dict[str, str], below: dict[str, str], columns: list[str], kind: str
) -> list[Mutant]:
    """The mutant in which two neighbouring rows have changed some of their cells; none if alike."""
    edits = tuple(
        (to["row_no"], column, other[column])
        for to, other in ((row, below), (below, row))
        for column in columns
        if row[column] != below[column]
    )
    cell = row["row_no"] + (f".{columns[0]}" if len(columns) == 1 else "")
    return [Mutant("cells", table, kind, cell, edits)] if edits else []


# --- References and controls ---------------------------------------------------------------------


def reference_mutants(rows: dict[str, Rows], per_column: int, seed: int) -> list[Mutant]:
    """Two cells of a column that change places: so many pairs of each column, drawn."""
    mutants = []
    for table, found in rows.items():
        for column in found[0] if found else ():
            dice = random.Random(f"{seed} {table} {column}")
            pairs = [
                (i, j)
                for i in range(len(found))
                for j in range(i + 1, len(found))
                if found[i][column] != found[j][column]
            ]
            for i, j in dice.sample(pairs, min(per_column, len(pairs))):
                edits = (
                    (str(i), column, found[j][column]),
                    (str(j), column, found[i][column]),
                )
                cell = f"{i} and {j}.{column}"
                mutants.append(Mutant("references", table, f"{table} swapped", cell, edits))
    return mutants


# --- Models --------------------------------------------------------------------------------------


def model_mutants(model: str, columns: Iterable[tuple[str, str]]) -> Iterator[ModelMutant]:
    """The damages to a model with columns of some names and types (DuckDB's)."""
    yield ModelMutant(model, "one row less", "row")
    for name, kind in columns:
        if kind == "BOOLEAN":
            yield ModelMutant(model, "flag turned", name)
        elif kind == "VARCHAR":
            if CODES.search(name) and name != "report_id":
                yield ModelMutant(model, "two codes swapped", name)
        elif kind != "DATE":
            yield ModelMutant(model, "values x 10", name)
            yield ModelMutant(model, "largest value + 1", name)


def damaged_sql(sql: str, columns: list[str], damage: ModelMutant) -> str:
    """The SQL of a model with one damage."""
    order = ", ".join(f'"{column}"' for column in columns)
    quoted = f'"{damage.cell}"'
    placed = f"row_number() over (order by {order}) as place_, count(*) over () as count_"
    if damage.kind == "one row less":
        kept = "place_ <> (count_ + 1) // 2"
        return (
            f"select * exclude (place_, count_) from (select *, {placed} from ({sql})) where {kept}"
        )
    if damage.kind == "values x 10":
        value = f"{quoted} * 10"
    elif damage.kind == "largest value + 1":
        first = f"row_number() over (order by {quoted} desc nulls last, {order}) = 1"
        value = f"case when {first} then {quoted} + 1 else {quoted} end"
    elif damage.kind == "flag turned":
        first = f"row_number() over (order by {quoted} nulls last, {order}) = 1"
        value = f"case when {first} then not {quoted} else {quoted} end"
    else:
        low, high = (f"{f}({quoted}) over ()" for f in ("min", "max"))
        first = f"row_number() over (partition by {quoted} order by {order}) = 1"
        swapped = f"case {quoted} when {low} then {high} when {high} then {low} else {quoted} end"
        value = f"case when {first} then {swapped} else {quoted} end"
    return (
        f"select * exclude (place_, count_) replace (({value}) as {quoted}) "
        f"from (select *, {placed} from ({sql}))"
    )
