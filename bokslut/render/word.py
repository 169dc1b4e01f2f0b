"""What a Word file needs that neither renderer gives it: headers of rows, rows that stay whole."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path

from lxml import etree

DOCUMENT, PROPERTIES = "word/document.xml", "docProps/core.xml"
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
NAMES = {"w": SPACE, "dc": "http://purl.org/dc/elements/1.1/"}
HEAD = re.compile(r"word/(header|footer)\d*\.xml")
# The fields of head and foot, and the properties that they show.
FIELDS = {
    "AUTHOR": "dc:creator",
    "TITLE": "dc:title",
    "SUBJECT": "dc:subject",
    "COMMENTS": "dc:description",
}
FIRST_ROW_AND_COLUMN = f"{0x0020 | 0x0080:04X}"
SMALL = "14"
ONE_PAGE = 25
"""A table of at most so many rows is kept on one page."""


def finish(file: Path) -> None:
    """Puts a Word file right in place; a second time changes nothing."""
    with zipfile.ZipFile(file) as old:
        parts = {entry: old.read(entry) for entry in old.infolist()}
    properties = next(text for entry, text in parts.items() if entry.filename == PROPERTIES)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, content in parts.items():
            if entry.filename == DOCUMENT:
                content = finished(content)
            if entry.filename == PROPERTIES:
                content = with_region(content)
            if HEAD.fullmatch(entry.filename):
                content = with_properties(content, etree.fromstring(properties))
            new.writestr(entry, content)


def finished(content: bytes) -> bytes:
    """The document with its tables put right."""
    root = etree.fromstring(content)
    for table in list(root.iter(f"{W}tbl")):
        unframe(table)
    for table in root.iter(f"{W}tbl"):
        for look in table.iterfind(f"{W}tblPr/{W}tblLook"):
            look.set(f"{W}firstColumn", "1")
            look.set(f"{W}val", FIRST_ROW_AND_COLUMN)
        rows = table.findall(f"{W}tr")
        for row in rows:
            with_property(row, "trPr", "cantSplit")
        for row in rows[:-1] if len(rows) <= ONE_PAGE else rows[:1]:
            for paragraph in row.iter(f"{W}p"):
                with_property(paragraph, "pPr", "keepNext")
    # A line that is only a status stays with what it is about.
    for status in root.xpath(
        "//w:body/w:p[w:r/w:rPr/w:rStyle[starts-with(@w:val, 'Status')]]", namespaces=NAMES
    ):
        with_property(status, "pPr", "keepNext")
    with_lists(root)
    # The style of a table outdoes that of its characters in LibreOffice.
    for style in root.xpath("//w:rPr/w:rStyle[@w:val='SmallPrint']", namespaces=NAMES):
        with_property(style.getparent().getparent(), "rPr", "sz", val=SMALL)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_lists(root: etree._Element) -> None:
    """Fills the contents, which pandoc leaves empty until Word asks, and adds those of tables and
    figures; the body begins on a page of its own.
    """
    content = root.find(f".//{W}sdt/{W}sdtContent")
    if content is None or len(content) != 2:  # none, or filled already
        return
    title, empty = content
    code = empty.findtext(f".//{W}instrText") or ""
    content.remove(empty)
    content.extend(listed(root, code, {"Heading1": "TOC1", "Heading2": "TOC2"}))
    last = content.getparent()
    body = last.getnext()
    for words, style, name in (
        ("Tabeller", "TableCaption", "Table Caption"),
        ("Figurer", "ImageCaption", "Image Caption"),
    ):
        found = listed(root, f'TOC \\h \\z \\t "{name};1"', {style: "TableofFigures"})
        head = deepcopy(title)
        head.find(f".//{W}t").text = words
        for line in [head, *found] if found else []:
            last.addnext(line)
            last = line
    with_property(title, "pPr", "pageBreakBefore")
    while body.tag != f"{W}p":
        body = body.getnext()
    with_property(body, "pPr", "pageBreakBefore")


def listed(root: etree._Element, code: str, styles: Mapping[str, str]) -> list[etree._Element]:
    """A line for each paragraph of the styles, with its page, as the result of the field `code`."""
    lines = []
    for paragraph in list(root.iter(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or style.get(f"{W}val") not in styles:
            continue
        number = str(900_000 + len(root.findall(f".//{W}bookmarkStart")))
        name = f"_Toc{number}"
        paragraph.insert(1, element("bookmarkStart", id=number, name=name))
        paragraph.append(element("bookmarkEnd", id=number))
        link = element("hyperlink", anchor=name)
        text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
        link.extend([run("t", text), run("tab"), *field(f"PAGEREF {name} \\h")])
        lines.append(line(styles[str(style.get(f"{W}val"))], link))
    if lines:
        begin, instruction, separate, end = field(code)
        lines[0][1:1] = [begin, instruction, separate]
        lines.append(line(next(iter(styles.values())), end))
    return lines


def line(style: str, content: etree._Element) -> etree._Element:
    """A paragraph of a style."""
    made, properties = element("p"), element("pPr")
    properties.append(element("pStyle", val=style))
    made.extend([properties, content])
    return made


def element(tag: str, **attributes: str | None) -> etree._Element:
    """An element of the document, with the attributes that have a value."""
    given = {f"{W}{name}": value for name, value in attributes.items() if value is not None}
    return etree.Element(f"{W}{tag}", given)


def run(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """A run of one element."""
    made = element("r")
    inner = element(tag, **attributes)
    inner.text = text
    made.append(inner)
    return made


def field(code: str) -> list[etree._Element]:
    """A field that is reckoned when the file is opened."""
    return [
        run("fldChar", fldCharType="begin", dirty="true"),
        run("instrText", code),
        run("fldChar", fldCharType="separate"),
        run("fldChar", fldCharType="end"),
    ]


def unframe(table: etree._Element) -> None:
    """Takes away the table of one cell that Quarto sets, centred, around a table or picture."""
    cells = table.findall(f"{W}tr/{W}tc")
    if len(cells) != 1 or not cells[0].xpath("w:tbl | w:p//w:drawing", namespaces=NAMES):
        return
    for centred in cells[0].xpath(".//w:jc[@w:val='center']", namespaces=NAMES):
        centred.getparent().remove(centred)
    style = "TableCaption" if cells[0].find(f"{W}tbl") is not None else "ImageCaption"
    # Quarto gives a caption two sets of properties, where Word allows one.
    for caption in cells[0].xpath("w:p[w:pPr/w:pStyle/@w:val='ImageCaption']", namespaces=NAMES):
        for properties in caption.findall(f"{W}pPr"):
            caption.remove(properties)
        with_property(caption, "pPr", "pStyle", val=style)
    for part in list(cells[0]):
        if part.tag != f"{W}tcPr":
            table.addprevious(part)
    table.getparent().remove(table)


def with_property(owner: etree._Element, group: str, name: str, **attributes: str) -> None:
    """Sets a property of a row, paragraph or run where its schema has it: after the style."""
    properties = owner.find(f"{W}{group}")
    if properties is None:
        properties = etree.Element(f"{W}{group}")
        owner.insert(0, properties)
    if properties.find(f"{W}{name}") is None:
        styles = [p for p in properties if p.tag in (f"{W}pStyle", f"{W}rStyle")]
        properties.insert(len(styles), element(name, **attributes))


def with_region(content: bytes) -> bytes:
    """The properties with Swedish as it is written in Sweden, which Quarto leaves out."""
    root = etree.fromstring(content)
    for language in root.iterfind("dc:language", NAMES):
        language.text = {"sv": "sv-SE", "en": "en-GB"}.get(language.text or "", language.text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_properties(content: bytes, properties: etree._Element) -> bytes:
    """A head or foot whose fields show the properties, also where nobody reckons fields."""
    root = etree.fromstring(content)
    value = None
    for part in root.iter(f"{W}instrText", f"{W}t"):
        if part.tag == f"{W}instrText":
            name = FIELDS.get((part.text or "").strip())
            value = properties.findtext(name, "", NAMES) if name else None
        elif value is not None:
            part.text, value = value, None
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
