"""A draft is judged as a controller would use it: what it contradicts is found, what only looks so
is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT, Project
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bokslut.cli import app
from bokslut.transcription.reading import arithmetic, numbers, seeds, template
from bokslut.transcription.reading.check import (
    OF_SOMETHING_ELSE,
    asking,
    doubting,
    is_far,
    not_told_by,
    read,
)
from bokslut.transcription.reading.findings import Finding
from bokslut.transcription.reading.table_findings import of_other_tables
from transcription import writers
from transcription.invented import SHARES, Report, Table, changed, planted, table, with_decoys

Check = Callable[..., Result]


@pytest.fixture
def check(built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs `bokslut check` in the built project, whose parse it takes over, on a report as Word."""
    monkeypatch.chdir(built.project)

    def run(report: Report, *options: str) -> Result:
        draft = tmp_path / "utkast.docx"
        writers.word(report, draft)
        return CliRunner().invoke(app, ["check", str(draft), *options])

    return run


def as_printed(text: str) -> str:
    """A text with one kind of dash and space."""
    return numbers.plain(text)


def test_planted_contradictions_are_found_with_both_places(check: Check, tmp_path: Path) -> None:
    report, planted_in = planted()
    files = [f"--{kind}={tmp_path / f'fynd.{kind}'}" for kind in ("json", "xlsx", "html")]
    done = check(report, *files)
    assert done.exit_code == 1, done.output
    found = json.loads((tmp_path / "fynd.json").read_text(encoding="utf-8"))
    assert all(set(f) == {"verdict", "rule", "places", "explanation_sv"} for f in found)
    assert all(f["explanation_sv"] for f in found)
    told = [as_printed(" ".join([*f["places"], f["explanation_sv"]])) for f in found]
    seen = {
        name
        for name, prints in planted_in.items()
        if any(as_printed(p) in text for p in prints for text in told)
    }
    assert len(seen) >= 0.9 * len(planted_in), sorted(planted_in.keys() - seen)
    # Each place is one of the document, with what is printed there.
    assert all(":" in place for f in found for place in f["places"])
    contradicting = [f for f in found if f["verdict"] == "contradicts"]
    assert all(len(f["places"]) > 1 for f in contradicting), contradicting

    book = load_workbook(tmp_path / "fynd.xlsx")
    assert [cell.value for cell in book["Fynd"][1]] == [
        "Fynd",
        "Om",
        "Vad som står",
        "Platser",
        "Svar",
    ]
    assert book["Fynd"].max_row == len(found) + 1
    page = (tmp_path / "fynd.html").read_text(encoding="utf-8")
    assert page.count('<section class="finding') == len(found)
    assert "<mark>" in page
    assert "<script" not in page
    assert "−474,2" in page


BY_GENDER = table("""Medarbetare
Mått|2021|<|<|2022|<|<
^|Kvinnor|Män|Alla|Kvinnor|Män|Alla
label|outcome 2021 gender=women|outcome 2021 gender=men|outcome 2021|\
outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022
Antal anställda|24|15|39|23|13|36
Medelålder, år|44,1|46,8|45,1|44,6|47,5|45,6
Sjukfrånvaro, %|5,2|2,9|4,3|4,4|3,1|3,9
= count|Antal anställda
""")
OF_ALL = table("""Inspektioner
Område|2022|Andel, %|Plan 2022|Andel av plan, %
label|outcome 2022|outcome 2022 unit=percent|budget 2022|outcome 2022 unit=percent
Livsmedel|594|42,8|610|97,4
Hälsoskydd|196|14,1|200|98,0
Avlopp|524|37,8|520|100,8
Kemikalier|74|5,3|80|92,5
Summa|1 388|100,0|1 410|98,4
""")
LEFT = table("""Byggen, tkr
Objekt|Budget|Utfall t.o.m. 2021|Utfall 2022|Återstår|Prognos
label|budget 2022|outcome 2021|outcome 2022|deviation 2022|forecast 2022
Skola|48 500|11 230|29 615|7 655|49 200
Bro|2 400|900|1 455|45|2 355
Hall|3 600|1 815|1 790|−5|3 605
Torg|1 100|510|532|58|1 042
= tkr
""")


STAFF = table("""Medarbetare vid årets slut
Grupp|Kvinnor|Män|Totalt 2022
label|outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022
Lärare|78|61|139
Elevhälsa|14|3|17
Elevassistenter|23|12|35
Skolledare|5|4|9
Administration|11|10|21
= count
""")
STATEMENT = table("""Resultaträkning i tkr
Post|Utfall 2021|Budget 2022|Utfall 2022
label|outcome 2021|budget 2022|outcome 2022
Verksamhetens intäkter|12 400|12 900|13 155
Personalkostnader|40 120|41 000|42 230
Övriga kostnader|18 310|18 400|19 020
Nettokostnad|46 030|46 500|48 095
Kommunbidrag|46 300|46 500|47 900
Resultat|270|0|-195
= tkr
""")
AREAS = table("""Inskrivna barn
År|Norr|Söder|Väster|Totalt
label|outcome 2022|outcome 2022|outcome 2022|outcome 2022
2019|301|412|188|901
2020|305|420|190|915
2021|299|431|196|926
2022|310|440|201|951
= count
""")
PLACES = table("""Platser
Enhet|Platser 2022, antal|Kostnad 2022, tkr|Kostnad per plats 2022, kr
label|outcome 2022|outcome 2022|outcome 2022
Björken|60|9 120|152 000
Tallen|40|6 240|156 000
Granen|80|11 840|148 000
Eken|50|7 600|152 000
""")
STATUSES = table("""Nämndens mål
Indikator|Mål 2022|Utfall 2022|Nådde vi dit?
label|target 2022|outcome 2022|status
Nöjda kunder, minst %|90|92|Ja
Heltid, minst %|70|68|Nej
Sjukfrånvaro, högst %|7|8|Nej
Fallskador, högst|40|36|Ja
Egna initiativ, minst|10|9|Nej
""")
OFF = table("""Nettokostnad per verksamhet, tkr
Verksamhet|Utfall 2021|Budget 2022|Utfall 2022|+/-
label|outcome 2021|budget 2022|outcome 2022|deviation 2022
Heltid|31 240|32 500|33 180|-680
Deltid|14 860|15 200|14 975|+225
Larm|4 415|4 600|4 690|-90
Fordon|6 905|7 000|7 340|-340
Administration|4 020|4 100|4 065|+35
= tkr
""")
MEANS = table("""Hushåll per månad
Månad|Hushåll 2021|Hushåll 2022
label|outcome 2021|outcome 2022
Januari|571|548
Februari|568|544
Mars|574|551
Genomsnitt|571|548
= count
""")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (STAFF, []),
        # What is judged as most rows are, by their figures.
        (STATUSES, []),
        (changed(STATUSES, 2, 3, "Ja"), ["Ja", "8", "7"]),
        (changed(changed(STATUSES, 2, 3, "Ja"), 1, 3, "Ja"), []),
        # What is better nothing says, or no word of the table.
        (changed(changed(STATUSES, 2, 3, "Ja"), 2, 0, "Sjukfrånvaro, %"), []),
        (changed(changed(STATUSES, 2, 3, "Ja"), 2, 0, "Ej återaktualiserade, %"), []),
        # Incomes less all costs, and what is granted less what that makes.
        (STATEMENT, []),
        (changed(STATEMENT, 3, 3, "48 905"), ["48 905", "42 230", "19 020", "13 155"]),
        (changed(STATEMENT, 5, 3, "-159"), ["-159", "47 900", "48 095"]),
        # Of other rows than those that are printed, or told with the other sign.
        (changed(STATEMENT, 5, 0, "Eget kapital"), []),
        (changed(STATEMENT, 5, 3, "195"), []),
        (changed(STATEMENT, 5, 3, "95 995"), []),
        (changed(changed(STATEMENT, 5, 3, "-159"), 5, 1, "720"), []),
        (AREAS, []),
        (changed(AREAS, 3, 4, "961"), ["961", "310", "440", "201"]),
        # A mean of them, and a column that no row proves.
        (changed(AREAS, 3, 4, "317"), []),
        (changed(changed(AREAS, 3, 4, "961"), 1, 4, "925"), []),
        (PLACES, []),
        (changed(PLACES, 3, 3, "125 000"), ["125 000", "7 600", "50"]),
        # What one costs is called so.
        (
            replace(
                changed(PLACES, 3, 3, "125 000"),
                head=[[*PLACES.head[0][:3], "Bidrag 2022, kr"]],
            ),
            [],
        ),
        # Of what nothing says what it is, but it is more than either.
        (changed(STAFF, 4, 3, "31"), ["31", "11", "10"]),
        (changed(STAFF, 4, 3, "10,5"), []),
        (MEANS, []),
        (changed(MEANS, 3, 1, "591"), ["591", "571", "568", "574"]),
        # A mean of other days lies among them.
        (changed(MEANS, 3, 1, "569"), []),
        (changed(SHARES, 1, 3, "5,0"), ["5,0", "190", "200"]),
        (changed(BY_GENDER, 0, 4, "32"), ["36", "32", "13"]),
        # A share of the sum, and one of the budget.
        (OF_ALL, []),
        (changed(OF_ALL, 3, 2, "3,5"), ["3,5", "74", "1 388"]),
        (changed(OF_ALL, 1, 4, "89,0"), ["89,0", "196", "200"]),
        # What is left is what two years have not spent, though in most rows the forecast says it.
        (LEFT, []),
        (changed(LEFT, 0, 4, "7 565"), ["7 565", "48 500", "11 230", "29 615"]),
    ],
    ids=[
        "judged",
        "misjudged",
        "two misjudged",
        "no bound",
        "either way",
        "statement",
        "net cost",
        "result",
        "other row",
        "other sign",
        "both",
        "two columns",
        "areas",
        "wrong whole",
        "mean of areas",
        "not proven",
        "places",
        "wrong price",
        "no price",
        "staff",
        "staff wrong",
        "age",
        "means",
        "mean wrong",
        "mean",
        "share",
        "gender",
        "parts",
        "wrong part",
        "wrong quotient",
        "left",
        "not left",
    ],
)
def test_rows_of_any_table_add_up(made: Table, expected: list[str], tmp_path: Path) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    found = list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT)))
    prints = [place.partition(": ")[2] for finding in found for place in finding.places]
    assert prints == expected


WITH_STAFF = table("""Personal och styrelse
Mått|Kvinnor 2021|Män 2021|Kvinnor 2022|Män 2022
label|outcome 2021 women|outcome 2021 men|outcome 2022 women|outcome 2022 men
Nyanställda, antal|2|1|3|1
Styrelseledamöter, antal|3|4|3|4
Sjukfrånvaro, %|5,8|3,9|4,6|4,1
= count
= percent|Sjukfrånvaro, %
""")
EXAMS = table("""Andel elever med examen (%)
Grupp|2021|2022
label|outcome 2021|outcome 2022
Högskoleförberedande program|81,4|83,0
Yrkesprogram|70,2|69,5
Kvinnor|80,3|81,1
Män|73,9|74,2
Totalt|76,9|77,4
= percent
""")


BY_SCHOOL = table("""Kommunens skolor
Enhet|Elever 15 oktober|Kostnad per elev (tkr)
label|outcome 2022|outcome 2022 unit=tkr
Norrskolan|612|134,6
Söderskolan|284|135,9
Gemensamt|–|–
Totalt|896|162,9
""")


def test_rates_are_no_sums_of_counts_and_the_sexes_of_all_are_not_of_the_last_row(
    check: Check,
) -> None:
    report = Report(2022, ("# Bokslut 2022", "Gymnasienämnden", WITH_STAFF, EXAMS, BY_SCHOOL))
    assert [
        f for f in json.loads(check(report, "--json=-").stdout) if f["verdict"] != "agrees"
    ] == []


YEARS = table("""Händelser
Händelse|2020|2021|2022|Snitt 2020–2022
label|outcome 2020|outcome 2021|outcome 2022|outcome 2022
Läckor|41|38|29|36,0
Stopp|63|71|66|66,7
Avbrott|88|79|84|83,7
Fel|12|6|19|12,3
= count
""")
QUARTERS = table("""Bistånd per kvartal
Mått|Kv 1|Kv 2|Kv 3|Kv 4|Helår
label|outcome 2022|outcome 2022|outcome 2022|outcome 2022|outcome 2022
Hushåll|312|305|298|289|301
Utbetalt, tkr|8 410|8 120|7 700|7 500|31 730
Ansökningar|214|188|203|176|781
= count
""")


@pytest.mark.parametrize(
    ("made", "count"),
    [
        (YEARS, 0),
        (changed(YEARS, 0, 4, "33,0"), 1),
        # Where no row has the mean it is of something else.
        (replace(YEARS, rows=[[*row[:4], row[3]] for row in YEARS.rows]), 0),
        (QUARTERS, 0),
        (changed(QUARTERS, 2, 5, "818"), 1),
        # A mean, or the last of what is counted at the end of each part.
        (changed(QUARTERS, 2, 5, "195"), 0),
        (changed(QUARTERS, 2, 5, "176"), 0),
    ],
    ids=["years", "mean", "no means", "quarters", "no sum", "mean of parts", "last"],
)
def test_a_mean_of_years_and_a_year_of_quarters_are_made_of_those_beside_them(
    made: Table, count: int, tmp_path: Path
) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    found = list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT)))
    assert len(found) == count, found


VOTES = table("""Röster per lokal
Lokal|2022|2018
label|outcome 2022|outcome 2018
Biblioteket|2 845|2 410
Stadshuset|1 120|1 266
Köpcentrum|1 968|1 704
Röster sammanlagt|5 933|5 380
= count
""")


@pytest.mark.parametrize(
    ("label", "text", "broken"),
    [
        ("Röster sammanlagt", "5 380", []),
        ("Röster sammanlagt", "5 308", [3]),
        ("Samtliga", "5 308", [3]),
        # Too far off, and by another name: it may be of something else.
        ("Samtliga", "4 308", None),
        ("Väljare", "5 308", None),
    ],
)
def test_a_last_row_of_all_is_their_sum_where_a_column_proves_it(
    label: str, text: str, broken: list[int] | None, tmp_path: Path
) -> None:
    made = changed(changed(VOTES, 3, 2, text), 3, 0, label)
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    (read_table,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert [one.broken for one in arithmetic.sums(read_table)] == (
        [] if broken is None else [broken]
    )


LIGHTS = table("""Gatunätet
Mått|2020|2021|2022
label|outcome 2020|outcome 2021|outcome 2022
Ljuspunkter|9 850|9 910|9 984
varav LED|5 120|6 480|7 790
= count
""")
AGAIN = table("""Resultat
|2022|2021
label|outcome 2022|outcome 2021
Ljuspunkter med LED|7 970|6 480
= count
""")
BY_YEAR = table("""Ljuspunkter och belysning
År|Ljuspunkter med LED|Stolpar
label|outcome 2022|outcome 2022
2020|5 120|812
2021|6 480|820
2022|7 970|834
= count
""")


@pytest.mark.parametrize(
    ("head", "made"),
    [("+/-", OFF), ("Skillnad", OFF), ("+/-", changed(OFF, 3, 4, "-430"))],
)
def test_a_column_of_differences_is_what_its_figures_are(
    head: str, made: Table, tmp_path: Path
) -> None:
    named = replace(made, head=[[*made.head[0][:-1], head]])
    writers.word(Report(2022, ("# Bokslut 2022", named)), tmp_path / "utkast.docx")
    (read_table,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    (relation,) = arithmetic.relations(read_table)
    assert read_table.number_columns[-1].scenario == relation.name == "deviation"
    assert all(figure.number for _, figure in read_table.figures())


def test_a_column_that_another_is_judged_by_is_of_targets(tmp_path: Path) -> None:
    named = replace(STATUSES, head=[["Mål", "Vi siktade på", "Så gick det", "Nådde vi dit?"]])
    writers.word(Report(2022, ("# Bokslut 2022", named)), tmp_path / "utkast.docx")
    (read_table,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert [c.scenario for c in read_table.number_columns] == ["target", "outcome"]


def test_what_one_costs_is_told_in_its_units(tmp_path: Path) -> None:
    made = changed(PLACES, 3, 3, "125 000")
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    (found,) = of_other_tables(read([tmp_path / "utkast.docx"], ROOT))
    assert "7 600 tkr delat med 50 blir 152\N{NO-BREAK SPACE}000 kr" in found.explanation_sv


def test_no_label_becomes_a_formula() -> None:
    labels = ["- kvinnor", "+/- mot budget", "=Summa", "Män"]
    rows = [{"row_label": label, "printed_text": "-3"} for label in labels]
    text = seeds.written(rows, ["row_label", "printed_text"])
    assert text.splitlines()[1:] == ["– kvinnor,-3", "’+/- mot budget,-3", "’=Summa,-3", "Män,-3"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The whole comes first.
        (["Totalt|60|62|65", "Norra|41|42|44", "Södra|19|20|31"], (0, [1, 2], [4])),
        (["Elever|60|62|65", "varav norra|41|42|44", "varav södra|19|20|31"], (0, [1, 2], [4])),
        (["Elever|60|62|65", "varav norra|41|42|44", "varav nya|11|9|12"], None),
        (["Elever|60|62|65", "varav norra|41|42|44", "varav nya|19|9|12"], None),
        (["Totalt|30|31|32", "Norra|41|42|44", "Södra|19|20|21"], None),
    ],
)
def test_a_row_is_the_sum_of_those_below_it(
    rows: list[str], expected: tuple[int, list[int], list[int]] | None, tmp_path: Path
) -> None:
    head = "Elever|2020|2021|2022\nlabel|outcome 2020|outcome 2021|outcome 2022"
    made = table("\n".join(["Elever per skola", head, *rows, "= count", ""]))
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    (read_table,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert [(one.total, one.parts, one.broken) for one in arithmetic.sums(read_table)] == (
        [expected] if expected else []
    )


def test_few_small_figures_that_add_up_prove_no_sum(tmp_path: Path) -> None:
    rows = [["Norra", "60", "300"], ["Södra", "40", "200"], ["Samtliga", "100", "508"]]
    made = replace(VOTES, rows=rows)
    writers.word(Report(2022, ("# Bokslut 2022", made)), tmp_path / "utkast.docx")
    (read_table,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert arithmetic.sums(read_table) == []


ILL = table("""Sjukfrånvaro i procent
Grupp|2021|2022
label|outcome 2021|outcome 2022
Samtliga|8,6|8,2
Kvinnor|9,0|8,5
Män|6,3|6,7
= percent
""")
MEASURES = table("""Indikatorer
Indikator|Utfall 2021|Utfall 2022|<|<
^|^|Kvinnor|Män|Totalt
label|outcome 2021|outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022
Sjukfrånvaro, %|8,9|8,5|6,7|8,2
= percent|Sjukfrånvaro, %
""")
SERVED = table("""Serverade portioner
Kök|Portioner 2021|Portioner 2022
label|outcome 2021|outcome 2022
Norra|1 210|1 244
Södra|1 350|1 404
Samtliga|2 560|2 648
= count
""")
GRANTED = table("""Serverade portioner och beställda, per kök
Kök|Anslag 2021|Nettokostnad 2021|Anslag 2022|Nettokostnad 2022
label|budget 2021|outcome 2021|budget 2022|outcome 2022
Norra|1 210|1 210|1 244|1 300
Södra|1 350|1 350|1 404|1 420
Totalt|2 560|2 560|2 648|2 720
= count
""")
BY_QUARTER = table("""Serverade portioner per kvartal
Kök|Kv 1|Kv 2|2022|2021
label|outcome 2022|outcome 2022|outcome 2022|outcome 2021
Norra|610|634|1 244|1 210
Södra|700|704|1 404|1 350
Totalt|1 310|1 338|2 648|2 560
= count
""")
IN_SHORT = table("""Nyckeltal
Mått|2021|2022
label|outcome 2021|outcome 2022
Serverade portioner|2 560|2 684
= count
""")
OF_UNITS = table("""Nettokostnader (tkr)
Verksamhet|Budget 2022|Utfall 2022
label|budget 2022|outcome 2022
Bibliotek|4 000|4 100
Museum|3 000|3 050
Summa|7 000|7 150
= tkr
""")


def by_year(first: str, last: str) -> Table:
    """A table whose rows are years."""
    return table(f"""Nyckeltal
År|Besök|Lån
label|outcome 2022|outcome 2022
2020|3 871|44
2021|{first}|45
2022|{last}|46
= count
""")


def own(first: str, last: str) -> Table:
    """A table of a unit's own."""
    return table(f"""Nyckeltal
Mått|2021|2022
label|outcome 2021|outcome 2022
Besök|{first}|{last}
= count
""")


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ((SERVED, IN_SHORT), 1),
        ((SERVED, changed(IN_SHORT, 0, 2, "2 648")), 0),
        # The parts of the year beside it are not it.
        ((BY_QUARTER, changed(IN_SHORT, 0, 2, "2 684")), 1),
        # What its columns are of is not what the table is called.
        ((GRANTED, changed(IN_SHORT, 0, 0, "Serverade portioner")), 0),
        # Two units, and two places of one name where a figure of few digits is one.
        (
            (OF_UNITS, "# Bibliotek", own("4 120", "4 310"), "# Museum", own("4 120", "4 090")),
            0,
        ),
        (("# I staden", own("412", "431"), "# På landet", by_year("412", "409")), 0),
        (("# I staden", own("4 120", "4 310"), "# Bilaga", by_year("4 120", "4 090")), 1),
        # Women, men and all make three figures of few digits, of which none is by chance.
        ((ILL, MEASURES), 1),
        ((ILL, changed(MEASURES, 0, 1, "8,6")), 0),
        ((ILL, changed(MEASURES, 0, 4, "8,3")), 0),
    ],
    ids=[
        "of all",
        "of all, right",
        "quarters",
        "granted",
        "units",
        "few digits",
        "many digits",
        "three",
        "three, right",
        "two",
    ],
)
def test_figures_of_one_name_are_of_one_thing_unless_their_places_say_otherwise(
    blocks: tuple[str | Table, ...], count: int, tmp_path: Path
) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", *blocks)), tmp_path / "utkast.docx")
    found = list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT)))
    assert len(found) == count, found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("5.4", "5.9", False),
        ("8.8", "2.1", True),
        ("38100", "31800", False),
        ("33460", "33.5", False),
        ("0", "7", False),
        ("", "7", False),
    ],
)
def test_figures_too_far_apart_are_of_two_things(one: str, other: str, expected: bool) -> None:
    assert is_far(Decimal(one) if one else None, Decimal(other)) is expected


NET_COSTS = table("""Driftredovisning per avdelning (mnkr)
Avdelning|Budget|Utfall|Avvikelse
label|budget 2022|outcome 2022|deviation 2022
Kansli|18,6|18,1|+0,5
Ekonomi|15,3|15,0|+0,3
HR|16,8|17,4|-0,6
Nettokostnad|50,7|50,5|+0,2
= mnkr
""")
BY_SIGN = table("""Resultat mot budget (mnkr)
Post|Utfall 2022|Budget 2022|Avvikelse
label|outcome 2022|budget 2022|deviation 2022
Statsbidrag|6,1|5,0|1,1
Övriga intäkter|3,7|3,0|0,7
Summa intäkter|9,8|8,0|1,8
Personalkostnader|-46,0|-44,7|-1,3
Lokalkostnader|-14,3|-14,0|-0,3
Summa kostnader|-60,3|-58,7|-1,6
Nettokostnad|-50,5|-50,7|0,2
= mnkr
""")


IN_ALL = table("""Fem år i sammandrag
Uppgift|2021|2022
label|outcome 2021|outcome 2022
Nettokostnad|49,1|50,5
Sjukfrånvaro, %|7,1|6,6
= mnkr
= percent|Sjukfrånvaro, %
""")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (
            (
                # So far from what is printed it is of something else.
                "Sjukfrånvaron var 21,3 procent.",
                "Kansli redovisar det största överskottet, 0,5 mnkr.",
                "Underskottet inom HR beror på vakanser, och HR fick 0,6 mnkr i underskott.",
                "De som klarade sin budget lämnade sammanlagt 2,1 mnkr i överskott.",
            ),
            0,
        ),
        (("Sjukfrånvaron var 6,9 procent.", "HR redovisar ett underskott på 0,9 mnkr."), 2),
    ],
    ids=["right", "wrong"],
)
def test_deviations_and_costs_of_two_tables_may_have_two_signs(
    said: tuple[str, ...], count: int, check: Check
) -> None:
    blocks = (BY_SIGN, NET_COSTS, "# Bilaga", IN_ALL, *said)
    report = Report(2022, ("# Bokslut 2022", "Kommunstyrelsen", *blocks))
    found = json.loads(check(report, "--json=-").stdout)
    assert len([f for f in found if f["verdict"] == "contradicts"]) == count, found


def test_what_a_contradiction_tells_is_not_told_again() -> None:
    told = Finding("contradicts", "same_concept", "Besök", ["line 9: 41", "line 12: 14"], "")
    again = replace(told, rule="sum_of_parts", places=[*reversed(told.places), "line 20: 3"])
    other = replace(told, places=["line 9: 41", "line 30: 40"])
    assert not_told_by([told], [again, other]) == [other]
    assert not_told_by([replace(told, verdict="questionable")], [again]) == [again]


@pytest.mark.parametrize("again", [AGAIN, BY_YEAR], ids=["rows", "years"])
def test_a_figure_of_two_names_is_held_against_itself_where_last_years_are_one(
    again: Table, tmp_path: Path
) -> None:
    at, last = ((0, 1), (0, 2)) if again is AGAIN else ((2, 1), (1, 1))
    for made, count in (
        (again, 1),
        (changed(again, *at, "7 790"), 0),
        # Where last year's differ too it is of something else.
        (changed(again, *last, "6 320"), 0),
    ):
        writers.word(Report(2022, ("# Bokslut 2022", LIGHTS, made)), tmp_path / "utkast.docx")
        found = list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT)))
        assert len(found) == count, found
        assert all("7 790" in f.explanation_sv and "7 970" in f.explanation_sv for f in found)


def test_rows_of_other_names_are_two_though_a_figure_of_theirs_is_one(tmp_path: Path) -> None:
    made = changed(AGAIN, 0, 0, "Armaturer")
    writers.word(Report(2022, ("# Bokslut 2022", LIGHTS, made)), tmp_path / "utkast.docx")
    assert list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT))) == []


OVER_YEARS = table("""Femårsöversikt
År|Intäkter, mnkr|Soliditet, procent
label|income 2022 unit=mnkr|outcome 2022 unit=percent
2020|133,2|9,8
2021|140,5|8,7
2022|146,6|7,2
""")
STATEMENT = table("""Resultaträkning (tkr)
|2021|2022
label|outcome 2021|outcome 2022
Avgifter|134 380|139 195
Övriga intäkter|6 120|7 405
Summa intäkter|140 500|146 600
= tkr
""")


@pytest.mark.parametrize(("text", "count"), [("140,5", 0), ("145,0", 1)])
def test_a_name_of_measure_alone_is_one_where_a_long_figure_is_in_both_tables(
    text: str, count: int, tmp_path: Path
) -> None:
    report = Report(2022, ("# Bokslut 2022", STATEMENT, changed(OVER_YEARS, 1, 1, text)))
    writers.word(report, tmp_path / "utkast.docx")
    found = list(of_other_tables(read([tmp_path / "utkast.docx"], ROOT)))
    assert [f.rule for f in found] == ["same_concept"] * count, found


FLATS = table("""Fem år i sammandrag
|2021|2022
label|outcome 2021|outcome 2022
Lägenheter, antal|1 448|1 492
Soliditet (%)|26,0|25,1
""")
FLATS_BY_AREA = table("""Bestånd per område
Område|Lägenheter|Yta, kvm
label|outcome 2022|outcome 2022
Centrum|812|50 900
Ekbacken|660|47 320
Totalt|1 472|98 220
= count
""")


@pytest.mark.parametrize(
    ("again", "count"),
    [
        (FLATS_BY_AREA, 1),
        (changed(FLATS_BY_AREA, 2, 1, "1 492"), 0),
        # Two digits are not one, and others are not counted here.
        (changed(FLATS_BY_AREA, 2, 1, "1 317"), 0),
        (replace(FLATS_BY_AREA, head=[["Område", "Lägenheter under byggnad", "Yta, kvm"]]), 0),
    ],
    ids=["one digit", "none", "three digits", "others"],
)
def test_a_figure_of_one_name_that_differs_in_a_digit_was_typed_wrongly(
    again: Table, count: int, tmp_path: Path
) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", FLATS, again)), tmp_path / "utkast.docx")
    found = [
        f
        for f in of_other_tables(read([tmp_path / "utkast.docx"], ROOT))
        if f.rule == "same_concept"
    ]
    assert len(found) == count, found
    assert all("1 492" in f.explanation_sv and "1 472" in f.explanation_sv for f in found)


def test_two_tables_of_one_seed_may_count_deviations_two_ways(check: Check) -> None:
    rows = [*NET_COSTS.rows[:3], ["Kommunstyrelsen", *NET_COSTS.rows[3][1:]]]
    again = replace(NET_COSTS, title="Nettokostnad per avdelning (mnkr)", rows=rows)
    report = Report(2022, ("# Bokslut 2022", "Kommunstyrelsen", BY_SIGN, again))
    found = json.loads(check(report, "--json=-").stdout)
    assert [f for f in found if f["verdict"] == "contradicts"] == []


FEW_FLATS = table("""Bostäder
|2021|2022
label|outcome 2021|outcome 2022
Lägenheter, antal|148|192
""")
OF_BOTH = table("""Bestånd
|2021|2022
label|outcome 2021|outcome 2022
Lägenheter|1 438|1 472
= count
""")


@pytest.mark.parametrize(
    "tables",
    [
        (FEW_FLATS, changed(FLATS_BY_AREA, 2, 1, "172")),
        # Another year differs too: it is another thing.
        (FLATS, OF_BOTH),
    ],
    ids=["few digits", "both years"],
)
def test_figures_of_one_name_may_be_of_two_things(
    tables: tuple[Table, ...], tmp_path: Path
) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", *tables)), tmp_path / "utkast.docx")
    found = of_other_tables(read([tmp_path / "utkast.docx"], ROOT))
    assert [f for f in found if f.rule == "same_concept"] == []


def test_columns_that_no_seed_has_add_up_and_a_result_beside_a_budget_is_a_deviation(
    tmp_path: Path,
) -> None:
    units = table("""Nettoutfall per enhet (tkr)
Enhet|Budget 2022|Bokslut 2022|Resultat 2022|Diff 2021
label|budget 2022|outcome 2022|deviation 2022|deviation 2021
Barn|-96 400|-103 750|-7 350|-4 120
Vuxna|-41 700|-42 480|-780|-1 960
Bistånd|-25 200|-24 440|760|-380
Summa|-163 300|-170 670|-7 370|-6 460
= tkr
""")
    for text, expected in (("-6 460", []), ("-6 640", ["-6 640", "-4 120", "-1 960", "-380"])):
        report = Report(2022, ("# Bokslut 2022", changed(units, 3, 4, text)))
        writers.word(report, tmp_path / "utkast.docx")
        draft = read([tmp_path / "utkast.docx"], ROOT)
        (made,) = draft.document.tables
        assert [c.scenario for c in made.number_columns][2] == "deviation"
        prints = [p.partition(": ")[2] for f in of_other_tables(draft) for p in f.places]
        assert prints == expected


def test_a_year_over_its_columns_is_nobody(tmp_path: Path) -> None:
    writers.word(Report(2022, ("# Bokslut 2022", BY_GENDER)), tmp_path / "utkast.docx")
    (made,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert {c.entity for c in made.number_columns} == {""}


def test_a_rate_of_all_is_no_sum_and_an_office_has_no_gender(tmp_path: Path) -> None:
    cases = table("""Ärenden per kommun
Kommun|2022|Per 1 000 invånare
label|outcome 2022|outcome 2022
Arvoden till gode män|628|16,2
Lillkyrka|251|14,1
Tuna|369|18,9
Summa|1 248|16,4
""")
    writers.word(Report(2022, ("# Bokslut 2022", cases)), tmp_path / "utkast.docx")
    (made,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    (found,) = arithmetic.sums(made)
    assert (found.parts, found.held, found.broken, found.means) == ([0, 1, 2], [2], [], [3])


def test_a_row_that_others_make_adds_up_though_it_calls_itself_no_sum(tmp_path: Path) -> None:
    flow = table("""Kassaflödesanalys (mnkr)
|2022|2021
label|outcome 2022|outcome 2021
Den löpande verksamheten|148,2|171,6
Investeringsverksamheten|−208,3|−196,4
Finansieringsverksamheten|12,0|40,0
Årets kassaflöde|−48,1|25,2
= mnkr
""")
    writers.word(Report(2022, ("# Bokslut 2022", flow)), tmp_path / "utkast.docx")
    (made,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    (found,) = arithmetic.sums(made)
    assert (found.total, found.parts, len(found.broken)) == (3, [0, 1, 2], 1)
    fund = replace(
        flow,
        title="Fonder (tkr)",
        rows=[["Ingående", "6 118", "-1 240"], ["Resultat", "4 133", "655"],
              ["Utgående fond", "10 251", "-558"]],
    )  # fmt: skip
    writers.word(Report(2022, ("# Bokslut 2022", fund)), tmp_path / "utkast.docx")
    (made,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    (found,) = arithmetic.sums(made)
    assert (found.parts, len(found.held), len(found.broken)) == ([0, 1], 1, 1)
    # A share of all is no sum of those of the parts.
    shares = replace(
        flow,
        title="Sjukfrånvaro i procent",
        rows=[["Kvinnor och män", "8,4", "8,9"], ["Unga", "6,2", "5,9"], ["Totalt", "8,0", "8,4"]],
        unit="percent",
    )
    writers.word(Report(2022, ("# Bokslut 2022", shares)), tmp_path / "utkast.docx")
    (made,) = read([tmp_path / "utkast.docx"], ROOT).document.tables
    assert arithmetic.sums(made) == []


COSTS_ABOVE_NOUGHT = table("""Utfall per område (tkr)
Område|Utfall 2022|Utfall 2023|Budget 2023|Avvikelse
label|outcome 2022|outcome 2023|budget 2023|deviation 2023
Hemtjänst|93 180|97 265|98 400|1 135
Särskilt boende|148 720|155 940|152 100|-3 840
Summa|241 900|253 205|250 500|-2 705
= tkr
""")
KINDS_ABOVE_NOUGHT = table("""Intäkter och kostnader (tkr)
Post|Budget 2023|Utfall 2023|Avvikelse|Utfall 2022
label|budget 2023|outcome 2023|deviation 2023|outcome 2022
Intäkter
Avgifter|11 500|12 140|640|12 310
Statsbidrag|19 500|20 975|1 475|20 200
Summa intäkter|31 000|33 115|2 115|32 510
Kostnader
Köp av verksamhet|71 600|78 415|-6 815|72 830
Övriga kostnader|209 900|207 905|1 995|201 580
Summa kostnader|281 500|286 320|-4 820|274 410
Nettokostnad|250 500|253 205|-2 705|241 900
= tkr
""")
OF_ITS_UNITS = table("""Ekonomi i sammandrag (tkr)
Post|Budget 2023|Utfall 2023|Avvikelse
label|budget 2023|outcome 2023|deviation 2023
Lokaler|30 000|31 150|-1 150
Lokalvård|8 000|7 640|360
Måltider|21 400|21 100|300
= tkr
""")


def of_unit(*rows: str) -> Table:
    """A table that each unit's section has, with rows of the same names."""
    return table(
        """Ekonomi (tkr)
Post|Utfall 2023|Budget 2023
label|outcome 2023|budget 2023
"""
        + "\n".join(rows)
        + "\n= tkr\n"
    )


PEOPLE = table("""Nyckeltal per verksamhet
Verksamhet|Antal anställda|Sjukfrånvaro 2022, %|Sjukfrånvaro 2023, %
label|outcome 2023|outcome 2022|outcome 2023
Hemtjänst|118|7,1|6,4
Särskilt boende|240|8,3|7,9
Totalt|358|7,9|7,4
""")
ASKED = table("""Andel nöjda (%)
Fråga|Dagverksamhet|<|Korttidsboende|<
^|2022|2023|2022|2023
label|outcome 2022|outcome 2023|outcome 2022|outcome 2023
Bemötande|97|96|94|95
Trygghet|88|90|81|79
= percent
""")
SECTIONS = (
    "# Hemtjänst",
    "Antalet ärenden ökade med 22 till 1 034. Intäkterna blev lägre än budgeterat.",
    of_unit("Intäkter|6 120|6 300", "Kostnader|-103 385|-104 700", "Nettokostnad|-97 265|-98 400"),
    table("Volymer\nMått|2022|2023\nlabel|outcome 2022|outcome 2023\nAntal ärenden|1 012|1 034\n"),
    "# Särskilt boende",
    "Antalet ärenden ökade med 23 till 455.",
    of_unit("Intäkter|21 400|21 900", "Kostnader|-177 340|-174 000",
            "Nettokostnad|-155 940|-152 100"),
    table("Volymer\nMått|2022|2023\nlabel|outcome 2022|outcome 2023\nAntal ärenden|432|455\n"),
    "# Medarbetare och brukare",
    PEOPLE,
    ASKED,
    "Nettokostnaden var 253,2 mnkr, varav hemtjänst 97,3 mnkr och särskilt boende 155,9 mnkr.",
)  # fmt: skip
RESULTS = table("""Resultat per verksamhet (mnkr)
Verksamhet|Resultat 2023|Budget 2023|Resultat 2022
label|outcome 2023|budget 2023|outcome 2022
Renhållning|−2,2|0,0|−0,8
Fastighet|1,2|0,5|−1,6
Lokalvård|−0,4|−0,5|0,2
Summa|−1,4|0,0|−2,2
= mnkr
""")
WITH_SUBTOTALS = table("""Investeringsredovisning
Projekt (tkr)|Total utgift|<|Årets utgift|<|<
^|Beslutad|Ackumulerad|Budget|Utfall|Avvikelse
label|budget 2023|outcome 2023|budget 2023|outcome 2023|deviation 2023
Gator
Torget|18 500|17 215|9 200|9 640|−440
Cykelväg|6 400|5 985|6 400|5 985|415
Delsumma gator|24 900|23 200|15 600|15 625|−25
Fastigheter
Förskolan|46 000|24 115|28 000|21 370|6 630
Idrottshallen|9 500|9 385|5 500|5 720|−220
Delsumma fastigheter|55 500|33 500|33 500|27 090|6 410
Totalt|80 400|56 700|49 100|42 715|6 385
= tkr
""")
OF_CHILDREN = table("""Deltagare i föreningar
Ålder|Flickor 2023|Pojkar 2023|Samtliga 2023
label|outcome 2023 women|outcome 2023 men|outcome 2023
7–12 år|8 790|10 320|19 110
13–16 år|4 368|6 414|10 782
Totalt|13 158|16 734|29 892
""")
WITH_RESULT = table("""Driftredovisning (tkr)
Post|Utfall 2023|Budget 2023|Utfall 2022
label|outcome 2023|budget 2023|outcome 2022
Nettokostnad|−474 665|−473 000|−456 880
Kommunbidrag|473 000|473 000|459 500
Årets resultat|−1 665|0|2 620
= tkr
""")
INVESTMENTS = table("""Investeringar (tkr)
Projekt|Budget 2023|Utfall 2023|Avvikelse
label|budget 2023|outcome 2023|deviation 2023
Stadsparken|9 400|8 150|1 250
Gatubelysning|2 800|3 010|−210
Vattenledning|12 600|11 900|700
Summa|24 800|23 060|1 740
= tkr
""")
CODES = table("""Driftredovisning per kod, kronor
Kod|Budget 2023|Redovisning 2023|Budgetavvikelse
label|budget 2023|outcome 2023|deviation 2023
10 Nämnd|4 150 000|3 985 400|164 600
20 Förskola|312 400 000|309 764 200|2 635 800
22 Fristående förskolor|98 600 000|102 318 700|-3 718 700
Nettokostnad|415 150 000|416 068 300|-918 300
= kr
""")
PLACED = table("""Placerade barn, snitt per månad
Boendeform|2022|2023
label|outcome 2022|outcome 2023
Familjehem|36|39
HVB|8|9
= count
""")
GROUPS = table("""Årsarbetare och sjukfrånvaro (%)
Grupp|Årsarbetare 2023|<|<|Sjukfrånvaro 2022|Sjukfrånvaro 2023
^|Alla|Kvinnor|Män|^|^
label|outcome 2023|outcome 2023 gender=women|outcome 2023 gender=men|outcome 2022|outcome 2023
Utredning|98|84|14|8,2|7,4
Familjehem|15|13|2|9,7|8,1
Summa|113|97|16|8,4|7,5
= count
""")
DECISIONS = table("""Beslut om lov
Beslutstyp|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Bygglov|412|398|371
Förhandsbesked|38|41|29
= count
""")
OPINIONS = table("""Företagens omdöme (index)
Myndighetsområde|2021|2023
label|outcome 2021|outcome 2023
Bygglov|66|68
Brandskydd|81|82
""")
APPROVED = table("""Enskilda avlopp
Delområde|Inventerade|Godkända|Godkända, %
label|outcome 2023|outcome 2023|outcome 2023 unit=percent
Norrviken|36|24|67
Lerskär|40|17|43
= count
""")
VISITS_PLANNED = table("""Direktionens mål
Mål|Målnivå 2023|Läge 31/8|Prognos 31/12
label|target 2023|outcome 2023|forecast 2023
Hembesök|2 400|1 710|2 450
Tillsyner|45|21|38
= count
""")
SCHOOLS = table("""Kommunbidrag och nettokostnad per verksamhet, tkr
Verksamhet|Kommunbidrag|Nettokostnad|Resultat
label|budget 2023|outcome 2023|deviation 2023
Gymnasieskola|191 800|194 660|-2 860
Komvux|26 100|24 940|1 160
Svenska för invandrare|11 200|11 745|-545
Yrkeshögskola|3 900|2 555|1 345
Summa|233 000|233 900|-900
= tkr
""")
SUMMED_UP = table("""Ekonomin i korthet (mnkr)
Post|2023|2022
label|outcome 2023|outcome 2022
Bruttokostnad|263,1|253,4
Intäkter|29,2|26,4
Nettokostnad|233,9|227,0
= mnkr
""")
OF_KINDS = table("""Kostnadsslag (tkr)
Slag|Utfall 2022|Utfall 2023
label|outcome 2022|outcome 2023
Personal|203 416|208 935
Övrigt|50 000|54 206
Bruttokostnad|253 416|263 141
Intäkter|-26 382|-29 241
Nettokostnad|227 034|233 900
= tkr
""")
WASTE = table("""Avfallsverksamheten (mnkr)
Post|Utfall 2023|Budget 2023|Utfall 2022|Utfall 2021
label|outcome 2023|budget 2023|outcome 2022|outcome 2021
Insamling|−15,8|−15,2|−14,4|−13,9
Behandling|−11,9|−11,6|−11,0|−10,7
= mnkr
""")
CLEAN = {
    "decoys": with_decoys(),
    "costs above nought": Report(
        2023,
        (
            "# Bokslut 2023",
            "Omsorgsnämnden, Björkby kommun",
            "Nettokostnaden uppgick till 253,2 mnkr, vilket är 2,7 mnkr eller 1,1 procent mer än "
            "budgeterat. Nettokostnaden ökade med 11,3 mnkr. Underskottet är det tredje i rad.",
            COSTS_ABOVE_NOUGHT,
            "Äldreomsorgen, alltså hemtjänst och särskilt boende, ger ett samlat underskott på "
            "2,7 mnkr.",
            "Nämndens resultat är 2,7 mnkr sämre än budget. Hemtjänsten redovisar ett överskott på "
            "1,1 mnkr. Särskilt boende visar ett underskott på 3,8 mnkr till följd av fler "
            "platser. Jämfört med föregående år ökade nettokostnaden med 11,3 mnkr.",
            "Hemtjänsten gjorde ett överskott på 1,1 mnkr medan särskilt boende gick 3,8 mnkr över "
            "budget. Hemtjänstens nettokostnad uppgick till 97,3 mnkr. Boendenas nettokostnad "
            "uppgick till 155,9 mnkr. Sammanlagt ökade nettokostnaden med 11,3 mnkr.",
            KINDS_ABOVE_NOUGHT,
            OF_ITS_UNITS,
            "Köp av verksamhet blev 6,8 mnkr dyrare än budgeterat.",
            *SECTIONS,
        ),
    ),
    "results": Report(
        2023,
        (
            "# Bokslut 2023",
            "Tekniska nämnden, Björkby kommun",
            RESULTS,
            "Lokalvård har ett underskott på 0,4 mnkr. En av tre verksamheter gick med överskott. "
            "Fastighet vände fjolårets underskott på 1,6 mnkr till ett överskott på 1,2 mnkr.",
            INVESTMENTS,
            "Investeringarna uppgick till 23,1 mnkr, vilket är 1,7 mnkr mindre än budgeterat. "
            "Gatubelysning blev 0,2 mnkr dyrare än budget.",
            "Bilagan har samma tabell som texten.",
            INVESTMENTS,
        ),
    ),
    "subtotals": Report(
        2023,
        (
            "# Bokslut 2023",
            "Tekniska nämnden, Björkby kommun",
            WITH_RESULT,
            "Resultatet är −1,7 mnkr, vilket är 4,3 mnkr sämre än 2022. Nettokostnaden blev 474,7 "
            "mnkr, 17,7 mnkr mer än 2022.",
            OF_CHILDREN,
            WITH_SUBTOTALS,
            "Årets investeringar uppgick till 42,7 mnkr.",
        ),
    ),
    "codes": Report(
        2023,
        (
            "# Bokslut 2023",
            "Förskolenämnden, Björkby kommun",
            CODES,
            "Nämndens nettokostnad uppgick till 416 068 300 kronor, vilket innebär en negativ "
            "budgetavvikelse om 918 300 kronor.",
            PLACED,
            "HVB är den enda boendeform som blev billigare, 2 150 tkr lägre än 2022.",
            GROUPS,
        ),
    ),
    "schools": Report(
        2023,
        (
            "# Bokslut 2023",
            "Utbildningsnämnden, Björkby kommun",
            "Nämnden ansvarar för gymnasieskola, komvux, svenska för invandrare och en mindre "
            "yrkeshögskola. Året slutade med ett underskott om 900 tkr.",
            SCHOOLS,
            "Gymnasieskolan gick med underskott liksom svenska för invandrare. Det största "
            "överskottet, 1 345 tkr, uppstod inom yrkeshögskolan.",
            DECISIONS,
            OPINIONS,
            APPROVED,
            VISITS_PLANNED,
            "Hembesöken överträffar sannolikt målet.",
            # An income that is printed below nought beside costs is the same above it.
            SUMMED_UP,
            OF_KINDS,
            # More of a cost is further below nought.
            WASTE,
            "Insamlingen är den största kostnaden och uppgick till 15,8 mnkr, en ökning med 1,4 "
            "mnkr.",
        ),
    ),
}
"""Reports in which all is true: with what looks false; net costs above nought and a section for
each unit; results whose budgets are below it and a table that stands in an appendix too; sums of
some projects, girls and boys together, and a result that went below nought; net costs that only the
facts have below nought, and rows of one name that their columns tell apart; units that are named
before all of them are spoken of, and one name of several things."""


def test_a_deviation_of_costs_and_income_together_has_one_size(tmp_path: Path) -> None:
    rows = [[cell.replace("253 205", "253 505") for cell in r] for r in KINDS_ABOVE_NOUGHT.rows]
    for made, expected in (
        (KINDS_ABOVE_NOUGHT, []),
        (
            replace(KINDS_ABOVE_NOUGHT, rows=rows),
            ["Nettokostnad: 250 500 minus 253 505 ger −3\u00a0005; tryckt är -2 705"],
        ),
    ):
        writers.word(Report(2023, ("# Bokslut 2023", "Nämnden", made)), tmp_path / "utkast.docx")
        found = of_other_tables(read([tmp_path / "utkast.docx"], ROOT))
        assert [f.explanation_sv.partition(" (")[0] for f in found] == expected


def test_a_row_of_what_is_left_is_not_what_the_text_has_without_a_row(tmp_path: Path) -> None:
    writers.word(Report(2023, ("# Bokslut 2023", OF_KINDS)), tmp_path / "utkast.docx")
    report = read([tmp_path / "utkast.docx"], ROOT)
    (made,) = report.document.tables
    codes = [c.measure_code for line in made.lines if (c := report.concepts.of(line))]
    assert "ovrigt" not in codes
    assert len(set(codes)) == len(codes) == 5


@pytest.mark.parametrize("clean", CLEAN.values(), ids=CLEAN)
def test_a_report_without_contradictions_has_none_whatever_looks_like_one(
    check: Check, clean: Report
) -> None:
    done = check(clean, "--json=-")
    contradicting = [f for f in json.loads(done.stdout) if f["verdict"] == "contradicts"]
    assert (done.exit_code, contradicting) == (0, []), [f["explanation_sv"] for f in contradicting]


def test_a_draft_that_takes_the_place_of_the_only_report_may_lack_its_tables(
    check: Check, built: Project
) -> None:
    # A check leaves the project as it was.
    before = stamps(built.project)
    # It is of the administration and year of the shipped report, and has one of its tables.
    known = next(iter(template.load(ROOT).reports.values()))
    title = f"# {known['administration_name']}, verksamhetsberättelse {known['report_year']}"
    table = Table(
        "Driftsammandrag, tkr",
        [
            [
                "Verksamhet",
                *(f"{head} {known['report_year']}" for head in ("Bokslut", "Budget")),
                "Avvikelse",
            ]
        ],
        [
            "label",
            *(
                f"{scenario} {known['report_year']}"
                for scenario in ("outcome", "budget", "deviation")
            ),
        ],
        [
            ["LKDATA", "500", "300", "200"],
            ["Löneservice", "40", "0", "40"],
            ["Summa", "540", "300", "242"],
        ],
        unit="tkr",
    )
    done = check(Report(int(known["report_year"]), (title, table)), "--json=-")
    assert done.exit_code == 1, done.output
    contradicting = [f for f in json.loads(done.stdout) if f["verdict"] == "contradicts"]
    assert {f["rule"] for f in contradicting} == {"identity", "sum_of_parts"}
    assert stamps(built.project) == before


def stamps(project: Path) -> dict[Path, int]:
    """When each file of a project was written last."""
    return {p: p.stat().st_mtime_ns for p in project.rglob("*") if p.is_file()}


def test_a_contradiction_of_a_figure_that_may_be_misread_is_a_question() -> None:
    places = ["line 9: 4,1", "line 12: 41"]
    found = Finding("contradicts", "same_concept", "Sjukfrånvaro", places, "4,1 och 41.")
    assert asking(found, {"line 3: 41"}, {10}) == found
    told = asking(found, {"line 12: 41"}, ())
    assert (told.verdict, told.places) == ("questionable", places)
    assert told.explanation_sv == "4,1 och 41. Något av talen kan vara felläst ur filen."
    # A row between the parts of a sum that could not be cut into its cells is a part of it too.
    total = replace(found, rule="sum_of_parts", lines=[9, 12])
    assert asking(total, (), {3, 13}) == total
    assert asking(total, (), {10}).verdict == "questionable"
    # So is one of a sentence that may be of something else.
    told = doubting(found, {"line 9: 4,1"})
    assert (told.verdict, told.explanation_sv) == (
        "questionable",
        f"4,1 och 41. {OF_SOMETHING_ELSE}",
    )


def test_units_that_kept_their_budgets_are_counted_by_what_is_left(
    check: Check, tmp_path: Path
) -> None:
    costs = table("""Nettokostnader, tkr
Verksamhet|Budget 2022|Utfall 2022|Avvikelse
label|budget 2022|outcome 2022|deviation 2022
Hemtjänst|-142 000|-146 800|-4 800
Särskilt boende|-208 500|-205 900|2 600
Stöd|-96 500|-97 100|-600
Vård|-18 000|-16 800|1 200
Totalt|-465 000|-466 600|-1 600
= tkr
""")
    wrong = "Tre av fyra verksamheter klarade sin budget."
    said = ("Två av fyra verksamheter överskred sin budget.", wrong)
    report = Report(2022, ("# Bokslut 2022", "Socialnämnden", costs, *said))
    done = check(report, f"--json={tmp_path / 'fynd.json'}")
    found = json.loads((tmp_path / "fynd.json").read_text(encoding="utf-8"))
    counted = [f["explanation_sv"] for f in found if f["rule"] == "prose_count"]
    assert len(counted) == 1, done.output
    assert "Tre" in counted[0]
