"""What both renderers run on what they have written: `project: post-render`.

Pages, PDF and Word files get what neither renderer gives: headers of rows, names of regions, a
policy of content security, properties. A link that leads nowhere stops the rendering.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bokslut.render import html, links, pdf, search, word
from bokslut.render.lines import RenderFailed

ASSETS = Path("site_libs/bokslut")
SEARCH = "search-index.js"


def finish(project: Path, output: Path) -> None:
    """Puts the files of a rendered site right, in place; a second time changes nothing.

    Raises RenderFailed with file and place for each link that leads nowhere.
    """
    pages = {file.name: html.read(file) for file in sorted(output.glob("*.html"))}
    folder = output / ASSETS
    folder.mkdir(parents=True, exist_ok=True)
    if any(page.xpath(f"//script[contains(@src, '{SEARCH}')]") for page in pages.values()):
        (folder / SEARCH).write_text(search.script(pages), encoding="utf-8")
    problems = links.dead(pages, project, output)
    if problems:
        raise RenderFailed(*problems)
    for name in ("page.js", "print.css"):
        text = (html.HERE / name).read_text(encoding="utf-8")
        (folder / name).write_text(html.with_head(text, pages), encoding="utf-8")
    for name, page in pages.items():
        html.finish(page, ASSETS)
        html.write(page, output / name)
    for file in output.glob("*.pdf"):
        pdf.finish(file)
    for file in output.glob("*.docx"):
        word.finish(file)
    # Quarto writes the texts of its own search, which no page reads from disk.
    (output / "search.json").unlink(missing_ok=True)


def main() -> None:
    """Finishes the output of the project in the folder where it runs, as Quarto calls it."""
    project = Path.cwd()
    try:
        finish(project, Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"]))
    except RenderFailed as failure:
        for problem in failure.problems:
            print(problem.told(project.parent), file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
