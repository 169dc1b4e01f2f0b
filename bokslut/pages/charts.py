"""Charts as files in `_figures/`, each an answer to one question, with its numbers in the alt text.

A caption begins with the answer. Women and men, years and statuses differ in shape and line as well
as in colour, the same way in every chart and in the explorer.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import altair as alt
import vl_convert as vlc

from bokslut.pages import sentences
from bokslut.pages.data import Report, Row, money
from bokslut.pages.sentences import capital
from bokslut.pages.tables import project_name
from bokslut.pages.text import NOTHING, attribute, text
from bokslut.swedish import number

FOLDER = Path("_figures")
PLOT, PANEL = 380, 190

INK, QUIET, RULE = "#1b2a38", "#4d5b68", "#d5dade"
BLUE, OCHRE, VIOLET = "#0b4f80", "#9a4a00", "#6a3d8f"

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.VConcatChart


def theme(chart: Chart) -> Chart:
    """The look that all charts share with the style sheet."""
    # Those of theme.css.
    font = "system-ui, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"
    return (
        chart.configure(
            font=font,
            background="#ffffff",
            # A reader's font may be wider than the one that labels are measured in here.
            padding={"left": 64, "right": 48, "top": 6, "bottom": 6},
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=QUIET,
            labelFontSize=13,
            titleFontSize=13,
            titleFontWeight="normal",
            gridColor=RULE,
            domain=False,
            ticks=False,
            labelPadding=8,
            labelLimit=360,
        )
        .configure_legend(
            labelColor=INK,
            labelFontSize=13,
            title=None,
            orient="top",
            symbolSize=130,
            columnPadding=28,
            labelLimit=300,
        )
    )


def figure(chart: Chart, name: str, caption: str, alternative: str) -> str:
    """Writes `_figures/<name>.svg` and `.png`; the figure as Markdown with caption and alt text."""
    FOLDER.mkdir(exist_ok=True)
    spec = theme(chart).to_dict()
    version = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    settings = {"vl_version": version, "format_locale": "sv-SE"}
    drawn = vlc.vegalite_to_svg(spec, **settings)
    svg, png = FOLDER / f"{name}.svg", FOLDER / f"{name}.png"
    # Documents share charts, and a picture for Word costs more than all else.
    if not (png.is_file() and svg.is_file() and svg.read_text(encoding="utf-8") == drawn):
        replace(svg, drawn.encode())
        replace(png, vlc.vegalite_to_png(spec, scale=2, **settings))
    image = f"![{text(caption)}](_figures/{name}.svg)"
    return f'{image}{{#fig-{name} fig-alt="{attribute(alternative)}"}}\n'


def replace(file: Path, content: bytes) -> None:
    """Writes the file whole, since another document may be reading it."""
    part = file.with_name(f"{os.getpid()}-{file.name}")
    part.write_bytes(content)
    part.replace(file)


def amount(report: Report, row: Row, name: str, unit: str = "") -> str:
    """A number of a row for alt texts and labels, or why there is none; see `Report.figure`."""
    value, figure_id = row[f"{name}_{unit or 'value'}"], row[f"{name}_figure_id"]
    if value is None:
        return report.missing(figure_id)
    return number(value, None if unit else report.decimals(figure_id, unit=money(row)))


def target(report: Report, row: Row) -> str:
    """The target of a row with its sign, as it is printed."""
    sign = report.trail[row["target_figure_id"]]["value_operator"] or ""
    return sign + amount(report, row, "target")


def places(rows: list[Row], key: str) -> alt.Y:
    """The rows from top to bottom in the order given."""
    order = [row[key] for row in rows]
    return alt.Y("name:N", sort=order, axis=alt.Axis(title=None, grid=True), scale=alt.Scale())


def points(colours: dict[str, str], shapes: dict[str, str]) -> dict[str, object]:
    """Colour and shape by the same field, in one legend."""
    scale = {"domain": list(colours)}
    return {
        "color": alt.Color("kind:N", scale=alt.Scale(**scale, range=list(colours.values()))),
        "shape": alt.Shape("kind:N", scale=alt.Scale(**scale, range=list(shapes.values()))),
    }


def beside(data: list[dict[str, object]], y: alt.Y) -> alt.Chart:
    """The labels of the rows in a column of their own, where no mark strikes them."""
    return (
        alt.Chart(alt.Data(values=data))
        .mark_text(align="left", fontSize=12, color=INK)
        .encode(x=alt.value(PLOT + 14), y=y, text="label:N")
    )


def results(report: Report) -> str:
    """Which units did better or worse than the year before?"""
    year, before = str(report.about["report_year"]), str(report.about["previous_year"])
    name = capital(report.result_word("name"))
    rows = sorted(report.rows("rpt_results", is_total=False), key=lambda row: row["result_rank"])
    data = [
        {"name": row["unit_name_sv"], "kind": kind, "value": float(row[column])}
        for row in rows
        for kind, column in ((before, "previous_tkr"), (year, "outcome_tkr"))
        if row[column] is not None
    ]
    labels = [
        {
            "name": row["unit_name_sv"],
            "label": (f"{amount(report, row, 'previous', 'tkr')} → " if known else "")
            + amount(report, row, "outcome", "tkr"),
        }
        for row in rows
        for known in [row["previous_tkr"] is not None]
    ]
    y = places(rows, "unit_name_sv")
    x = alt.X("value:Q", axis=alt.Axis(title="tkr", format=",.0f", tickCount=5))
    base = alt.Chart(alt.Data(values=data)).encode(y=y)
    chart = alt.layer(
        alt.Chart(alt.Data(values=[{"value": 0}])).mark_rule(color=INK).encode(x="value:Q"),
        base.mark_line(color=QUIET, strokeWidth=1.5).encode(x=x, detail="name:N"),
        base.mark_point(filled=True, size=130, opacity=1).encode(
            x=x, **points({before: OCHRE, year: BLUE}, {before: "diamond", year: "circle"})
        ),
        beside(labels, y),
    ).properties(width=PLOT, height=alt.Step(30))
    alternative = f"{name} per verksamhet {year} och {before}, tkr. " + " ".join(
        f"{row['unit_name_sv']}: {amount(report, row, 'outcome', 'tkr')}, året före "
        f"{amount(report, row, 'previous', 'tkr')}."
        for row in rows
    )
    found = sentences.largest_change(report)
    caption = f"{found} {name} per verksamhet {before} och {year}, tkr".strip()
    return figure(chart, "resultat", caption, alternative)


def investments(report: Report) -> str:
    """How much of the budget for investments was used?"""
    year = report.about["report_year"]
    rows = [row for row in report.rows("rpt_investments", basis="year") if not row["is_total"]]
    rows += report.rows("rpt_investments", basis="year", project_status="total", is_total=True)
    rows = [row | {"name": project_name(row)} for row in rows]
    kinds = {f"Utfall {year}": "outcome", f"Budget {year}": "budget"}
    data = [
        {"name": row["name"], "kind": kind, "value": float(row[f"{column}_mnkr"])}
        for row in rows
        for kind, column in kinds.items()
        if row[f"{column}_mnkr"] is not None
    ]
    labels = [
        {
            "name": row["name"],
            "label": f"{amount(report, row, 'outcome', 'mnkr')} av "
            f"{amount(report, row, 'budget', 'mnkr')}",
        }
        for row in rows
        if row["outcome_mnkr"] is not None
    ]
    if not data:
        return NOTHING
    outcome, budget = kinds
    both = points({outcome: BLUE, budget: OCHRE}, {outcome: "square", budget: "diamond"})
    x = alt.X("value:Q", axis=alt.Axis(title="mnkr", format=",.0f", tickCount=5))
    y = places(rows, "name")
    base = alt.Chart(alt.Data(values=data)).encode(y=y, x=x)
    chart = alt.layer(
        base.mark_bar(color=BLUE, height=14).transform_filter(alt.datum.kind == outcome),
        base.mark_point(filled=True, size=110, opacity=1)
        .encode(**both)
        .transform_filter(alt.datum.kind == budget),
        beside(labels, y),
    ).properties(width=PLOT, height=alt.Step(30))
    alternative = f"Investeringar {year}, mnkr. " + " ".join(
        f"{row['name']}: utfall {amount(report, row, 'outcome', 'mnkr')} av budget "
        f"{amount(report, row, 'budget', 'mnkr')}."
        for row in rows
    )
    found = sentences.share_of_investments(report)
    caption = f"{found} Investeringar {year}: utfall mot budget, mnkr".strip()
    return figure(chart, "investeringar", caption, alternative)


def indicator_label(report: Report, row: Row) -> str:
    """The indicator, with its unit where it is not the whole administration."""
    name = re.split(r",? \(?andel ", row["indicator_name_sv"], maxsplit=1)[0]
    return f"{name}, {row['unit_name_sv']}" if report.unit_beside(row, name) else name


def targets(report: Report) -> str:
    """Which indicators meet their target, and by how much? Less is better stands apart."""
    rows = [
        row | {"name": indicator_label(report, row)}
        for row in report.rows("rpt_indicators")
        if row["target_status"] in ("met", "missed") and row["target_index"] is not None
    ]
    if not rows:
        return NOTHING
    words = {"met": "Når målvärdet", "missed": "Når inte målvärdet"}
    met, missed = words.values()
    both = points({met: BLUE, missed: OCHRE}, {met: "circle", missed: "triangle-up"})
    at_target = [{"value": 100, "label": "målvärdet"}]
    panels = []
    for direction in ("higher", "lower"):
        shown = sorted(
            (row for row in rows if row["desired_direction"] == direction),
            key=lambda row: row["target_index"],
            reverse=direction == "higher",
        )
        if not shown:
            continue
        data = [
            {
                "name": row["name"],
                "kind": words[row["target_status"]],
                "value": float(row["target_index"]),
                "label": f"{amount(report, row, 'outcome')} mot {target(report, row)}",
            }
            for row in shown
        ]
        title = "Utfall i procent av målvärdet"
        x = alt.X("value:Q", axis=alt.Axis(title=title, format=",.0f"))
        y = places(shown, "name")
        target_line = alt.Chart(alt.Data(values=at_target)).encode(x="value:Q")
        heading = report.word("desired_direction", direction)
        panels.append(
            alt.layer(
                target_line.mark_rule(color=INK, strokeWidth=1.5, strokeDash=[6, 3]),
                target_line.mark_text(fontSize=12, color=INK, dy=-8).encode(
                    y=alt.value(0), text="label:N"
                ),
                alt.Chart(alt.Data(values=data))
                .mark_point(size=130, opacity=1, filled=True)
                .encode(y=y, x=x, **both),
                beside(data, y),
            ).properties(
                width=PLOT,
                height=alt.Step(24),
                title=alt.Title(
                    heading[:1].upper() + heading[1:],
                    anchor="start",
                    fontSize=13,
                    color=INK,
                    offset=14,
                ),
            )
        )
    chart = alt.vconcat(*panels, spacing=24).resolve_scale(x="shared")
    alternative = "Utfall mot målvärde. " + " ".join(
        f"{row['name']}: {words[row['target_status']].lower()}, utfall "
        f"{amount(report, row, 'outcome')} mot {target(report, row)}."
        for row in rows
    )
    about = report.about
    caption = sentences.indicators_of_goals(about).partition(";")[0].rstrip(".") + "."
    if not about["indicators_comparable"]:
        caption = "Utfall mot målvärde"
    elif about["indicators_charted"] != about["indicators_comparable"]:
        caption += (
            f" Figuren visar {number(about['indicators_charted'])} av dem: ett målvärde som är "
            "noll har ingen procent."
        )
    below = (
        "Talen bakom figuren står i tabellerna nedan.\n" if about["indicators_comparable"] else ""
    )
    return f"{figure(chart, 'malvarden', caption, alternative)}\n{below}"


def women_and_men(report: Report) -> str:
    """Where do women and men differ, and is the difference growing?"""
    about = report.about
    genders = {code: report.word("gender", code).capitalize() for code in ("women", "men")}
    totals = sorted(
        (row for row in report.rows("rpt_indicators") if row["gender_gap_rank"]),
        key=lambda row: row["gender_gap_rank"],
    )
    if not totals:
        return NOTHING
    pairs = [
        (total, row)
        for total in totals
        for gender in genders
        for row in report.rows(
            "rpt_indicators",
            indicator_code=total["indicator_code"],
            unit_code=total["unit_code"],
            gender=gender,
            age_group="all",
        )
    ]
    names = {
        total["indicator_code"]: f"{indicator_label(report, total)} "
        f"({report.word('unit_of_measure', total['unit_of_measure'])})"
        for total in totals
    }
    # Of two labels beside each other, that of the larger number stands above.
    above = {
        (total["indicator_code"], "women" if total["women_value"] >= total["men_value"] else "men")
        for total in totals
    }
    data = [
        {
            "panel": names[row["indicator_code"]],
            "kind": genders[row["gender"]],
            "year": str(row[f"{year}_year"]),
            "value": float(row[f"{year}_value"]),
            "label": f"{report.word('gender', row['gender'])} {amount(report, row, year)}"
            if year == "outcome"
            else "",
            "above": (row["indicator_code"], row["gender"]) in above,
        }
        for _, row in pairs
        for year in ("earlier", "previous", "outcome")
        if row[f"{year}_value"] is not None
    ]
    women, men = genders.values()
    kinds = points({women: VIOLET, men: OCHRE}, {women: "diamond", men: "square"})
    base = alt.Chart().encode(
        x=alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, grid=False)),
        y=alt.Y("value:Q", axis=alt.Axis(title=None, tickCount=4), scale=alt.Scale(nice=True)),
    )
    dashes = alt.Scale(domain=[women, men], range=[[5, 3], [1.5, 3]])
    labels = base.mark_text(align="left", dx=10, fontSize=12, color=INK)
    chart = (
        alt.layer(
            base.mark_line(strokeWidth=2).encode(
                color=kinds["color"],
                strokeDash=alt.StrokeDash("kind:N", scale=dashes, legend=None),
            ),
            base.mark_point(filled=True, size=90, opacity=1).encode(**kinds),
            labels.copy()
            .mark_text(align="left", dx=10, dy=-7, fontSize=12, color=INK)
            .encode(text="label:N")
            .transform_filter(alt.datum.above),
            labels.copy()
            .mark_text(align="left", dx=10, dy=7, fontSize=12, color=INK)
            .encode(text="label:N")
            .transform_filter("!datum.above"),
            data=alt.Data(values=data),
        )
        .properties(width=PANEL, height=110)
        .facet(
            facet=alt.Facet(
                "panel:N",
                sort=list(names.values()),
                header=alt.Header(
                    title=None, labelFontSize=13, labelColor=INK, labelAnchor="start"
                ),
            ),
            columns=2,
            spacing={"row": 68, "column": 130},
            align="all",
            bounds="flush",
        )
        .resolve_scale(y="independent")
        .resolve_axis(x="independent")
    )
    alternative = f"Kvinnor och män {about['report_year']}. " + " ".join(
        f"{names[row['indicator_code']]}: kvinnor "
        f"{amount(report, row, 'women')}, män {amount(report, row, 'men')}."
        for row in totals
    )
    first = totals[0]
    told = [
        f"{report.with_measure(amount(report, first, gender), first['unit_of_measure'])} för "
        + report.word("gender", gender)
        for gender in genders
    ]
    what = sentences.lowered(first["subject_sv"] or first["indicator_name_sv"])
    caption = (
        f"Skillnaden är störst i {what}: {sentences.listed(told)}. "
        f"Kvinnor och män {about['earlier_year']}–{about['report_year']}"
    )
    return figure(chart, "kvinnor-man", caption, alternative)
