"""The explorer of indicators: a card for each, with a small line chart and a table.

Everything is shown without a script; `indikatorer.js` lets the reader choose among it.
"""

from __future__ import annotations

from bokslut.pages.data import Report, Row, money
from bokslut.pages.tables import Column, measured_name, status, table, with_notes
from bokslut.pages.text import attribute, html_text, safe_id, text
from bokslut.swedish import number

YEARS = ("earlier", "previous", "outcome")
GENDERS = ("total", "women", "men")
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 250, 110, 30, 18, 84
# Room for the label of the target.
BESIDE = 64

Series = dict[str, Row]


def series(report: Report) -> list[Series]:
    """The rows of each indicator and unit by gender or age group, in the order of print."""
    found: dict[tuple[str, str], Series] = {}
    for row in sorted(report.rows("rpt_indicators"), key=lambda row: row["display_order"]):
        group = row["gender"] if row["age_group"] == "all" else row["age_group"]
        found.setdefault((row["indicator_code"], row["unit_code"]), {})[group] = row
    return list(found.values())


def head(one: Series) -> Row:
    """The row that stands for all genders."""
    return one.get("total") or next(iter(one.values()))


def form(report: Report) -> str:
    """The choices, hidden until the script shows them."""
    rows = [head(one) for one in series(report)]
    goals = {row["goal_code"]: row["goal_name_sv"] for row in rows if row["goal_code"]}
    units = {row["unit_code"]: row["unit_name_sv"] for row in rows}
    genders = {code: report.word("gender", code).capitalize() for code in ("women", "men")}

    def choice(name: str, label: str, options: dict[str, str]) -> str:
        written = "".join(
            f'<option value="{html_text(code)}">{html_text(word)}</option>'
            for code, word in options.items()
        )
        return (
            f'<label for="filter-{name}">{label}</label>'
            f'<select id="filter-{name}" name="{name}"><option value="">Alla</option>'
            f"{written}</select>"
        )

    return (
        "```{=html}\n"
        '<form class="filters" id="filters" aria-label="Urval av indikatorer" hidden>'
        f"<div>{choice('goal', 'Mål', goals)}</div>"
        f"<div>{choice('unit', 'Verksamhet', units)}</div>"
        f"<div>{choice('gender', 'Kön', genders)}</div>"
        '<div><label for="filter-words">Ord</label>'
        '<input type="search" id="filter-words" name="words" autocomplete="off"></div>'
        '<div><label for="filter-sort">Ordning</label><select id="filter-sort" name="sort">'
        '<option value="">Som i dokumentet</option>'
        '<option value="distance">Längst från målvärdet först</option>'
        '<option value="change">Störst förändring först</option>'
        '<option value="name">Efter namn</option></select></div>'
        '<div class="check"><input type="checkbox" id="filter-value" name="value" checked>'
        '<label for="filter-value">Bara med utfall</label></div>'
        '<button type="reset">Återställ urvalet</button>'
        '<a id="filter-file" download="indikatorer.csv" href="data/indikatorer-excel.csv">'
        "Ladda ner det som visas (CSV)</a>"
        '<p role="status" id="filter-state"></p>'
        "</form>\n"
        "```\n"
    )


def cards(report: Report) -> str:
    """Every indicator as a card."""
    written = "\n".join(card(report, one) for one in series(report))
    return f":::: {{#indicators .indicators}}\n{written}\n::::\n"


def card(report: Report, one: Series) -> str:
    """One indicator of one unit: status, chart, table."""
    row = head(one)
    values = any(r[f"{year}_value"] is not None for r in one.values() for year in YEARS)
    genders = " ".join(
        g
        for g, r in one.items()
        if g in GENDERS and any(r[f"{year}_value"] is not None for year in YEARS)
    )
    told = status(report, "target_status", row["target_status"] or "no_target")
    name = row["indicator_name_sv"]
    name += f" ({row['unit_name_sv']})" if report.unit_beside(row, name) else ""
    goal = f" · Mål: {text(row['goal_name_sv'])}" if row["goal_name_sv"] else ""
    attributes = (
        f'data-goal="{attribute(row["goal_code"])}" data-unit="{attribute(row["unit_code"])}" '
        f'data-gender="{genders}" data-value="{"yes" if values else "no"}" '
        f'data-index="{plain(row["target_index"])}" data-change="{plain(row["change_pct"])}" '
        f'data-direction="{row["desired_direction"]}"'
    )
    anchor = safe_id(f"{row['indicator_code']}-{row['unit_code']}")
    return (
        f"::: {{.indicator {attributes}}}\n"
        f"### {text(name)} {{#{anchor} .unlisted .unnumbered}}\n\n"
        f"{told}{goal}\n\n"
        f"{definition(row)}"
        f"{chart(report, one) if values else ''}"
        f"{years_table(report, one)}"
        ":::\n"
    )


def plain(value: object) -> str:
    """A number for the script; empty where there is none."""
    return "" if value is None else str(value)


def definition(row: Row) -> str:
    """What is known of the indicator: its definition, its source, its id in Kolada."""
    told = [text(row[name]) for name in ("definition_sv", "source_sv") if row[name]]
    if row["kolada_id"]:
        told.append(f"Kolada: {text(row['kolada_id'])}.")
    return " ".join(told) + "\n\n" if told else ""


def years_table(report: Report, one: Series) -> str:
    """Three years and the target of an indicator, women and men, age groups."""
    groups = [*GENDERS, *(age for age in report.codes_of("age_group") if age != "all")]
    rows = [one[group] for group in groups if group in one]
    row = head(one)
    cells = [
        [
            text((report.group(r) or report.word("gender", "total")).capitalize()),
            *(report.figure(r, year) for year in YEARS),
            report.figure(r, "target") if r["target_value"] is not None else "–",
        ]
        for r in rows
    ]
    columns = [
        Column("Grupp", 16, False),
        *(Column(str(row[f"{year}_year"]), 14) for year in YEARS),
        Column("Målvärde", 14),
    ]
    markdown = table(columns, cells, measured_name(report, row, row["indicator_name_sv"]))
    ids = [r[f"{year}_figure_id"] for r in rows for year in (*YEARS, "target")]
    return with_notes(report, markdown, ids)


def chart(report: Report, one: Series) -> str:
    """The lines of an indicator as SVG in the page; its numbers are in the table below."""
    values = [
        float(value)
        for row in one.values()
        for name in (*(f"{year}_value" for year in YEARS), "target_value")
        if (value := row[name]) is not None
    ]
    top, foot = max(*values, 0.0), min(*values, 0.0)

    def across(index: int) -> float:
        return LEFT + index * (WIDTH - 2 * LEFT) / (len(YEARS) - 1)

    def down(value: object) -> float:
        height = BOTTOM - TOP
        return BOTTOM - height * (float(str(value)) - foot) / ((top - foot) or 1)

    row = head(one)
    parts = [
        f'<text x="{across(i):.0f}" y="{HEIGHT - 6}">{row[f"{year}_year"]}</text>'
        for i, year in enumerate(YEARS)
    ]
    target = row["target_value"]
    if target is not None:
        y = down(target)
        parts.append(f'<path class="target" d="M{LEFT - 12} {y:.1f}H{WIDTH - LEFT + 12}"/>')
        sign = report.trail[row["target_figure_id"]]["value_operator"] or ""
        shown = html_text(sign + written(report, row, "target"))
        parts.append(
            f'<text class="aim" x="{WIDTH - LEFT + 16}" y="{y + 4:.1f}">mål {shown}</text>'
        )
    parts.append(f'<path class="axis" d="M{LEFT - 12} {down(0):.1f}H{WIDTH - LEFT + 12}"/>')
    parts.append(f'<text class="axis" x="4" y="{down(0) + 4:.1f}">0</text>')
    for gender in reversed(GENDERS):
        if gender in one:
            parts.append(line(one[gender], gender, across, down))
    parts += [
        label(one, year, across(i), down, html_text(written(report, row, year)))
        for i, year in enumerate(YEARS)
        if row[f"{year}_value"] is not None
    ]
    alternative = "; ".join(described(report, one[gender]) for gender in GENDERS if gender in one)
    return (
        "```{=html}\n"
        f'<svg class="trend" viewBox="0 0 {WIDTH + BESIDE} {HEIGHT}" role="img" '
        f'aria-label="{html_text(alternative)}">{"".join(parts)}</svg>\n'
        "```\n\n"
    )


def label(one: Series, year: str, x: float, down, shown: str) -> str:
    """The number of a year where no mark or target line strikes it: above, below or to the left."""
    row = head(one)
    y = down(row[f"{year}_value"])
    marks = [
        down(other[f"{year}_value"])
        for other in one.values()
        if other is not row and other[f"{year}_value"] is not None
    ]
    aim = [] if row["target_value"] is None else [down(row["target_value"])]
    places = [(x, y - 8, "middle"), (x, y + 17, "middle"), (x - 9, y + 4, "end")]
    free = [
        place
        for place in places
        if place[1] < BOTTOM
        and place[0] > LEFT - 1
        and all(abs(mark - (place[1] - 4)) > 10 for mark in marks if place[2] == "middle")
        and all(abs(line - (place[1] - 4)) > 9 for line in aim)
    ]
    # Where no place is free, the ground behind the number keeps it legible.
    left, top, anchor = (free or places)[0]
    return f'<text class="value" text-anchor="{anchor}" x="{left:.0f}" y="{top:.1f}">{shown}</text>'


def line(row: Row, gender: str, across, down) -> str:
    """One gender's line, broken where a year is missing, with a mark for each year."""
    known = [
        (across(i), down(row[f"{year}_value"]))
        for i, year in enumerate(YEARS)
        if row[f"{year}_value"] is not None
    ]
    path = ""
    before = False
    for i, year in enumerate(YEARS):
        value = row[f"{year}_value"]
        if value is not None:
            path += f"{'L' if before else 'M'}{across(i):.1f} {down(value):.1f}"
        before = value is not None
    marks = {
        "total": lambda x, y: f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/>',
        "women": lambda x, y: f'<path d="M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"/>',
        "men": lambda x, y: f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>',
    }
    shapes = "".join(marks[gender](x, y) for x, y in known)
    return f'<g class="{gender}"><path class="line" d="{path}"/>{shapes}</g>' if path else ""


def described(report: Report, row: Row) -> str:
    """A line of the chart in words, with its numbers."""
    years = ", ".join(f"{row[f'{year}_year']} {written(report, row, year)}" for year in YEARS)
    return f"{report.word('gender', row['gender']).capitalize()}: {years}"


def written(report: Report, row: Row, year: str) -> str:
    """One value without its link, or why there is none."""
    value, figure_id = row[f"{year}_value"], row[f"{year}_figure_id"]
    if value is None:
        return report.missing(figure_id)
    return number(value, report.decimals(figure_id, unit=money(row)))
