"""Invented reports of invented municipalities with their keys, written as Word, Excel, PDF and
text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

MISSING = {
    "": "blank",
    "–": "not_applicable",
    "-": "not_applicable",
    "i.u.": "not_reported",
    "..": "confidential",
}
GENDERS = {"kvinnor": "women", "män": "men"}


@dataclass(frozen=True)
class Key:
    """What one printed figure says."""

    table: str
    row_label: str
    group_label: str
    column_label: str
    printed_text: str
    value: Decimal | None
    unit: str | None
    missing: str | None
    year: int
    scenario: str
    gender: str


@dataclass(frozen=True)
class Table:
    """A table in a short form.

    Attributes:
        title: the paragraph above it.
        head: one list for each row of the head; `<` repeats the cell to the left (merged).
        columns: for each column `label`, `note`, `text`, `unit`, or scenario, year and more.
        rows: texts; a row of one text is a section; a text `^` repeats the cell above (merged).
        unit: of the table.
        notes: paragraphs below it.
    """

    title: str
    head: list[list[str]]
    columns: list[str]
    rows: list[list[str]]
    unit: str | None = None
    units: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def key(self) -> Iterator[Key]:
        """Every figure of the table."""
        section, main, above = "", "", [""] * len(self.columns)
        labels = [i for i, c in enumerate(self.columns) if c == "label"]
        heads = [
            " ".join(dict.fromkeys(t for t in self.head_of(i) if t))
            for i in range(len(self.columns))
        ]
        for row in self.rows:
            if len(row) == 1:
                section = row[0]
                continue
            cells = [above[i] if text == "^" else text for i, text in enumerate(row)]
            above = cells
            label = cells[labels[-1]]
            group = cells[labels[-2]] if len(labels) > 1 else section
            own = GENDERS.get(label.lower().removeprefix("varav "))
            if own and not group:
                group = main
            elif not own and not label.lower().startswith("varav"):
                main = label
            unit_column = next((cells[i] for i, c in enumerate(self.columns) if c == "unit"), None)
            for i, spec in enumerate(self.columns):
                scenario, *rest = spec.split()
                if scenario in ("label", "note", "text", "unit"):
                    continue
                said = dict(part.split("=") for part in rest if "=" in part)
                text = cells[i]
                value, unit = number(text)
                yield Key(
                    self.title or self.head[0][0],
                    label,
                    group,
                    heads[i],
                    text,
                    value,
                    unit
                    or said.get("unit")
                    or self.units.get(label)
                    or self.units.get(unit_column or "")
                    or self.unit,
                    MISSING[text.lower()] if value is None else None,
                    int(rest[0]) or int(label),
                    scenario,
                    own or said.get("gender", "total"),
                )

    def head_of(self, column: int) -> list[str]:
        """The texts above a column."""
        found = []
        for row in self.head:
            i = column
            while row[i] == "<":
                i -= 1
            found.append("" if row[i] == "^" else row[i])
        return found


def table(text: str) -> Table:
    """A table from lines of cells between bars: its title, its head, its columns, its rows.

    Last the units, each behind `=`: of the table, or of the labels behind it.
    """
    title, *lines = text.removesuffix("\n").split("\n")
    units = [line[2:].split("|") for line in lines if line.startswith("= ")]
    cells = [line.split("|") for line in lines if not line.startswith("= ")]
    columns = next(i for i, row in enumerate(cells) if row[0] == "label")
    return Table(
        title,
        cells[:columns],
        cells[columns],
        cells[columns + 1 :],
        next((unit for unit, *labels in units if not labels), None),
        {label: unit for unit, *labels in units for label in labels},
    )


def number(text: str) -> tuple[Decimal | None, str | None]:
    """The value of a printed number, and the unit behind it."""
    if text.lower() in MISSING:
        return None, None
    found = re.fullmatch(r"([–−+-]?) ?([\d \u00a0]+(?:,\d+)?)\s*(%|tkr|mnkr)?(?:\*|¹)?", text)
    assert found, text
    value = Decimal(re.sub(r"[ \u00a0]", "", found[2]).replace(",", "."))
    unit = {"%": "percent"}.get(found[3] or "", found[3])
    return (-value if found[1] and found[1] in "–−-" else value), unit


Block = str | Table


@dataclass(frozen=True)
class Report:
    """An invented report: headings (`# `), paragraphs and tables."""

    year: int
    blocks: tuple[Block, ...]

    def key(self) -> list[Key]:
        """Every figure of its tables."""
        return [key for block in self.blocks if isinstance(block, Table) for key in block.key()]


DRIFT = table("""Driftredovisning, mnkr
Verksamhet|Intäkter 2022|Kostnader 2022|Netto 2022|Budget 2022|Avvikelse|Netto 2021
label|income 2022|cost 2022|outcome 2022|budget 2022|deviation 2022|outcome 2021
Nämnd och ledning|0,4|−9,8|−9,4|−9,9|0,5|−9,1
Förskola|31,2|−284,6|−253,4|−251,0|−2,4|−244,8
Grundskola|40,5|−512,9|−472,4|−470,3|−2,1|−455,0
Gymnasieskola|18,0|−201,3|−183,3|−186,0|2,7|−180,2
Vuxenutbildning|12,1|−40,3|−28,2|−27,5|−0,7|–
Summa|102,2|−1 048,9|−946,7|−944,7|−2,0|−889,1
= mnkr
""")
DRIFT_TKR = table("""Tabell 2. Nettokostnader per verksamhet (tkr)
Verksamhet|Utfall|<|Budget|Avvikelse
^|2021|2022|2022|2022
label|outcome 2021|outcome 2022|budget 2022|deviation 2022
Hemtjänst|104 210|110 385|108 900|1 485
Särskilt boende|231 007|240 112|243 500|-3 388
Hemsjukvård|40 118|42 006|41 000|1 006
Biståndsenhet|9 870|10 020|10 020|0
Totalt|385 205|402 523|403 420|-897
= tkr
""")
PROJECTS = table("""Investeringsprojekt, mnkr
Projekt|Total budget|Utfall t.o.m. 2022|Avvikelse|Prognos
label|budget 2022|outcome 2022|deviation 2022|forecast 2022
Pågående projekt
Ny förskola Björkbacken|64,0|21,7|42,3|63,0
Ombyggnad Västra skolan|118,5|80,2|38,3|121,0
Summa pågående projekt|182,5|101,9|80,6|184,0
Avslutade projekt
Skolgårdar|6,0|6,4|−0,4|6,4
Inventarier grundskola|3,5|3,1|0,4|3,1
Summa avslutade projekt|9,5|9,5|0,0|9,5
Summa investeringar|192,0|111,4|80,6|193,5
= mnkr
""")
RESULT = table("""Resultaträkning (tkr)
|Not|2022|2021|Budget 2022
label|note|outcome 2022|outcome 2021|budget 2022
Verksamhetens intäkter|1|102 946|98 112|99 500
Verksamhetens kostnader|2, 3|−1 041 220|−980 344|−1 036 000
Avskrivningar|4|−7 654|−7 110|−7 700
Verksamhetens nettokostnader||−945 928|−889 342|−944 200
Kommunbidrag|5|944 200|890 000|944 200
Finansiella intäkter||12|0|0
Årets resultat||−1 716|658|0
= tkr
""")
BALANCE = table("""Balansräkning, tkr
Tillgångar|Not|2022-12-31|2021-12-31
label|note|outcome 2022|outcome 2021
Anläggningstillgångar
Materiella anläggningstillgångar|6|41 880|39 402
Finansiella anläggningstillgångar||250|250
Summa anläggningstillgångar||42 130|39 652
Omsättningstillgångar
Kortfristiga fordringar|7|15 207|17 990
Kassa och bank||3|4
Summa omsättningstillgångar||15 210|17 994
Summa tillgångar||57 340|57 646
= tkr
""")
FIVE_YEARS = table("""Femårsöversikt
Nyckeltal|2022|2021|2020|2019|2018
label|outcome 2022|outcome 2021|outcome 2020|outcome 2019|outcome 2018
Antal barn i förskola|1 986|2 011|2 040|2 033|1 998
Antal elever i grundskola|4 512|4 480|4 455|4 401|4 350
Nettokostnad per barn (kr)|127 593|121 731|118 004|115 220|112 900
Andel behöriga lärare (%)|71,5|70,2|69,8|70,0|68,1
Personaltäthet, barn per årsarbetare|5,2|5,3|5,3|5,4|5,5
Resultat (mnkr)|−1,7|0,7|3,2|−4,0|1,1
= count|Antal barn i förskola|Antal elever i grundskola|Personaltäthet, barn per årsarbetare
= kr|Nettokostnad per barn (kr)
= percent|Andel behöriga lärare (%)
= mnkr|Resultat (mnkr)
""")
SICK_LEAVE = table("""Sjukfrånvaro, procent
|2022|2021|Mål 2022
label|outcome 2022|outcome 2021|target 2022
Total sjukfrånvaro|6,71|5,83|5,0
varav långtidssjukfrånvaro (60 dagar eller mer)|43,4|52,0|–
Kvinnor|7,33|6,90|–
Män|5,20|4,10|–
29 år eller yngre|5,9|4,8|–
30–49 år|6,2|5,5|–
50 år eller äldre|7,4|6,6|–
= percent
""")
STAFF = table("""Antal tillsvidareanställda per 31 december
Verksamhet|2022|<|<|2021
^|Kvinnor|Män|Totalt|Totalt
label|outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022|outcome 2021
Förskola|402|21|423|431
Grundskola|515|148|663|650
Gymnasieskola|121|97|218|220
Vuxenutbildning|31|12|43|i.u.
Summa|1 069|278|1 347|1 301
= count
""")
INDICATORS = table("""Uppföljning av indikatorer
Mål|Indikator|Enhet|Utfall 2020|Utfall 2021|Utfall 2022|Målvärde 2022|Bedömning
label|label|unit|outcome 2020|outcome 2021|outcome 2022|target 2022|text
Trygga barn|Andel elever som känner sig trygga|%|87|88|85|90|Ej uppnått
^|Antal anmälda kränkningar|antal|112|98|131|100|Ej uppnått
Hög kvalitet|Meritvärde årskurs 9|poäng|221,4|224,0|226,3|225,0|Uppnått
^|Behöriga till gymnasiet|%|84,1|i.u.|86,0|86|Uppnått
Attraktiv arbetsgivare|Hållbart medarbetarengagemang (HME)|index|78|79|79|80|Delvis
= percent|%
= count|antal
= index|index
""")
GOALS = table("""Måluppfyllelse
Mål|Bedömning
label|text
Trygga barn|Ej uppnått
Hög kvalitet|Helt uppnått
Attraktiv arbetsgivare|Delvis uppnått
""")

NORDVIK = Report(
    2022,
    (
        "# Verksamhetsberättelse 2022",
        "Utbildningsnämnden, Nordviks kommun",
        "# Sammanfattning",
        "Nämndens nettokostnad blev 946,7 mnkr, vilket är 2,0 mnkr mer än budget. Sjukfrånvaron "
        "ökade till 6,7 procent.",
        "Grundskolan redovisar ett underskott på 2,1 mnkr. Antalet tillsvidareanställda ökade "
        "med 46 personer till 1 347.",
        DRIFT,
        "Gymnasieskolan redovisar ett överskott på 2,7 mnkr.",
        PROJECTS,
        "Investeringarna uppgår till 111,4 mnkr av totalt 192,0 mnkr.",
        "# Ekonomiska sammanställningar",
        RESULT,
        BALANCE,
        FIVE_YEARS,
        "# Personal",
        SICK_LEAVE,
        "Kvinnornas sjukfrånvaro är 7,3 procent och männens 5,2 procent. Sjukfrånvaron är högre "
        "bland kvinnor än bland män.",
        STAFF,
        "# Mål och indikatorer",
        GOALS,
        INDICATORS,
        "Målet Trygga barn uppnås inte. Målet Hög kvalitet uppnås helt.",
    ),
)
SCHOOL_YEARS = table("""Resultat i omvårdnadsutbildningen
Mått|Läsår 2020/21|<|<|Läsår 2021/22|<|<
^|Flickor|Pojkar|Alla|Flickor|Pojkar|Alla
label|outcome 2021 gender=women|outcome 2021 gender=men|outcome 2021|\
outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022
Betygspoäng|14,4|13,1|13,9|14,8|13,0|14,2
Examen, %|81,0|74,5|78,6|84,2|77,1|81,5
= percent|Examen, %
""")
SINCE_LAST_YEAR = table("""Inköp, tkr
Projekt|Beslut|Utfall 2022|Kvar|Utfall 2021|Diff mot föregående år
label|budget 2022|outcome 2022|deviation 2022|outcome 2021|change 2022
Sängar|1 200|865|335|540|325
Larm|450|447|3|610|-163
Summa|1 650|1 312|338|1 150|162
= tkr
""")
SUNDBY = Report(
    2022,
    (
        "# Bokslut 2022",
        "Äldrenämnden, Sundby kommun",
        "Nettokostnaden blev 402 523 tkr, 897 tkr lägre än budget.",
        DRIFT_TKR,
        SCHOOL_YEARS,
        SINCE_LAST_YEAR,
    ),
)
REDISTRIBUTED = table("""Budget efter omdisponering
Mnkr|Ursprunglig budget -22|Omdisponering|Reviderad budget -22|Bokslut -22
label|budget 2022|budget 2022|budget 2022|outcome 2022
Hemtjänst|98,2|1,4|99,6|97,9
Särskilt boende|471,5|2,2|473,7|480,9
Totalt|569,7|3,6|573,3|578,8
= mnkr
""")
SALARIES = table("""Personalkostnader
Slag|Jan–dec 2022 (tkr)|Jan–dec 2021 (tkr)|Diff 22/21 (tkr)|Diff 22/21 (%)|Andel av total (%)
label|outcome 2022|outcome 2021|change 2022|change 2022 unit=percent|outcome 2022 unit=percent
Månadslön|512 380|489 112|23 268|4,8|89,4
Timlön|38 914|36 605|2 309|6,3|6,8
Mertid|21 870|23 204|-1 334|-5,7|3,8
= tkr
""")
PLACES = table("""Antal utbildningsplatser
|Läsår 20/21|Läsår 21/22|Förändring, antal
label|outcome 2021|outcome 2022|change 2022
Egna|512|498|-14
Hos annan huvudman|188|207|19
= count
""")
ABSENCE = table("""Sjukfrånvaro per förvaltning
|Helår 2022|<|<|Helår 2021|<|<|Förändring
Förvaltning|Kv|M|Tot|Kv|M|Tot|Tot
label|outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022|\
outcome 2021 gender=women|outcome 2021 gender=men|outcome 2021|change 2022
Ledning|5,1 %|3,0 %|4,2 %|5,8 %|2,9 %|4,6 %|-0,4
Barn och utbildning|7,4 %|5,2 %|7,0 %|8,3 %|6,1 %|7,9 %|-0,9
Totalt|7,2 %|4,9 %|6,7 %|8,0 %|5,6 %|7,5 %|-0,8
= percent
""")
BY_BOARD = table("""Driftredovisning per nämnd, tkr
Nämnd|Utfall|<|<|Budget|<|<|Avvikelse|Netto
^|Intäkter|Kostnader|Netto|Intäkter|Kostnader|Netto|netto|2021
label|income 2022|cost 2022|outcome 2022|budget 2022|budget 2022|budget 2022|deviation 2022|\
outcome 2021
Kommunstyrelse|61 204|−178 930|−117 726|58 900|−177 300|−118 400|674|−111 905
Bildningsnämnd|148 377|−741 022|−592 645|141 200|−727 500|−586 300|−6 345|−551 380
Summa|209 581|−919 952|−710 371|200 100|−904 800|−704 700|−5 671|−663 285
= tkr
""")
TWO_UNITS = table("""Driftens budgetavräkning
Nämnd|Budget netto|Utfall|<|<|Budgetavvikelse|<
^|helår|Intäkt|Kostnad|Netto|Mnkr|%
label|budget 2022|income 2022|cost 2022|outcome 2022|deviation 2022 unit=mnkr|\
deviation 2022 unit=percent
Socialnämnden|-402,0|51,6|-461,4|-409,8|-7,8|-1,9
Utbildningsnämnden|-455,2|61,0|-517,9|-456,9|-1,7|-0,4
Summa|-857,2|112,6|-979,3|-866,7|-9,5|-1,1
= mnkr
""")
HALLEBO = Report(
    2022,
    (
        "# Årsredovisning 2022",
        "Hällebo kommun",
        REDISTRIBUTED,
        SALARIES,
        PLACES,
        ABSENCE,
        BY_BOARD,
        TWO_UNITS,
    ),
)
"""What no report before had, in the files that are not of pictures."""


def changed(table: Table, row: int, column: int, text: str) -> Table:
    """The table with another text in one cell."""
    rows = [list(r) for r in table.rows]
    rows[row][column] = text
    return replace(table, rows=rows)


INDICATORS_AGAIN = replace(
    INDICATORS,
    rows=[
        *INDICATORS.rows,
        ["^", "Total sjukfrånvaro", "%", "5,9", "5,83", "7,61", "5,0", "Ej uppnått"],
    ],
)


PLANTED = {
    "nettokostnad blev 946,7": "nettokostnad blev 964,7",
    "Sjukfrånvaron ökade till 6,7": "Sjukfrånvaron minskade till 7,7",
    "uppgår till 111,4": "uppgår till 114,1",
    "med 46 personer till 1 347": "med 46 personer till 1 374",
    "Kvinnornas sjukfrånvaro är 7,3": "Kvinnornas sjukfrånvaro är 7,8",
    "Sjukfrånvaron är högre bland": "Sjukfrånvaron är lägre bland",
    "Målet Trygga barn uppnås inte": "Målet Trygga barn uppnås delvis",
    "redovisar ett överskott på 2,7": "redovisar ett underskott på 2,7",
}
"""Sentences that a planted report says otherwise."""


def planted() -> tuple[Report, dict[str, tuple[str, ...]]]:
    """A report with contradictions, and for each the prints that a finding about it names."""
    tables = {id(INDICATORS): INDICATORS_AGAIN}
    for old, row, column, text in (
        (DRIFT, 2, 3, "−474,2"),  # 40,5 − 512,9
        (DRIFT, 4, 5, "0,7"),
        (PROJECTS, 2, 3, "33,8"),
        (RESULT, 4, 2, "942 200"),
        (BALANCE, 8, 2, "57 430"),
        (SICK_LEAVE, 0, 1, "7,71"),
        (STAFF, 0, 3, "432"),
    ):
        tables[id(old)] = changed(tables.get(id(old), old), row, column, text)
    blocks: list[Block] = []
    for block in NORDVIK.blocks:
        swapped = tables.get(id(block), block)
        for here, there in PLANTED.items() if isinstance(swapped, str) else ():
            swapped = swapped.replace(here, there)
        blocks.append(swapped)
    return Report(2022, tuple(blocks)), {
        "nettot på en rad": ("−474,2",),
        "minustecken borta": ("0,7", "−27,5"),
        "avvikelse i projekt": ("33,8",),
        "kommunbidraget": ("942 200",),
        "summa tillgångar": ("57 430",),
        "totalen utanför könen": ("7,71",),
        "kvinnor och män": ("432",),
        "två tabeller": ("7,61",),
        "nettokostnad i text": ("964,7",),
        "riktning i text": ("minskade",),
        "investeringar i text": ("114,1",),
        "anställda i text": ("1 374",),
        "kvinnors sjukfrånvaro i text": ("7,8",),
        "kvinnor mot män i text": ("lägre bland kvinnor",),
        "målets status": ("uppnås delvis",),
        "underskott som är överskott": ("-2,7 mnkr",),
    }


BUDGET_FOLLOW_UP = table("""Tabell 1. Budgetuppföljning
Verksamhet|Bokslut|Budget|Avvikelse|Bokslut|Förändring
(tkr)|2023|2023|2023|2022|%
label|outcome 2023|budget 2023|deviation 2023|outcome 2022|change 2023 unit=percent
Gator och vägar|– 48 120|– 47 500|– 620|– 45 010|6,9
  varav vinterväghållning|– 12 870|– 11 000|– 1 870|– 10 222|25,9
Parker|– 19 345|– 20 100|755|– 18 990|1,9
Kollektivtrafik|– 8 002|– 8 000|– 2|– 7 650|4,6
Nettokostnad|– 75 467|– 75 600|133|– 71 650|5,3
= tkr
""")
STAFF_TWO_YEARS = table("""Sjukfrånvaro i procent av ordinarie arbetstid
Åldersgrupp|2023|<|<|2022|<|<
^|Kvinnor|Män|Totalt|Kvinnor|Män|Totalt
label|outcome 2023 gender=women|outcome 2023 gender=men|outcome 2023 gender=total|\
outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022 gender=total
–29 år|6,1|4,0|5,2|5,9|4,4|5,2
30–49 år|7,0|4,9|6,2|6,8|5,0|6,1
50– år|8,2|5,8|7,3|8,4|5,5|7,3
Samtliga|7,4|5,1|6,5|7,3|5,1|6,4
= percent
""")
KEY_FIGURES = table("""Nyckeltal
Mått|Enhet|2021|2022|2023|Mål 2023|Riket 2023|Kommentar
label|unit|outcome 2021|outcome 2022|outcome 2023|target 2023|outcome 2023 entity=riket|text
Nöjdhet med gator|index|54|55|57|60|53|Ökar sakta
Kostnad per kvadratmeter|kr|31,50|33,20|36,10|34,00|30,40|
Driftavbrott|antal|12|9|15|10|..|Fler stormar
Andel LED-belysning|%|41|48|63|60|–|
= index|index
= kr|kr
= count|antal
= percent|%
""")
VOLUMES = table("""Volymer 2019–2023
År|Ton avfall|Antal abonnenter
label|outcome 0|outcome 0 unit=count
2019|12 340|8 010
2020|12 900|8 102
2021|13 015|8 240
2022|12 770|8 333
2023|12 604|8 401
""")
INVESTMENTS_LONG = table("""Investeringar (mnkr)
Projekt|Budget 2023|Utfall 2023|Avvikelse 2023|Total projektbudget|Ack utfall|Slutprognos
label|budget 2023|outcome 2023|deviation 2023|budget 2023|outcome 2023|forecast 2023
Ny bro över Storån|40,0|31,2|8,8|120,0|64,9|118,0
Cykelväg Östra|6,5|6,9|-0,4|14,0|13,1|14,2
Parkbelysning|3,0|1,1|1,9|3,0|1,1|3,0
Totalt|49,5|39,2|10,3|137,0|79,1|135,2
= mnkr
""")
VASTERANG = Report(
    2023,
    (
        "# Årsredovisning 2023",
        "Tekniska nämnden i Västerängs kommun",
        "# Ekonomi",
        BUDGET_FOLLOW_UP,
        "Nämndens nettokostnad uppgick till 75,5 mnkr, vilket är 0,1 mnkr lägre än budget. "
        "Nettokostnaden ökade med 5,3 procent.",
        INVESTMENTS_LONG,
        "# Personal",
        STAFF_TWO_YEARS,
        "# Verksamhet",
        KEY_FIGURES,
        VOLUMES,
    ),
)


THREE_BY_THREE = table("""Driftredovisning per nämnd, belopp i mnkr
|Intäkter|<|Kostnader|<|Nettokostnad|<|<
Nämnd|Budget|Utfall|Budget|Utfall|Budget|Utfall|Avvikelse
label|budget 2024 of=income|income 2024|budget 2024 of=cost|cost 2024|budget 2024|outcome 2024|\
deviation 2024
Kommunstyrelsen|21,5|23,0|118,0|121,4|96,5|98,4|-1,9
Barn- och ungdomsnämnden|88,2|90,7|601,7|609,9|513,5|519,2|-5,7
Socialnämnden|64,0|71,3|498,4|512,0|434,4|440,7|-6,3
Revision|0,0|0,0|1,6|1,4|1,6|1,4|0,2
Summa nämnder|173,7|185,0|1 219,7|1 244,7|1 046,0|1 059,7|-13,7
= mnkr
""")
KEY_RATIOS = table("""Ekonomiska nyckeltal
|Bokslut 2022|Bokslut 2023|Bokslut 2024|Mål 2024
label|outcome 2022|outcome 2023|outcome 2024|target 2024
Antal invånare 31 december|28 410|28 702|28 655|–
Utdebitering, kr|21,87|21,87|21,87|–
Soliditet, %|41,2|42,0|40,8|40,0
Soliditet inkl. pensionsåtaganden, %|18,3|20,1|19,7|–
Låneskuld per invånare, kr|31 204|33 118|36 540|–
Årets resultat, mnkr|38,1|12,4|-4,6|15,0
Årets resultat i % av skatter och bidrag|2,1|0,7|-0,2|1,0
= count|Antal invånare 31 december
= kr|Utdebitering, kr|Låneskuld per invånare, kr
= percent|Soliditet, %|Soliditet inkl. pensionsåtaganden, %|\
Årets resultat i % av skatter och bidrag
= mnkr|Årets resultat, mnkr
""")
BY_GENDER_IN_ROWS = table("""Personalstatistik
|2024-12-31|2023-12-31|Förändring
label|outcome 2024|outcome 2023|change 2024
Antal tillsvidareanställda|2 104|2 088|+16
varav kvinnor|1 655|1 650|+5
varav män|449|438|+11
Genomsnittlig sysselsättningsgrad, %|94,1|93,6|+0,5
Pensionsavgångar|51|47|+4
Sjukfrånvaro i % av ordinarie arbetstid|6,9|7,4|-0,5
= count|Antal tillsvidareanställda|varav kvinnor|varav män
= percent|Genomsnittlig sysselsättningsgrad, %|Sjukfrånvaro i % av ordinarie arbetstid
""")
RESULT_TITLED = table("""
Resultaträkning (mnkr)|Not|Utfall 2024|Budget 2024|Utfall 2023
label|note|outcome 2024|budget 2024|outcome 2023
Verksamhetens intäkter|3|402,6|389,0|395,8
Verksamhetens kostnader|4, 5|-1 992,4|-1 975,5|-1 901,0
Avskrivningar|6|-98,7|-97,5|-93,3
Verksamhetens nettokostnader||-1 688,5|-1 684,0|-1 598,5
Skatteintäkter|7|1 370,8|1 388,0|1 324,1
Generella statsbidrag och utjämning|8|318,2|316,0|290,7
Verksamhetens resultat||0,5|20,0|16,3
Finansiella intäkter|9|11,0|9,0|8,6
Finansiella kostnader|10|-16,1|-14,0|-12,5
Årets resultat||-4,6|15,0|12,4
= mnkr
""")
GOALS_OF_BOARD = table("""Nämndens mål och måluppfyllelse
Kommunfullmäktiges mål|Nämndens mål|Indikator|Utfall 2023|Utfall 2024|Målvärde 2024|Bedömning
label|label|label|outcome 2023|outcome 2024|target 2024|text
En hållbar kommun|Minskade utsläpp|Andel fossilfria fordon|61 %|70 %|75 %|Delvis uppfyllt
^|^|Energianvändning per kvadratmeter (kWh)|151|146|145|Delvis uppfyllt
^|Mer återbruk|Återbrukade möbler|212|340|300|Uppfyllt
En trygg kommun|Trygga mötesplatser|Andel som känner sig trygga|78 %|74 %|80 %|Ej uppfyllt
= percent|Andel fossilfria fordon
""")
ALVSTAD = Report(
    2024,
    (
        "# Älvstads kommun",
        "Årsredovisning 2024",
        "Kommunens resultat uppgick till −4,6 mnkr, vilket är 19,6 mnkr sämre än budget. "
        "Nämnderna redovisar tillsammans ett underskott på 13,7 mnkr.",
        RESULT_TITLED,
        "# Driftredovisning",
        THREE_BY_THREE,
        "# Nyckeltal",
        KEY_RATIOS,
        "# Personal",
        BY_GENDER_IN_ROWS,
        "Sjukfrånvaron har minskat med 0,5 procentenheter till 6,9 procent. Antalet "
        "tillsvidareanställda ökade med 16 till 2 104.",
        "# Mål",
        GOALS_OF_BOARD,
    ),
)


RESULT_WITH_NOTES = table("""Resultaträkning
(mkr)|Not|Bokslut|Budget|Avvikelse|Bokslut
||2023|2023|2023|2022
label|note|outcome 2023|budget 2023|deviation 2023|outcome 2022
Intäkter|1|312,4|305,0|7,4|298,8
Personalkostnader|2|–611,8|–604,1|–7,7|–588,0
Lokalkostnader||–88,0|–87,5|–0,5|–85,9
Övriga kostnader|3|–140,1|–139,0|–1,1|–133,3
Avskrivningar|4|–12,6|–12,4|–0,2|–11,9
Summa kostnader||–852,5|–843,0|–9,5|–819,1
Nettokostnad||–540,1|–538,0|–2,1|–520,3
Kommunbidrag||538,0|538,0|0,0|522,0
Resultat||–2,1|0,0|–2,1|1,7
= mnkr
""")
RESULT_IN_PERCENT = table("""Resultat per verksamhet, mkr
Verksamhet|Budget|Utfall|Avvikelse|Avv. %
label|budget 2023|outcome 2023|deviation 2023|deviation 2023 unit=percent
Förskola|–161,0|–160,2|0,8|0,5 %
Grundskola|–268,4|–271,9|–3,5|–1,3 %
Fritidshem|–41,6|–40,9|0,7|1,7 %
Kulturskola|–9,0|–9,1|–0,1|–1,1 %
Administration|–58,0|–58,0|0,0|0,0 %
Totalt|–538,0|–540,1|–2,1|–0,4 %
= mnkr
""")
PROJECTS_IN_SECTIONS = table("""Investeringar (tkr)
Projekt|Total budget|Ack. utfall|Budget 2023|Utfall 2023|Avvikelse 2023|Prognos totalt
label|budget 2023|outcome 2023|budget 2023|outcome 2023|deviation 2023|forecast 2023
Pågående
Ekskolan, ombyggnad|42 000|18 730|15 000|13 244|1 756|43 500
Förskolan Lingonet|28 500|3 010|6 000|2 987|3 013|28 500
Avslutade
Skolgård Åsen|1 800|1 912|900|1 012|-112|1 912
Möbler|600|588|600|588|12|588
Summa|72 900|24 240|22 500|17 831|4 669|74 500
= tkr
""")
WITH_COMMENTS = table("""Inventarier, belopp i tkr
Inköp|Anslag 2023|Förbrukat 2023|Återstår|Kommentar
label|budget 2023|outcome 2023|deviation 2023|text
Skrivbord|1 200|1 185|15|Klart i maj
Lekredskap|900|–|900|Upphandlas 2024
Totalt|2 100|1 185|915|
= tkr
""")
COST_PER_PUPIL = table("""Kostnad per elev, kronor
Mått|2021|2022|2023|Förändring 2022–2023
label|outcome 2021|outcome 2022|outcome 2023|change 2023
Grundskola|112 430|116 950|121 400|4 450
Fritidshem|48 115|51 940|50 503|-1 437
= kr
""")
STAFF_AND_SHARES = table("""Personalnyckeltal
Nyckeltal|2023|<|<|2022|<|<
^|Kvinnor|Män|Totalt|Kvinnor|Män|Totalt
label|outcome 2023 gender=women|outcome 2023 gender=men|outcome 2023 gender=total|\
outcome 2022 gender=women|outcome 2022 gender=men|outcome 2022 gender=total
Antal tillsvidareanställda|688|112|800|671|108|779
Antal visstidsanställda|64|23|87|70|19|89
Sjukfrånvaro, %|8,9|5,6|8,4|9,3|6,1|8,8
Andel heltid, %|58,4|71,0|60,2|55,9|69,2|57,8
Personalomsättning, %|11,8|14,2|12,1|10,4|12,9|10,7
= count|Antal tillsvidareanställda|Antal visstidsanställda
= percent|Sjukfrånvaro, %|Andel heltid, %|Personalomsättning, %
""")
COUNTED = table("""Barn och elever
|2023|2022|2021
label|outcome 2023|outcome 2022|outcome 2021
Barn i förskola|1 204|1 240|1 266
Elever i grundskola|2 866|2 840|2 801
Inskrivna barn per årsarbetare|5,4|5,3|5,3
Meritvärde, genomsnitt|218,6|221,0|219,4
Kostnad per elev (kr)|121 400|116 950|113 020
= count|Barn i förskola|Elever i grundskola|Inskrivna barn per årsarbetare
= kr|Kostnad per elev (kr)
""")
HAVSTA = Report(
    2023,
    (
        "# Havsta kommun",
        "Barn- och utbildningsnämnden, årsrapport 2023",
        RESULT_WITH_NOTES,
        RESULT_IN_PERCENT,
        PROJECTS_IN_SECTIONS,
        WITH_COMMENTS,
        "# Verksamhet",
        COUNTED,
        "Antalet barn i förskola minskade med 36 till 1 204. Meritvärdet sjönk från 221,0 till "
        "218,6.",
        COST_PER_PUPIL,
        "# Personal",
        STAFF_AND_SHARES,
    ),
)


NEW_DEFINITION = table("""Nyckeltal enligt ny definition
Nyckeltal|2022|2021
label|outcome 2022|outcome 2021
Andel behöriga lärare, ny definition (%)|74,0|72,4
Sjukfrånvaro exklusive timavlönade (%)|6,2|5,4
= percent
""")
SHARES = table("""Ansökningar
Slag|2021|2022|Förändring, %
label|outcome 2021|outcome 2022|change 2022 unit=percent
Förskola|120|150|25,0
Grundskola|200|190|−5,0
Gymnasieskola|80|100|25,0
Vuxenutbildning|50|60|20,0
= count|Förskola|Grundskola|Gymnasieskola|Vuxenutbildning
""")
TREND = table("""Utveckling i korthet
Mått|2022|2021
label|outcome 2022|outcome 2021
Nettokostnad (mnkr)|946,7|889,1
Antal enheter|31|30
= mnkr|Nettokostnad (mnkr)
= count|Antal enheter
""")
DECOYS = (
    "Nettokostnaden blev omkring 945 mnkr.",
    "Underskottet inom fritidsgårdarna, 1,2 mnkr, är störst.",
    "Sjukfrånvaron för lärare uppgick till 6,3 procent.",
    "Nämndens nettokostnad blev knappt 947 mnkr.",
    "Nettokostnaden var drygt 940 mnkr.",
    "Prognosen i augusti pekade på en nettokostnad på 951,2 mnkr.",
    "Till och med augusti var nettokostnaden 622,8 mnkr.",
    "Sjukfrånvaron bland månadsavlönade var 6,4 procent.",
    "Den totala sjukfrånvaron inklusive timavlönade uppgår till 6,9 procent.",
    "I riket var sjukfrånvaron 7,9 procent.",
    "Målet för sjukfrånvaron 2023 är 5,5 procent.",
    "Kostnaderna ökade med 11 procent.",
    "Grundskolans nettokostnad exklusive lokaler blev 401,2 mnkr.",
    "Antalet anställda, inklusive visstidsanställda, är 1 502.",
    "Av de 1 347 tillsvidareanställda arbetar 1 021 heltid.",
    "Sammanlagt har 111 mnkr investerats.",
    "Ungefär hälften av investeringarna, 55 mnkr, avser förskolor.",
    "Nettokostnaden för 2021 har räknats om efter ny organisation och är nu 890,4 mnkr.",
    "Korttidssjukfrånvaron är 2,9 procent.",
    "Under första halvåret ökade sjukfrånvaron till 7,4 procent.",
    "Nettokostnaden per elev var 104 700 kronor.",
    "Simhallen redovisar ett underskott på 0,4 mnkr.",
)
"""Sentences that say something else than the tables do: of other years, parts, definitions,
roundings."""


def with_decoys() -> Report:
    """A report without a contradiction, in which much looks like one."""
    blocks: list[Block] = []
    for block in NORDVIK.blocks:
        blocks.append(block)
        if block is SICK_LEAVE:
            blocks += [*DECOYS, NEW_DEFINITION, SHARES, TREND]
    return Report(2022, tuple(blocks))
