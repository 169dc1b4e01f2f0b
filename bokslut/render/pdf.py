"""Sets a Typst source as PDF/UA-1, with header tags for the rows of its tables too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst

from bokslut.render.lines import Problem, RenderFailed

ROW_HEADERS = re.compile(r"/\* row-headers: (\d) \*/")


def write(source: Path, document: Path) -> Path:
    """The PDF beside its Typst source, which goes away.

    Raises RenderFailed where Typst cannot set it, or PDF/UA-1 forbids what it would be.
    """
    target = source.with_suffix(".pdf")
    text = source.read_text(encoding="utf-8")
    try:
        typst.compile(
            str(source),
            output=str(target),
            root=str(source.parent),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise RenderFailed(Problem(document, 0, f"PDF: {error}")) from error
    mark_row_headers(target, [int(n) for n in ROW_HEADERS.findall(text)])
    source.unlink()
    return target


def mark_row_headers(file: Path, heads: list[int]) -> None:
    """Makes the first cells of each body row headers of their row.

    Typst has this only behind a switch that its Python package does not pass on. It lists the
    column headers of every cell; that list goes, since it would leave out the row's, and a
    reader finds both by the scopes.
    `heads` says how many columns are headers, for each table in the order of the document.
    """
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        tables = [e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/Table"]
        if len(tables) != len(heads):
            raise ValueError(f"{len(tables)} tables are tagged, {len(heads)} are in the source")
        for table, count in zip(tables, heads, strict=True):
            for row in (e for e in elements(table) if count and e.S == "/TR"):
                for place, cell in enumerate(children(row)):
                    attributes = table_attributes(cell)
                    del attributes["/Headers"]
                    if place < count and cell.S == "/TD":
                        cell.S = pikepdf.Name.TH
                        attributes.Scope = pikepdf.Name.Row
        pdf.save(file, deterministic_id=True)


def table_attributes(cell: pikepdf.Object) -> pikepdf.Object:
    """The attributes of a cell that are about the table that it stands in."""
    return next(a for a in cell.A if a.O == "/Table")


def children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure elements directly below one."""
    below = element.get("/K", [])
    below = list(below) if isinstance(below, pikepdf.Array) else [below]
    return [e for e in below if isinstance(e, pikepdf.Dictionary) and "/S" in e]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All structure elements below one, in reading order."""
    for child in children(element):
        yield child
        yield from elements(child)
