"""Sets a Typst source as PDF/UA-1, and tags the headers of rows of a PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import typst

from bokslut.render.lines import Problem, RenderFailed


def write(source: Path, document: Path) -> Path:
    """The PDF beside its Typst source, which goes away.

    Raises RenderFailed where Typst cannot set it, or PDF/UA-1 forbids what it would be.
    """
    target = source.with_suffix(".pdf")
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
    source.unlink()
    return target


def finish(file: Path) -> None:
    """Makes the first cell of each body row the header of its row, in place.

    Typst has this only behind a switch that neither its Python package nor Quarto passes on. It
    lists the column headers of every cell; that list goes, since it would leave out the row's, and
    a reader finds both by the scopes.
    """
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for row in (e for e in elements(pdf.Root.StructTreeRoot) if e.S == "/TR"):
            for place, cell in enumerate(children(row)):
                attributes = table_attributes(cell)
                if "/Headers" in attributes:
                    del attributes["/Headers"]
                if place == 0 and cell.S == "/TD":
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
