"""The recipes of CONTRIBUTING.md, followed to the letter in a copy.

A rule, a code, a missing mark and a column of a fact are put in at once, built, sealed and shown.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from conftest import Project

from bokslut.pages import checks, open_report

RULE = """\
with results as (
    select *
    from {{ ref('int_concepts__chosen') }}
    where measure_code = 'verksamhetens_resultat' and scenario = 'outcome' and value is not null
),

final as (
    {{ check_row(
        'results',
        'round_result',
        key='figure_id',
        subject='concept_name_sv',
        right_figure_id='figure_id',
        left_value='round(value, -1)',
        right_value='value',
        tolerance='10',
        texts={'lines': line_range('source_line_first', 'source_line_last')},
        numbers={'left_value': 'round(value, -1)', 'right_value': 'value'}
    ) }}
)

select * from final
"""
ENTRY = """\
  - name: int_checks__round_result
    description: One row per result of a unit, against itself in tens.
    columns: *check
"""


def replace(file: Path, old: str, new: str) -> None:
    """Puts a new text in an old one's place, which must be there once."""
    written = file.read_text(encoding="utf-8")
    assert written.count(old) == 1, (file.name, old)
    file.write_text(written.replace(old, new), encoding="utf-8")


def add_rule(project: Path) -> None:
    folder = project / "models/intermediate/checks"
    (folder / "int_checks__round_result.sql").write_text(RULE, encoding="utf-8")
    replace(folder / "_checks.yml", "\nunit_tests:", f"{ENTRY}\nunit_tests:")
    replace(
        project / "macros/rules.sql",
        "        'silence',\n",
        "        'silence',\n        'round_result',\n",
    )


def seed_row(**columns: str):
    """A change of a seed: one more row, empty but for these columns."""
    return lambda rows: rows.append(dict.fromkeys(rows[0], "") | columns)


def add_column(project: Path) -> None:
    folder = project / "models/marts/results"
    replace(
        folder / "fct_results.sql",
        "        pivoted.outcome_figure_id as figure_id,\n",
        "        pivoted.budget_tkr is not null as has_budget,\n"
        "        pivoted.outcome_figure_id as figure_id,\n",
    )
    replace(
        folder / "fct_results.yml",
        "      - name: figure_id\n",
        "      - name: has_budget\n        data_type: boolean\n"
        "        description: Whether a budget is printed.\n      - name: figure_id\n",
    )


def follow_recipes(copy: Project) -> None:
    """Follows all recipes in a copy."""
    add_rule(copy.project)
    copy.rows(
        "reference_rules",
        seed_row(
            rule="round_result",
            sort_order="99",
            rule_name_sv="Resultat i tiotal",
            rule_name_en="Results in tens",
            question_sv="Är resultatet jämnt?",
        ),
    )
    for verdict in ("agrees", "agrees_within_rounding"):
        copy.rows(
            "reference_explanations",
            seed_row(
                rule="round_result",
                explanation_case=verdict,
                text_sv="{right_value} (rad {lines}) är i tiotal {left_value}.",
                text_en="{right_value} (line {lines}) is {left_value} in tens.",
            ),
        )
    copy.rows(
        "reference_codes",
        seed_row(
            list="asset_class",
            code="fordon",
            sort_order="9",
            word_sv="fordon",
            word_en="vehicles",
        ),
    )
    copy.rows("reference_missing_marks", seed_row(mark="e.m.", missing_code="not_reported"))

    def print_mark(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["line_no"] == "572":
                row["figures"] = "LU. L.U. e.m. -"

    def use_code(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["row_label"] == "Loneservice Inventarier":
                row["asset_class"] = "fordon"

    copy.rows("reference_label_aliases", use_code)
    copy.cell("printed_namndindikatorer", 1, "outcome", "e.m.")
    copy.rows("printed_lines", print_mark)
    add_column(copy.project)


def test_what_was_added_is_in_the_marts(typed: Project) -> None:
    with duckdb.connect(str(typed.database), read_only=True) as connection:

        def ask(query: str) -> list[tuple]:
            return connection.execute(query).fetchall()

        assert ask(
            "select explanation_sv, explanation_en from marts.fct_reconciliations"
            " where rule = 'round_result' and right_value = 15362"
        ) == [
            (
                "15\u00a0362 (rad 160) är i tiotal 15\u00a0360.",
                "15,362 (line 160) is 15,360 in tens.",
            )
        ]
        assert ask(
            "select distinct unit_name_sv, asset_class_sv from reporting.rpt_investments"
            " where asset_class = 'fordon'"
        ) == [("Löneservice", "fordon")]
        assert ask(
            "select missing_code from marts.fct_printed_figures where printed_text = 'e.m.'"
        ) == [("not_reported",)]
        assert ask(
            "select count(*) from marts.fct_results where has_budget and report_id = 'vss-2020'"
        ) == [(10,)]


def test_the_pages_show_it(typed: Project) -> None:
    report = open_report("vss-2020", database=typed.database)
    assert "Resultat i tiotal" in checks.summary(report)
    assert 'summary="Resultat i tiotal"' in checks.all_rules(report)
    assert checks.trail(report).count("e\\.m\\.") == 1


def test_a_row_that_is_forgotten_stops_the_build(typed: Project, tmp_path: Path) -> None:
    followed = typed.copied(tmp_path / "project")

    def without(**columns: str):
        return lambda rows: rows.__setitem__(
            slice(None), [row for row in rows if not columns.items() <= row.items()]
        )

    followed.rows("reference_codes", without(list="asset_class", code="fordon"))
    followed.rows("reference_codes", lambda rows: rows[-1].update(word_en=""))
    followed.rows("reference_rules", without(rule="round_result"))
    followed.rows(
        "reference_explanations",
        without(rule="round_result", explanation_case="agrees_within_rounding"),
    )
    followed.rows(
        "reference_explanations",
        lambda rows: [row.update(text_sv="{hittepå}") for row in rows if row["rule"] == "silence"],
    )
    run = followed.dbt("build")
    assert run.code == 1
    for told in (
        "fordon i kolumnen asset_class är ingen känd kod",
        "saknar ord. Skriv det svenska i word_sv",
        "round_result i kolumnen rule saknas i dim_rules",
        "regeln round_result, fallet agrees_within_rounding saknas",
        "har en plats som inget fyller: ”{hittepå}”",
    ):
        assert told in run.output
