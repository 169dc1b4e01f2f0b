"""The facts in pandas: what an analyst would write without a warehouse, vectorised throughout.

Run as `python bench/peers/pandas_facts.py FOLDER OUT`: reads a folder of printed tables as Parquet
and the reference seeds, and writes each fact as Parquet. It makes `fct_printed_figures`,
`fct_results`, `fct_investments`, `fct_indicators`, `fct_goal_assessments`, `fct_events` and
`fct_claims`, with floats for decimals and without the texts that only explain. It leaves out
`fct_reconciliations`, what is disputed by them, all tests and contracts, and reads no other words
around a number than `bench.generate` prints, so that the comparison is in its favour.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds

ROOT = Path(__file__).parents[2]
TABLES = (
    "ekonomi", "basuppdrag", "personal", "driftsammandrag", "namndindikatorer", "investeringar",
)  # fmt: skip
# Cells whose line is not their row's own.
LINES = {
    "approved_budget": "accumulated_line",
    "accumulated_outcome": "accumulated_line",
    "accumulated_deviation": "accumulated_line",
    "year_budget": "year_line",
    "year_outcome": "year_line",
    "year_deviation": "year_line",
}
SECTIONS = {"namndindikatorer": "goal_label"}
NUMBER = r"[+-]?(?:[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}|0|[1-9][0-9]{0,11})(?:[,.][0-9]{1,6})?"
GROUPED = r"[+-]?[1-9][0-9]{0,2}[.][0-9]{3}"
CLAIMED = ["value", "rank", "unit_count"]
INVESTMENTS = ["year_investment", "project_investment"]
RESULTS = {
    "outcome": "outcome", "budget": "budget", "deviation": "deviation", "income": "revenue",
    "cost": "cost", "forecast": "forecast",
}  # fmt: skip


def printed(folder: Path, name: str) -> pd.DataFrame:
    """All rows of a table of the folder, as text; empty where the folder lacks it."""
    place = folder / name
    if not place.is_dir():
        return pd.DataFrame()
    return ds.dataset(place, format="parquet", partitioning=None).to_table().to_pandas()


@cache
def reference(folder: Path, name: str) -> pd.DataFrame:
    """A reference table: the folder's, else the project's seed."""
    rows = printed(folder, name)
    if len(rows.columns):
        return rows
    return pd.read_csv(ROOT / f"seeds/reference/{name}.csv", dtype=str, keep_default_na=False,
                       na_values=[""])  # fmt: skip


def plain(label: pd.Series) -> pd.Series:
    """A label as labels are compared: without case, dashes and doubled spaces."""
    return (
        label.fillna("")
        .str.replace("[\u00a0\u202f\u2009\u2010-\u2014\u2212-]", " ", regex=True)
        .str.replace("&", "och")
        .str.replace(" +", " ", regex=True)
        .str.lower()
        .str.strip(" :")
    )


def inherited(folder: Path, name: str) -> pd.DataFrame:
    """The rows of a reference table for each template, the nearest template's own first."""
    based_on = reference(folder, "reference_templates").set_index("template").based_on
    chains = []
    for template in based_on.index:
        chain, above = [template], based_on.get(template)
        while isinstance(above, str):
            chain, above = [*chain, above], based_on.get(above)
        chains += [(template, of, near) for near, of in enumerate([*chain, ""])]
    of = pd.DataFrame(chains, columns=["template", "inherited", "nearness"])
    rows = reference(folder, name).rename(columns={"template": "inherited"})
    rows = rows.assign(inherited=rows.inherited.fillna(""))
    return of.merge(rows, on="inherited").sort_values("nearness", kind="stable")


def nearest(folder: Path, name: str, *keys: str) -> pd.DataFrame:
    """A reference table for each template: of each column what the nearest says."""
    return inherited(folder, name).groupby(["template", *keys]).first().reset_index()


def cells(folder: Path) -> pd.DataFrame:
    """One row per printed number of the tables, in the columns that a report prints."""
    parts = []
    columns = reference(folder, "reference_printed_columns")
    for table in TABLES:
        rows = printed(folder, f"printed_{table}")
        numbers = columns[(columns.source_table == table) & (columns.content == "number")]
        for column in sorted(set(numbers.column_name) & set(rows.columns)):
            if rows[column].isna().all():
                continue
            first = rows["source_line_first"]
            if column in LINES and table == "investeringar":
                first = rows[LINES[column]].fillna(first)
            part = pd.DataFrame(
                {
                    "figure_id": rows.report_id + f".{table}." + rows.row_no + f".{column}",
                    "report_id": rows.report_id,
                    "source_table": table,
                    "row_no": rows.row_no,
                    "column_name": column,
                    "source_line_first": first.astype("int32"),
                    "section_label": rows.get(SECTIONS.get(table, "section_label")),
                    "group_label": rows.get("group_label"),
                    "row_label": rows.row_label,
                    "read_text": rows[column],
                }
            )
            parts.append(part[part.groupby("report_id").read_text.transform("count") > 0])
    return pd.concat(parts, ignore_index=True)


def claims(folder: Path) -> pd.DataFrame:
    """One row per figure or statement of the text."""
    rows = printed(folder, "printed_pastaenden")
    is_value = rows.kind.isin(CLAIMED)
    rows["column_name"] = is_value.map({True: "value", False: "statement"})
    rows["figure_id"] = rows.report_id + ".pastaenden." + rows.row_no + "." + rows.column_name
    rows["source_line_first"] = rows.source_line_first.astype("int32")
    rows["fiscal_year"] = pd.to_numeric(rows.fiscal_year).astype("Int64")
    return rows


def parse(text: pd.Series, in_parentheses: pd.Series) -> pd.DataFrame:
    """Value, decimals, operator, sign and unit of printed Swedish numbers; null where refused."""
    tidy = (
        text.str.replace("[\u00a0\u202f\u2009]", " ", regex=True)
        .str.replace("[\u2010\u2011\u2012\u2013\u2014\u2212]", "-", regex=True)
        .str.strip()
    )
    pattern = r"^(?P<operator><=|>=|<|>|\u2264|\u2265)?\s*(?P<digits>.*?)\s*(?P<unit>%|tkr|mnkr)?$"
    found = tidy.str.extract(pattern)
    minus = found.digits.str.replace(r"^[(](.*)[)]$", r"-\1", regex=True)
    digits = found.digits.where(~in_parentheses, minus).str.replace(r"\.$", "", regex=True)
    good = digits.str.fullmatch(NUMBER) & ~digits.str.fullmatch(GROUPED)
    number = digits.where(good.fillna(False).astype(bool))
    number = number.str.replace(" ", "").str.replace(",", ".").str.replace("+", "", regex=False)
    return pd.DataFrame(
        {
            "tidy": tidy,
            "value": pd.to_numeric(number),
            "decimals": number.str.partition(".")[2].str.len().astype("float64"),
            "is_signed": digits.str.match("[+-]").fillna(False).astype(bool),
            "value_operator": found.operator.replace({"\u2264": "<=", "\u2265": ">="}),
            "printed_unit": found.unit.replace({"%": "percent"}),
        }
    )


SAID = [
    "measure_code", "unit_code", "gender", "age_group", "project_code", "asset_class",
    "project_status", "unit_of_measure", "sign",
]  # fmt: skip
LABEL = ["template", "administration_code", "source_table", "section_key", "group_key", "label_key"]


def projects(folder: Path) -> pd.DataFrame:
    """Each project with its unit and its class of asset."""
    rows = reference(folder, "reference_label_aliases")
    rows = rows[rows.project_code.notna() & (rows.project_code != "total") & rows.unit_code.notna()]
    return rows.groupby("project_code")[["unit_code", "asset_class"]].min().reset_index()


def meanings(folder: Path, labels: pd.DataFrame) -> pd.DataFrame:
    """What each label means: an alias before a name, the nearer and the more precise first."""
    known = inherited(folder, "reference_label_aliases")
    known = known[known.goal_code.isna()].rename(columns={"source_table": "of_table"})
    for part in ("section", "group", "row"):
        known[f"{part}_is"] = plain(known[f"{part}_label"])
    known["specificity"] = (
        4 * known.of_table.notna() + 2 * known.group_label.notna() + known.section_label.notna()
    )
    known["name_rank"] = 0
    aliases = labels.merge(
        known, left_on=["template", "label_key"], right_on=["template", "row_is"]
    ).query("label_key != ''")
    aliases = aliases[
        (aliases.of_table.isna() | (aliases.of_table == aliases.source_table))
        & ((aliases.section_is == "") | (aliases.section_is == aliases.section_key))
        & ((aliases.group_is == "") | (aliases.group_is == aliases.group_key))
    ]
    units = reference(folder, "reference_units")
    units = units.assign(label_key=plain(units.unit_name_sv), name_rank=1)
    indicators = reference(folder, "reference_indicators")
    indicators = pd.DataFrame(
        {
            "label_key": plain(indicators.indicator_name_sv),
            "measure_code": indicators.indicator_code,
            "name_rank": 2,
        }
    )
    codes = reference(folder, "reference_codes")
    codes = codes[codes["list"].isin(["gender", "age_group"])]
    codes = pd.DataFrame(
        {
            "label_key": plain(codes.word_sv),
            "gender": codes.code.where(codes["list"] == "gender"),
            "age_group": codes.code.where(codes["list"] == "age_group"),
            "name_rank": 3,
        }
    )
    names = [
        labels.merge(
            units[["administration_code", "label_key", "unit_code", "name_rank"]],
            on=["administration_code", "label_key"],
        ),
        labels.merge(indicators, on="label_key"),
        labels.merge(codes, on="label_key"),
    ]
    found = pd.concat(
        [aliases, *(name.assign(nearness=9, specificity=0) for name in names)], ignore_index=True
    )
    found = found.sort_values(
        ["nearness", "specificity", "name_rank", "measure_code", "unit_code"],
        ascending=[True, False, True, True, True], na_position="first",
    ).drop_duplicates(LABEL)  # fmt: skip
    found = found.merge(projects(folder), on="project_code", how="left", suffixes=("", "_project"))
    for name in ("unit_code", "asset_class"):
        found[name] = found[name].fillna(found[f"{name}_project"])
    return found[[*LABEL, *SAID]]


def labelled(folder: Path, rows: pd.DataFrame) -> pd.DataFrame:
    """What each distinct label of a row means, with its group's, its section's and its table's."""
    keys = rows[LABEL].drop_duplicates()
    groups = keys.assign(label_key=keys.group_key, group_key="")
    found = meanings(folder, pd.concat([keys, groups]).drop_duplicates())
    own = keys.merge(found.assign(is_known=True), on=LABEL, how="left")
    of_group = groups.merge(found, on=LABEL, how="left")[SAID]
    defaults = inherited(folder, "reference_label_aliases")
    defaults = defaults[defaults.row_label.isna() & defaults.group_label.isna()]
    defaults = defaults.assign(section_key=plain(defaults.section_label)).drop_duplicates(
        ["template", "source_table", "section_key"]
    )
    on = ["template", "source_table", "section_key"]
    named = defaults[defaults.section_key != ""]
    of_section = keys[on].merge(named[[*on, *SAID]], on=on, how="left")
    whole = defaults.loc[defaults.section_key == "", [*on[:2], *SAID]]
    of_table = keys[on].merge(whole, on=on[:2], how="left")
    for name in SAID:
        own[name] = own[name].fillna(of_group[name])
    for name in ("measure_code", "project_status", "sign"):
        own[name] = own[name].fillna(of_section[name]).fillna(of_table[name])
    own["asset_class"] = own.asset_class.fillna(
        pd.Series("total", index=own.index).where(own.project_code == "total")
    )
    return own


def noughts(value: pd.Series) -> pd.Series:
    """The step that a whole number ends in: 10 for 120, 1 for 123."""
    step = pd.Series(1.0, index=value.index)
    for power in range(1, 7):
        step = step.where((value == 0) | (value % 10**power != 0), 10.0**power)
    return step


def figures(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every printed figure with its concept, and the claims."""
    said = claims(folder)
    numbers = said[said.kind.isin(CLAIMED)]
    of_text = numbers[
        ["figure_id", "report_id", "row_no", "column_name", "source_line_first", "row_label",
         "read_text"]
    ].assign(source_table="pastaenden")  # fmt: skip
    found = pd.concat([cells(folder), of_text], ignore_index=True)
    corrections = printed(folder, "control_corrections")
    if len(corrections):
        read = found.figure_id.map(corrections.set_index("figure_id").read_text)
        found["read_text"] = read.fillna(found.read_text)
    reports = reference(folder, "reference_reports")[
        ["report_id", "template", "report_year", "administration_code"]
    ].assign(report_year=lambda r: r.report_year.astype("int64"))
    found = found.merge(reports, on="report_id")
    settings = nearest(folder, "reference_templates")
    tables = nearest(folder, "reference_printed_tables", "source_table").merge(
        settings[["template", "unit_of_measure", "is_minus_in_parentheses", "result_words"]],
        on="template", suffixes=("", "_of_template"),
    )  # fmt: skip
    tables["table_unit"] = tables.unit_of_measure.fillna(tables.unit_of_measure_of_template)
    tables["in_parentheses"] = tables.is_minus_in_parentheses.astype(str).str.lower() == "true"
    tables["precedence"] = tables.precedence.astype("float64")
    found = found.merge(
        tables[
            ["template", "source_table", "table_unit", "in_parentheses", "precedence",
             "result_words"]
        ],
        on=["template", "source_table"], how="left",
    )  # fmt: skip
    columns = nearest(folder, "reference_printed_columns", "source_table", "column_name").rename(
        columns={"measure_code": "column_measure", "unit_of_measure": "column_unit",
                 "sign": "column_sign"}
    )  # fmt: skip
    found = found.merge(
        columns[
            ["template", "source_table", "column_name", "scenario", "year_offset", "column_unit",
             "column_measure", "column_sign"]
        ],
        on=["template", "source_table", "column_name"],
        how="left",
    )  # fmt: skip
    found = pd.concat([found, parse(found.read_text, found.in_parentheses)], axis=1)

    marks = inherited(folder, "reference_missing_marks")
    marks["mark"] = marks.mark.str.upper()
    found["mark"] = found.tidy.str.upper()
    on_table = marks[marks.source_table.notna()]
    anywhere = marks[marks.source_table.isna()]
    choices = [
        found[[*keys]].merge(
            rows.drop_duplicates(keys)[[*keys, "missing_code", "nearness"]], on=keys, how="left"
        )
        for rows, keys in (
            (on_table, ["template", "source_table", "mark"]),
            (anywhere, ["template", "mark"]),
        )
    ]
    own, general = choices
    is_own = own.missing_code.notna() & ~(general.nearness < own.nearness)
    found["missing_code"] = own.missing_code.where(is_own, general.missing_code)
    found.loc[found.tidy.isna() | (found.tidy == ""), "missing_code"] = "blank"

    for name in ("section", "group", "row"):
        found[f"{name}_key"] = plain(found[f"{name}_label"])
    found = found.rename(columns={"row_key": "label_key"})
    is_claim = found.source_table == "pastaenden"
    rows = labelled(folder, found.loc[~is_claim, LABEL])
    found.loc[is_claim, ["section_key", "group_key", "label_key"]] = None
    found = found.merge(rows, on=LABEL, how="left")
    found = found.merge(
        said[
            ["figure_id", "measure_code", "unit_code", "fiscal_year", "scenario", "gender",
             "project_status", "asset_class", "printed_text"]
        ],
        on="figure_id",
        how="left",
        suffixes=("", "_said"),
    )  # fmt: skip
    is_claim = found.source_table == "pastaenden"
    for name in ("project_status", "asset_class", "gender", "scenario"):
        found[name] = found[f"{name}_said"].fillna(found[name])
    found["measure_code"] = (
        found.measure_code_said.fillna("ovrigt").where(is_claim, found.column_measure)
    ).fillna(found.measure_code)
    found["unit_code"] = (
        found.unit_code_said.where(is_claim).fillna(found.unit_code).fillna(
            found.administration_code
        )
    )  # fmt: skip
    found["gender"] = found.gender.fillna("total")
    found["age_group"] = found.age_group.fillna("all")
    found["scenario"] = found.scenario.fillna(pd.Series("outcome", index=found.index))
    year = found.report_year + pd.to_numeric(found.year_offset)
    found["fiscal_year"] = (
        year.fillna(found.fiscal_year.astype("float64")).fillna(found.report_year).astype("int64")
    )

    units = reference(folder, "reference_units_of_measure").set_index("unit_of_measure")
    indicators = reference(folder, "reference_indicators").set_index("indicator_code")
    measures = reference(folder, "reference_measures").set_index("measure_code")
    own = reference(folder, "reference_indicator_units").set_index(["indicator_code", "unit_code"])
    keys = pd.MultiIndex.from_frame(found[["measure_code", "unit_code"]])
    of_unit = pd.Series(own.unit_of_measure.reindex(keys).to_numpy(), index=found.index)
    usual = of_unit.fillna(found.measure_code.map(indicators.unit_of_measure)).fillna(
        found.measure_code.map(measures.unit_of_measure)
    )
    role = found.measure_code.map(measures.measure_role)
    is_amount = found.measure_code.map(measures.unit_of_measure).map(units.base_unit_of_measure).eq(
        "tkr"
    ) | found.measure_code.map(indicators.unit_of_measure).map(units.base_unit_of_measure).eq("tkr")
    found["unit_of_measure"] = (
        found.printed_unit.fillna(found.unit_of_measure)
        .fillna(found.column_unit)
        .fillna(found.table_unit.where(is_amount & ~is_claim))
        .fillna(usual.where(~is_amount | found.value.isna()))
    )
    direction = pd.Series(own.desired_direction.reindex(keys).to_numpy(), index=found.index)
    found["desired_direction"] = direction.fillna(
        found.measure_code.map(indicators.desired_direction)
    )
    found["is_indicator"] = found.measure_code.isin(indicators.index)
    found["goal_code"] = found.measure_code.map(indicators.goal_code)
    found["measure_role"] = role

    # An investment of no project is that of all of them, or of the only one of its unit and class.
    known = projects(folder)
    only = known[~known.duplicated(["unit_code", "asset_class"], keep=False)]
    only = only.set_index(["unit_code", "asset_class"]).project_code
    pairs = pd.MultiIndex.from_frame(found[["unit_code", "asset_class"]])
    of_only = pd.Series(only.reindex(pairs).to_numpy(), index=found.index)
    is_investment = role.isin(INVESTMENTS)
    found["project_code"] = (
        found.project_code.fillna(of_only.where(found.asset_class != "total")).fillna("total")
    ).where(is_investment)
    found["project_status"] = found.project_status.fillna("total").where(is_investment)
    found["asset_class"] = found.asset_class.fillna("total").where(is_investment)

    words = reference(folder, "reference_number_words")
    cost_words = "|".join(words[words.kind == "cost"].word)
    # Where a result is a net cost, more of it is worse whatever the words around.
    is_net_cost = (found.result_words == "net_cost") & found.scenario.isin(
        ["outcome", "budget", "forecast"]
    )
    is_of_cost = (found.row_label + " " + found.printed_text).str.lower().str.contains(cost_words)
    is_turned = (
        is_claim
        & ~found.is_signed
        & found.unit_of_measure.map(units.base_unit_of_measure).eq("tkr")
        & (
            (found.scenario == "cost")
            | (role == "cost")
            | ((role == "result") & (is_of_cost.eq(True) | is_net_cost))
        )
    )  # fmt: skip
    sign = found.column_sign.astype("float64").fillna(1) * found.sign.astype("float64").fillna(1)
    factor = units.base_factor.astype(float) / units.base_divisor.astype(float)
    found["base_factor"] = found.unit_of_measure.map(factor) * sign.where(~is_turned, -1.0)
    found["base_value"] = found.value * found.base_factor

    project = "/" + found.project_status + "/" + found.project_code
    age = ("/" + found.age_group).where(found.age_group != "all", "")
    other = ("/" + found.figure_id).where(found.measure_code == "ovrigt", "")
    # Income and cost of the administration are the same in a column of its result and in a row.
    of_roles = measures[measures.measure_role.isin(["income", "cost"])].reset_index()
    of_roles = of_roles.groupby("measure_role").measure_code.min()
    is_whole = (role == "result") & (found.unit_code == found.administration_code)
    in_row = found.scenario.map(of_roles).where(is_whole)
    measure, scenario = (
        in_row.fillna(found.measure_code),
        found.scenario.where(in_row.isna(), "outcome"),
    )
    start, end = measure + project.fillna("") + "/" + found.unit_code, "/" + found.gender + age
    found["series_key"] = start + end + other
    year = found.fiscal_year.astype(str)
    found["concept_key"] = start + "/" + year + "/" + scenario + end + other
    of_concept = [found.report_id, found.concept_key]
    step = noughts(found.value)
    finest = step.where(found.value.notna(), 1).groupby(of_concept).transform("min")
    is_count = found.unit_of_measure == "count"
    of_count = step.where(step > finest, 0.0).where(found.value.notna())
    found["rounding_step"] = (10.0**-found.decimals).where(~is_count, of_count)

    found["is_missing"] = found.value.isna()
    found = found.sort_values(
        ["is_missing", "precedence", "source_line_first", "figure_id"], kind="stable"
    )
    found["rank"] = found.groupby(["report_id", "concept_key"], sort=False).cumcount() + 1
    scenario = found.scenario
    found["is_fact"] = (found["rank"] == 1) & (
        ((found.measure_role == "result") & scenario.isin([*RESULTS]))
        | (found.measure_role.isin(["income", "cost"]) & (scenario == "outcome"))
        | (
            found.measure_role.isin(INVESTMENTS)
            & scenario.isin(["outcome", "budget", "deviation", "forecast"])
            & (found.fiscal_year == found.report_year)
        )
        | (found.is_indicator & scenario.isin(["outcome", "target"]))
    )
    return found, said


def results(first: pd.DataFrame) -> pd.DataFrame:
    """fct_results."""
    own = first[first.measure_role.isin(["result", "income", "cost"])]
    part = own.scenario.where(
        own.measure_role == "result", own.measure_role.where(own.scenario == "outcome")
    )
    keys = ["report_id", "fiscal_year", "unit_code"]
    own = own.assign(part=part.map(RESULTS)).sort_values("measure_code")
    own = own[own.part.notna()].drop_duplicates([*keys, "part"])
    wide = own.pivot_table(index=keys, columns="part", values="base_value", aggfunc="max")
    wide = wide.reindex(columns=list(RESULTS.values())).add_suffix("_tkr")
    outcome = own[own.part == "outcome"].set_index(keys)
    rows = outcome[["report_year", "missing_code", "figure_id"]].join(wide)
    return rows.reset_index()


def investments(first: pd.DataFrame) -> pd.DataFrame:
    """fct_investments."""
    prefixes = {"year_investment": "year", "project_investment": "accumulated"}
    own = first[first.measure_role.isin(INVESTMENTS) & (first.fiscal_year == first.report_year)]
    keys = ["report_id", "report_year", "project_status", "unit_code", "project_code"]
    names = own.measure_role.map(prefixes) + "_" + own.scenario + "_mnkr"
    wide = (
        own.assign(name=names, mnkr=own.base_value / 1000)
        .pivot_table(index=keys, columns="name", values="mnkr", aggfunc="max", dropna=True)
        .rename(columns={"accumulated_budget_mnkr": "approved_budget_mnkr"})
    )
    year = own[(own.measure_role == "year_investment") & (own.scenario == "outcome")]
    marks = year.set_index(keys)[["missing_code", "figure_id"]]
    classes = own.groupby(keys).asset_class.max()
    return classes.to_frame().join(wide).join(marks).reset_index()


def indicators(folder: Path, first: pd.DataFrame) -> pd.DataFrame:
    """fct_indicators: each serves the goal that it is printed under."""
    rows = first[first.is_indicator & (first.scenario == "outcome")]
    keys = ["report_id", "series_key", "fiscal_year"]
    targets = first.loc[
        first.scenario == "target", [*keys, "figure_id", "value", "base_value", "value_operator"]
    ]
    rows = rows.merge(targets, on=keys, how="left", suffixes=("", "_target"))
    rows["target_value"] = (rows.base_value_target / rows.base_factor).round(6)
    operator = rows.value_operator_target.fillna(
        rows.desired_direction.map({"higher": ">=", "lower": "<="})
    )
    rows["target_operator"] = operator.where(rows.value_target.notna())
    met = (
        ((rows.target_operator == ">=") & (rows.value >= rows.target_value))
        | ((rows.target_operator == ">") & (rows.value > rows.target_value))
        | ((rows.target_operator == "<=") & (rows.value <= rows.target_value))
        | ((rows.target_operator == "<") & (rows.value < rows.target_value))
    )
    status = met.map({True: "met", False: "missed"}).astype(object)
    status[rows.target_operator.isna()] = "undetermined"
    status[rows.value.isna()] = "not_reported"
    status[rows.target_value.isna()] = "no_target"
    rows["target_status"] = status
    under = first[first.source_table == "namndindikatorer"]
    under = under.assign(goal_code=goals(folder, under.section_label)).drop_duplicates(
        ["report_id", "measure_code", "unit_code"]
    )
    rows = rows.drop(columns="goal_code").merge(
        under[["report_id", "measure_code", "unit_code", "goal_code"]],
        on=["report_id", "measure_code", "unit_code"], how="left",
    )  # fmt: skip
    return rows.rename(
        columns={"measure_code": "indicator_code", "figure_id_target": "target_figure_id"}
    )[
        ["report_id", "report_year", "fiscal_year", "indicator_code", "unit_code", "gender",
         "age_group", "value", "missing_code", "unit_of_measure", "target_value",
         "target_operator", "target_status", "figure_id", "target_figure_id", "goal_code"]
    ]  # fmt: skip


def goals(folder: Path, labels: pd.Series) -> pd.Series:
    """The goal that each printed label means."""
    aliases = reference(folder, "reference_label_aliases")
    aliases = aliases[aliases.goal_code.notna()]
    known = pd.Series(aliases.goal_code.to_numpy(), index=plain(aliases.row_label))
    return plain(labels).map(known[~known.index.duplicated()])


def goal_assessments(folder: Path, found: pd.DataFrame) -> pd.DataFrame:
    """fct_goal_assessments."""
    words = reference(folder, "reference_judgement_wordings")
    words = pd.Series(words.declared_status.to_numpy(), index=plain(words.judgement))
    words = words[~words.index.duplicated()]
    judged = printed(folder, "printed_maluppfyllelse")
    years = reference(folder, "reference_reports").set_index("report_id").report_year.astype(int)
    now = found[found.fiscal_year == found.report_year]
    is_whole = (now.gender == "total") & (now.age_group == "all")
    unknown = ~now.target_status.isin(["met", "missed"]) & (
        is_whole | (now.target_status != "no_target")
    )
    counts = (
        now.assign(
            indicators_met=now.target_status == "met",
            indicators_missed=now.target_status == "missed",
            indicators_unknown=unknown,
        )
        .groupby(["report_id", "goal_code"])[
            ["indicators_met", "indicators_missed", "indicators_unknown"]
        ]
        .sum()
        .reset_index()
    )
    rows = pd.DataFrame(
        {
            "report_id": judged.report_id,
            "report_year": judged.report_id.map(years),
            "goal_code": goals(folder, judged.row_label),
            "declared_status": plain(judged.judgement).map(words),
            "figure_id": judged.report_id + ".maluppfyllelse." + judged.row_no + ".judgement",
        }
    ).merge(counts, on=["report_id", "goal_code"], how="left")
    numbers = ["indicators_met", "indicators_missed", "indicators_unknown"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    comparable = rows.indicators_met + rows.indicators_missed
    status = pd.Series("partly_fulfilled", index=rows.index)
    status[rows.indicators_met == 0] = "not_fulfilled"
    status[rows.indicators_missed == 0] = "fulfilled"
    status[(comparable == 0) | (comparable < rows.indicators_unknown)] = "not_assessed"
    rows["computed_status"] = status
    same = (rows.declared_status == status).astype(object)
    rows["is_consistent"] = same.where(status != "not_assessed")
    return rows


def events(folder: Path) -> pd.DataFrame:
    """fct_events."""
    rows = printed(folder, "printed_beslut_och_handelser")
    return pd.DataFrame(
        {
            "event_id": rows.report_id + ".beslut_och_handelser." + rows.row_no + ".label",
            "report_id": rows.report_id,
            "event_type": rows.event_type,
            "label": rows.label,
        }
    )


def facts(folder: Path) -> dict[str, pd.DataFrame]:
    """Every fact by name; figures, amounts and shares as floats."""
    found, said = figures(folder)
    first = found[found["rank"] == 1]
    of_indicators = indicators(folder, first)
    return {
        "fct_printed_figures": found[
            ["figure_id", "report_id", "source_table", "read_text", "value", "missing_code",
             "unit_of_measure", "rounding_step", "concept_key", "measure_code", "unit_code",
             "fiscal_year", "scenario", "gender", "age_group", "project_code", "is_fact"]
        ],
        "fct_results": results(first),
        "fct_investments": investments(first),
        "fct_indicators": of_indicators,
        "fct_goal_assessments": goal_assessments(folder, of_indicators),
        "fct_events": events(folder),
        "fct_claims": said.merge(
            found[["figure_id", "value", "unit_of_measure", "concept_key"]], on="figure_id",
            how="left",
        )[["figure_id", "report_id", "kind", "stated", "value", "unit_of_measure", "concept_key",
           "goal_code"]].rename(columns={"figure_id": "claim_id", "kind": "claim_kind"}),
    }  # fmt: skip


if __name__ == "__main__":
    place = Path(sys.argv[2])
    place.mkdir(parents=True, exist_ok=True)
    for name, rows in facts(Path(sys.argv[1])).items():
        rows.to_parquet(place / f"{name}.parquet", index=False)
