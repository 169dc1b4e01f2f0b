"""Makes `reports/reference.docx`, whose styles the Word files get, out of pandoc's own.

Run as `uv run python -m bokslut.render.reference` after a change here. An office may edit the
styles of the file instead; built-in styles keep their names, which Word shows as Rubrik 1,
Brödtext and so on.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

from bokslut.render.pandoc import pandoc

REFERENCE = Path("reports/reference.docx")
COLOUR = "1F3D54"
FONT = "Calibri"

CALLOUTS = """
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="Callout">
    <w:name w:val="Callout" /><w:basedOn w:val="BodyText" /><w:qFormat />
    <w:pPr><w:pBdr><w:left w:val="single" w:sz="24" w:space="8" w:color="1F5673" /></w:pBdr>
      <w:spacing w:before="0" w:after="60" /><w:ind w:left="240" /></w:pPr>
  </w:style>
  <w:style w:type="paragraph" w:customStyle="1" w:styleId="CalloutTitle">
    <w:name w:val="Callout Title" /><w:basedOn w:val="Callout" /><w:next w:val="Callout" />
    <w:qFormat /><w:pPr><w:keepNext /></w:pPr><w:rPr><w:b /></w:rPr>
  </w:style>
</w:styles>"""

TABLE = """<w:rPr><w:sz w:val="18" /><w:szCs w:val="18" /></w:rPr>
    <w:tblPr>
      <w:tblBorders>
        <w:bottom w:val="single" w:sz="4" w:color="808080" />
        <w:insideH w:val="single" w:sz="4" w:color="BFBFBF" />
      </w:tblBorders>
      <w:tblInd"""

PAGE = """<w:pgSz w:w="11906" w:h="16838" />
      <w:pgMar w:top="1418" w:right="1247" w:bottom="1418" w:left="1247" w:header="709"
        w:footer="709" w:gutter="0" />
    </w:sectPr>"""


def styles(xml: str) -> str:
    """The styles in Swedish, dark enough to read, with tables that have lines and bold heads."""
    xml = xml.replace('w:lang w:val="en-US"', 'w:lang w:val="sv-SE"')
    xml = re.sub(
        r'<w:rFonts [^>]*w:ascii(Theme)?="(minor|major)?[^>]*/>',
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" />',
        xml,
    )
    xml = re.sub(r"<w:color [^>]*/>", f'<w:color w:val="{COLOUR}" />', xml)
    xml = xml.replace('<w:sz w:val="24" />', '<w:sz w:val="21" />', 1)
    xml = xml.replace("<w:tblPr>\n      <w:tblInd", TABLE, 1)
    # Numbers need the width more than the space between them.
    xml = re.sub(r'(<w:(?:left|right) w:w=)"108"', r'\1"57"', xml)
    head = '<w:tblStylePr w:type="firstRow">'
    xml = xml.replace(head, head + "<w:rPr><w:b /></w:rPr>", 1)
    return xml.replace("</w:styles>", CALLOUTS)


def make() -> bytes:
    """The document, the same bytes every time."""
    command = [pandoc(), "--print-default-data-file", "reference.docx"]
    given = subprocess.run(command, capture_output=True, check=True).stdout
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(given)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/styles.xml":
                content = styles(content.decode()).encode()
            elif name == "word/document.xml":
                content = content.decode().replace("</w:sectPr>", PAGE).encode()
            entry = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()


if __name__ == "__main__":
    REFERENCE.write_bytes(make())
