"""Which rows of a draft are sums of others, and which columns are made of others."""

from __future__ import annotations

from decimal import Decimal

from bokslut.transcription.reading import arithmetic, seeds
from bokslut.transcription.reading.concepts.concept import RESULT, RESULT_OF_UNIT
from bokslut.transcription.reading.draft.folder import TEMPLATE, SeedFolder
from bokslut.transcription.reading.labels import code
from bokslut.transcription.reading.output import PRINTED, Read
from bokslut.transcription.reading.tables.table import ReadTable
from bokslut.transcription.reading.template import Alias


def sum_keys(table: ReadTable) -> dict[int, tuple[str, str]]:
    """For each row the sum that it is a part of and the one that it is, by the row's identity."""
    # Two tables of one sheet can have its name both.
    name = table.source_table or code(f"{table.title} {table.place}")
    part_of: dict[int, str] = {}
    total_of: dict[int, str] = {}
    for number, one in enumerate(arithmetic.sums(table), 1):
        # What a cost is less an income lies between them, as a mean does.
        if len(one.parts) < 2 or (table.source_table in PRINTED and len(one.means) > len(one.held)):
            continue
        key = f"{name}_{code(table.lines[one.total].label)}_{number}"
        total_of[id(table.lines[one.total])] = key
        for part in one.parts:
            part_of[id(table.lines[part])] = key
    return {
        id(line): (part_of.get(id(line), ""), total_of.get(id(line), "")) for line in table.lines
    }


def set_repeated_apart(report: Read) -> None:
    """Takes a table that prints most figures of one before it again, as an appendix does, for one
    of its own: its figures are held against the first's, its sums are not of the rows of both."""
    before: dict[str, list[dict[tuple[str, ...], Decimal]]] = {}
    says: dict[tuple[str, ...], tuple[object, ...]] = {}
    columns: dict[tuple[str, object], frozenset[str]] = {}
    signed: dict[tuple[str, str], tuple[object, ...]] = {}
    for table in report.document.tables:
        keys = sum_keys(table)
        meant = {
            (table.source_table, *seeds.placed(line, table), line.label): (
                concept and (concept.measure_code, concept.unit_code),
                *map(bool, keys[id(line)]),
            )
            for line in table.lines
            for concept in [report.concepts.of(line)]
        }
        # Two tables with other columns of one row have no empty cells for each other's.
        printed = frozenset(column.name for column in table.number_columns)
        rows = {(table.source_table, said[0]) for said in meant.values() if said[0]}
        is_of_results = {RESULT, RESULT_OF_UNIT} & {concept[0] for _, concept in rows}
        has_others = not is_of_results and any(columns.get(row, printed) != printed for row in rows)
        columns |= dict.fromkeys(rows, printed)
        # Of costs and income together deviations have either sign, of costs alone one; what is left
        # of a budget has another than what costs below nought are above theirs.
        names = [column.name for column in table.number_columns]
        ways = {
            (table.source_table, names[r.result]): (
                r.either_sign,
                *((names[i], sign) for i, sign in sorted(r.terms) if not r.either_sign),
            )
            for r in arithmetic.relations(table)
        }
        is_of_some = table.source_table in PRINTED and id(table) in report.concepts.of_some_units
        is_other = any(signed.setdefault(key, way) != way for key, way in ways.items())
        if (
            is_of_some
            or has_others
            or is_other
            or any(says.get(key, one) != one for key, one in meant.items())
        ):
            # A seed has one meaning for rows of one name, and one sum of all units.
            table.source_table = ""
        elif table.source_table in PRINTED:
            says |= meant
        figures = {
            (*seeds.placed(line, table), line.label, figure.column.name): figure.number.value
            for line, figure in table.figures()
            if figure.number and figure.column.name
        }
        there = before.setdefault(table.source_table, [])
        if table.source_table in PRINTED and any(
            sum(one.get(key) == value for key, value in figures.items()) * 2 > len(figures)
            for one in there
        ):
            table.source_table = ""
        else:
            there.append(figures)


def add_identities(folder: SeedFolder, report: Read) -> None:
    """Which columns of the printed tables give another, as most rows of the draft have it.

    Of several tables of one kind, such as a summary and its appendix, the first that has it counts.
    """
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for table in report.document.tables:
        if table.source_table not in PRINTED:
            continue
        columns = table.number_columns
        held = {r.result: r for r in arithmetic.relations(table) if not r.either_sign}
        tried = {forms[0].result for forms in arithmetic.possible_relations(columns)}
        for result in sorted(tried):
            # A column without a name is one that the seed does not have.
            if name := columns[result].name:
                terms = held[result].terms if result in held else ()
                named = [(columns[i].name, k) for i, k in terms]
                found[table.source_table, name] = found.get((table.source_table, name)) or named
    for (source_table, name), named in found.items():
        # No column is called `none`: what does not hold in most rows is not asked of any.
        folder.add(
            "reference_identities",
            [
                {
                    "template": TEMPLATE,
                    "source_table": source_table,
                    "column_name": name,
                    "term": term,
                    "coefficient": str(sign),
                }
                for term, sign in named or [("none", 1)]
            ],
        )


def consistent_keys(
    table: ReadTable,
    keys: dict[int, tuple[str, str]],
    said: dict[int, tuple[str, Alias | None]],
) -> dict[int, tuple[str, str]]:
    """The keys of a table's sums: the seeds' own where they know the rows, else by what adds up."""
    known = {key for key, (_, alias) in said.items() if alias and alias.total_of}
    if known and known >= {key for key, (_, total_of) in keys.items() if total_of}:
        return {
            key: (alias.part_of, alias.total_of) if alias else ("", "")
            for key, (_, alias) in said.items()
        }
    return keys
