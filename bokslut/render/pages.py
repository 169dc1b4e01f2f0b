"""Converts the text of a document with pandoc: an HTML page, a Typst source, a DOCX."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bokslut.render.lines import Line, Problem, RenderFailed
from bokslut.render.pandoc import pandoc
from bokslut.render.project import FORMATS, Document, Project, as_list

HERE = Path(__file__).parent
NAVIGATION = {"sv": "Sidor", "en": "Pages"}
REGIONS = {"sv": "SE", "en": "GB"}
# What the Lua filter tells, in a controller's words.
TOLD = {
    "unresolved": "hänvisningen @{} leder ingenstans",
    "duplicate": "etiketten {} står på två ställen",
    "alt": "bilden {} saknar alternativtext (fig-alt)",
    "condition": "villkorat innehåll för formatet {}: bara html, typst och docx",
    "caption": "{} har ingen tabell",
    "layout": "{} stöds inte",
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
    meta = Path(f"{target}.json")
    variables = metadata(document, format_, project)
    meta.write_text(json.dumps(variables, ensure_ascii=False), encoding="utf-8")
    command = [pandoc(), "--from=markdown", f"--to={format_}", "--standalone", "--wrap=none"]
    command += [f"--lua-filter={folder / name}" for name in settings.get("filters", [])]
    command += [f"--lua-filter={HERE / 'quarto.lua'}", f"--metadata-file={meta}"]
    command += [f"--output={target}", "--syntax-highlighting=none"]
    if format_ == "html":
        command += [f"--template={HERE / 'page.html'}", "--section-divs"]
    if "template" in settings:
        command += [f"--template={folder / settings['template']}"]
    if "reference-doc" in settings:
        command += [f"--reference-doc={folder / settings['reference-doc']}"]
    if settings.get("toc"):
        command += ["--toc", f"--toc-depth={settings.get('toc-depth', 3)}"]
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
    problems = told(done.stderr, document, lines, project.comments)
    if done.returncode and not problems:
        problems = [Problem(document.file, 0, done.stderr.strip())]
    if problems:
        raise RenderFailed(*problems)
    return target


def metadata(document: Document, format_: str, project: Project) -> dict[str, Any]:
    """What the templates and the filter need to know besides the text."""
    settings = document.formats[format_]
    website = project.settings.get("website", {})
    lang, site_lang = settings.get("lang", "sv"), project.settings.get("lang", "sv")
    kept = ("title", "description-meta", "papersize", "section-numbering", "toc-title", "toc-depth")
    values = {name: settings[name] for name in kept if name in settings}
    values |= {"lang": lang, "region": settings.get("region", REGIONS[lang])}
    if format_ == "docx":
        values["lang"] = f"{lang}-{values['region']}"
    if format_ == "html":
        values |= {
            "pagetitle": f"{settings.get('title', document.name)} – {website.get('title', '')}",
            "site-title": website.get("title", ""),
            "site-lang": site_lang,
            "nav-label": NAVIGATION[site_lang],
            "nav": navigation(project, document),
            "home": f"{'index' if project.has('index') else document.name}.html",
            "css": as_list(settings.get("css")),
            "footer": website.get("page-footer", ""),
        }
    return values


def navigation(project: Project, document: Document) -> list[dict[str, Any]]:
    """The pages of the navbar, the current one marked."""
    return [
        {
            "href": re.sub(r"\.qmd$", ".html", page["href"]),
            "text": page["text"],
            "current": page["href"] == document.file.name,
        }
        for page in project.navigation
    ]


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
