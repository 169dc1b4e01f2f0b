"""What lies outside the subset is an error that names file and line, never silence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bokslut.render import run
from bokslut.render.project import RenderFailed, read_project
from render.conftest import SETTINGS, Write

HEAD = "---\ntitle: En sida\n---\n\n"
CELL = "```{python}\n"

# The text after the front matter (so that its first line is line 5) or with it, and what is said.
SEEN = {
    "an unknown key": (
        "---\ntitel: En sida\n---\n",
        "rad 2: okänd inställning titel; menades title?",
    ),
    "a misspelt key of a format": (
        "---\ntitle: A\nformat:\n  typst:\n    papersise: a4\n---\n",
        "rad 5: okänd inställning format.typst.papersise; menades papersize?",
    ),
    "a format that is not made": (
        "---\ntitle: A\nformat: pdf\n---\n",
        "rad 3: okänd inställning format.pdf",
    ),
    "a value that is not made": (
        "---\ntitle: A\nformat:\n  typst:\n    papersize: a5\n---\n",
        "rad 5: format.typst.papersize: a5 stöds inte; de som stöds: a4",
    ),
    "a language without words": ("---\nlang: fi\n---\n", "rad 2: lang: fi stöds inte"),
    "a key twice": ("---\ntitle: A\ntitle: B\n---\n", "rad 3: title står två gånger"),
    "YAML that cannot be read": ("---\ntitle: [A\n---\n", "rad 2: YAML kan inte läsas"),
    "front matter without an end": ("---\ntitle: A\n", "rad 1: YAML-huvudet tar aldrig slut"),
    "an unknown option": (
        HEAD + CELL + "#| lable: x\n1\n```\n",
        "rad 6: okänd inställning lable; menades label?",
    ),
    "an option's other value": (
        HEAD + CELL + "#| echo: true\n#| output: hide\n1\n```\n",
        "rad 7: output: hide stöds inte; de som stöds: true, false, asis",
    ),
    "an option after code": (
        HEAD + CELL + "1\n#| echo: false\n```\n",
        "rad 7: #| echo: false står inte först i cellen",
    ),
    "another language": (HEAD + "```{r}\n1\n```\n", "rad 5: cellen {r} stöds inte; bara {python}"),
    "options on the fence": (
        HEAD + "```{python, echo=FALSE}\n1\n```\n",
        "rad 5: cellen {python, echo=FALSE} stöds inte",
    ),
    "another inline language": (HEAD + "Ett `{r} 1`.\n", "rad 5: `{r}` stöds inte"),
    "an unknown shortcode": (
        HEAD + "Text\n\n{{< video x.mp4 >}}\n",
        "rad 7: kortkoden {{< video x.mp4 >}} stöds inte här",
    ),
    "an include within a line": (
        HEAD + "Se {{< include _a.qmd >}}\n",
        "rad 5: kortkoden {{< include _a.qmd >}} stöds inte här; bara include, ensam på sin rad",
    ),
    "a missing include": (
        HEAD + "{{< include _borta.qmd >}}\n",
        "rad 5: filen _borta.qmd som ska tas in finns inte",
    ),
    "an include of itself": (
        HEAD + "{{< include sida.qmd >}}\n",
        "rad 5: sida.qmd tar in sig själv",
    ),
    "an open div": (
        HEAD + "::: {.callout-note}\nText\n",
        "rad 5: ::: {.callout-note} stängs aldrig",
    ),
    "a div that nothing opened": (HEAD + "Text\n\n:::\n", "rad 7: ::: stänger något"),
    "an open fence": (HEAD + "Text\n\n```\nkod\n", "rad 7: kodblocket ``` stängs aldrig"),
}

MADE = {
    "an unresolved reference": ("Text\n\nSe @fig-borta.\n", "rad 7: hänvisningen @fig-borta leder"),
    "an unknown kind of reference": ("Se @eq-ett.\n", "rad 5: hänvisningen @eq-ett leder"),
    "a label twice": (
        2 * "| a | b |\n|--|--|\n| 1 | 2 |\n\n: A {#tbl-a}\n\n",
        "rad 15: etiketten tbl-a står på två ställen",
    ),
    "a section reference without numbers": (
        "## A {#sec-a}\n\nSe @sec-a.\n",
        "rad 7: hänvisning till avsnittet sec-a kräver number-sections: true",
    ),
    "an image without alternative text": (
        "Text\n\n![](reference.png)\n",
        "rad 7: bilden reference.png saknar alternativtext",
    ),
    "a misspelt callout": (
        "::: {.callout-nota}\nText\n:::\n",
        "rad 5: rutan har något som inte stöds: callout-nota",
    ),
    "a layout": (
        "Text\n\n::: {.column-margin}\nText\n:::\n",
        "rad 7: .column-margin stöds inte",
    ),
    "a condition on another format": (
        '::: {.content-visible when-format="beamer"}\nText\n:::\n',
        "rad 5: villkorat innehåll för formatet beamer",
    ),
    "a tabset without headings": (
        "::: {.panel-tabset}\nText\n:::\n",
        "rad 5: panel-tabset börjar inte med en rubrik",
    ),
    "a cell that fails": (
        CELL + "ett = 1\nborta + ett\n```\n",
        "rad 7: cellen föll: NameError: name 'borta' is not defined",
    ),
    "a cell that fails in a call": (
        CELL + "import json\n\njson.loads('x')\n```\n",
        "rad 8: cellen föll: JSONDecodeError",
    ),
    "a cell that cannot be read": (CELL + "x = (\n```\n", "rad 6: cellen föll: SyntaxError"),
    "an inline expression that fails": (
        "Ett och `{python} borta`.\n",
        "rad 5: `borta` föll: NameError",
    ),
    "an inline text that Quarto would show escaped": (
        'Text `{python} "6\\u00a0773"`.\n',
        "slå in det i Markdown()",
    ),
    "HTML from a cell": (
        CELL + "from IPython.display import HTML\n\nHTML('<b>x</b>')\n```\n",
        "rad 5: cellen ger text/html; ge Markdown(...)",
    ),
}


@pytest.mark.parametrize(("text", "said"), SEEN.values(), ids=SEEN)
def test_before_anything_runs_an_error_tells_of(write: Write, text: str, said: str) -> None:
    folder = write(sida=text)
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    told = [problem.told(folder.parent) for problem in failed.value.problems]
    assert any(line.startswith(f"reports/sida.qmd, {said}") for line in told), told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of one project with all that is wrong in MADE, a document each."""
    folder = tmp_path_factory.mktemp("made") / "reports"
    folder.mkdir()
    (folder / "_quarto.yml").write_text(
        SETTINGS.replace("filters:\n  - _filters/bokslut.lua\n", "")
    )
    for number, (text, _) in enumerate(MADE.values()):
        (folder / f"sida{number}.qmd").write_text(HEAD + text, encoding="utf-8")
    (folder / "hel.qmd").write_text(HEAD + "Allt är väl.\n", encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        run.render(folder, {}, os.environ)
    assert not (folder / "_output").exists()
    return [problem.told(folder.parent) for problem in failed.value.problems]


@pytest.mark.parametrize("name", MADE)
def test_while_rendering_an_error_tells_of(made: list[str], name: str) -> None:
    number, said = list(MADE).index(name), MADE[name][1]
    own = [line for line in made if line.startswith(f"reports/sida{number}.qmd, ")]
    assert len(own) == 1, made
    assert said in own[0]


def test_a_whole_document_has_no_error(made: list[str]) -> None:
    assert [line for line in made if "hel.qmd" in line] == []


def test_all_that_is_wrong_is_said_at_once(write: Write) -> None:
    folder = write(a="---\ntitel: A\n---\n", b="{{< video x >}}\n\n:::\n")
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    assert len(failed.value.problems) == 3


def test_an_error_in_an_included_file_names_that_file(write: Write) -> None:
    folder = write(sida=HEAD + "{{< include _del.qmd >}}\n", _del="Text\n\n{{< video x >}}\n")
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    (problem,) = failed.value.problems
    assert problem.told(folder.parent).startswith("reports/_del.qmd, rad 3: kortkoden")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            SETTINGS + "websajt:\n  title: x\n",
            "rad 11: okänd inställning websajt; menades website?",
        ),
        (SETTINGS.replace("_output", "ut"), "rad 3: project.output-dir: ut stöds inte"),
        (
            SETTINGS.replace("  title: Prov", "  navbar:\n    left:\n      - borta.qmd"),
            "navbar nämner borta.qmd, som inte finns",
        ),
        (
            SETTINGS.replace("  title: Prov", "  navbar:\n    left:\n      - hreff: sida.qmd"),
            "rad 8: okänd inställning website.navbar.left.hreff; menades href?",
        ),
    ],
)
def test_an_error_in_the_settings_tells_its_line(write: Write, settings: str, said: str) -> None:
    folder = write(settings, sida=HEAD)
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    assert said in str(failed.value)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("Bra år.\n\n::: {.callout-note}\nMen\n", "rad 3: ::: {.callout-note} stängs aldrig"),
        ("Bra år.\n\n```\nkod\n", "rad 3: kodblocket ``` stängs aldrig"),
        ("Bra.\n<script>alert(1)</script>\n", "rad 2: <script> kan inte stå i en kommentar"),
        ("Ett <b>bra</b> år.\n", "rad 1: <b> kan inte stå i en kommentar"),
        ("{{< include ../x.md >}}\n", "rad 1: {{< include ../x.md >}} kan inte stå"),
        ("Ett\n\n```{python}\n1\n```\n", "rad 3: {python}: kod kan inte köras i en kommentar"),
        ("Ett `{python} 1`.\n", "rad 1: kod kan inte köras i en kommentar"),
    ],
)
def test_a_broken_comment_names_its_line(write: Write, comment: str, said: str) -> None:
    folder = write(sida=HEAD)
    (folder / "kommentarer/vss-2020").mkdir(parents=True)
    (folder / "kommentarer/vss-2020/ekonomi.md").write_text(comment, encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        read_project(folder)
    (problem, *_) = failed.value.problems
    assert problem.told(folder.parent).startswith(
        f"reports/kommentarer/vss-2020/ekonomi.md, {said}"
    )


@pytest.mark.parametrize(
    "comment",
    ["Ett < tre och 5 <7.\n", "Se <https://example.se>.\n", "`<b>` och\n\n```\n<script>\n```\n"],
)
def test_a_plain_comment_is_no_problem(write: Write, comment: str) -> None:
    folder = write(sida=HEAD)
    (folder / "kommentarer").mkdir()
    (folder / "kommentarer/ekonomi.md").write_text(comment, encoding="utf-8")
    assert read_project(folder).documents


def test_a_reference_from_a_comment_names_the_comment(
    write: Write, environment: dict[str, str]
) -> None:
    folder = write(
        sida=HEAD + CELL + "from pathlib import Path\nfrom IPython.display import Markdown\n\n"
        "Markdown(Path('kommentarer/vss-2020/ekonomi.md').read_text())\n```\n"
    )
    comment = Path(folder / "kommentarer/vss-2020/ekonomi.md")
    comment.parent.mkdir(parents=True)
    comment.write_text("Året.\n\nSe @tbl-borta.\n", encoding="utf-8")
    with pytest.raises(RenderFailed) as failed:
        run.render(folder, {}, environment)
    (problem,) = failed.value.problems
    assert problem.told(folder.parent) == (
        "reports/kommentarer/vss-2020/ekonomi.md, rad 3: hänvisningen @tbl-borta leder ingenstans"
    )


def test_an_unknown_parameter_lists_those_that_there_are(
    write: Write, environment: dict[str, str]
) -> None:
    folder = write(sida=HEAD + CELL + '#| tags: [parameters]\nreport_id = "vss-2020"\n```\n')
    with pytest.raises(RenderFailed, match="parametern report; de som finns: report_id"):
        run.render(folder, {"report": "x"}, environment)
