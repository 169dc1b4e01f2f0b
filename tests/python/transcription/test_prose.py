"""What sentences state of a document's figures, and what only looks as if they did.

A false alarm costs a controller more than a miss: a sentence about others, parts, differences or
other years must not be held against the table.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from bokslut.transcription.reading import (
    arithmetic,
    claims,
    concepts,
    document,
    heads,
    statements,
    template,
)
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.lexicon import forms_of
from bokslut.transcription.reading.claims.reader import Reader
from bokslut.transcription.reading.concepts import reporter
from bokslut.transcription.reading.readers import read
from transcription import writers
from transcription.invented import HAVSTA, Table

POSITIVE_COSTS = Table(
    "Nettokostnader per verksamhet (tkr)",
    [["Verksamhet", "Utfall 2023", "Budget 2023", "Avvikelse", "Utfall 2022"]],
    ["label", "outcome 2023", "budget 2023", "deviation 2023", "outcome 2022"],
    [
        ["Hemtjänst", "110 385", "108 900", "-1 485", "104 210"],
        ["Särskilt boende", "240 112", "243 500", "3 388", "231 007"],
        ["Summa socialnämnden", "350 497", "352 400", "1 903", "335 217"],
    ],
    "tkr",
)

STATED = {
    # A thin space between thousands.
    "Antalet barn i förskola var 1\u202f204.": {"1 204"},
    # What a budget had been reckoned to, last year's behind this year's, a number in words, what
    # was spent of a limit, and a sentence that begins with a number.
    "Personalkostnaderna, som i budgeten hade beräknats till 619,4 mkr, blev 611,8 mkr.": {
        "-619,4 mnkr budget",
        "-611,8 mnkr",
    },
    "Sjukfrånvaron var 8,4 procent, en minskning från 9,0 procent.": {
        "8,4 %",
        "9,0 % 2022",
        "minskning",
    },
    "Sjukfrånvaron är 8,4 procent, jämfört med 9,0 procent 2022.": {"8,4 %", "9,0 % 2022"},
    "Sjukfrånvaron är 8,4 procent, 9,0 procent året före.": {"8,4 %", "9,0 % 2022"},
    "Antalet tillsvidareanställda är 800, sju färre än 2022.": {
        "800",
        "7 change down",
        "färre än 2022",
    },
    "Av investeringsbudgeten på 22,5 mkr användes 17,8 mkr.": {"22,5 mnkr budget", "17,8 mnkr"},
    "Sjukfrånvaron steg till 8,4 procent. 14 tjänster är fler än målet.": {"8,4 %", "steg"},
    "Rankningen förbättrades från plats 97 till 112.": {"97 2022", "112", "förbättrades"},
    "Antalet barn i förskola minskade med 36 till 1 204.": {"36 change down", "1 204", "minskade"},
    "Antalet tillsvidareanställda är 800, varav 688 kvinnor.": {"800", "688 women"},
    "Nämnden har 800 tillsvidareanställda, varav 688 kvinnor och 112 män.": {
        "800",
        "688 women",
        "112 men",
    },
    "Personalkostnaderna uppgick till 611,8 mkr.": {"-611,8 mnkr"},
    "Av investeringsbudgeten på 22,5 mkr har 17,8 mkr förbrukats.": {
        "22,5 mnkr budget",
        "17,8 mnkr",
    },
    "Nämnden redovisar ett underskott på 2,1 mkr.": {"-2,1 mnkr deviation", "underskott"},
    "Grundskolan gick från ett underskott på 2,0 mkr till ett överskott på 1,5 mkr.": {
        "-2,0 mnkr deviation 2022",
        "1,5 mnkr deviation",
        "överskott",
    },
    "Grundskolan hade 2022 ett underskott på 1,1 mkr.": {"-1,1 mnkr deviation 2022", "underskott"},
    # A difference of another row, a row of others, and what others are a share of.
    "Hyrorna översteg budget med 0,3 mkr och personalkostnaderna med 0,5 mkr.": set(),
    "Lärarna är den enda grupp där sjukfrånvaron ökade.": set(),
    "Långa sjukfall är 36,1 procent av all sjukfrånvaro, mot 42,0 procent för två år sedan.": set(),
    "Sjukfrånvaron ligger nära målvärdet.": {"nära målvärdet"},
    # How much a budget was exceeded by, though something moved; what hardly moved, moved both ways,
    # or is somebody else's.
    "Personalkostnaderna ökade men översteg ändå budget med 1,6 mkr.": {
        "-1,6 mnkr deviation",
        "ökade",
    },
    "Personalkostnaderna var 611,8 mkr, två tredjedelar av de samlade kostnaderna.": {
        "-611,8 mnkr"
    },
    "Antalet barn i förskola var i stort sett oförändrat.": set(),
    "Sjukfrånvaron ökade i förskolan men minskade i gymnasiet.": set(),
    "Rikets sjukfrånvaro har sjunkit.": set(),
    "Hemtjänst och stab är de enda enheter där sjukfrånvaron sjönk.": set(),
    "Trots fler barn i förskola sjönk allt annat.": set(),
    "Kvinnornas sjukfrånvaro minskade.": {"minskade"},
    "Antalet tillsvidareanställda ökade med två, båda män, till 800.": {"800", "ökade"},
    "Filialernas sjukfrånvaro minskade.": set(),
    "Intäkterna från barn i förskola ökade.": set(),
    "Bedömningen står på rad 488; sjukfrånvaron är 8,4 (rad 56–58).": {"8,4"},
    "Nämnden består av fem verksamheter.": {"5"},
    "Antalet elever i grundskola (+26 sedan förra året) växer.": {"26 change", "växer"},
    "Kostnaden per elev var 121 400 kronor.": {"121 400 kr"},
    "Antalet tillsvidareanställda med månadslön är 800.": {"800"},
    "Antalet tillsvidareanställda ökade med sju till 800.": {"7 change", "800", "ökade"},
    "Personalkostnaderna var 7,7 mkr lägre än budget.": {"7,7 mnkr deviation down"},
    "Nettokostnaden blev 540,1 mkr. Det är 2,1 mkr mer än budget.": {
        "-540,1 mnkr",
        "-2,1 mnkr deviation",
    },
    "Nämnden redovisar ett underskott mot budget på 2,1 mkr.": {
        "-2,1 mnkr deviation",
        "underskott",
    },
    "Året innan var nämndens underskott 1,9 mkr.": {"-1,9 mnkr deviation 2022"},
    "Nämnden har 800 tillsvidareanställda, 14 färre än vid föregående årsskifte.": {
        "800",
        "14 change down",
        "färre än vid föregående",
    },
    "Personalkostnaderna blev 611,8 mkr, vilket är 7,7 mkr eller 1,2 procent lägre än budget.": {
        "-611,8 mnkr",
        "7,7 mnkr deviation down",
    },
    "Antalet barn i förskola gick från 1 240 till 1 204.": {"1 240 2022", "1 204"},
    # Better of a cost too, a cost that fell, what another has before its unit is named, and this
    # year's behind last year's.
    "Nettokostnaden blev 2,1 mkr bättre än budget.": {"2,1 mnkr deviation"},
    "Nämndens nettokostnad minskade med 3,0 mkr.": {"3,0 mnkr change down"},
    "Nettokostnaden ökade jämfört med föregående år och uppgick till 540,1 mkr.": {
        "ökade",
        "-540,1 mnkr",
    },
    "Grundskolan gick 2,0 mkr över budget.": {"-2,0 mnkr deviation"},
    # Net costs rose, a count of goals behind its verb.
    "Nettokostnaden för grundskolan ökade jämfört med 2022.": {"ökade"},
    "Kostnaden per elev minskade.": {"minskade"},
    # What was exceeded is no result, a budget behind the figure that is held against it is one, and
    # *under året* is no comparison.
    "Grundskolan överskred därför sin budget med 2,0 mkr.": {"-2,0 mnkr deviation"},
    "Personalkostnaderna understeg budget med 7,7 mkr.": {"7,7 mnkr deviation down"},
    "Nettokostnaden uppgick till 540,1 mkr mot en budget på 538,0 mkr.": {
        "-540,1 mnkr",
        "-538,0 mnkr budget",
    },
    "Antalet elever i grundskola ökade med 26 personer till 2 866 under året.": {
        "26 change",
        "2 866",
        "ökade",
    },
    "Antalet elever i grundskola var 2 866, 26 fler än föregående år.": {
        "2 866",
        "26 change",
        "fler än föregående",
    },
    "Antalet tillsvidareanställda är 800. Det är en ökning med 21 sedan 2022.": {
        "800",
        "21 change",
    },
    # The first of two figures has the unit of measure of the second; words that mean something
    # together; the worse of a result is less of it.
    "Personalkostnaderna gick ned från 620,0 till 611,8 mkr.": {
        "-620,0 mnkr 2022",
        "-611,8 mnkr",
        "ned",
    },
    "Resultatet försämrades med 3,0 mkr.": {"3,0 mnkr change down"},
    # Of how many years a figure is the highest, where the tables have no more.
    "Antalet elever i grundskola är 2 866, vilket är den högsta nivån på tre år.": {
        "2 866",
        "högsta nivån på tre år",
    },
    "Antalet elever i grundskola är det högsta på två år.": set(),
    # What it rose by is not what rose; the same in per cent in other words; a noun before a
    # preposition has its ending.
    "Personalkostnaderna ökade med 3,0 mkr, en ökning med 0,5 procent.": {
        "3,0 mnkr change",
        "0,5 % change",
        "ökade",
        "ökning",
    },
    "Barnen i förskola ökade till 1 204.": {"1 204", "ökade"},
    # The same difference in per cent, and one between women and men.
    "Antalet tillsvidareanställda ökade med 21, eller 2,7 procent.": {
        "21 change",
        "2,7 % change",
        "ökade",
    },
    "Sjukfrånvaron är högre bland kvinnor än bland män.": {"högre bland kvinnor än bland män"},
    # What a note says of signs, a part by age, and a share of what is counted, are no figures.
    "Positiv avvikelse är överskott.": set(),
    "Avvikelsen mot budget är –2,1 miljoner kronor.": set(),
    "Antalet tillsvidareanställda i åldern 18–29 år är 112.": set(),
    "Förskolans andel av antalet tillsvidareanställda är 36 procent.": set(),
    "Resultatet ska jämföras med ett nollresultat i budget.": set(),
    "Sjukfrånvaron har förbättrats.": set(),
    "Fritidshemmen gör ett överskott på 0,7 mkr.": {"0,7 mnkr deviation", "överskott"},
    "Nämnden redovisar ett underskott på 2,1 mkr. Den kommunala ungdomsgården har ett överskott på "
    "6,1 mkr medan fristående ungdomsgårdar visar ett underskott på 1,9 mkr.": {
        "-2,1 mnkr deviation",
        "underskott",
    },
    # What has a subject of its own moved for itself; two figures beside the word say which way.
    "Personalkostnaderna sjönk trots att hyrorna höjdes.": {"sjönk"},
    "Grundskolan visar ett plus på 2,0 mkr.": {"2,0 mnkr deviation", "plus på"},
    "I fjol var överskottet 1,1 mkr.": {"1,1 mnkr deviation 2022"},
    "Grundskolan har vänt ett underskott på 2,0 mkr till ett överskott på 1,5 mkr.": {
        "-2,0 mnkr deviation 2022",
        "1,5 mnkr deviation",
        "överskott",
    },
    "85 procent av de tillsvidareanställda arbetar natt, en ökning med fyra.": set(),
    "Nämnden redovisar ett nollresultat.": set(),
    "Grundskolans överskott blev +2,0 mkr.": {"2,0 mnkr deviation"},
    "Grundskolan drog över sin budget med 2,0 mkr.": {"-2,0 mnkr deviation"},
    "Grundskolan sprängde sin budget med 2,0 mkr.": set(),
    "Meritvärdet sjönk och andelen som fick betyg steg.": {"sjönk"},
    "Utfallet blev 95,6 mkr och överskottet därmed betydande.": {"överskottet"},
    "Sjukfrånvaron är 7,9 procent, 8,4 procent för kvinnor och 5,7 procent för män.": {
        "7,9 %",
        "8,4 % women",
        "5,7 % men",
    },
    "Sjukfrånvaron är 7,9 procent för kvinnor och män.": {"7,9 %"},
    "Av de tillsvidareanställda är 688 kvinnor och 112 män.": {"688 women", "112 men"},
    "Behörigheten till gymnasiet minskade från 85,1 till 83,7 procent.": {
        "85,1 % 2022",
        "83,7 %",
        "minskade",
    },
    # Each clause has what it is about, with a comma before it or not.
    "Antalet tillsvidareanställda ökade medan barnskötarna minskade till 139.": {"ökade"},
}
"""Sentences with what they state: its reading, and scenario, year and gender where not usual."""
NOT_STATED = [
    # Like no figure of it: of a part that is not said.
    "Antalet barn i förskola ökade med 31 till 164.",
    "Ramen för de kommande åren är 24,3 mkr.",
    "Ramen var oförändrad. Det är 2,1 mkr mer än budget.",
    # What is left is no level.
    "Personalkostnaderna har 611,0 mkr kvar.",
    "I delårsbokslutet väntades ett överskott på 2,1 mkr.",
    "Enligt regionens sätt att räkna var sjukfrånvaron 7,1 procent.",
    "Antalet barn i förskola är lågt, och väntetiden blev 16 veckor.",
    "Personalkostnaderna för projektet, 1,1 mkr, bärs av staten.",
    "Ungdomsgården har ett underskott på 0,4 mkr medan fritidshemmen ligger i fas.",
    "Avvikelsen försämrades med 3,8 mkr jämfört med 2022.",
    "Under året rekryterades 36 tillsvidareanställda.",
    "Grundskolan gör ett resultat. Fritidshemmen gör ett annat. Nettokostnaden ökade med 5,2 mkr.",
    "Sjukfrånvaron var 34 procent högre.",
    "Sjukfrånvaron var 2,2 procentenheter i stället för 2,2 procent.",
    "Sjukfrånvaron (9,1 enligt bilagan) kommenteras nedan.",
    "Antalet sjukfrånvarodagar i sjukfrånvaron var 5 162.",
    "Av 1 347 tillsvidareanställda svarade 98 procent.",
    "Sjukfrånvaron i hela kommunen var 7,9 procent.",
    "Sjukfrånvaron var 12,1 procent i april.",
    "Utan statsbidragen hade underskottet varit 9,4 mkr.",
    "Sedan 2019 har antalet tillsvidareanställda ökat med 47.",
    "Kostnaderna för elever i grundskola ökade med 2,4 mkr till 18,2 mkr.",
    "Ordet underskott skrivs med minustecken.",
    "Av fem poster redovisar tre underskott och två överskott.",
    "Under året har två verksamheter bytt lokaler.",
    "Nettokostnaden per invånare var 24 610 kronor.",
    "Ungdomsgårdarna redovisar ett underskott på 0,4 mkr.",
    "Den kommunala ungdomsgården redovisar ett underskott på 0,4 mkr.",
    "Underskottet inom ungdomsgårdarna, 0,4 mkr, är störst.",
    "Sjukfrånvaron för lärare uppgick till 7,3 procent.",
    "Grundskolan går före. Ungdomsgårdarna lämnar ett överskott om 1,7 mkr.",
    "Helårsprognosen i september var ett underskott på 1,3 mkr.",
    "Meritvärdet i kommunens största skola var 241,0.",
    "Grundskolan och fritidshemmen ger tillsammans ett överskott på 2,2 mkr.",
    "Grundskolan och fritidshemmen gör ett överskott på 2,2 mkr.",
    "Nettokostnaden för grundskolan motsvarar 8 710 kronor per invånare.",
    "Mellan 2020 och 2023 har sjukfrånvaron sjunkit med 1,1 procentenheter.",
    "Sjukfrånvaron har förbättrats med 1,1 procentenheter.",
    "Personalkostnaderna avviker bara lite, 0,4 mkr, från budget.",
    "Personalkostnaderna blev 0,4 mkr kostsammare än tänkt.",
    "Sjukfrånvaron var enligt den tidigare definitionen 8,9 procent.",
    "Kostnaden per elev ändrades med 470 kronor till en högre nivå.",
    "Personalen delar ut elever i grundskola till 31 400 hushåll.",
    "Antalet tillsvidareanställda över 60 år är 324.",
    "Flickornas meritvärde är 18,3 poäng högre än skolans.",
    "Kostnaden per barn i förskola ökade med 36.",
    "Elever i grundskola har ökat två år i rad, från 2 801 till fler.",
    "Handläggningstiden för elever i grundskola var 5 veckor.",
    "Nettokostnaderna ökade med 4,3 procent medan personalkostnaderna ökade.",
    "VA-verksamheten förbättrade sitt resultat med 3,4 mkr till 2,3 mkr.",
    "Sjukfrånvaron kommenteras nedan, och fler kvinnor än män svarade.",
    "Resultatet regleras mot kommunens fond, som därefter uppgår till 3,4 mkr.",
    "Sjukfrånvaron sjönk. Den regniga sommaren gjorde att besöken ökade med 23 procent.",
    "Prognosen var ett underskott; försämringen sedan dess är 2,2 mkr.",
    "Övertiden motsvarade 121 tillsvidareanställda, 17 fler än året innan.",
    "Grundskolan går före. Fritidshemmen växer. Nettokostnaden ökade något.",
    "Antalet syskon som har någon av våra elever i grundskola ökade med 57.",
    "Meritvärdet var under hösten 3,9.",
    "Bron blir enligt prognos 0,9 mkr dyrare än beslutad ram.",
    "Kontoret svarar för 43 procent av tillsvidareanställda.",
    "Grundskolan växer. Tre av sex nämnder går med underskott.",
    "Kassan uppgår efter årets resultat till 1,9 mkr.",
    "Kassan uppgår efter personalkostnaderna till 1,9 mkr.",
    "Av dem gick 49 procent till sjukfrånvaro eller studier.",
    "Arvodet till gode män kommenteras, och meritvärdet gavs till 36 gode män.",
    "Meritvärdet steg. Andelen elever med godkänt ökade med 3,5 procentenheter.",
    "Undantas grundskolan hade nämnden visat ett överskott på 2,1 mkr.",
    "Nämnd och kansli lämnade ett överskott på 0,4 mkr.",
    "Utan vikarierna hade nämnden i stället gjort ett överskott på 2,1 mkr.",
    "Rikets sjukfrånvaro har sjunkit till 8,1 procent.",
    "Sjukfrånvaron ska vara 8,0 procent nästa år.",
    "För sjukfrånvaron höjs målet till 9,0 procent.",
    "Grundskolan höll sin budget med en marginal på 1,5 mkr.",
    "I mars räknade nämnden med ett överskott på 2,1 mkr.",
]
"""Sentences whose figures are of something else, or only how far apart two figures are."""


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Claim]]:
    """What each sentence states, each in a paragraph of its own."""
    sentences = [*STATED, *NOT_STATED]
    report = replace(HAVSTA, blocks=(*HAVSTA.blocks, *sentences))
    return claims_of(report, tmp_path_factory.mktemp("prose") / "report.docx", sentences)


def claims_of(report: object, file: Path, sentences: list[str]) -> dict[str, list[Claim]]:
    """The claims that can be held against something, by the paragraph that they stand in."""
    writers.word(report, file)  # type: ignore[arg-type]
    understood = document.understand(read(file), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    lines = {p.line: p.text for p in understood.prose}
    found: dict[str, list[Claim]] = {sentence: [] for sentence in sentences}
    for claim in claims.read(understood, known):
        if claim.is_comparable and lines[claim.line_first] in found:
            found[lines[claim.line_first]].append(claim)
    return found


def told(claim: Claim) -> str:
    """A claim in short: its reading, and what is not usual about it."""
    parts = [claim.read_text]
    if claim.kind == "value":
        parts += [claim.scenario] if claim.scenario != "outcome" else []
        parts += [str(claim.fiscal_year)] if claim.fiscal_year != HAVSTA.year else []
        parts += [claim.gender] if claim.gender != "total" else []
        parts += [claim.stated] if claim.stated else []
    return " ".join(parts)


@pytest.mark.parametrize("sentence", STATED)
def test_a_sentence_states_what_it_says(sentence: str, stated: dict[str, list[Claim]]) -> None:
    assert {told(claim) for claim in stated[sentence]} == STATED[sentence]


@pytest.mark.parametrize("sentence", NOT_STATED)
def test_a_figure_of_something_else_is_not_held_against_a_table(
    sentence: str, stated: dict[str, list[Claim]]
) -> None:
    figures = [c for c in stated[sentence] if any(d.isdigit() for d in c.printed_text)]
    figures += [c for c in stated[sentence] if c.kind in ("unit_count", "target_direction")]
    assert [told(claim) for claim in figures] == []


def test_a_net_cost_that_is_printed_above_nought_is_no_cost_below_it(tmp_path: Path) -> None:
    sentence = "Nettokostnaden uppgick till 350,5 mkr."
    blocks = ("# Bokslut 2023", "Socialnämnden, Sundby kommun", POSITIVE_COSTS, sentence)
    report = replace(HAVSTA, blocks=blocks)
    (claim,) = claims_of(report, tmp_path / "report.docx", [sentence])[sentence]
    # The warehouse turns an amount without a sign that is called a cost.
    assert (claim.measure_code, claim.read_text) == ("forvaltningens_resultat", "350,5 mnkr")
    assert "kostnad" not in claim.label.lower()


def test_a_judgement_is_of_the_goal_whose_section_it_stands_in(tmp_path: Path) -> None:
    goals = Table(
        "Måluppfyllelse",
        [["Mål", "Nådda indikatorer", "Förvaltningens bedömning"]],
        ["label", "outcome 2023", "text"],
        [["Trygga barn", "3", "● uppfyllt◇D07"], ["Hög kvalitet", "0", "◐ delvis uppfyllt"]],
    )
    sentence = "Här står att målet inte är uppfyllt."
    blocks = ("# Bokslut 2023", goals, "# Hög kvalitet", "Målet är delvis uppfyllt.", "# Bilaga")
    report = replace(HAVSTA, blocks=(*blocks, sentence))
    file = tmp_path / "report.docx"
    assert claims_of(report, file, [sentence])[sentence] == []
    understood = document.understand(read(file), template.load(ROOT))
    judged = {goal.label: goal.judgement for goal in understood.goals}
    assert judged == {"Trygga barn": "uppfyllt", "Hög kvalitet": "delvis uppfyllt"}


def test_of_judgements_of_two_years_the_latest_is_the_goals(tmp_path: Path) -> None:
    judged = Table(
        "Måluppfyllelse",
        [["Nämndens mål", "Bedömning 2022", "Bedömning 2023"]],
        ["label", "text", "text"],
        [
            ["Trygga barn", "Delvis uppfyllt", "Uppfyllt"],
            ["Fler i jobb", "Uppfyllt", "Ej uppfyllt"],
        ],
    )
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", judged)), tmp_path / "report.docx")
    understood = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
    assert [goal.judgement for goal in understood.goals] == ["Uppfyllt", "Ej uppfyllt"]


def test_a_whole_is_not_taken_for_its_part_nor_a_net_cost_for_a_surplus(tmp_path: Path) -> None:
    costs = Table(
        "Resultat per kostnadsslag, mnkr",
        [["Post", "Utfall 2023", "Budget 2023", "Avvikelse"]],
        ["label", "outcome 2023", "budget 2023", "deviation 2023"],
        [["Personal", "−188,7", "−184,0", "−4,7"], ["Nettokostnad", "−243,1", "−235,0", "−8,1"]],
        "mnkr",
    )
    units = Table(
        "Utfall per verksamhet, mnkr",
        [["Verksamhet", "Utfall 2023", "Budget 2023", "Avvikelse"]],
        ["label", "outcome 2023", "budget 2023", "deviation 2023"],
        [["Skola", "−200,1", "−195,0", "−5,1"], ["Totalt", "−243,1", "−235,0", "−8,1"]],
        "mnkr",
    )
    absence = Table(
        "Sjukfrånvaro i procent av ordinarie arbetstid",
        [["Grupp", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Samtliga", "7,9", "8,3"], ["Andel sjukfrånvaro över 60 dagar", "40,8", "42,6"]],
        "percent",
    )
    of_cost = "Nämnden redovisar en nettokostnad på 243,1 mnkr, vilket är 8,1 mnkr mer än budget."
    of_absence = "Sjukfrånvaron ökade från 7,9 till 8,3 procent."
    blocks = ("# Bokslut 2023", costs, units, absence, of_cost, of_absence)
    found = claims_of(
        replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [of_cost, of_absence]
    )
    assert "-8,1 mnkr deviation" in {told(claim) for claim in found[of_cost]}
    assert not any("60" in claim.measure_code for claim in found[of_absence])


LONG = "Vårddygn under året i kommunens egna och andras verksamheter för barn och unga (antal)"


NAMESAKES = ("Antalet HVB var 12.", "Antalet HVB var 3 864.", "Antalet HVB var 300.")


def test_rows_of_one_name_are_of_what_their_tables_are_of(tmp_path: Path) -> None:
    def counted(title: str, *rows: list[str]) -> Table:
        head, columns = ["", "2022", "2023"], ["label", "outcome 2022", "outcome 2023"]
        return Table(title, [head], columns, list(rows), "count")

    results = counted("Driftredovisning, tkr", *(["Hemvård", "7", "8"], ["Vård", "5", "6"]))
    children = counted("Placerade barn (antal)", ["HVB", "14", "12"], ["Familjehem", "64", "69"])
    days = counted(LONG, ["HVB", "4 120", "3 684"], ["Familjehem", "830", "915"])
    bare = replace(counted("Stöd", ["HVB", "5", "4"], ["Familjehem", "9", "8"]), unit=None)
    persons = counted("Insatser", ["Hemvård, personer", "81", "84"], ["varav kvinnor", "41", "43"])
    cost = counted("Kostnad per plats (kr)", ["HVB", "912 000", "934 000"], ["Träning", "8", "9"])
    water = counted("Vatten (tkr)", ["Intäkter", "38", "39"], ["Kostnader", "-37", "-38"])
    waste = counted("Avfall (tkr)", ["Intäkter", "21", "22"], ["Kostnader", "-20", "-23"])
    whole = replace(results, rows=[*results.rows, ["Skola", "9", "9"], ["Summa", "21", "23"]])
    some = replace(results, rows=[*results.rows, ["Summa", "12", "14"]])
    file = tmp_path / "report.docx"
    blocks = ("# Bokslut 2023", whole, some, children, days, persons, cost, water, waste, bare)
    writers.word(replace(HAVSTA, blocks=blocks), file)
    understood = document.understand(read(file), template.load(ROOT))
    named = concepts.build(understood, *reporter.administration(understood))
    said = [[named.lines[id(line)] for line in table.lines] for table in understood.tables]
    measures = [[concept.measure_code for concept in rows] for rows in said]
    assert measures[0][-1] == concepts.RESULT != measures[1][-1]
    assert not {*measures[2]} & {*measures[3]}
    assert measures[3][0] != measures[3][1]
    assert not {*measures[2]} & {*measures[8]}
    # A cost is of another unit of measure; what one table has is not what another has.
    assert not {*measures[2]} & {*measures[5]}
    assert not {*measures[6]} & {*measures[7]}
    # Women are of the row that they are a part of.
    assert measures[4][0] == measures[4][1]
    assert said[4][0].unit_code == said[4][1].unit_code == "hemvard"
    # So are the rows of one name of two groups of one table, and what is left of a table's own.
    grouped = counted("Volymer", ["Boende"], ["Antal platser", "486", "478"], ["Korttid"],
                      ["Antal platser", "36", "32"], ["Netto", "9", "8"],
                      ["Ej sålt", "49", "53"], ["Andel ej sålt, %", "19", "20"])  # fmt: skip
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", grouped)), tmp_path / "grouped.docx")
    understood = document.understand(read(tmp_path / "grouped.docx"), template.load(ROOT))
    apart = concepts.build(understood, *reporter.administration(understood))
    assert [c.measure_code for c in apart.lines.values()] == [
        "platser",
        "korttid_antal_platser",
        "",
        # A share is not what it is of.
        "ej_salt",
        "andel_ej_salt",
    ]
    # Of what a sentence speaks is told by what is like its figure.
    found = claims_of(
        replace(HAVSTA, blocks=(*blocks, *NAMESAKES)), tmp_path / "told.docx", list(NAMESAKES)
    )
    assert [c.measure_code for said in NAMESAKES for c in found[said] if c.kind == "value"] == [
        measures[2][0],
        measures[3][0],
    ]


def test_goals_behind_their_numbers_are_judged_and_counted(tmp_path: Path) -> None:
    judged = Table(
        "Nämndens mål",
        [["Nr", "Mål", "Status"]],
        ["text", "label", "text"],
        [["1", "Trygga barn", "Uppfyllt"], ["2", "Fler i jobb", "Ej uppfyllt"]],
    )
    said = {
        "Nämnden uppnår två av två mål.": [("2", "fulfilled")],
        "Av nämndens två mål bedöms ett vara uppfyllt och ett ej uppfyllt.": [
            ("1", "fulfilled"),
            ("1", "not_fulfilled"),
        ],
        "Av två mål är ett uppfyllt, och ett arbete pågår för att det andra ska nås.": [
            ("1", "fulfilled")
        ],
    }
    report = replace(HAVSTA, blocks=("# Bokslut 2023", judged, *said))
    found = claims_of(report, tmp_path / "report.docx", [*said])
    counted = {s: [(c.read_text, c.stated) for c in made] for s, made in found.items()}
    assert counted == said


def test_what_a_table_judges_is_counted_by_its_rows(tmp_path: Path) -> None:
    judged = Table(
        "Uppföljning",
        [["Mått", "Mål 2023", "Utfall 2023", "Status"]],
        ["label", "target 2023", "outcome 2023", "text"],
        [
            ["Andel nöjda (%)", "80", "82", "Grön"],
            ["Antal besök", "900", "870", "Gul"],
            ["Handläggningstid, dagar", "30", "44", "Röd"],
        ],
    )
    said = {
        "Två av tre mått är gröna och ett är rött.": [("2", "fulfilled"), ("1", "not_fulfilled")],
        "Nämnden följer tre indikatorer. En av dem bedöms som uppfylld.": [("1", "fulfilled")],
        "Ett av tre mått når inte målvärdet.": [("1", "not_fulfilled")],
        "Ett av tre mått är på väg att uppfyllas.": [],
        "Två av fyra mått är gröna.": [],
        "2 av 3 mått är gröna.": [("2", "fulfilled")],
        "Alla tre mått är gröna.": [("3", "fulfilled")],
        "Ett av tre mått är rött, och 210 000 är uppfyllt.": [("1", "not_fulfilled")],
    }
    report = replace(HAVSTA, blocks=("# Bokslut 2023", judged, *said))
    found = claims_of(report, tmp_path / "report.docx", [*said])
    counted = {
        s: [(c.read_text, c.total_of.partition("bedomningar_")[2]) for c in made]
        for s, made in found.items()
    }
    assert counted == said


def test_units_that_kept_their_budgets_are_counted_where_all_are_said(tmp_path: Path) -> None:
    said = {
        "Av nämndens två verksamheter klarar en sin budget.": {
            "antal_verksamheter_med_overskott_eller_balans"
        },
        "En av två verksamheter redovisar underskott.": {"antal_verksamheter_med_underskott"},
        "En av tre verksamheter redovisar underskott.": set(),
        "Bara en av två verksamheter klarar inte sin budget.": {
            "antal_verksamheter_med_underskott"
        },
    }
    report = replace(HAVSTA, blocks=("# Bokslut 2023", "Socialnämnden", POSITIVE_COSTS, *said))
    found = claims_of(report, tmp_path / "report.docx", [*said])
    assert {
        s: {c.measure_code for c in made if c.kind == "unit_count"} for s, made in found.items()
    } == said


def test_a_name_that_stands_in_full_is_its_own(tmp_path: Path) -> None:
    school = Table(
        "Kulturskolan",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Elever i kulturskolan", "588", "640"], ["Kö till kulturskolan", "102", "131"]],
    )
    sentence = "Antalet elever i kulturskolan ökade med 52 till 640 när kön växte."
    blocks = ("# Bokslut 2023", "Socialnämnden", school, sentence)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [sentence])
    assert {c.measure_code for c in found[sentence]} == {"elever_i_kulturskolan"}


def test_rows_of_genders_are_of_what_stands_above_them(tmp_path: Path) -> None:
    sick = Table(
        "Sjukfrånvaro, procent",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Kvinnor", "6,0", "5,2"], ["Män", "3,1", "2,8"], ["Totalt", "4,9", "4,3"]],
        "percent",
    )
    staff = Table(
        "Personal",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [
            ["Avslutade", "32", "33"],
            ["Tillsvidareanställda", "164", "171"],
            ["Totalt antal anställda", "177", "180"],
        ],
    )
    asked = Table(
        "Andel nöjda i procent",
        [["Fråga", "Kön", "2022", "2023"]],
        ["label", "label", "outcome 2022", "outcome 2023"],
        [
            ["Särskilt boende, helhetsomdöme", "Kvinnor", "82", "76"],
            ["Särskilt boende, helhetsomdöme", "Män", "80", "74"],
            ["Särskilt boende, helhetsomdöme", "Totalt", "81", "75"],
        ],
        "percent",
    )
    said = {
        "Av dem är 104 kvinnor och 67 män.": set(),
        "Antalet anställda ökade med tre till 180.": {"anstallda"},
        "Beläggningen i särskilt boende steg från 93 till 97 procent.": {"moved"},
        "Andelen kurser som avslutades sjönk från 78 till 76 procent.": {"moved"},
    }
    blocks = ("# Bokslut 2023", "Socialnämnden", POSITIVE_COSTS, sick, staff, asked, *said)
    report = replace(HAVSTA, blocks=blocks)
    found = claims_of(report, tmp_path / "report.docx", [*said])
    assert {
        s: {"moved" if "moved" in c.rule else c.measure_code for c in made}
        for s, made in found.items()
    } == said


def test_a_sum_of_some_boards_is_not_that_of_all_and_no_row_is_a_unit(tmp_path: Path) -> None:
    boards = Table(
        "Driftredovisning per nämnd (mnkr)",
        [["Nämnd", "Budget 2023", "Utfall 2023", "Avvikelse"]],
        ["label", "budget 2023", "outcome 2023", "deviation 2023"],
        [
            ["Skolnämnden", "562,3", "571,9", "-9,6"],
            ["Socialnämnden", "455,8", "472,3", "-16,5"],
            ["Summa nämnder", "1 018,1", "1 044,2", "-26,1"],
            ["Finansförvaltning", "-1 038,1", "-1 059,0", "20,9"],
            ["Totalt", "-20,0", "-14,8", "-5,2"],
        ],
        "mnkr",
    )
    whole = Table(
        "Resultaträkning, mnkr",
        [["", "Budget 2023", "Utfall 2023"]],
        ["label", "budget 2023", "outcome 2023"],
        [["Verksamhetens resultat", "30,0", "24,4"], ["Årets resultat", "20,0", "14,8"]],
        "mnkr",
    )
    blocks = ("# Årsredovisning 2023", "Norrby kommun", boards, whole)
    writers.word(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx")
    understood = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    said = [(line.label, known.of(line)) for table in understood.tables for line in table.lines]
    results = ("forvaltningens_resultat", "verksamhetens_resultat")
    assert [label for label, of in said if of and of.measure_code in results] == [
        "Skolnämnden",
        "Socialnämnden",
        "Finansförvaltning",
        "Totalt",
    ]
    assert known.orientation.cost_sign == 1


def test_parts_of_one_unit_have_no_sum_of_all_and_results_on_both_sides_are_no_net_costs(
    tmp_path: Path,
) -> None:
    def table_of(title: str, rows: list[list[str]]) -> Table:
        head = ["Verksamhet", "Utfall 2023", "Budget 2023", "Avvikelse"]
        columns = ["label", "outcome 2023", "budget 2023", "deviation 2023"]
        return Table(title, [head], columns, rows, "tkr")

    def understood(*blocks: str | Table):
        writers.word(
            replace(HAVSTA, blocks=("# Bokslut 2023", "Skolnämnden", *blocks)),
            tmp_path / "report.docx",
        )
        found = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
        return found, concepts.build(found, *reporter.administration(found))

    costs = table_of(
        "Nettokostnad per verksamhet (tkr)",
        [
            ["Förskola", "1 400", "1 500", "100"],
            ["Grundskola", "2 963", "2 894", "-69"],
            ["Fritid", "300", "310", "10"],
            ["Totalt", "4 663", "4 704", "41"],
        ],
    )
    schools = table_of(
        "Resultat per skola (tkr)",
        [
            ["Almskolan", "1 613", "1 544", "-69"],
            ["Ekskolan", "1 350", "1 350", "0"],
            ["Summa skolor", "2 963", "2 894", "-69"],
        ],
    )
    found, known = understood(costs, schools)
    whole = [
        line.label
        for made in found.tables
        for line in made.lines
        if (of := known.of(line)) and of.measure_code == "forvaltningens_resultat"
    ]
    assert whole == ["Totalt"]
    assert known.orientation.is_net_cost
    results = table_of(
        "Resultat per enhet (tkr)",
        [
            ["Norra", "412", "235", "177"],
            ["Södra", "-189", "-230", "41"],
            ["Östra", "164", "210", "-46"],
            ["Västra", "-162", "-370", "208"],
            ["Summa", "225", "-155", "380"],
        ],
    )
    _, known = understood(results)
    assert not known.orientation.is_net_cost


def test_a_comparison_with_another_year_is_none_with_the_target(tmp_path: Path) -> None:
    said = "Andelen nöjda är högre än året innan men två procentenheter under målvärdet."
    own = "Andelen nöjda är högre än målvärdet."
    made = Table(
        "Indikatorer",
        [["Indikator", "Målvärde 2023", "Utfall 2023", "Utfall 2022"]],
        ["label", "target 2023", "outcome 2023", "outcome 2022"],
        [["Nöjda, %", "75", "73", "70"], ["Trygga, %", "80", "81", "82"]],
    )
    blocks = ("# Bokslut 2023", "Socialnämnden, Sundby kommun", made, said, own)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [said, own])
    told = [[c.printed_text for c in found[s] if c.kind == "target_direction"] for s in (said, own)]
    assert told == [["under målvärdet"], ["högre än målvärdet"]]


def test_a_result_that_work_gives_and_a_fall_before_the_year_are_not_claimed(
    tmp_path: Path,
) -> None:
    said = [
        "Förskolan får fler besök. Det ger resultat.",
        "Nöjdheten låg stilla efter två års fall.",
    ]
    made = Table(
        "Nettokostnad, tkr",
        [["Verksamhet", "Budget 2023", "Utfall 2023", "Utfall 2022"]],
        ["label", "budget 2023", "outcome 2023", "outcome 2022"],
        [["Förskola", "-750", "-730", "-700"], ["Skola", "-800", "-810", "-820"]],
        "tkr",
    )
    rates = Table(
        "Indikatorer",
        [["Indikator", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Nöjdhet, %", "70", "73"], ["Trygghet, %", "80", "81"]],
    )
    blocks = ("# Bokslut 2023", "Socialnämnden, Sundby kommun", made, rates, *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", said)
    directions = ("target_direction", "year_direction")
    assert [c.printed_text for s in said for c in found[s] if c.kind in directions] == []


def test_what_is_better_than_a_target_meets_it_and_each_noun_is_counted_by_its_own(
    tmp_path: Path,
) -> None:
    rows = Table(
        "Nyckeltal",
        [["", "Mål 2023", "2023"]],
        ["label", "target 2023", "outcome 2023"],
        [
            ["Handläggningstid anmälningar, dagar", "21", "18"],
            ["Deltagare i kulturskolan", "750", "718"],
            ["Inspektioner", "1 450", "1 388"],
            ["Kemikalier", "70", "74"],
            ["Hushåll med försörjningsstöd, i snitt per månad", "81", "84"],
            ["Försörjningsstöd", "91", "92"],
            ["Andel män", "37", "35"],
        ],
    )
    staff = Table(
        "Antal årsarbetare",
        [["Verksamhet", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Kulturskola", "18,2", "17,1"], ["Bibliotek", "24,5", "24,0"]],
    )
    said = {
        "Handläggningstiden är bättre än målet.": {("met", "handlaggningstid_anmalningar_dagar")},
        "Handläggningstiden ar battre an malet.": {("met", "handlaggningstid_anmalningar_dagar")},
        "Kulturskolan hade 17,1 årsarbetare.": {("", "kulturskola")},
        "Försörjningsstödet är 92.": {("", "forsorjningsstod")},
        "Av dem var 28 kvinnor och 8 män.": set(),
        "Störst är minskningen inom bibliotek.": set(),
        "Antalet inspektioner av kemikalier är oförändrat.": set(),
        "Insatsen Unga in kostade 2,4 mkr.": set(),
    }
    efforts = Table(
        "Deltagare i insatser",
        [["Insats", "Totalt 2023", "Kostnad 2023, tkr"]],
        ["label", "outcome 2023", "cost 2023 unit=tkr"],
        [["Unga in", "90", "2 410"], ["Grön rehab", "43", "1 360"]],
    )
    blocks = ("# Bokslut 2023", "Kulturnämnden", rows, staff, efforts, *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {s: {(c.stated, c.measure_code) for c in made} for s, made in found.items()} == said


def test_what_the_text_explains_and_takes_up_is_not_asked_about(tmp_path: Path) -> None:
    rows = Table(
        "Volymer",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Väntetid till boende, dagar", "38", "52"]],
    )
    said = {
        "Hemtjänstens underskott beror på övertid.": {("explanation", "hemtjanst")},
        "Hemtjänsten har ett underskott. Det förklaras av övertid.": {("explanation", "hemtjanst")},
        "Hemtjänsten har ett underskott.": set(),
        "Tiden att vänta på boende steg till 52 dagar.": {("mention", "socialnamnden")},
        "Boendet har 52 platser.": set(),
    }
    blocks = ("# Bokslut 2023", "Socialnämnden", POSITIVE_COSTS, rows, *said)
    writers.word(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx")
    understood = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    made = claims.read(understood, known)
    places = {p.line: p.text for p in understood.prose}
    found = {
        s: {
            (c.rule, c.unit_code)
            for c in made
            if places[c.line_first] == s and c.rule in ("explanation", "mention")
        }
        for s in said
    }
    assert found == said
    assert not any(c.is_comparable for c in made if c.rule in ("explanation", "mention"))


def test_a_figure_is_of_the_unit_and_of_the_investments_that_it_is_said_of(tmp_path: Path) -> None:
    staff = Table(
        "Personal",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Sjukfrånvaro (%)", "8,1", "7,4"]],
    )
    said = {
        "Inom hemtjänsten var sjukfrånvaron 9,3 procent.": {("sjukfranvaro", "hemtjanst")},
        "Hemtjänsten och särskilt boende följs noga. Hemtjänsten växer. Särskilt boende "
        "står still. Intäkterna uppgick till 70,8 mkr.": set(),
        "Av investeringarna återstår hälften, och överskottet flyttas till 2024.": set(),
        "Hemtjänsten växer. Dess sjukfrånvaro på 9,3 procent är den högsta i nämnden.": {
            ("sjukfranvaro", "hemtjanst")
        },
    }
    blocks = ("# Bokslut 2023", "Socialnämnden", POSITIVE_COSTS, staff, *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {s: {(c.measure_code, c.unit_code) for c in made} for s, made in found.items()} == said


def test_units_without_a_head_of_their_own_are_units_and_their_parts_are_not(
    tmp_path: Path,
) -> None:
    units = replace(
        POSITIVE_COSTS,
        title="Ekonomiskt utfall",
        head=[["", *POSITIVE_COSTS.head[0][1:]]],
        rows=[["Nettokostnader, tkr"], *POSITIVE_COSTS.rows],
    )
    parts = Table(
        "Antal personer",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Hemtjänst 1–3", "140", "152"], ["Hemtjänst 4–6", "98", "101"]],
        "count",
    )
    file = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", units, parts)), file)
    understood = document.understand(read(file), template.load(ROOT))
    named = concepts.build(understood, *reporter.administration(understood))
    first, second = ([named.lines[id(li)] for li in t.lines] for t in understood.tables)
    assert [c.measure_code for c in first] == [concepts.RESULT_OF_UNIT] * 2 + [concepts.RESULT]
    assert len({(c.measure_code, c.unit_code) for c in second}) == 2


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Museum", "museet museer museernas"),
        ("Förskola", "förskolan förskolor förskolornas"),
        ("Besökare", "besökarna"),
        ("Teknikprogram", "teknikprogrammet"),
        ("Likvida medel", "likvida medlen"),
        ("Eget kapital", "egna kapitalet"),
        ("Särskilt boende", "särskilda boendet"),
        ("VA", "va-verksamheten"),
    ],
)
def test_a_name_is_known_in_its_other_forms(name: str, forms: str) -> None:
    *first, _ = name.split()
    for last in forms.split()[len(first) :]:
        said = [*forms.split()[: len(first)], last]
        assert any(
            len(form) == len(said) and all(p.fullmatch(w) for p, w in zip(form, said, strict=True))
            for form in forms_of(name)
        ), (name, said)


def test_units_that_stand_beside_each_other_are_two_however_alike(tmp_path: Path) -> None:
    rows = [
        ["Gymnasieskola", "238 640", "233 500", "-5 140", "226 900"],
        ["Gymnasiesärskola", "21 870", "22 700", "830", "21 310"],
        ["Totalt", "260 510", "256 200", "-4 310", "248 210"],
    ]
    file = tmp_path / "report.docx"
    blocks = ("# Bokslut 2023", replace(POSITIVE_COSTS, rows=rows))
    writers.word(replace(HAVSTA, blocks=blocks), file)
    understood = document.understand(read(file), template.load(ROOT))
    named = concepts.build(understood, *reporter.administration(understood))
    (table,) = understood.tables
    assert len({named.lines[id(line)].unit_code for line in table.lines}) == 3


def test_a_surplus_is_one_against_the_budget_where_the_only_result_is_a_net_cost(
    tmp_path: Path,
) -> None:
    kinds = replace(
        POSITIVE_COSTS,
        title="Resultat (tkr)",
        head=[["", *POSITIVE_COSTS.head[0][1:]]],
        rows=[
            ["Personalkostnader", "-6 842", "-6 750", "-92", "-6 530"],
            ["Nettokostnad", "-11 288", "-11 700", "412", "-11 427"],
        ],
    )
    said = "Nämndens resultat är ett överskott på 412 tkr jämfört med budget."
    blocks = ("# Bokslut 2023", "Socialnämnden, Sundby kommun", kinds, said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [said])
    assert "412 tkr deviation" in {told(claim) for claim in found[said]}


def test_a_figure_of_all_is_of_a_row_for_the_end_of_the_year_and_of_no_group(
    tmp_path: Path,
) -> None:
    balance = Table(
        "Balansräkning (mnkr)",
        [["", "Kommunen 2023", "Kommunen 2022", "Koncernen 2023"]],
        ["label", "outcome 2023", "outcome 2022", "outcome 2023 entity=koncernen"],
        [
            ["Eget kapital", "1 208,6", "1 167,3", "1 512,3"],
            ["Likvida medel vid årets slut", "135,3", "183,4", "201,7"],
        ],
        "mnkr",
    )
    said = {
        "Det egna kapitalet ökade med 41,3 mkr till 1 208,6 mkr.": {
            "41,3 mnkr change",
            "1 208,6 mnkr",
            "ökade",
        },
        "De likvida medlen uppgick till 135,3 mkr.": {"135,3 mnkr"},
        "Koncernens likvida medel uppgick till 201,7 mkr.": set(),
    }
    report = replace(HAVSTA, blocks=("# Bokslut 2023", balance, *said))
    found = claims_of(report, tmp_path / "report.docx", [*said])
    assert {s: {told(claim) for claim in made} for s, made in found.items()} == said


def test_a_word_of_two_names_is_neither_and_the_rest_of_something_is_not_all_of_it(
    tmp_path: Path,
) -> None:
    kinds = Table(
        "Fraktkostnader i mkr",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Räntor", "841,6", "884,3"], ["Övriga fraktkostnader", "16,8", "17,2"]],
        "mnkr",
    )
    water = Table(
        "Vatten",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [
            ["Producerat dricksvatten", "3 391", "3 412"],
            ["Sålt dricksvatten", "2 736", "2 729"],
        ],
        "count",
    )
    said = {
        "Fraktkostnaderna uppgick till 901,5 mkr.": set(),
        "Mängden dricksvatten uppgick till 3 412.": set(),
        "Mängden sålt dricksvatten uppgick till 2 729.": {"2 729"},
    }
    report = replace(HAVSTA, blocks=("# Bokslut 2023", kinds, water, *said))
    found = claims_of(report, tmp_path / "report.docx", [*said])
    assert {s: {told(claim) for claim in made} for s, made in found.items()} == said


def test_a_table_of_units_is_one_whatever_else_stands_beside_its_columns(tmp_path: Path) -> None:
    follow_up = Table(
        "Prognoser och utfall 2023, mnkr",
        [["Verksamhet", "Budget", "Tillägg", "Total budget", "Prognos apr", "Utfall", "Avvikelse"]],
        ["label", *["budget 2023"] * 3, "forecast 2023", "outcome 2023", "deviation 2023"],
        [
            ["Förskola", "198,4", "1,0", "199,4", "199,0", "197,1", "2,3"],
            ["Grundskola", "402,7", "0,0", "402,7", "410,2", "411,8", "-9,1"],
            ["Summa", "601,1", "1,0", "602,1", "609,2", "608,9", "-6,8"],
        ],
        "mnkr",
    )
    # An outcome that is called no more than that is no grant, and amounts of years no indicators.
    bare = replace(
        POSITIVE_COSTS,
        head=[["Avdelning", "Utfall helår", "Budget helår", "Avvikelse", "Utfall fg år"]],
    )
    years = Table(
        "Resultaträkning (mkr)",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [["Hyresintäkter", "173,4", "181,9"], ["Driftkostnader", "-68,5", "-71,2"]],
        "mnkr",
    )
    projects = Table(
        "Investeringar per projekt (mkr)",
        [["Projekt", "Årsbudget", "Utfall", "Avvikelse", "Projektbudget", "Upparbetat"]],
        ["label", "budget 2023", "outcome 2023", "deviation 2023", "budget 2023", "outcome 2023"],
        [
            ["Resecentrum", "55,0", "47,2", "7,8", "180,0", "92,6"],
            ["Gångbro", "6,0", "1,4", "4,6", "14,0", "1,9"],
            ["Summa", "61,0", "48,6", "12,4", "194,0", "94,5"],
        ],
        "mnkr",
    )
    file = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", follow_up, bare, years, projects)), file)
    table, other, last, built = document.understand(read(file), template.load(ROOT)).tables
    named = {column.head.text: column.name for column in table.number_columns}
    assert table.source_table == "driftsammandrag"
    assert next(c.name for c in other.number_columns) == "outcome"
    assert last.source_table != "namndindikatorer"
    called = {column.head.text: column.name for column in built.number_columns}
    assert [called[head] for head in ("Årsbudget", "Utfall", "Projektbudget", "Upparbetat")] == [
        "year_budget",
        "year_outcome",
        "approved_budget",
        "accumulated_outcome",
    ]
    assert (named["Total budget"], named["Budget"], named["Avvikelse"]) == (
        "budget",
        "",
        "deviation",
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Socialnämndens årsberättelse 2024", "Socialnämnden"),
        ("Verksamhetsberättelse för fastighetsnämnden år 2024", "Fastighetsnämnden"),
        ("Utfallet för nämnden blev 389,2 mnkr", "Förvaltningen"),
        ("Årsredovisning 2023 för Norrby kommun", "Norrby kommun"),
        ("Kommunstyrelsens ordförande har ordet", "Förvaltningen"),
        ("Hemsjukvårdens verksamhetsberättelse 2023", "Hemsjukvården"),
        ("Nordby Flygplats AB", "Nordby Flygplats AB"),
        ("Uppföljning av nämndens mål", "Förvaltningen"),
        ("Räddningstjänsten lyder under räddningsnämnden", "Räddningsnämnden"),
        ("Kvalitet enligt Socialstyrelsens undersökning", "Förvaltningen"),
        ("Verksamhetsberättelse 2022 för miljö- och byggnadsnämnden", "Miljö- och byggnadsnämnden"),
    ],
)
def test_the_administration_is_named_by_its_title(title: str, name: str, tmp_path: Path) -> None:
    writers.word(replace(HAVSTA, blocks=(f"# {title}", POSITIVE_COSTS)), tmp_path / "report.docx")
    understood = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
    assert reporter.administration(understood)[1] == name


def test_a_municipality_has_a_result_besides_what_its_boards_have_left(tmp_path: Path) -> None:
    whole = Table(
        "Resultaträkning, mnkr",
        [["", "Utfall 2023", "Utfall 2022", "Budget 2023"]],
        ["label", "outcome 2023", "outcome 2022", "budget 2023"],
        [
            ["Personalkostnader", "-1 317,8", "-1 227,8", "-1 301,5"],
            ["Eget kapital", "1 408,6", "1 421,0", "1 430,5"],
            ["Årets resultat, mnkr", "-12,4", "28,3", "9,5"],
        ],
        "mnkr",
    )
    boards = Table(
        "Driftredovisning per nämnd (mnkr)",
        [["Nämnd", "Budget 2023", "Utfall 2023", "Avvikelse"]],
        ["label", "budget 2023", "outcome 2023", "deviation 2023"],
        [
            ["Kommunstyrelsen", "142,3", "139,9", "2,4"],
            ["Socialnämnden", "512,7", "529,8", "-17,1"],
            ["Summa nämnder", "655,0", "669,7", "-14,7"],
        ],
        "mnkr",
    )
    said = {
        "Kommunen redovisar ett resultat på -12,4 mkr.": {("arets_resultat", "-12,4 mnkr")},
        "Kommunen gör ett underskott på 12,4 mkr.": set(),
        "Budgeterat resultat var 9,5 mkr.": set(),
        "Det egna kapitalet minskade med årets resultat till 1 408,6 mkr.": {
            ("eget_kapital", "1 408,6 mnkr"),
            ("eget_kapital", "minskade"),
        },
        "Kommunstyrelsen visar ett överskott på 2,4 mkr.": {
            ("verksamhetens_resultat", "2,4 mnkr deviation"),
            ("verksamhetens_resultat", "överskott"),
        },
        # Costs have no column of deviations here: less of them is more.
        "Personalkostnaderna blev 16,3 mkr högre än budget.": {
            ("personalkostnader", "-16,3 mnkr deviation")
        },
    }
    report = replace(
        HAVSTA, blocks=("# Årsredovisning 2023", "Norrby kommun", whole, boards, *said)
    )
    found = claims_of(report, tmp_path / "report.docx", [*said])
    assert {s: {(c.measure_code, told(c)) for c in made} for s, made in found.items()} == said


def test_names_and_words_that_a_scan_damaged_in_two_ways_are_found(tmp_path: Path) -> None:
    file = tmp_path / "scan.txt"
    file.write_text(
        "Verksamhetsberattelse 2023\nForvaltningen\n\nDriftsammandrag, nettokostnader\n"
        "Verksamhet, belopp Bokslut 2023 Budget 2023 Avvikelse\ntkr\n"
        "Foreningsst6d -50 960 -52 900 1940\nSimhallar -88 450 -83 900 -4 550\n"
        "Summa -139 410 -136 800 -2 610\n\n"
        "Féreningsstédet visar ett 6verskott pa 1,7 mnkr jamfért med budget.\n",
        encoding="utf-8",
    )
    found = document.understand(read(file), template.load(ROOT))
    known = concepts.build(found, *reporter.administration(found))
    made = {(c.unit_code, c.label, c.read_text) for c in claims.read(found, known)}
    # The warehouse knows the word, and not what the scan made of it.
    label = "Foreningsst6d: överskott"
    assert made == {("foreningsst6d", label, text) for text in ("1,7 mnkr", "6verskott")}


def test_shares_beside_net_costs_do_not_turn_their_sign(tmp_path: Path) -> None:
    costs = Table(
        "Nettokostnad per område (tkr)",
        [["Område", "Budget 2023", "Utfall 2023", "Avvikelse", "Andel av utfall, %"]],
        ["label", "budget 2023", "outcome 2023", "deviation 2023", "outcome 2023 percent"],
        [
            ["Hemtjänst", "-142 000", "-146 800", "-4 800", "42"],
            ["Särskilt boende", "-208 500", "-205 900", "2 600", "58"],
            ["Totalt", "-350 500", "-352 700", "-2 200", "100"],
        ],
        "tkr",
    )
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", costs)), tmp_path / "report.docx")
    found = document.understand(read(tmp_path / "report.docx"), template.load(ROOT))
    known = concepts.build(found, *reporter.administration(found))
    assert known.orientation.cost_sign == -1


def test_shares_and_the_largest_are_held_against_their_rows(tmp_path: Path) -> None:
    judged = Table(
        "Mått",
        [["Mått", "Mål 2023", "Utfall 2023"]],
        ["label", "target 2023", "outcome 2023"],
        [["Andel nöjda kunder (%)", "80", "82"], ["Antal besök", "900", "870"]],
    )
    wrong = (
        "Särskilt boende står för 58 procent av kostnaderna.",
        "Hemtjänsten utgör nu hälften av nettokostnaderna.",
        "Särskilt boende visar det största underskottet.",
        "Korttidsboende är den största verksamheten.",
    )
    right = (
        "Särskilt boende står för knappt 70 procent av kostnaderna.",
        "Hemtjänsten utgör en tredjedel av nettokostnaderna.",
        "Särskilt boende och hemtjänst står för 99 procent av kostnaderna.",
        "Hemtjänsten står för 12 procent av kommunens kostnader.",
        "Korttidsboende utgör 3 procent av hemtjänsten.",
        "Hemtjänsten visar det största underskottet.",
        "Särskilt boende är den största verksamheten.",
        "Särskilt boende ökade mest.",
    )
    rows = [*POSITIVE_COSTS.rows[:2], ["Korttidsboende", "3 000", "3 500", "500", "2 900"]]
    rows.append(["Summa socialnämnden", "353 497", "355 900", "2 403", "338 117"])
    blocks = ("# Bokslut 2023", "Socialnämnden", replace(POSITIVE_COSTS, rows=rows), judged)
    path = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=(*blocks, *wrong, *right)), path)
    understood = document.understand(read(path), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    places = {p.place: p.text for p in understood.prose}
    sentences = list(Reader(understood, known).sentences())
    found = (one.wrong() for one in statements.held(understood, sentences) if one.is_wrong)
    assert {places[one.place] for one in found} == {*wrong}


def test_a_table_whose_rows_are_budget_and_outcome_is_turned(tmp_path: Path) -> None:
    turned = Table(
        "Utfall per enhet 2023 (tkr)",
        [["", "Hemtjänst", "Särskilt boende", "Totalt"]],
        ["label", "outcome", "outcome", "outcome"],
        [
            ["Budget", "100", "300", "400"],
            ["Utfall", "110", "280", "390"],
            ["Avvikelse", "-10", "20", "10"],
        ],
    )
    said = {"Hemtjänsten redovisar ett underskott på 10 tkr.": {("-10 tkr", "hemtjanst")}}
    blocks = ("# Bokslut 2023", "Socialnämnden", turned, *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {
        s: {(c.read_text, c.unit_code) for c in made if c.kind == "value"}
        for s, made in found.items()
    } == said


def test_years_are_no_amounts_and_parts_by_gender_are_counted(tmp_path: Path) -> None:
    projects = Table(
        "Projekt (mnkr)",
        [["Projekt", "Budget", "Utfall 2023", "Klart"]],
        ["label", "budget 2023", "outcome 2023", "text"],
        [["Resecentrum", "148,0", "52,4", "2024"], ["Stråket", "36,5", "18,7", "2025"]],
    )
    patients = Table(
        "Patienter",
        [["", "2022", "2023"]],
        ["label", "outcome 2022", "outcome 2023"],
        [
            ["Inskrivna patienter", "598", "634"],
            ["– varav kvinnor", "379", "401"],
            ["– varav män", "219", "233"],
        ],
    )
    path = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", projects, patients)), path)
    first, second = document.understand(read(path), template.load(ROOT)).tables
    assert [c.kind for c in first.columns] == ["label", "number", "number", "text"]
    assert [(one.gender, one.unit_of_measure) for one in second.lines] == [
        (None, "count"),
        ("women", "count"),
        ("men", "count"),
    ]


def test_women_and_men_make_the_total_that_they_add_up_to(tmp_path: Path) -> None:
    people = Table(
        "Anställda och sjukfrånvaro",
        [["", "Kvinnor 2023", "Män 2023", "Totalt 2023", "Sjukfrånvaro 2023"]],
        ["label", "outcome 2023 women", "outcome 2023 men", "outcome 2023", "outcome 2023"],
        [
            ["Anställda i köken", "11", "6", "17", "3,9 %"],
            ["Kockar", "5", "1", "6", "6,3 %"],
            ["Anställda i skolorna", "30", "12", "42", "4,4 %"],
        ],
    )
    path = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", people)), path)
    (read_table,) = document.understand(read(path), template.load(ROOT)).tables
    assert [(r.name, r.result) for r in arithmetic.relations(read_table)] == [("genders", 2)]
    # The table is of two things: its title is the unit of measure of neither.
    assert heads.unit_in(people.title, inferred=True) is None
    assert heads.unit_in("Sjukfrånvaro och arbetsmiljö", inferred=True) == "percent"


def test_a_share_is_no_figure_of_a_row_of_money_and_of_counts(tmp_path: Path) -> None:
    of_one = "label", "outcome 2023"
    said = {"Vikby betalar 19 procent av avgifterna.": []}
    blocks = (
        "# Bokslut 2023",
        Table("Avgifter, tkr", [["Kommun", "2023"]], of_one, [["Vikby", "16 074"]], "tkr"),
        "Text.",
        Table("Insatser", [["Station", "Andel 2023"]], of_one, [["Vikby", "79 %"]]),
        *said,
    )
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {s: [c.read_text for c in made] for s, made in found.items()} == said


def test_no_word_says_which_of_two_rows_of_one_name_rose(tmp_path: Path) -> None:
    head, kinds = [["Program", "2023", "2022"]], ["label", "outcome 2023", "outcome 2022"]
    rows = [["Vård och omsorg", "113", "121"], ["Teknik", "150", "138"]]
    costs = [["Vård och omsorg", "118 400", "111 900"], ["Teknik", "99 300", "97 100"]]
    said = "Procentuellt ökade vård och omsorg mest."
    blocks = (
        "# Bokslut 2023",
        Table("Elever", head, kinds, rows),
        "Text.",
        Table("Kostnad per elev, kr", head, kinds, costs, "kr"),
        said,
    )
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [said])
    assert [c.stated for c in found[said] if c.kind == "year_direction"] == []


def test_a_target_that_a_sentence_says_was_reached_is_the_rows(tmp_path: Path) -> None:
    goals_of = Table(
        "Indikatorer",
        [["Indikator", "Mål 2023", "Utfall 2023", "Status", "Kommentar"]],
        ["label", "target 2023", "outcome 2023", "text", "text"],
        [
            ["Vattenavbrott, högst", "30", "34", "Ej uppfyllt", "Läcka i mars"],
            ["Nöjdhet lekplatser", "60", "65", "Uppfyllt", "Två nya"],
            ["Sjukfrånvaro", "5,5 %", "5,9 %", "Delvis uppfyllt", "Bättre"],
        ],
    )
    wrong = {
        "Målet om högst 30 vattenavbrott har uppnåtts.",
        "Nöjdheten med lekplatserna nådde inte målet.",
        "Sjukfrånvaron var 5,9 procent och uppfyller därmed målet.",
        "Vattenavbrotten når delvis målet.",
    }
    right = {
        "Målet om högst 30 vattenavbrott missades.",
        "Nöjdheten med lekplatserna överträffade målnivån.",
        "Nöjdheten med lekplatserna minskade inte och når målet.",
        "Målet att inte ha missnöjda på lekplatserna har uppnåtts.",
        "Sjukfrånvaron når inte målet.",
        # Of a year to come, and of nothing that a table has.
        "Målet om högst 30 vattenavbrott väntas uppnås.",
        "Nöjdheten med lekplatserna når inte målet för 2026.",
        "Bidragen till föreningarna nådde målet.",
    }
    path = tmp_path / "report.docx"
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", goals_of, *wrong, *right)), path)
    understood = document.understand(read(path), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    held = list(statements.held(understood, Reader(understood, known).sentences()))
    found = {one.sentence.text: one.wrong().rule for one in held if one.is_wrong}
    assert found == dict.fromkeys(wrong, "goal_status")
    made = {one.wrong().made for one in held if one.is_wrong}
    assert "utfallet är 34, målet 30, bedömt som ”Ej uppfyllt”" in made


def test_judgements_of_all_tables_are_counted_together(tmp_path: Path) -> None:
    head = [["Mått", "Mål 2023", "Utfall 2023", "Bedömning"]]
    kinds = ["label", "target 2023", "outcome 2023", "text"]
    one = Table("A", head, kinds, [["Antal lån", "80", "82", "Målet är uppnått"]])
    other = [["Antal besök", "9", "7", "Når inte målet"], ["Antal kurser", "9", "9", "Når målet"]]
    said = {"Tre mått följs. För två av dem är målet uppnått.": [("2", "alla_bedomningar")]}
    blocks = ("# Bokslut 2023", one, "Text.", Table("B", head, kinds, other), *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {
        s: [(c.read_text, c.total_of.removesuffix("_fulfilled")) for c in made]
        for s, made in found.items()
    } == said


def test_what_is_left_of_a_budget_is_no_level_of_a_row_called_result(tmp_path: Path) -> None:
    whole = Table(
        "Ekonomi, belopp i tkr",
        [["", "Utfall 2023", "Budget 2023", "Avvikelse"]],
        ["label", "outcome 2023", "budget 2023", "deviation 2023"],
        [
            ["Intäkter", "38 215", "42 600", "-4 385"],
            ["Kostnader", "-91 740", "-94 225", "2 485"],
            ["Resultat", "-53 525", "-51 625", "-1 900"],
        ],
        "tkr",
    )
    said = {
        "Nämnden redovisar ett resultat på minus 1,9 mkr.": set(),
        "Resultatet blev -1,9 mkr.": set(),
    }
    blocks = ("# Bokslut 2023", "Miljönämnden", POSITIVE_COSTS, whole, *said)
    found = claims_of(replace(HAVSTA, blocks=blocks), tmp_path / "report.docx", [*said])
    assert {s: {c.measure_code for c in made if c.measure_code} for s, made in found.items()} == (
        said
    )


def test_a_name_that_a_scan_spells_as_that_of_a_gender_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "scan.txt"
    rows = "Anställda\t120\t118\nAndel kvinnor\t80\t81\nAndel män\t20\t19\n"
    text = f"Bokslut 2023\n\nPersonal\nUppgift\t2023\t2022\n{rows}\nVi hade 120 anställda.\n"
    file.write_text(text, encoding="utf-8")
    found = document.understand(replace(read(file), is_scanned=True), template.load(ROOT))
    known = concepts.build(found, *reporter.administration(found))
    assert [claim.printed_text for claim in claims.read(found, known)] == ["120 anställda"]
