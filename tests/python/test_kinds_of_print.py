"""Kinds of print that common layouts have are read, held together, and not called contradictions.

A technical board is invented: costs positive, subtotals of units, shares of a sum, projects with a
budget over years, targets that are intervals, an indicator's own judgement, girls and boys. Beside
each thing that does not hold stands one like it that does.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest
from conftest import Project
from test_any_report import add, rows, table
from warehouse import BOKSLUT

REPORT, TEMPLATE, OURS = "tallmo-2023", "tallmo", "tallmo_tn"

PRINTED = {
    "driftsammandrag": """
Gator|48,6|4,2|44,4|43,9|−0,5|42,2
Park|31,5|2,1|29,4|29,9|0,5|28,0
Skattefinansierat|80,1|6,3|73,8|73,8|0,0|70,2
VA|57,3|58,9|−1,6|0,0|1,6|0,8
Avfall|35,3|34,6|0,7|0,0|−0,7|−1,1
Taxefinansierat|92,6|93,5|−0,9|0,0|0,9|−0,3
Summa|172,7|99,8|72,9|73,8|0,9|69,9""",
    "investeringar": """
Sjövägen|24,0|6,4|9,1|15,5|24,6|−0,6
Tornet|68,5|1,2|22,3|23,5|68,5|0,0
Bron|55,0|–|1,2|1,2|57,5|−2,5
Summa|147,5|7,6|32,6|40,2|150,6|−3,1""",
    "namndindikatorer": """
Vattenläckor|4,4|3,9|3,2|3–3,5|Grön
Utläckage|17,9|16,8|17,1|10–15|Grön
Nöjda resenärer|..|56|58|55–60|Grön
Felanmälningar|31|40|22||–""",
    "kostnader": """
Personalkostnader|−51,3|−49,3|80,0|−2,0|4,1|−50,0|−1,3
Lokalkostnader|−12,8|−12,4|20,6|−0,4|5,2|−13,0|0,2
Driftens kostnader|−64,1|−61,7|100,0|−2,4|3,9|−63,0|−1,1""",
    "omraden": """
Gator > Bruttokostnad|−48,6
Gator > Avgifter|4,2
Gator > Nettokostnad|−44,4
Park > Bruttokostnad|−31,5
Park > Avgifter|2,1
Park > Nettokostnad|−29,4""",
    "skolor": """
Björkskolan|112|229|91,2|84,5|87,9
Lindskolan|86|203|85,0|78,3|81,4
Parkskolan|64|236|95,1|..|93,8
Strandskolan|97|211|88,4|80,2|90,5""",
    "basuppdrag": """
Nöjda resenärer|56|57|58
Elever|350|347|359""",
}
COLUMNS = {
    "driftsammandrag": """
cost,1,Kostnader,,,,-1,,
income,2,Intäkter,,,,,,
outcome,3,Nettokostnad,,,,-1,,
budget,4,Budget,,,,-1,,
deviation,5,,,,,,,
outcome_previous_year,6,Nettokostnad {year},,,,-1,,""",
    "investeringar": """
approved_budget,1,,,,,,,
accumulated_previous_year,2,,,,,,,
year_outcome,3,,,,,,,
accumulated_outcome,4,,,,,,,
forecast,5,,,,,,,
accumulated_deviation,6,,,,,,,""",
    "namndindikatorer": """
outcome_two_years_before,1,,,,,,,
outcome_previous_year,2,,,,,,,
outcome,3,,,,,,,
target,4,,,,,,,
status,5,Status,judgement,,,,,""",
    "kostnader": """
outcome,1,{year},number,outcome,0,,,
outcome_previous_year,2,{year},number,outcome,-1,,,
share,3,"Andel, %",number,outcome,0,,andel_av_summa,percent
change,4,Förändring,number,change,0,,,
change_pct,5,"Förändring, %",number,change,0,,forandring_i_procent,percent
budget,6,Budget,number,budget,0,,,
deviation,7,Avvikelse,number,deviation,0,,,""",
    "omraden": """
outcome,1,{year},number,outcome,0,,,""",
    "skolor": """
pupils,1,Antal elever,number,outcome,0,,elever,
merit,2,Meritvärde,number,outcome,0,,meritvarde,
girls,3,Flickor,number,outcome,0,,behoriga,
boys,4,"Pojkar, %",number,outcome,0,,behoriga,
all,5,Totalt,number,outcome,0,,behoriga,""",
    "basuppdrag": """
outcome_previous_year,1,,,,,,,
budget,2,,,,,,,
outcome,3,,,,,,,""",
}
UNITS = """
tallmo_tn,Tekniska nämnden,
skatt,Skattefinansierat,tallmo_tn
taxa,Taxefinansierat,tallmo_tn
gator,Gator,skatt
park,Park,skatt
va,VA,taxa
avfall,Avfall,taxa
skolor,Skolor,tallmo_tn
bjork,Björkskolan,skolor
lind,Lindskolan,skolor
parkskolan,Parkskolan,skolor
strand,Strandskolan,skolor"""
INDICATORS = """
vattenlackor,Vattenläckor,ratio,lower,tallmo_mal
utlackage,Utläckage,percent,lower,tallmo_mal
nojda_resenarer,Nöjda resenärer,index,higher,tallmo_mal
felanmalningar,Felanmälningar,count,lower,tallmo_mal
elever,Elever,count,none,
meritvarde,Meritvärde,ratio,higher,
behoriga,Behöriga,percent,higher,"""
IDENTITIES = """
investeringar,accumulated_deviation,approved_budget,1,
investeringar,accumulated_deviation,forecast,-1,"""
ALIASES = """
investeringar,Sjövägen,,va,sjovagen,,,
investeringar,Tornet,,va,tornet,,,
investeringar,Bron,,gator,bron,,,
omraden,Bruttokostnad,,,,netto,,
omraden,Avgifter,,,,netto,,
omraden,Nettokostnad,verksamhetens_resultat,,,,netto,
kostnader,Personalkostnader,personalkostnader,,,drift,,
kostnader,Lokalkostnader,lokalkostnader,,,drift,,
kostnader,Driftens kostnader,ovriga_kostnader,,,,drift,
skolor,"Pojkar, %",,,,,,men"""

CLAIMS = [
    # An amount and the same in per cent are one change; a cost printed below nought has risen.
    ("ökade med 2,0 mnkr", "2,0 mnkr", "value personalkostnader . . change . .", "agrees"),
    ("4,1 procent", "4,1 procent", "value personalkostnader . . change . .", "within"),
    ("7,5 procent", "7,5 procent", "value lokalkostnader . . change . .", "contradicts"),
    ("51,3 mnkr", "51,3 mnkr", "value personalkostnader . . . . .", "agrees"),
    # More of a cost than its budget, where a table has both below nought.
    ("översteg budget med 1,3 mnkr", "", "value personalkostnader . . deviation . .", "agrees"),
    ("understeg budget med 1,3 mnkr", "", "value personalkostnader . . deviation . .", "false"),
    # A deviation that no table prints: of a volume, and in per cent.
    ("12 fler än budget", "", "value elever . . deviation . .", "change agrees"),
    ("3 högre än budget", "", "value nojda_resenarer . . deviation . .", "change contradicts"),
    ("1,1 procent över budget", "", "value verksamhetens_resultat gator . deviation . .",
     "change within"),
    ("2,1 procent under budget", "", "value forvaltningens_resultat . . deviation . .",
     "change contradicts"),
    # A project by its name, and what it costs more than its budget.
    ("2,5 mnkr över budget", "", "value ackumulerade_investeringar . bron deviation . .", "agrees"),
    ("2,0 mnkr över budget", "", "value ackumulerade_investeringar . bron deviation . .", "false"),
    ("2,5 mnkr dyrare än budget", "", "value ackumulerade_investeringar . bron deviation . .",
     "agrees"),
    # A net cost that is more than its budget is worse.
    ("översteg budget med 0,5 mnkr", "", "value verksamhetens_resultat gator . deviation . .",
     "agrees"),
    ("understeg budget med 0,9 mnkr", "", "value forvaltningens_resultat . . deviation . .",
     "agrees"),
    # A sum of units is none of them.
    ("fyra", "4", "unit_count antal_verksamheter . . . . .", "rank agrees"),
    ("två", "2", "unit_count antal_verksamheter_med_underskott . . . . .", "rank agrees"),
    ("störst underskott", "1", "rank verksamhetens_resultat avfall . deviation . lowest",
     "rank agrees"),
    # Goals are counted by what they are said to be.
    ("tre", "3", "unit_count antal_mal . . . . fulfilled", "rank agrees"),
    ("två", "2", "unit_count antal_mal . . . . fulfilled", "rank contradicts"),
    ("tre", "3", "unit_count antal_mal . . . . .", "rank agrees"),
    # Where results are net costs, what rises is one; "lägre" says by itself that it went down.
    ("2,2 mnkr högre", "", "value verksamhetens_resultat gator . change . up", "agrees"),
    ("ökade med 1,4 mnkr", "1,4 mnkr", "value verksamhetens_resultat park . change . .", "agrees"),
    ("försämrades med 2,4 mnkr", "2,4 mnkr", "value verksamhetens_resultat va . change . .",
     "contradicts"),
    ("2,4 mnkr lägre", "", "value verksamhetens_resultat va . change . down", "agrees"),
    ("1,8 mnkr lägre", "", "value verksamhetens_resultat avfall . change . down", "contradicts"),
    ("försämrades med 3,0 mnkr", "3,0 mnkr", "value forvaltningens_resultat . . change . down",
     "agrees"),
    # Sizes and extremes of years, where the year before is not printed too.
    ("högsta på tre år", "", "year_direction nojda_resenarer . . . . highest", "change agrees"),
    ("lägsta på tre år", "", "year_direction vattenlackor . . . . lowest", "change agrees"),
    ("lägsta på tre år", "", "year_direction utlackage . . . . lowest", "change contradicts"),
    ("halverades nästan", "", "year_direction felanmalningar . . . . halved", "change agrees"),
    # The place of a unit among those beside it.
    ("högst", "1", "rank meritvarde parkskolan . . . highest", "rank agrees"),
    ("lägst", "1", "rank meritvarde lind . . . lowest", "rank agrees"),
    ("störst", "1", "rank behoriga lind . . . highest", "rank contradicts"),
    # One number rounded twice alike is printed twice alike.
    ("212", "", "value meritvarde strand . . . .", "asked"),
    ("95,1 procent", "", "value behoriga parkskolan . . women .", "agrees"),
]  # fmt: skip
RULES = {"change": "prose_change", "rank": "prose_count"}
VERDICTS = {"within": "agrees_within_rounding", "false": "contradicts", "asked": "questionable"}


def type_report(copy: Project) -> None:
    """Types the report into the seeds."""
    add(copy, "reference_templates", [dict(
        template=TEMPLATE, template_name_sv="Bokslut", template_name_en="Accounts",
        based_on="allman", unit_of_measure="mnkr",
    )])  # fmt: skip
    add(copy, "reference_reports", [dict(
        report_id=REPORT, template=TEMPLATE, municipality_code="9903",
        municipality_name="Tallmo kommun", administration_code=OURS,
        administration_name="Tekniska nämnden", report_year=2023, source_file="x.pdf",
        source_lines=99,
    )])  # fmt: skip
    own = dict(administration_code=OURS, is_management="false")
    named = table(UNITS, "unit_code", "unit_name_sv", "parent_unit_code", **own)
    add(copy, "reference_units", [unit | {"unit_name_en": unit["unit_name_sv"]} for unit in named])
    add(copy, "reference_goals", [dict(
        goal_code="tallmo_mal", goal_name_sv="Mål", goal_name_en="Goal", administration_code=OURS,
    )])  # fmt: skip
    said = ("indicator_code", "indicator_name_sv", "unit_of_measure", "desired_direction")
    add(copy, "reference_indicators", [
        row | {"indicator_name_en": row["indicator_name_sv"]}
        for row in table(INDICATORS, *said, "goal_code")
    ])  # fmt: skip
    said = ("column_name", "column_no", "column_label", "content", "scenario", "year_offset")
    for name, columns in COLUMNS.items():
        there = table(
            columns, *said, "sign", "measure_code", "unit_of_measure",
            template=TEMPLATE, source_table=name,
        )  # fmt: skip
        add(copy, "reference_printed_columns", there)
    said = ("source_table", "column_name", "term", "coefficient", "share_of")
    add(copy, "reference_identities", table(IDENTITIES, *said, template=TEMPLATE))
    said = ("source_table", "row_label", "measure_code", "unit_code", "project_code", "part_of")
    add(
        copy,
        "reference_label_aliases",
        table(ALIASES, *said, "total_of", "gender", template=TEMPLATE),
    )
    for name, text in PRINTED.items():
        cells = [line.split("|") for line in text.strip().split("\n")]
        add(copy, "printed_tabeller", [
            dict(
                report_id=REPORT, row_no=no, source_line_first=no, source_line_last=no,
                table_name=name, group_label=label.rpartition(" > ")[0],
                row_label=label.rpartition(" > ")[2],
            )
            | {f"cell_{at}": cell for at, cell in enumerate(values, start=1)}
            for no, (label, *values) in enumerate(cells, start=1)
        ])  # fmt: skip
    add(copy, "printed_pastaenden", [
        dict(
            report_id=REPORT, row_no=no, source_line_first=50, source_line_last=50,
            row_label="I texten", printed_text=printed, read_text=read or printed,
        )
        | {
            column: "" if word == "." else word
            for column, word in zip(
                ("kind", "measure_code", "unit_code", "project_code", "scenario", "gender",
                 "stated"),
                said.split(), strict=True,
            )
        }
        for no, (printed, read, said, _) in enumerate(CLAIMS, start=1)
    ])  # fmt: skip


@pytest.fixture(scope="module")
def typed(new_copy: Callable[[], Project]) -> tuple[Project, str]:
    """The project with the report, sealed and built, and what the build said."""
    copy = new_copy()
    type_report(copy)
    sealed = subprocess.run(
        [BOKSLUT, "seal", "--yes"], cwd=copy.project, capture_output=True, text=True, check=False
    )
    assert sealed.returncode == 0, sealed.stderr
    return copy, copy.dbt("build").output


def test_nothing_stops_the_build_but_what_does_not_hold(typed: tuple[Project, str]) -> None:
    failing = {line.split(":")[0] for line in typed[1].splitlines() if line.endswith(" rad(er)")}
    assert failing == {"rpt_checks__contradictions_are_known"}, typed[1]


def test_each_statement_is_judged_by_what_it_says(typed: tuple[Project, str]) -> None:
    expected = {}
    for no, (_, _, said, outcome) in enumerate(CLAIMS, start=1):
        rule, _, verdict = outcome.rpartition(" ")
        is_change = " change " in said
        name = RULES[rule] if rule else "prose_change" if is_change else "prose_value"
        column = "statement" if said.startswith("year_direction") else "value"
        expected[f"{name}:{REPORT}.pastaenden.{no}.{column}"] = VERDICTS.get(verdict, verdict)
    found = dict(rows(
        typed[0],
        "select check_id, verdict from marts.fct_reconciliations"
        f" where check_id like '%:{REPORT}.pastaenden.%'",
    ))  # fmt: skip
    assert found == expected


def test_tables_contradict_themselves_only_where_they_do(typed: tuple[Project, str]) -> None:
    found = dict(rows(
        typed[0],
        "select replace(check_id, 'tallmo-2023.', ''), verdict from marts.fct_reconciliations"
        f" where report_id = '{REPORT}' and check_id not like '%pastaenden%'"
        " and rule in ('sum_of_parts', 'identity', 'same_concept', 'gender_mix', 'goal_status')",
    ))  # fmt: skip
    wrong = {check: verdict for check, verdict in found.items() if "agrees" not in verdict}
    assert wrong == {
        # A share that its row does not give, a total outside that of girls and boys, and a green
        # light for an outcome outside the interval that is its target.
        "gender_mix:skolor.4.5": "contradicts",
        "goal_status:namndindikatorer.2.5": "questionable",
        "identity:kostnader.2.3": "contradicts",
        "identity:kostnader.2.5": "contradicts",
    }
    checks = [check.split(":")[0] for check in found]
    # Each column of each level of units, and each group of rows; the net and the deviation of each
    # row, its share and its change.
    assert checks.count("sum_of_parts") == 3 * 6 + 6 + 5 + 2
    assert checks.count("identity") == 2 * 7 + 2 * 4 + 4 * 3


def test_an_interval_is_the_bound_that_the_outcome_has_to_reach(
    typed: tuple[Project, str],
) -> None:
    found = rows(
        typed[0],
        "select indicator_code, target_operator, cast(target_value as double), target_status"
        f" from marts.fct_indicators where report_id = '{REPORT}' and fiscal_year = 2023"
        " and target_value is not null order by 1",
    )
    assert found == [
        ("nojda_resenarer", ">=", 55, "met"),
        ("utlackage", "<=", 15, "missed"),
        ("vattenlackor", "<=", 3.5, "met"),
    ]


def test_an_investment_before_the_year_is_no_fact_of_the_year(typed: tuple[Project, str]) -> None:
    found = rows(
        typed[0],
        "select project_code, cast(accumulated_outcome_mnkr as double),"
        " cast(year_outcome_mnkr as double) from marts.fct_investments"
        f" where report_id = '{REPORT}' order by 1",
    )
    assert found == [
        ("bron", 1.2, 1.2), ("sjovagen", 15.5, 9.1), ("tornet", 23.5, 22.3), ("total", 40.2, 32.6),
    ]  # fmt: skip


def test_a_sum_of_units_has_no_cause_of_its_own(typed: tuple[Project, str]) -> None:
    found = rows(
        typed[0],
        "select split_part(check_id, '.', 3) from marts.fct_reconciliations"
        f" where check_id like 'variance_explained:{REPORT}.driftsammandrag.%' order by 1",
    )
    assert found == [("1",), ("2",), ("4",), ("5",)]
