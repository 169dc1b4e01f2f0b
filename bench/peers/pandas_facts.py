"""The facts in pandas: what an analyst would write without a warehouse, vectorised throughout.

Run as `python bench/peers/pandas_facts.py FOLDER OUT`: reads a folder of printed tables as Parquet
and the reference seeds, and writes each fact as Parquet. It makes `fct_printed_figures`,
`fct_results`, `fct_investments`, `fct_indicators`, `fct_goal_assessments`, `fct_events` and
`fct_claims`, with floats for decimals and without the texts that only explain. It leaves out
`fct_reconciliations`, all tests and contracts, so that the comparison is in its favour.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pyarrow.dataset as ds

ROOT = Path(__file__).parents[2]
CELLS = {
    "ekonomi": ["outcome", "budget", "deviation"],
    "basuppdrag": ["outcome", "outcome_previous_year"],
    "personal": ["outcome", "outcome_previous_year", "target"],
    "driftsammandrag": ["outcome", "budget", "deviation", "outcome_previous_year"],
    "namndindikatorer": ["outcome_two_years_before", "outcome_previous_year", "outcome", "target"],
    "investeringar": {
        "approved_budget": "accumulated_line",
        "accumulated_outcome": "accumulated_line",
        "accumulated_deviation": "accumulated_line",
        "year_budget": "year_line",
        "year_outcome": "year_line",
        "year_deviation": "year_line",
    },
}
LABELS = {"namndindikatorer": ("goal_label", "group_label"), "investeringar": ("section_label", "")}
NUMBER = r"[+-]?(?:[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}|0|[1-9][0-9]{0,11})(?:[,.][0-9]{1,6})?"
GROUPED = r"[+-]?[1-9][0-9]{0,2}[.][0-9]{3}"
CLAIMED = ["value", "rank", "unit_count"]


def printed(folder: Path, name: str) -> pd.DataFrame:
    """All rows of a table of the folder, as text; empty where the folder lacks it."""
    place = folder / name
    if not place.is_dir():
        return pd.DataFrame()
    return ds.dataset(place, format="parquet", partitioning=None).to_table().to_pandas()


def reference(folder: Path, name: str) -> pd.DataFrame:
    """A reference table: the folder's, else the project's seed."""
    rows = printed(folder, name)
    if len(rows.columns):
        return rows
    return pd.read_csv(ROOT / f"seeds/reference/{name}.csv", dtype=str, keep_default_na=False,
                       na_values=[""])  # fmt: skip


def cells(folder: Path) -> pd.DataFrame:
    """One row per printed number of the tables and of the text."""
    parts = []
    for table, columns in CELLS.items():
        rows = printed(folder, f"printed_{table}")
        section, group = LABELS.get(table, ("", ""))
        for column in columns:
            first = rows["source_line_first"]
            if isinstance(columns, dict):
                first = rows[columns[column]].fillna(first)
            parts.append(
                pd.DataFrame(
                    {
                        "figure_id": rows.report_id + f".{table}." + rows.row_no + f".{column}",
                        "report_id": rows.report_id,
                        "source_table": table,
                        "column_name": column,
                        "source_line_first": first.astype("int32"),
                        "section_label": rows[section] if section else "",
                        "group_label": rows[group] if group else "",
                        "row_label": rows.row_label,
                        "read_text": rows[column],
                    }
                )
            )
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


def parse(text: pd.Series) -> pd.DataFrame:
    """Value, rounding step, operator and unit of printed Swedish numbers; null where refused."""
    tidy = (
        text.str.replace("[\u00a0\u202f\u2009]", " ", regex=True)
        .str.replace("[\u2010\u2011\u2012\u2013\u2014\u2212]", "-", regex=True)
        .str.strip()
    )
    pattern = r"^(?P<operator><=|>=|<|>|\u2264|\u2265)?\s*(?P<digits>.*?)\s*(?P<unit>%|tkr|mnkr)?$"
    found = tidy.str.extract(pattern)
    digits = found.digits.str.replace(r"\.$", "", regex=True)
    good = digits.str.fullmatch(NUMBER) & ~digits.str.fullmatch(GROUPED)
    number = digits.where(good.fillna(False).astype(bool))
    number = number.str.replace(" ", "").str.replace(",", ".").str.replace("+", "", regex=False)
    decimals = number.str.partition(".")[2].str.len()
    return pd.DataFrame(
        {
            "tidy": tidy,
            "value": pd.to_numeric(number),
            "rounding_step": 10.0 ** -decimals.astype("float64"),
            "value_operator": found.operator.replace({"\u2264": "<=", "\u2265": ">="}),
            "printed_unit": found.unit.replace({"%": "percent"}),
        }
    )


def figures(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every printed figure with its concept, and the claims."""
    said = claims(folder)
    numbers = said[said.kind.isin(CLAIMED)]
    of_text = numbers[
        ["figure_id", "report_id", "column_name", "source_line_first", "row_label", "read_text"]
    ].assign(source_table="pastaenden", section_label="", group_label="")
    found = pd.concat([cells(folder), of_text], ignore_index=True)
    corrections = printed(folder, "control_corrections")
    if len(corrections):
        read = found.figure_id.map(corrections.set_index("figure_id").read_text)
        found["read_text"] = read.fillna(found.read_text)
    found = pd.concat([found, parse(found.read_text)], axis=1)

    marks = reference(folder, "reference_missing_marks")
    anywhere = marks[marks.source_table.isna()].set_index("mark").missing_code
    somewhere = marks[marks.source_table.notna()].set_index(["source_table", "mark"]).missing_code
    keys = pd.MultiIndex.from_frame(found[["source_table", "tidy"]])
    found["missing_code"] = pd.Series(somewhere.reindex(keys).to_numpy(), index=found.index)
    found["missing_code"] = found.missing_code.fillna(found.tidy.map(anywhere))
    blank = found.tidy.isna() | (found.tidy == "")
    found.loc[blank, "missing_code"] = "blank"

    columns = reference(folder, "reference_printed_columns").rename(
        columns={"measure_code": "column_measure", "unit_of_measure": "column_unit"}
    )
    found = found.merge(
        columns[
            ["source_table", "column_name", "scenario", "year_offset", "column_unit",
             "column_measure"]
        ],
        on=["source_table", "column_name"],
        how="left",
    )  # fmt: skip
    reports = reference(folder, "reference_reports")[
        ["report_id", "report_year", "administration_code"]
    ].assign(report_year=lambda r: r.report_year.astype("int64"))
    found = found.merge(reports, on="report_id")
    aliases = reference(folder, "reference_label_aliases")
    labels = ["source_table", "section_label", "group_label", "row_label"]
    aliases[labels] = aliases[labels].fillna("")
    found[labels] = found[labels].fillna("")
    found = found.merge(aliases.assign(is_alias=True), on=labels, how="left")
    found = found.merge(
        said[
            ["figure_id", "measure_code", "unit_code", "fiscal_year", "scenario", "gender",
             "project_status", "asset_class"]
        ],
        on="figure_id",
        how="left",
        suffixes=("", "_said"),
    )  # fmt: skip
    is_claim = found.source_table == "pastaenden"
    default = found.administration_code.where(is_claim | found.is_alias.notna())
    found["measure_code"] = found.column_measure.fillna(found.measure_code).fillna(
        found.measure_code_said.fillna("ovrigt").where(is_claim)
    )
    found["unit_code"] = found.unit_code.fillna(found.unit_code_said).fillna(default)
    found["gender"] = found.gender.fillna(found.gender_said.fillna("total").where(is_claim))
    year = found.report_year + pd.to_numeric(found.year_offset)
    found["fiscal_year"] = (
        year.fillna(found.fiscal_year.astype("float64")).fillna(found.report_year).astype("int64")
    )
    found["scenario"] = found.scenario.fillna(found.scenario_said.fillna("outcome").where(is_claim))
    for name in ("project_status", "asset_class"):
        found[name] = found[name].fillna(found[f"{name}_said"])
    found["is_claim"] = is_claim

    indicators = reference(folder, "reference_indicators").set_index("indicator_code")
    own = reference(folder, "reference_indicator_units").set_index(["indicator_code", "unit_code"])
    keys = pd.MultiIndex.from_frame(found[["measure_code", "unit_code"]])
    of_unit = pd.Series(own.unit_of_measure.reindex(keys).to_numpy(), index=found.index)
    found["unit_of_measure"] = (
        found.column_unit.fillna(found.printed_unit)
        .fillna(of_unit)
        .fillna(found.measure_code.map(indicators.unit_of_measure))
        .fillna(pd.Series("count", index=found.index).where(is_claim))
    )
    direction = pd.Series(own.desired_direction.reindex(keys).to_numpy(), index=found.index)
    found["desired_direction"] = direction.fillna(
        found.measure_code.map(indicators.desired_direction)
    )
    found["is_indicator"] = found.measure_code.isin(indicators.index)
    found["goal_code"] = found.measure_code.map(indicators.goal_code)
    units = reference(folder, "reference_units_of_measure").set_index("unit_of_measure")
    found["base_factor"] = found.unit_of_measure.map(units.base_factor.astype(float))
    found["base_value"] = found.value * found.base_factor
    found["base_step"] = found.rounding_step * found.base_factor

    project = "/" + found.project_status + "/" + found.asset_class
    other = ("/" + found.figure_id).where(found.measure_code == "ovrigt", "")
    found["concept_key"] = (
        found.measure_code + project.fillna("") + "/" + found.unit_code
        + "/" + found.fiscal_year.astype(str) + "/" + found.scenario + "/" + found.gender + other
    )  # fmt: skip
    precedence = reference(folder, "reference_printed_tables").set_index("source_table")
    found["precedence"] = found.source_table.map(precedence.precedence.astype(float))
    found = found.sort_values(["precedence", "source_line_first", "figure_id"], kind="stable")
    found["rank"] = found.groupby(["report_id", "concept_key"], sort=False).cumcount() + 1
    found["is_fact"] = (found["rank"] == 1) & (
        found.measure_code.isin(
            ["verksamhetens_resultat", "forvaltningens_resultat", "arets_investeringar",
             "ackumulerade_investeringar"]
        )
        | (found.is_indicator & found.scenario.isin(["outcome", "target"]))
    )  # fmt: skip
    return found, said


def chosen(found: pd.DataFrame) -> pd.DataFrame:
    """The first print of each concept, and whether another print disputes it."""
    first, others = found[found["rank"] == 1], found[found["rank"] > 1]
    both = first.merge(others, on=["report_id", "concept_key"], suffixes=("", "_other"))
    difference = (both.base_value_other / both.base_factor - both.value).round(6).abs()
    tolerance = ((both.base_step + both.base_step_other) / 2 / both.base_factor).round(6)
    is_one_missing = both.missing_code.notna() | both.missing_code_other.notna()
    is_same = both.missing_code == both.missing_code_other
    disputed = both.figure_id[
        (is_one_missing & ~is_same) | (~is_one_missing & (difference > tolerance))
    ]
    return first.assign(is_disputed=first.figure_id.isin(disputed))


def results(first: pd.DataFrame) -> pd.DataFrame:
    """fct_results."""
    own = first[first.measure_code.isin(["verksamhetens_resultat", "forvaltningens_resultat"])]
    keys = ["report_id", "measure_code", "unit_code", "fiscal_year"]
    rows = own[own.scenario == "outcome"]
    for scenario in ("budget", "deviation"):
        other = own.loc[own.scenario == scenario, [*keys, "base_value"]]
        rows = rows.merge(
            other.rename(columns={"base_value": f"{scenario}_tkr"}), on=keys, how="left"
        )
    return rows.rename(columns={"base_value": "outcome_tkr"})[
        ["report_id", "report_year", "fiscal_year", "unit_code", "outcome_tkr", "missing_code",
         "budget_tkr", "deviation_tkr", "is_disputed", "figure_id"]
    ]  # fmt: skip


def investments(first: pd.DataFrame) -> pd.DataFrame:
    """fct_investments."""
    prefixes = {"arets_investeringar": "year", "ackumulerade_investeringar": "accumulated"}
    own = first[first.measure_code.isin(prefixes)]
    keys = ["report_id", "report_year", "project_status", "unit_code", "asset_class"]
    names = own.measure_code.map(prefixes) + "_" + own.scenario + "_mnkr"
    wide = (
        own.assign(name=names, mnkr=own.base_value / 1000)
        .pivot_table(index=keys, columns="name", values="mnkr", aggfunc="max", dropna=True)
        .rename(columns={"accumulated_budget_mnkr": "approved_budget_mnkr"})
    )
    year = own[(own.measure_code == "arets_investeringar") & (own.scenario == "outcome")]
    marks = year.set_index(keys)[["missing_code", "figure_id"]]
    return own[keys].drop_duplicates().set_index(keys).join(wide).join(marks).reset_index()


def indicators(first: pd.DataFrame) -> pd.DataFrame:
    """fct_indicators, and the goal of each."""
    rows = first[first.is_indicator & (first.scenario == "outcome")]
    keys = ["report_id", "measure_code", "unit_code", "fiscal_year", "gender"]
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
    return rows.rename(
        columns={"measure_code": "indicator_code", "figure_id_target": "target_figure_id"}
    )[
        ["report_id", "report_year", "fiscal_year", "indicator_code", "unit_code", "gender",
         "value", "missing_code", "unit_of_measure", "target_value", "target_operator",
         "target_status", "is_disputed", "figure_id", "target_figure_id", "goal_code"]
    ]  # fmt: skip


def goal_assessments(folder: Path, found: pd.DataFrame) -> pd.DataFrame:
    """fct_goal_assessments."""
    goals = reference(folder, "reference_goal_aliases").set_index("printed_label").goal_code
    words = reference(folder, "reference_judgement_wordings").set_index("judgement").declared_status
    judged = printed(folder, "printed_maluppfyllelse")
    years = reference(folder, "reference_reports").set_index("report_id").report_year.astype(int)
    now = found[found.fiscal_year == found.report_year]
    unknown = ~now.target_status.isin(["met", "missed"]) & (
        (now.gender == "total") | (now.target_status != "no_target")
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
            "goal_code": judged.row_label.map(goals),
            "declared_status": judged.judgement.map(words),
            "figure_id": judged.report_id + ".maluppfyllelse." + judged.row_no + ".judgement",
        }
    ).merge(counts, on=["report_id", "goal_code"], how="left")
    numbers = ["indicators_met", "indicators_missed", "indicators_unknown"]
    rows[numbers] = rows[numbers].fillna(0).astype("int64")
    status = pd.Series("partly_fulfilled", index=rows.index)
    status[rows.indicators_met == 0] = "not_fulfilled"
    status[rows.indicators_missed == 0] = "fulfilled"
    status[rows.indicators_met + rows.indicators_missed == 0] = "not_assessed"
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
    first = chosen(found)
    of_indicators = indicators(first)
    return {
        "fct_printed_figures": found[
            ["figure_id", "report_id", "source_table", "read_text", "value", "missing_code",
             "unit_of_measure", "rounding_step", "concept_key", "measure_code", "unit_code",
             "fiscal_year", "scenario", "gender", "is_fact"]
        ],
        "fct_results": results(first),
        "fct_investments": investments(first),
        "fct_indicators": of_indicators.drop(columns="goal_code"),
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
