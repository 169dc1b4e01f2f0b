"""Another municipality with another layout is rows of seeds, and what is wrong in them is one list.

The report is invented: net cost with costs positive, five years, a forecast, a balance sheet, goals
and judgements in its own words. It is typed as docs/new_year.md says, and nothing else is changed.
"""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from conftest import Project
from warehouse import BOKSLUT
from warm_dbt import without_settings

from bokslut.findings import rows_of

REPORT, TEMPLATE, OURS = "bjorkvik-2023", "bjorkvik", "bjorkvik_von"

# Table, section, and the lines of the print: label, below the label of its group, and cells, a
# stroke between them.
PRINTED = {
    ("ekonomi", ""): """
Intäkter|38,1|39,4|41,0|43,2|45,2|44,0|45,0|1,2
Personalkostnader|201,5|209,9|215,4|221,0|230,1|226,0|229,5|-4,1
Övriga kostnader|110,2|112,0|116,3|120,3|127,5|126,3|127,8|-1,2
Nettokostnad|273,6|282,5|290,7|298,1|312,4|308,3|312,3|-4,1""",
    ("driftsammandrag", ""): """
Särskilt boende|190,3|21,1|169,2|164,4|-4,8|161,5
Hemtjänst|121,0|18,7|102,3|102,0|-0,3|98,4
Stab|46,3|5,4|40,9|41,9|1,0|38,2
Totalt|357,6|45,2|312,4|308,3|-4,1|298,1""",
    # More than a million of its own unit of measure, and of the unit that amounts are compared in.
    ("balans", ""): """
Anläggningstillgångar|1 102 946|1 096 900
Omsättningstillgångar|2 012 345|1 911 020
Summa tillgångar|3 115 291|3 007 920""",
    ("investeringar", "Fastigheter"): """
Boendet Ekbacken|40,0|31,5|8,5|182,0
Köket Solgården|6,0|6,4|-0,4|6,4""",
    ("investeringar", ""): """
Summa|46,0|37,9|8,1|188,4""",
    ("namndindikatorer", ""): """
Nöjda brukare, hemtjänst|86 %|85 %|..|84 %|87 %|minst 90 %
Kostnad per plats|801 200 kr|812 450 kr|839 000 kr|861 300 kr|902 115 kr|–
Sjukfrånvaro|7,1|9,8|9,4|8,9|8,1|högst 7,0""",
    ("sjukfranvaro", ""): """
29 år eller yngre|6,6|4,0|6,1
Totalt|8,4|5,0|8,1""",
    ("personal", ""): """
Antal tillsvidareanställda|640|625
Antal tillsvidareanställda > Kvinnor|505|495
Antal tillsvidareanställda > Män|135|130""",
    ("maluppfyllelse", ""): """
Trygg vård|Måluppfyllelse viss
Ekonomi i balans|Ingen måluppfyllelse""",
}
SURPLUSES = "antal_verksamheter_med_overskott_eller_balans"
STATED = (
    ("nettokostnaden", "312,4 mkr", "value", "forvaltningens_resultat", "outcome", ""),
    ("mot budget", "4,1 mkr mer än budget", "value", "forvaltningens_resultat", "deviation", ""),
    ("tillgångarna", "3 115 291 tkr", "value", "tillgangar", "outcome", ""),
    ("gick med överskott", "1", "unit_count", SURPLUSES, "", ""),
    ("sjukfrånvaron minskade", "minskade", "year_direction", "total_sjukfranvaro", "", "down"),
)
COLUMNS = {
    "ekonomi": """
outcome_4,1,Utfall {year},number,outcome,-4,
outcome_3,2,Utfall {year},number,outcome,-3,
outcome_2,3,Utfall {year},number,outcome,-2,
outcome_previous_year,4,,,,,
outcome,5,,,,,
budget,6,,,,,
forecast,7,Prognos,,,,
deviation,8,,,,,0""",
    "driftsammandrag": """
cost,1,Kostnader,,,,-1
income,2,Intäkter,,,,
outcome,3,Nettokostnad,,,,-1
budget,4,Budget,,,,-1
deviation,5,,,,,
outcome_previous_year,6,Nettokostnad {year},,,,-1""",
    "balans": """
closing,1,{year}-12-31,number,outcome,0,
opening,2,{year}-12-31,number,outcome,-1,""",
    "investeringar": """
year_budget,1,,,,,
year_outcome,2,,,,,
year_deviation,3,,,,,
forecast,4,Slutprognos,,,,""",
    "namndindikatorer": """
outcome_four_years_before,1,,,,,
outcome_three_years_before,2,,,,,
outcome_two_years_before,3,,,,,
outcome_previous_year,4,,,,,
outcome,5,,,,,
target,6,,,,,""",
    "sjukfranvaro": """
women,1,Kvinnor,number,outcome,0,
men,2,Män,number,outcome,0,
outcome,3,Totalt,,,,""",
    "personal": """
outcome,1,,,,,
outcome_previous_year,2,,,,,""",
    "maluppfyllelse": """
judgement,1,,,,,""",
}
IDENTITIES = """
ekonomi,,deviation,budget,1
ekonomi,,deviation,outcome,-1
ekonomi,forvaltningens_intakter,deviation,outcome,1
ekonomi,forvaltningens_intakter,deviation,budget,-1
driftsammandrag,,outcome,cost,1
driftsammandrag,,outcome,income,-1
driftsammandrag,,deviation,budget,1
driftsammandrag,,deviation,outcome,-1"""
ALIASES = """
ekonomi,Intäkter,forvaltningens_intakter,,,1,netto,
ekonomi,Personalkostnader,personalkostnader,,,-1,netto,
ekonomi,Övriga kostnader,ovriga_kostnader,,,-1,netto,
ekonomi,Nettokostnad,forvaltningens_resultat,,,-1,,netto
balans,Anläggningstillgångar,anlaggningstillgangar,,,,tillgangar,
balans,Omsättningstillgångar,omsattningstillgangar,,,,tillgangar,
balans,Summa tillgångar,tillgangar,,,,,tillgangar
investeringar,Boendet Ekbacken,,bjorkvik_von,ekbacken,,,
investeringar,Köket Solgården,,bjorkvik_von,solgarden,,,
namndindikatorer,"Nöjda brukare, hemtjänst",nojda_brukare,bjorkvik_hemtjanst,,,,
namndindikatorer,Sjukfrånvaro,total_sjukfranvaro,,,,,"""


def add(copy: Project, seed: str, rows: Iterable[dict[str, object]]) -> None:
    """Adds rows to a seed, other columns empty."""

    def change(there: list[dict[str, str]]) -> None:
        names = csv_header(copy, seed)
        there += [dict.fromkeys(names, "") | {k: str(v) for k, v in row.items()} for row in rows]

    copy.rows(seed, change)


def csv_header(copy: Project, seed: str) -> list[str]:
    """The columns of a seed."""
    (file,) = copy.project.glob(f"seeds/*/{seed}.csv")
    with file.open(encoding="utf-8", newline="") as handle:
        return next(csv.reader(handle))


def table(text: str, *names: str, **others: object) -> list[dict[str, object]]:
    """Rows of a text of comma-separated values."""
    return [
        dict(zip(names, values, strict=True)) | others
        for values in csv.reader(text.strip().split("\n"))
    ]


def type_report(copy: Project) -> None:
    """Types the report into the seeds."""
    named = dict(administration_code=OURS, template=TEMPLATE)
    add(
        copy,
        "reference_templates",
        [
            dict(
                template=TEMPLATE,
                template_name_sv="Årsrapport",
                template_name_en="Annual report",
                based_on="allman",
                unit_of_measure="mnkr",
            )
        ],
    )
    add(
        copy,
        "reference_reports",
        [
            dict(
                named,
                report_id=REPORT,
                municipality_code="9901",
                municipality_name="Björkviks kommun",
                administration_name="Vård- och omsorgsnämnden",
                report_year=2023,
                source_file="arsrapport.pdf",
                source_lines=99,
            )
        ],
    )
    add(
        copy,
        "reference_units",
        [
            dict(
                unit_code=code,
                unit_name_sv=name,
                unit_name_en=name,
                administration_code=OURS,
                parent_unit_code="" if code == OURS else OURS,
                is_management="false",
            )
            for code, name in (
                (OURS, "Vård- och omsorgsnämnden"),
                ("bjorkvik_boende", "Särskilt boende"),
                ("bjorkvik_hemtjanst", "Hemtjänst"),
                ("bjorkvik_stab", "Stab"),
            )
        ],
    )
    add(
        copy,
        "reference_goals",
        [
            dict(goal_code=code, goal_name_sv=name, goal_name_en=name, administration_code=OURS)
            for code, name in (("trygg_vard", "Trygg vård"), ("i_balans", "Ekonomi i balans"))
        ],
    )
    add(
        copy,
        "reference_indicators",
        [
            dict(
                indicator_code=code,
                indicator_name_sv=name,
                indicator_name_en=name,
                goal_code=goal,
                unit_of_measure=unit,
                desired_direction=direction,
            )
            for code, name, goal, unit, direction in (
                ("nojda_brukare", "Nöjda brukare", "trygg_vard", "percent", "higher"),
                ("kostnad_per_plats", "Kostnad per plats", "i_balans", "kr", "lower"),
            )
        ],
    )
    add(
        copy,
        "reference_judgement_wordings",
        [
            dict(
                template=TEMPLATE,
                judgement="Måluppfyllelse viss",
                declared_status="partly_fulfilled",
            ),
            dict(
                template=TEMPLATE, judgement="Ingen måluppfyllelse", declared_status="not_fulfilled"
            ),
        ],
    )
    add(
        copy,
        "reference_printed_tables",
        [
            dict(
                template=TEMPLATE,
                source_table="balans",
                table_name_sv="Balansräkningen",
                table_name_en="Balance sheet",
                table_role="other",
                unit_of_measure="tkr",
                precedence=6,
                reason_sv="Hämtad ur redovisningen",
                is_mirrored="true",
            )
        ],
    )
    for name, columns in COLUMNS.items():
        said = ("column_name", "column_no", "column_label", "content", "scenario", "year_offset")
        rows = table(columns, *said, "sign", template=TEMPLATE, source_table=name)
        add(copy, "reference_printed_columns", rows)
    said = ("source_table", "measure_code", "column_name", "term", "coefficient")
    add(copy, "reference_identities", table(IDENTITIES, *said, template=TEMPLATE))
    said = ("source_table", "row_label", "measure_code", "unit_code", "project_code", "sign")
    aliases = table(ALIASES, *said, "part_of", "total_of", template=TEMPLATE)
    add(copy, "reference_label_aliases", aliases)
    row_nos: dict[str, int] = {}
    for (name, section), text in PRINTED.items():
        for line in text.strip().split("\n"):
            label, *cells = line.split("|")
            row_nos[name] = row_nos.get(name, 0) + 1
            place = dict(report_id=REPORT, row_no=row_nos[name], table_name=name)
            lines = dict(source_line_first=row_nos[name], source_line_last=row_nos[name])
            numbered = {f"cell_{no}": cell for no, cell in enumerate(cells, start=1)}
            group, _, label = label.rpartition(" > ")
            labels = dict(section_label=section, group_label=group, row_label=label)
            add(copy, "printed_tabeller", [place | lines | labels | numbered])
    add(
        copy,
        "printed_pastaenden",
        [
            dict(
                report_id=REPORT,
                row_no=no,
                source_line_first=50,
                source_line_last=50,
                row_label=label,
                printed_text=text,
                read_text=text,
                kind=kind,
                measure_code=measure,
                scenario=scenario,
                stated=stated,
            )
            for no, (label, text, kind, measure, scenario, stated) in enumerate(STATED, start=1)
        ],
    )


def rows(copy: Project, query: str) -> list[tuple]:
    """The rows of a query of the built database."""
    with duckdb.connect(str(copy.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_costs_that_are_printed_positive_are_a_net_cost_in_thousands(
    typed: Project,
) -> None:
    found = rows(
        typed,
        "select unit_code, revenue_tkr, cost_tkr, outcome_tkr, budget_tkr, deviation_tkr,"
        f" forecast_tkr from marts.fct_results where report_id = '{REPORT}' and fiscal_year = 2023"
        " order by unit_code",
    )
    assert found == [
        ("bjorkvik_boende", 21100, -190300, -169200, -164400, -4800, None),
        ("bjorkvik_hemtjanst", 18700, -121000, -102300, -102000, -300, None),
        ("bjorkvik_stab", 5400, -46300, -40900, -41900, 1000, None),
        (OURS, 45200, -357600, -312400, -308300, -4100, -312300),
    ]
    years = rows(
        typed,
        "select fiscal_year, outcome_tkr from marts.fct_results"
        f" where unit_code = '{OURS}' order by 1",
    )
    assert years == [
        (2019, -273600), (2020, -282500), (2021, -290700), (2022, -298100), (2023, -312400),
    ]  # fmt: skip


def test_every_cell_is_a_figure_with_its_value(typed: Project) -> None:
    expected: list[Decimal] = []
    for text in PRINTED.values():
        for line in text.strip().split("\n"):
            for cell in line.split("|")[1:]:
                digits = "".join(c for c in cell if c in "-0123456789,").replace(",", ".")
                expected += [Decimal(digits)] if any(map(str.isdigit, cell)) else []
    found = rows(
        typed,
        "select value from marts.fct_printed_figures"
        f" where report_id = '{REPORT}' and source_table <> 'pastaenden' and value is not null",
    )
    assert sorted(value for (value,) in found) == sorted(expected)


def test_a_heading_that_names_women_or_men_says_whose_the_figures_are(
    typed: Project,
) -> None:
    found = rows(
        typed,
        "select gender, age_group, value from marts.fct_indicators"
        f" where report_id = '{REPORT}' and indicator_code = 'total_sjukfranvaro'"
        " and fiscal_year = 2023 order by all",
    )
    assert found == [
        ("men", "all", 5), ("men", "up_to_29", 4),
        ("total", "all", Decimal("8.1")), ("total", "up_to_29", Decimal("6.1")),
        ("women", "all", Decimal("8.4")), ("women", "up_to_29", Decimal("6.6")),
    ]  # fmt: skip


def test_words_of_bounds_and_units_of_its_own_are_read(typed: Project) -> None:
    found = rows(
        typed,
        "select indicator_code, unit_code, value, unit_of_measure, target_operator, target_value,"
        f" target_status from marts.fct_indicators where report_id = '{REPORT}'"
        " and fiscal_year = 2023 and indicator_code not in"
        " ('forvaltningens_resultat', 'antal_tillsvidareanstallda')"
        " and gender = 'total' and age_group = 'all' order by 1",
    )
    assert found == [
        ("kostnad_per_plats", OURS, Decimal("902.115"), "tkr", None, None, "no_target"),
        ("nojda_brukare", "bjorkvik_hemtjanst", 87, "percent", ">=", 90, "missed"),
        ("total_sjukfranvaro", OURS, Decimal("8.1"), "percent", "<=", 7, "missed"),
    ]
    goals = rows(
        typed,
        "select goal_code, declared_status from marts.fct_goal_assessments"
        f" where report_id = '{REPORT}' order by 1",
    )
    assert goals == [("i_balans", "not_fulfilled"), ("trygg_vard", "partly_fulfilled")]


def test_what_is_consistent_is_not_contradicted(typed: Project) -> None:
    found = rows(
        typed,
        "select rule, verdict, count(*) from marts.fct_reconciliations where"
        f" report_id = '{REPORT}' and rule in ('sum_of_parts', 'identity', 'same_concept',"
        " 'prose_value', 'prose_direction', 'prose_count', 'gender_mix') group by 1, 2",
    )
    checks = Counter(rule for rule, _, count in found for _ in range(count))
    assert {verdict for _, verdict, _ in found} <= {"agrees", "agrees_within_rounding"}, found
    # Parts of three kinds of cost, of units, of a balance sheet and of projects; income in a row
    # and in a column is one quantity.
    assert checks["sum_of_parts"] == 8 + 6 + 2 + 4
    assert checks["identity"] == 4 + 2 * 4 + 3
    assert checks["same_concept"] >= 5
    assert checks["prose_value"] == 3
    assert checks["prose_direction"] == 1
    # Where results are net costs, a surplus is one against the budget; women and men are together
    # all that are counted, and a share lies between them.
    assert checks["prose_count"] == 1
    assert checks["gender_mix"] == 3


def test_a_missed_target_of_what_the_text_takes_up_is_asked_about(
    typed: Project,
) -> None:
    found = rows(
        typed,
        "select check_id, verdict, left_value, right_value from marts.fct_reconciliations"
        f" where report_id = '{REPORT}' and check_id like '%:target' and right_value is not null",
    )
    # The text says that sick leave went down, and not that it is above the target.
    assert found == [
        (
            f"variance_explained:{REPORT}.namndindikatorer.3.5:target",
            "questionable",
            7,
            Decimal("8.1"),
        )
    ]


# --- What is wrong in the seeds is one list ---


@pytest.fixture(scope="module")
def listed(
    typed: Project, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[dict[str, str]]]:
    """What `bokslut findings` prints of the damaged seeds, and its rows as a file has them."""
    folder = tmp_path_factory.mktemp("findings")
    file = folder / "lista.csv"
    copy = typed.copied(folder / "project")
    damage(copy)
    done = subprocess.run(
        [BOKSLUT, "findings", "--output", file, "--limit", "3"],
        cwd=copy.project,
        env=without_settings(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    with file.open(encoding="utf-8-sig", newline="") as handle:
        return done.stdout, list(csv.DictReader(handle, delimiter=";"))


def damage(copy: Project) -> None:
    """Damages the seeds in all ways at once that leave a register with one meaning."""
    alias = dict(row_label="Summa", measure_code="forvaltningens_resultat")
    add(copy, "reference_label_aliases", [alias | {"template": "bjorkvk"}])

    def columns(rows_: list[dict[str, str]]) -> None:
        for row in rows_:
            if row["template"] == TEMPLATE and row["column_name"] == "closing":
                row["unit_of_measure"] = "dkr"
            if row["template"] == TEMPLATE and row["column_name"] == "opening":
                row["scenario"] = ""

    copy.rows("reference_printed_columns", columns)

    def cells(rows_: list[dict[str, str]]) -> None:
        for row in rows_:
            if row["row_label"] == "Hemtjänst":
                row["row_label"] = "Hemtjensten"
            if row["row_label"] == "Särskilt boende":
                row["cell_3"] = "196,2"
            if row["row_label"] == "Stab":
                row["cell_4"] = "40,31"

    copy.rows("printed_tabeller", cells)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("reference_label_aliases: 1 rad(er) för mallen bjorkvk", ["som ingen rapport har"]),
        ("mallen bjorkvik, tabellen balans: enheten dkr", ["finns inte"]),
        ("reference_printed_columns: mallen bjorkvik, tabellen balans, kolumnen opening",
         ["saknar scenario"]),
        (f"{REPORT}: printed_tabeller, tabellen driftsammandrag, row_no 2, rad 2: etiketten",
         ["”Hemtjensten”", "Närmast liknar den ”Hemtjänst”"]),
        (f"{REPORT}: printed_tabeller, tabellen driftsammandrag, row_no 3, kolumn cell_4, budget",
         ["”40,31” har 2 decimaler", "fler än kolumnens övriga"]),
        # A label that nothing knows hides no contradiction.
        ("Verksamhetens resultat, Särskilt boende, utfall 2023: 190,3 minus 21,1 ger 169,2",
         ["tryckt är 196,2"]),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(
    listed: tuple[str, list[dict[str, str]]], place: str, words: list[str]
) -> None:
    said = [row["Vad som är fel"] for row in listed[1]]
    found = [message for message in said if message.startswith(place)]
    assert found, "\n".join(said)
    assert all(word in found[0] for word in words), found


def test_the_list_has_the_first_cause_first_and_is_no_wall(
    listed: tuple[str, list[dict[str, str]]],
) -> None:
    printed, found = listed
    causes = list(dict.fromkeys(row["Orsak"] for row in found))
    heads = [line.rpartition(": ")[0] for line in printed.splitlines() if not line.startswith(" ")]
    assert heads[: len(causes)] == causes
    assert causes[0].startswith("Register")
    assert causes.index("Etiketter och påståenden som inget betyder") < causes.index(
        "Motsägelser som ingen känd fråga förklarar"
    )
    shown = [line for line in printed.splitlines() if line.startswith("  - ")]
    assert len(shown) <= 3 * len(causes) < len(found)


def test_a_register_that_cannot_be_understood_stops_with_what_is_expected(copy: Project) -> None:
    other = dict(municipality_code="9902", municipality_name="Ås kommun", administration_code="vss")
    report = other | dict(administration_name="X", source_file="x.txt", source_lines=1)
    known = dict(template="linkoping_forvaltning", report_id="en-till-2020", report_year=2020)
    add(copy, "reference_reports", [report | dict(report_id="utan-mall-2022"), report | known])
    unit = dict(unit_code="lkdata", unit_name_sv="LKDATA", unit_name_en="LKDATA")
    add(copy, "reference_units", [unit | dict(administration_code="annan_forvaltning")])
    tests = ("+reference_reports__have_their_template", "+reference__keys_are_unique")
    run = copy.dbt("build", "--select", *tests)
    assert run.code == 1
    for place, word in (
        ("reference_reports: rapporten utan-mall-2022 saknar template", "Väntat är"),
        ("reference_reports: rapporten utan-mall-2022 saknar report_year", "väntat är"),
        ("reference_reports: en-till-2020 och vss-2020", "väntat är en rapport"),
        ("reference_reports: förvaltningen vss står i både", "Ås kommun"),
        ("reference_units: unit_code = lkdata finns på 2 rader", "väntat är en"),
    ):
        (line,) = run.lines(f"- {place}")
        assert word in line


def test_a_workbook_has_the_same_rows(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from bokslut.findings import Finding, write

    rows_ = [Finding("Orsak ett", "a-2020", "=1+1", "prov"), Finding("Två", "", "Text", "prov")]
    write(rows_, tmp_path / "lista.xlsx")
    sheet = load_workbook(tmp_path / "lista.xlsx").active
    assert [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows(min_row=2)] == [
        ("Orsak ett", "a-2020", "=1+1", "prov"),
        ("Två", "", "Text", "prov"),
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_test_that_cannot_be_run_is_a_row_and_no_crash() -> None:
    with duckdb.connect() as connection:
        asked = ("a_test", "register", "select cast('2x' as integer) as one")
        ((cause, _, message, name),) = rows_of(connection, asked)
        assert (cause, name) == ("warehouse", "a_test")
        assert "2x" in message
        # A table that is missing has its own row: the model that could not be made.
        assert list(rows_of(connection, ("a_test", "register", "select * from marts.gone"))) == []
