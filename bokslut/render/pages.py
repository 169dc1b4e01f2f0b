"""Converts the text of a document with pandoc: an HTML page, a Typst source, a DOCX."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date

from bokslut.render.lines import Line, Problem, RenderFailed
from bokslut.render.pandoc import pandoc
from bokslut.render.project import FORMATS, Document, Project, as_list
from bokslut.render.word import mark_first_columns

HERE = Path(__file__).parent
FILTER = HERE / "quarto.lua"
WORDS = {
    "sv": {
        "skip": "Hoppa till innehållet",
        "nav": "Sidor",
        "toc": "På denna sida",
        "contents": "Innehåll",
        "formats": "Andra format",
    },
    "en": {
        "skip": "Skip to content",
        "nav": "Pages",
        "toc": "On this page",
        "contents": "Contents",
        "formats": "Other formats",
    },
}
FORMAT_NAMES = {"typst": "PDF", "docx": "Word"}
# What the Lua filter tells, in a controller's words.
TOLD = {
    "unresolved": "hänvisningen @{} leder ingenstans",
    "duplicate": "etiketten {} står på två ställen",
    "alt": "bilden {} saknar alternativtext (fig-alt)",
    "villkor": "villkorat innehåll för formatet {}: bara html, typst och docx",
    "callout": "rutan har något som inte stöds: {}",
    "tabset": "{} börjar inte med en rubrik",
    "caption": "{} har ingen bild eller tabell, eller ingen bildtext",
    "layout": "{} stöds inte",
    "sektion": "hänvisning till avsnittet {} kräver number-sections: true",
}


def convert(
    document: Document, lines: list[Line], format_: str, project: Project, folder: Path
) -> Path:
    """Writes the document in one format into the folder where it was run; the file's path.

    For `typst` it is the Typst source, which `pdf.write` sets.
    Raises RenderFailed for what pandoc or the filter could not make out.
    """
    settings = document.formats[format_]
    target = folder / f"{document.name}{'.typ' if format_ == 'typst' else FORMATS[format_]}"
    variables = metadata(document, format_, project)
    command = [pandoc(), "--from=markdown", f"--to={format_}", "--standalone"]
    command += [f"--lua-filter={folder / name}" for name in settings.get("filters", [])]
    command += [f"--lua-filter={FILTER}", f"--metadata-file={target}.json", "--wrap=none"]
    command += [f"--output={target}", "--syntax-highlighting=none"]
    if format_ == "html":
        command += [
            f"--template={HERE / 'page.html'}",
            "--section-divs",
            "--syntax-highlighting=none",
        ]
    if format_ == "typst":
        command += [f"--template={HERE / 'report.typ'}"]
    if format_ == "docx" and "reference-doc" in settings:
        command += [f"--reference-doc={folder / settings['reference-doc']}"]
    if settings.get("toc"):
        command += ["--toc", f"--toc-depth={settings.get('toc-depth', 3)}"]
    meta = Path(f"{target}.json")
    meta.write_text(json.dumps(variables, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run(
        command,
        input="\n".join(line.text for line in lines),
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    meta.unlink()
    heads, said = row_headers(done.stderr)
    problems = told(said, document, lines, project.comments)
    if done.returncode and not problems:
        problems = [Problem(document.file, 0, done.stderr.strip())]
    if problems:
        raise RenderFailed(*problems)
    if format_ == "docx":
        mark_first_columns(target, heads)
    return target


def row_headers(stderr: str) -> tuple[list[int], str]:
    """How many header columns each table has, as the filter told, and what else was said."""
    told_line = re.compile(r"^bokslut: row-headers\t(\d+)\n", re.MULTILINE)
    return [int(n) for n in told_line.findall(stderr)], told_line.sub("", stderr)


def metadata(document: Document, format_: str, project: Project) -> dict[str, Any]:
    """What the templates and the filter need to know besides the text."""
    settings = document.formats[format_]
    lang = str(settings.get("lang", "sv"))
    words = WORDS[lang[:2]]
    website = project.settings.get("website", {})
    region = {"sv": "SE", "en": "GB"}[lang[:2]]
    kept = ("title", "subtitle", "date", "author", "description", "description-meta")
    kept += ("number-sections",)
    values = {name: settings[name] for name in kept if name in settings}
    if isinstance(settings.get("date"), date):
        values["date"] = format_date(settings["date"], "long", locale=lang)
    values |= {"lang": f"{lang[:2]}-{region}" if format_ == "docx" else lang, "region": region}
    values |= {
        "toc-title": settings.get("toc-title", words["toc" if format_ == "html" else "contents"])
    }
    values |= {"toc-depth": settings.get("toc-depth", 3)}
    if format_ == "typst":
        values |= {
            "papersize": settings.get("papersize", "a4"),
            "title-plain": typst_text(settings.get("title", document.name)),
            "author-plain": typst_text(settings.get("author", website.get("title", ""))),
        }
    if format_ == "html":
        values |= {
            "pagetitle": settings.get("pagetitle", settings.get("title", document.name)),
            "site-title": website.get("title", ""),
            "site-lang": str(project.settings.get("lang", "sv")),
            "nav-label": WORDS[str(project.settings.get("lang", "sv"))[:2]]["nav"],
            "nav": navigation(project, document),
            "skip-text": words["skip"],
            "formats-label": words["formats"],
            "css": as_list(settings.get("css")),
            "footer": website.get("page-footer", ""),
            "other-formats": [
                {"href": f"{document.name}{FORMATS[name]}", "text": FORMAT_NAMES[name]}
                for name in document.formats
                if name != "html"
            ],
        }
    return values


def navigation(project: Project, document: Document) -> list[dict[str, Any]]:
    """The pages of the navbar, the current one marked."""
    navbar = project.settings.get("website", {}).get("navbar", {})
    titles = {d.file.name: d.meta.get("title", d.name) for d in project.documents}
    found = []
    for entry in [*navbar.get("left", []), *navbar.get("right", [])]:
        item = {"href": entry} if isinstance(entry, str) else dict(entry)
        page = item["href"]
        item.setdefault("text", titles.get(page, page))
        item["current"] = page == document.file.name
        item["href"] = re.sub(r"\.qmd\b", ".html", page)
        found.append(item)
    return found


def typst_text(text: object) -> str:
    """A text inside Typst's quotes."""
    return str(text).replace("\\", "\\\\").replace('"', '\\"')


def told(
    stderr: str, document: Document, lines: Sequence[Line], comments: Sequence[Line]
) -> list[Problem]:
    """What pandoc and the filter said, each with the file and line that it is about."""
    problems = []
    for said in re.split(r"\n(?=\[|bokslut: )", stderr.strip()):
        if said.startswith("bokslut: "):
            what, _, name = said.removeprefix("bokslut: ").partition("\t")
            message = TOLD[what].format(name)
            problems.append(where(name, message, document, lines, comments))
        elif found := re.search(r"\[WARNING\].*?line (\d+)", said, re.DOTALL):
            line = lines[min(int(found[1]), len(lines)) - 1]
            problems.append(Problem(line.file, line.number, " ".join(said.split())))
        elif said.startswith("[WARNING]") or "Error" in said:
            problems.append(Problem(document.file, 0, " ".join(said.split())))
    return problems


def where(
    name: str, message: str, document: Document, lines: Sequence[Line], comments: Sequence[Line]
) -> Problem:
    """The last line that holds the name; in the comment, where a cell has read a comment in."""
    whole = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    held = [line for line in lines if whole.search(line.text)]
    if not held:
        return Problem(document.file, 0, message)
    line = next((c for c in comments if c.text == held[-1].text), held[-1])
    return Problem(line.file, line.number, message)
