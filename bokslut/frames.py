"""Marts as typed pandas DataFrames, read-only, for notebooks and tests.

    from bokslut import frames

    frames.mart("fct_results")

Source: the schema `marts` of the current edition, or of the dev database where there is none
(`bokslut.database.source`).
"""

from __future__ import annotations

import os
from typing import Literal

import pandas as pd
import pyarrow as pa

from bokslut import database as db

SCHEMA = "marts"


def names(database: str | os.PathLike[str] | None = None) -> list[str]:
    """The marts there are, in alphabetical order."""
    with db.connect(database) as connection:
        rows = connection.execute(
            "select table_name from information_schema.tables where table_schema = ? order by 1",
            [SCHEMA],
        ).fetchall()
    return [name for (name,) in rows]


def mart(
    name: str,
    database: str | os.PathLike[str] | None = None,
    decimals: Literal["decimal", "float"] = "decimal",
) -> pd.DataFrame:
    """One mart: a row per row of the table, in the order of its first columns.

    Types are Arrow's, so that decimals stay decimals, integers stay integers beside missing values,
    and a missing value is `pd.NA`, never 0 or NaN. `decimals="float"` makes decimals double
    precision numbers, for analysis: `pct_change`, `cumsum` and `interpolate` need them.

    Raises:
        KeyError: there is no such mart; the message lists those there are.
        bokslut.database.DatabaseNotBuilt: the database has not been built.
    """
    known = names(database)
    if name not in known:
        raise KeyError(f"{name} är ingen publik tabell. De som finns: {', '.join(known)}")
    with db.connect(database) as connection:
        table = connection.execute(f'select * from {SCHEMA}."{name}" order by all').to_arrow_table()
    if decimals == "float":
        fields = [
            field.with_type(pa.float64()) if pa.types.is_decimal(field.type) else field
            for field in table.schema
        ]
        table = table.cast(pa.schema(fields))
    return table.to_pandas(types_mapper=pd.ArrowDtype)
