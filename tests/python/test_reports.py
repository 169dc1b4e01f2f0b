"""The documents type no figure and compute nothing: they show rows of `rpt_` models as text."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypandoc
import pytest
from conftest import ROOT, Project

from bokslut.pages import (
    Report,
    ReportFailed,
    blocks,
    charts,
    checks,
    comments,
    english,
    explorer,
    open_report,
    safe_id,
    sentences,
    tables,
    text,
)
from bokslut.swedish import number

REPORTS = ROOT / "reports"
PACKAGE = ROOT / "bokslut/pages"
DOCUMENTS = sorted(REPORTS.glob("*.qmd"))

# What cells may be made of: imports, the parameter, and calls that show something.
CELL_NODES = (
    ast.Module,
    ast.Import,
    ast.ImportFrom,
    ast.alias,
    ast.Assign,
    ast.Expr,
    ast.Call,
    ast.keyword,
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.expr_context,
)
AGGREGATES = {"sum", "mean", "median", "groupby", "agg", "pivot_table", "cumsum", "round", "fsum"}
SQL_WORDS = re.compile(r"\b(select|group by|join|count|avg)\b", re.IGNORECASE)

HOSTILE = [
    "<script>alert(1)</script>",
    "{{< include hemlig.md >}}",
    "`{python} 1/0` och ``kod``",
    "$x^2$ och $$y$$",
    "a | b",
    "@fig-resultat och [länk](http://exempel.se)",
    "=HYPERLINK(1)",
    "^upp^ ~ned~ *stark* _svag_",
    "::: {.callout}",
    "# rubrik",
    "1. punkt",
    "\\newpage \\n",
    "\"citat\" och 'apostrof' -- ...",
]


def prose(document: str) -> Iterator[tuple[int, str]]:
    """The lines that a reader sees, without front matter's settings, code, ids and targets."""
    body = document
    front = re.match(r"---\n(.*?)\n---\n", document, re.DOTALL)
    if front:
        shown = re.compile(r"(title|subtitle|description|date|author|toc-title):\s*(.*)")
        for number, line in enumerate(front[1].splitlines(), 2):
            if found := shown.match(line.strip()):
                yield number, found[2]
        body = "\n" * front[0].count("\n") + document[front.end() :]
    code = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
    body = code.sub(lambda found: "\n" * found[0].count("\n"), body)
    body = re.sub(r"`[^`\n]*`|\{[^{}\n]*\}|\]\([^)\n]*\)", "", body)
    yield from enumerate(body.splitlines(), 1)


def typed_figures(document: str) -> list[str]:
    """The lines that hold a digit typed by hand."""
    return [f"rad {number}: {line}" for number, line in prose(document) if re.search(r"\d", line)]


def cells(document: str) -> list[str]:
    """The code of the cells and of the inline code."""
    found = re.findall(r"^```\{python\}\n(.*?)^```$", document, re.DOTALL | re.MULTILINE)
    return found + re.findall(r"`\{python\}\s+([^`]+)`", document)


def computing(code: str) -> list[str]:
    """What a cell does beyond importing, naming and showing; numbers other than `first=`."""
    tree = ast.parse(code)
    wrong = [type(n).__name__ for n in ast.walk(tree) if not isinstance(n, CELL_NODES)]
    wrong += [
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in AGGREGATES
    ]
    allowed = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "first"
    }
    wrong += [
        repr(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node not in allowed
        if not isinstance(node.value, str)
    ]
    wrong += [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if SQL_WORDS.search(node.value)
    ]
    return wrong


def is_data(node: ast.AST) -> bool:
    """Whether the expression is a value of a row, as in `row["outcome_tkr"]`."""
    return isinstance(node, ast.Subscript) and (
        isinstance(node.slice, ast.JoinedStr)
        or (isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str))
    )


def computing_on_data(code: str) -> list[str]:
    """Arithmetic on values of rows, and aggregates, in the package that shows them."""
    wrong = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr):
            sides = (node.left, node.right)
            is_text = isinstance(node.op, ast.Add) and any(
                isinstance(side, ast.Constant | ast.JoinedStr) for side in sides
            )
            if any(is_data(side) for side in sides) and not is_text:
                wrong.append(ast.unparse(node))
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in AGGREGATES:
                wrong.append(ast.unparse(node))
    return wrong


def models_read(code: str) -> set[str]:
    """The models that calls of `rows` and `row` name."""
    return {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        if getattr(node.func, "attr", "") in ("rows", "row")
        if node.args and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_no_figure_is_typed_into_a_document(file: Path) -> None:
    assert typed_figures(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_no_cell_computes(file: Path) -> None:
    found = {code: computing(code) for code in cells(file.read_text(encoding="utf-8"))}
    assert {code: wrong for code, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "---\ntitle: Året 2020\n---\n",
        "Resultatet är 6,8 mnkr.",
        "## Mål 5 av 9",
        "- 212 anställda",
        "| a | 4 |",
    ],
)
def test_a_typed_figure_is_seen(planted: str) -> None:
    assert typed_figures(planted)


@pytest.mark.parametrize(
    "fine",
    [
        "---\nformat:\n  html:\n    toc-depth: 2\n---\nText.",
        '```{python}\nreport_id = "vss-2020"\n```\n',
        "Se [spåret](spar.qmd#vss-2020-d01).",
        "#### Rubrik {#rubrik-2}",
    ],
)
def test_settings_ids_and_code_are_no_figures(fine: str) -> None:
    assert typed_figures(fine) == []


@pytest.mark.parametrize(
    "planted",
    [
        "x = r.rows('rpt_results')[0]",
        "Markdown(str(a - b))",
        "frame.groupby('unit').mean()",
        "sum(values)\nframe.sum()",
        "[row for row in rows]",
        "Markdown(tables.show(6.8))",
        "db.execute('select sum(value) from marts.fct_results')",
        "for row in rows: pass",
    ],
)
def test_a_computing_cell_is_seen(planted: str) -> None:
    assert computing(planted)


@pytest.mark.parametrize("file", sorted(PACKAGE.glob("*.py")), ids=lambda file: file.name)
def test_the_package_computes_no_figure_and_reads_rpt_models_only(file: Path) -> None:
    code = file.read_text(encoding="utf-8")
    assert computing_on_data(code) == []
    assert all(model.startswith("rpt_") for model in models_read(code)), file.name
    if file.name != "data.py":
        assert "connect(" not in code
        assert "select " not in code.replace("<select ", "")


def test_the_one_query_is_of_whole_rpt_models() -> None:
    code = (PACKAGE / "data.py").read_text(encoding="utf-8")
    queries = re.findall(r"select .*", code)
    # Two more are of whole marts, for the data package.
    assert len(queries) == 6
    known = (
        r"select (\* from (\{SCHEMA\}\.|marts\.dim_codes|marts\.\"\{name\}\")"
        r"|table_name from information_schema)"
    )
    assert all(re.match(known, query) for query in queries), queries


@pytest.mark.parametrize(
    "planted",
    ['row["outcome_tkr"] - row["budget_tkr"]', 'round(row["a"])', "rows.groupby('unit')"],
)
def test_computing_on_a_row_is_seen(planted: str) -> None:
    assert computing_on_data(planted)


def test_exposures_name_what_the_documents_read(built: Project) -> None:
    manifest = json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))
    exposures = manifest["exposures"].values()
    named = {
        manifest["nodes"][node]["name"] for e in exposures for node in e["depends_on"]["nodes"]
    }
    read = set().union(*(models_read(f.read_text("utf-8")) for f in PACKAGE.glob("*.py")))
    assert read | {"rpt_reports", "rpt_trail", "rpt_known_issues"} == named
    assert {e["name"].replace("_", "-") for e in exposures} == {
        f.stem for f in DOCUMENTS if not f.name.startswith("_")
    }


@pytest.fixture(scope="module")
def report(built: Project) -> Report:
    return open_report("vss-2020", database=built.database)


def test_each_chart_says_its_numbers_and_has_both_files(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = {
        "resultat": (charts.results(report), "LKDATA: 7\u00a0244, året före 15\u00a0362."),
        "investeringar": (charts.investments(report), "utfall 36,1 av budget 60."),
        "malvarden": (charts.targets(report), "utfall 4,7 mot 3,5."),
        "kvinnor-man": (charts.women_and_men(report), "kvinnor 5,9, män 3,0."),
    }
    for name, (markdown, words) in drawn.items():
        alternative = re.search(r'fig-alt="([^"]+)"', markdown)
        assert alternative, name
        assert words in alternative[1]
        assert f"{{#fig-{name} " in markdown
        svg = (tmp_path / f"_figures/{name}.svg").read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert "http" not in svg.replace("http://www.w3.org", "")
        assert (tmp_path / f"_figures/{name}.png").stat().st_size > 1000


def place(value: float, others: list[float], target: float | None) -> tuple[str, float]:
    """Where the number of a year stands in a small chart: its anchor, and how far below its mark.

    Values are places down the chart already.
    """
    names = ("total", "women", "men")
    one = {name: {"outcome_value": v} for name, v in zip(names, [value, *others], strict=False)}
    one["total"]["target_value"] = target
    written = explorer.label(one, "outcome", 100, float, "7,5")
    anchor, down = re.search(r'anchor="(\w+)" x="\d+" y="([\d.]+)"', written).groups()
    return anchor, float(down) - value


def test_a_number_in_a_small_chart_stands_where_nothing_strikes_it() -> None:
    assert place(50, [], None) == ("middle", -8)
    assert place(50, [], 40) == ("middle", 17)
    assert place(50, [42], None) == ("middle", 17)
    assert place(50, [42, 60], None) == ("end", 4)
    # Below it would stand on the axis.
    assert place(78, [], 68) == ("end", 4)
    assert place(78, [], 76) == ("middle", -8)


def everything(report: Report) -> str:
    """All that the documents show of a report, charts apart."""
    row = blocks.total(report)
    parts = [
        blocks.subtitle(report),
        blocks.cards(report),
        blocks.document(report),
        blocks.unit_changes(report),
        blocks.first_screen(report),
        blocks.other_changes(report, first=99),
        blocks.passed_over(report),
        blocks.volume_changes(report),
        blocks.staff_changes(report),
        blocks.goals(report),
        sentences.administration_result(report, row),
        sentences.units(report),
        sentences.investments(report),
        sentences.goals(report),
        sentences.checks(report),
        tables.operating(report),
        tables.economy(report),
        tables.investments(report, "start"),
        tables.investments(report, "year"),
        tables.goals(report),
        tables.volumes(report),
        tables.staff(report),
        tables.women_and_men(report),
        tables.events(report, "decision"),
        tables.events(report, "event"),
        tables.known_issues(report),
        tables.issue_list(report),
        tables.sources(report),
        checks.summary(report),
        checks.contradictions(report),
        checks.to_ask(report),
        checks.double_prints(report),
        checks.restatements(report),
        checks.all_rules(report),
        checks.trail(report),
        explorer.form(report),
        explorer.cards(report),
        english.lead(report),
        english.result(report),
        english.results(report),
        english.investments(report),
        english.goals(report),
        english.goal_table(report),
        english.staff(report),
        english.indicators(report),
        english.checks(report),
    ]
    return "\n\n".join(parts)


def test_every_link_to_the_trail_leads_to_a_figure(report: Report) -> None:
    written = everything(report)
    anchors = {safe_id(figure_id) for figure_id in report.trail}
    issues = {safe_id(issue) for issue in report.issues}
    assert set(re.findall(r"dokumentet\.qmd#([\w-]+)", written)) <= anchors
    found = set(re.findall(r"avstamning\.qmd#([\w-]+)", written))
    assert found <= issues | {safe_id(row["check_id"]) for row in report.rows("rpt_checks")}
    trail = checks.trail(report)
    assert all(f"{{#{anchor}}}" in trail for anchor in anchors)


def test_what_coverage_calls_shown_is_shown(report: Report) -> None:
    written = "\n".join(
        [
            tables.operating(report),
            tables.economy(report),
            tables.volumes(report),
            tables.staff(report),
            tables.investments(report, "start"),
            tables.investments(report, "year"),
            explorer.cards(report),
        ]
    )
    shown = {row["figure_id"] for row in report.rows("rpt_figure_coverage", is_shown=True)}
    links = set(re.findall(r"dokumentet\.qmd#([\w-]+)", written))
    assert {safe_id(figure_id) for figure_id in shown} == links


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_from_the_warehouse_is_shown_as_text(hostile: str) -> None:
    cell = tables.table([tables.Column(text(hostile))], [[text(hostile)]], hostile, "x")
    html = pypandoc.convert_text(f"{text(hostile)}\n\n{cell}", "html", format="markdown")
    plain = pypandoc.convert_text(f"{text(hostile)}\n\n{cell}", "plain", format="markdown-smart")
    assert "<script" not in html
    assert "<em" not in html
    assert "<h1" not in html
    assert "href" not in html
    assert " ".join(plain.split()).count(" ".join(hostile.split())) >= 1, plain
    assert "{{<" not in text(hostile)


def test_hostile_rows_do_no_harm(report: Report) -> None:
    bad = " ".join(HOSTILE)
    names = ("name", "title", "subject", "label", "text", "explanation", "reason", "seen", "_sv")

    def spoilt(number: int, row: dict) -> dict:
        # Few rows take it all in each text, many rows a part each.
        return {
            column: (bad if number < 5 else HOSTILE[(number + place) % len(HOSTILE)])
            if isinstance(value, str) and column.endswith(names) and column != "rule_name_sv"
            else value
            for place, (column, value) in enumerate(row.items())
        }

    models = {
        name: [spoilt(number, row) for number, row in enumerate(rows)]
        for name, rows in report.models.items()
    }
    spoilt_report = replace(
        report,
        models=models,
        trail={row["figure_id"]: row for row in models["rpt_trail"]},
        issues={row["known_issue_id"]: row for row in models["rpt_known_issues"]},
    )
    written = everything(spoilt_report)
    assert "{{<" not in written
    html = pypandoc.convert_text(written, "html", format="markdown")
    assert "<script" not in html
    assert "alert(1)" in html
    assert "exempel.se)" not in re.findall(r'href="([^"]*)"', html)
    assert html.count("<table") == pypandoc.convert_text(
        everything(report), "html", format="markdown"
    ).count("<table")


NUMBER = re.compile(r"(?<![\w.,])[+−]?\d+(?:\u00a0\d{3})*(?:,\d+)?(?![\w])")
LINKED = re.compile(r"\[([^\]]*)\]\((?:dokumentet|spar)\.qmd#([\w-]+)\)\{\.figure\}")


def numbers_in(words: str) -> set[str]:
    """The numbers of a text without their signs."""
    return {found.lstrip("+−") for found in NUMBER.findall(words)}


def cells_of(report: Report) -> set[str]:
    """Every number that a cell of an `rpt_` model is, in any number of decimals, or says."""
    known: set[str] = set()
    for row in [row for rows in report.models.values() for row in rows]:
        for value in row.values():
            if isinstance(value, str):
                known |= numbers_in(text(value).replace("\\", ""))
            elif value is not None and not isinstance(value, bool):
                known |= {number(abs(value), places) for places in (None, 0, 1, 2, 3)}
    return known


def strange_numbers(report: Report, written: str) -> list[str]:
    """The numbers of a page that are no cell of an `rpt_` model, or not that of their figure."""
    drawn = re.sub(r'<svg[^>]*?(?:aria-label="([^"]*)")?[^>]*>', r"\1 ", written)
    drawn = re.sub(r"<[^>]*>|^:::+ .*$", " ", drawn, flags=re.MULTILINE)
    links = re.sub(r"\]\([^)]*\)(?:\{[^}]*\})?|\{#[^}]*\}|`<svg.*?`\{=html\}", "]", drawn)
    shown = re.sub(r"\n:?[-| :]+\n", "\n", links).replace("\\", "")
    strange = sorted(numbers_in(shown) - cells_of(report))
    for words, anchor in LINKED.findall(written):
        cell = next(c for c in report.trail.values() if safe_id(c["figure_id"]) == anchor)
        found = numbers_in(words.replace("\\", ""))
        if cell["value"] is None or not found or "”" in words:
            continue
        scaled = [abs(cell["value"]) * Decimal(10) ** power for power in (-3, 0, 3)]
        own = {number(value, places) for value in scaled for places in (None, 0, 1, 2, 3)}
        strange += [f"{words}: {anchor}"] if not found <= own else []
    return strange


def test_every_number_shown_is_a_cell_of_a_model(report: Report) -> None:
    written = everything(report)
    assert strange_numbers(report, written) == []
    shifted = written.replace("6\u00a0773", "7\u00a0773")
    assert any("7\u00a0773: " in told for told in strange_numbers(report, shifted))
    assert "123\u00a0456" in strange_numbers(report, f"{written} 123\u00a0456")


def test_an_unknown_report_lists_those_there_are(built: Project) -> None:
    with pytest.raises(ReportFailed, match=r"vss-1999 finns inte\. De som finns: vss-2020"):
        open_report("vss-1999", database=built.database)


def test_no_database_says_which_command_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ReportFailed, match="uv run dbt build"):
        open_report("vss-2020", database=tmp_path / "ingen.duckdb")


def test_a_model_of_another_version_is_named(report: Report) -> None:
    with pytest.raises(ReportFailed, match=r"saknar reporting\.rpt_saknas"):
        report.rows("rpt_saknas")
    with pytest.raises(ReportFailed, match=r"rpt_results saknar kolumnen ny"):
        report.rows("rpt_results", ny=1)


def test_a_comment_stands_in_its_section(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert comments.section(report, "ekonomi") == ""
    file = tmp_path / "kommentarer/vss-2020/ekonomi.md"
    file.parent.mkdir(parents=True)
    file.write_text("Resultatet är *preliminärt*.\n", encoding="utf-8")
    assert comments.section(report, "ekonomi") == (
        "::: {.comment}\nResultatet är *preliminärt*.\n:::\n"
    )
    file.write_text("Bra.\n\n::: {.ruta}\nAldrig stängd\n", encoding="utf-8")
    with pytest.raises(ReportFailed, match=r"kommentarer/vss-2020/ekonomi\.md, rad 3"):
        comments.section(report, "ekonomi")
    file.rename(file.with_name("ekonmi.md"))
    with pytest.raises(ReportFailed, match=r"ekonmi\.md: inget avsnitt heter så.*ekonomi\.md"):
        comments.section(report, "ekonomi")


def test_every_section_of_the_report_takes_a_comment() -> None:
    document = (REPORTS / "verksamhetsberattelse.qmd").read_text(encoding="utf-8")
    whole = re.sub(
        r"\{\{< include (\S+) >\}\}",
        lambda found: (REPORTS / found[1]).read_text(encoding="utf-8"),
        document,
    )
    found = re.findall(r'comments\.section\(r, "(.*?)"\)', whole)
    # The page of accessibility has one of its own.
    assert (*found, "tillganglighet") == comments.SECTIONS


def test_the_documentation_is_copied_or_its_command_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert "uv run dbt docs generate --static" in blocks.documentation()
    (tmp_path / "target").mkdir()
    (tmp_path / "target/static_index.html").write_text("<html></html>", encoding="utf-8")
    assert "](dbt-docs/index.html)" in blocks.documentation()
    assert (folder / "dbt-docs/index.html").is_file()


GRAINS = {
    "rpt_reports": ["report_id"],
    "rpt_results": ["unit_code"],
    "rpt_printed_tables": ["figure_id"],
    "rpt_investments": ["basis", "project_status", "unit_code", "asset_class"],
    "rpt_indicators": ["indicator_code", "unit_code", "gender"],
    "rpt_goals": ["goal_code"],
    "rpt_trail": ["figure_id"],
    "rpt_trail_checks": ["figure_id", "check_id"],
    "rpt_checks": ["check_id"],
    "rpt_changes": ["figure_id"],
    "rpt_marks": ["figure_id"],
    "rpt_other_prints": ["figure_id", "other_figure_id"],
    "rpt_known_issues": ["known_issue_id"],
    "rpt_figure_coverage": ["figure_id"],
    "rpt_series": ["indicator_code", "unit_code", "fiscal_year"],
}


@pytest.mark.parametrize("model", GRAINS)
def test_a_model_has_one_row_for_each_of_what_it_says(report: Report, model: str) -> None:
    rows = report.rows(model)
    assert rows
    assert len({tuple(row[column] for column in GRAINS[model]) for row in rows}) == len(rows)


def test_the_models_say_what_the_document_says(report: Report) -> None:
    """Read by hand from the document: lines 153 to 162, 265, 680 to 684."""
    lkdata = report.row("rpt_results", unit_code="lkdata")
    assert lkdata is not None
    assert (lkdata["outcome_tkr"], lkdata["previous_tkr"]) == (7244, 15362)
    assert (lkdata["change_tkr"], lkdata["change_rank"], lkdata["change_code"]) == (
        -8118,
        1,
        "down",
    )
    new = report.row("rpt_results", unit_code="loneservice")
    assert new is not None
    assert (new["change_tkr"], new["change_rank"], new["change_code"]) == (None, None, None)
    invested = report.row("rpt_investments", basis="year", project_status="total")
    assert invested is not None
    assert (invested["used_pct"], invested["deviation_code"]) == (61, "down")
    women = report.row("rpt_indicators", indicator_code="total_sjukfranvaro", gender="women")
    assert women is not None
    assert [float(women[f"{year}_value"]) for year in ("earlier", "previous", "outcome")] == [
        7.6,
        3.7,
        5.9,
    ]
    assert (float(women["change_value"]), women["target_status"]) == (2.2, None)


def test_an_apostrophe_is_a_curly_one_in_english(report: Report) -> None:
    given = replace(report, language="en")
    written = [english.lead(given), english.staff(given), english.indicators(given)]
    assert re.findall(r"[a-z]\\?'[a-z]", "\n".join(written)) == []
