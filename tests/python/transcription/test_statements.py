"""What sentences say of how far two figures of a row are apart, and of a row's place among others:
the row by its nouns, in any form.

A sentence that may be of something else than a row is held against none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from bokslut.transcription.reading import claims, concepts, document, statements, template
from bokslut.transcription.reading.claims.claim import Claim
from bokslut.transcription.reading.claims.reader import Reader
from bokslut.transcription.reading.concepts import reporter
from bokslut.transcription.reading.readers import read
from bokslut.transcription.reading.statements import doubts
from transcription import writers
from transcription.invented import HAVSTA, Table, table

Statement = tuple[statements.Held | statements.Placed, str]

COSTS = table("""Nettokostnader per verksamhet (tkr)
Verksamhet|Budget 2023|Utfall 2023|Avvikelse|Utfall 2022
label|budget 2023|outcome 2023|deviation 2023|outcome 2022
Förskola|50 000|51 200|-1 200|48 700
Elevhälsa|9 000|9 230|-230|8 800
Läromedel|4 000|4 520|-520|4 100
Trafikkostnader|7 400|7 300|100|7 100
Park och grönytor|6 400|6 180|220|6 050
Summa|76 800|78 430|-1 630|74 750
= tkr
""")
ADVICE = table("""Rådgivning (tkr)
Enhet|Budget 2023|Utfall 2023|Utfall 2022
label|budget 2023|outcome 2023|outcome 2022
Budget- och skuldrådgivning|3 100|3 100|2 900
Summa|3 100|3 100|2 900
= tkr
""")
PROJECTS = table("""Investeringsprojekt (tkr)
Projekt|Budget 2023|Utfall 2023
label|budget 2023|outcome 2023
Ny lekplats Fågelparken|2 400|2 515
Upprustning Stortorget|12 000|9 640
Konstgräsplan Vallen|7 200|6 900
Summa|21 600|19 055
= tkr
""")
COUNTS = table("""Verksamhetsmått
Mått|Mål 2023|2021|2022|2023
label|target 2023|outcome 2021|outcome 2022|outcome 2023
Brand i byggnad|120|121|134|118
Elever i gymnasieskola|3 100|2 950|3 010|3 045
Elever per lärare|13|12|13|14
Pensionsavgångar|50|58|61|49
Vattenläckor|35|34|41|29
Antagna detaljplaner|5|6|4|7
Utredningstid i dagar|100|112|108|99
Nöjda kunder (%)|80|79|81|82
Frånvaro över 20 dagar (%)|7,0|8,2|7,9|7,1
Sjukfrånvaro (%)|7,0|7,4|7,1|6,8
Resultat i procent av skatterna (%)|2,0|2,2|2,5|1,9
= count
= percent|Nöjda kunder (%)
""")
BESIDE_OTHERS = table("""Brukarundersökning
Fråga|2023|2022|Riket 2023|Liknande kommuner 2023
label|outcome 2023|outcome 2022|outcome 2023|outcome 2023
Trygga på äldreboende (%)|87|90|88|86
= percent
""")
VISITS = table("""Antal besök
Bibliotek|2022|2023
label|outcome 2022|outcome 2023
Huvudbibliotek|71 905|70 312
Filialbibliotek|31 240|29 880
Summa|103 145|100 192
= count
""")
PER_HEAD = table("""Ärenden per kommun
Kommun|2022|2023|Ärenden per 1 000 invånare 2023
label|outcome 2022|outcome 2023|outcome 2023
Tornby|612|628|16,2
Sandåker|248|251|14,1
= count
""")
NETS = table("""Bolagens resultat efter skatt (tkr)
Bolag|Budget 2023|Utfall 2023|Utfall 2022
label|budget 2023|outcome 2023|outcome 2022
Resultat i Energibolaget|-2 000|-4 100|-3 000
Resultat i Hamnbolaget|2 000|-4 000|1 000
= tkr
""")
AID = table("""Ekonomiskt bistånd
År|Hushåll|Kr per hushåll
label|outcome|outcome
2021|425|52 400
2022|402|51 505
2023|398|50 925
= count|Hushåll
= kr|Kr per hushåll
""")
INCOME = table("""Resultaträkning (tkr)
Post|Budget 2023|Utfall 2023|Avvikelse
label|budget 2023|outcome 2023|deviation 2023
Avgifter|9 100|9 400|300
Bidrag|7 300|8 012|712
Summa intäkter|16 400|17 412|1 012
Konsulter|-1 450|-1 985|-535
Personal|-12 300|-11 990|310
Summa kostnader|-13 750|-13 975|-225
= tkr
""")
COURSES = table("""Elever per kurs
Kurs|Flickor|Pojkar|Totalt
label|outcome 2023 women|outcome 2023 men|outcome 2023
Dans|148|19|167
Musik|120|80|200
= count
""")
VISITED = table("""Kontroller 2023
Område|Planerade kontroller|Genomförda kontroller|Med anmärkning
label|outcome 2023|outcome 2023|outcome 2023
Livsmedel|310|305|97
Hälsoskydd|120|118|21
= count
""")
UPKEEP = table("""Underhållsplan (tkr)
Del|Anslag|Upparbetat|Kvar
label|budget 2023|outcome 2023|deviation 2023
Tak|2 900|1 384|1 516
Fönster|2 070|1 670|400
Summa|4 970|3 054|1 916
= tkr
""")
PERMANENT = table("""Tillsvidareanställda
Yrke|Kvinnor 2023|Män 2023|Alla 2023
label|outcome 2023 women|outcome 2023 men|outcome 2023
Kockar|61|38|99
Snickare|4|11|15
Samtliga|65|49|114
= count
""")
WAITS = table("""Anspänningstid per station
Station|2022|2023
label|outcome 2022|outcome 2023
Bergstad, heltid|1,5|1,4
Kärrbo, deltid|6,3|6,1
= count
""")
MORE = (VISITS, AID, INCOME, COURSES, VISITED, UPKEEP, WAITS, PERMANENT)
WRONG = (
    "Andelen trygga på äldreboendet är 87 procent och högre än i riket.",
    "Andelen trygga på äldreboenden är lägre än hos liknande kommuner.",
    # The plural with another vowel in a compound, and in two words.
    "Byggnadsbränderna blev 26 färre än 2022.",
    "Antalet gymnasieelever ökade med 53 jämfört med föregående år.",
    "Läromedelskostnaderna översteg budgeten med 250 tkr.",
    "Lekplatsen i Fågelparken blev 155 tkr dyrare än planerat.",
    "Vi lagade 29 vattenläckor, fjorton färre än året innan.",
    "49 medarbetare gick i pension, nio färre än året innan.",
    "Kostnaden för trafiken steg med 3,8 procent.",
    "Parkerna lämnade ett underskott på 220 tkr.",
    "Elevhälsan blev 230 tkr billigare än budgeterat.",
    "Antalet byggnadsbränder sjönk från 143 till 118.",
    "Verksamheten kostade 78 430 tkr, vilket är 4 680 tkr mer än 2022.",
    # A piece of a compound beside another word, exact counts, last year before others.
    "Konstgräset på Vallen blev 300 tkr dyrare än beräknat.",
    "Sju detaljplaner antogs, två fler än 2022.",
    "Utredningstiden har blivit tolv dagar kortare och är nu 99 dagar.",
    "Kostnaden för elevhälsan ökade med 340 tkr till 9,2 mnkr.",
    "Läromedlen kostade 4 520 tkr och drog därmed över sin budget med 250 tkr.",
    "Andelen nöjda kunder är 82 procent, fyra procentenheter över målet.",
    "Andelen nöjda kunder är 83 procent, fem procentenheter över målet.",
    "Förskolan vände uppåt och har 2 300 tkr högre kostnad än 2022.",
    "Andelen nöjda kunder är 82 procent, en procentenhet lägre än 2022.",
    "Antalet byggnadsbränder har minskat med 5 procent på två år.",
    "Bränderna gick ned med 61 till 118.",
    "Målet för sjukfrånvaron överträffades med 0,9 procentenheter.",
    "Elevhälsan fick 230 tkr över.",
    "Lekplatsen i Fågelparken blev det enda projektet över budget, 155 tkr dyrare.",
    # Women and men beside each other.
    "Av de tillsvidareanställda är 65 kvinnor och 94 män.",
    "I musik är flickorna 120 och pojkarna 90.",
    # Levels: of a row, of a column of a table with years down, of a budget, between commas.
    "Filialbibliotekens besök fortsatte att minska och uppgick till 29 980.",
    "Genomsnittet per hushåll sjönk till 52 925 kronor.",
    "Konsultkostnaden, 1958 tkr, överskred budget med 535 tkr.",
    "Elevhälsan lämnar tillbaka 320 tkr.",
    "För läromedel användes 4 250 tkr.",
    "Totalt återstår 1961 tkr att föra över till 2024.",
    "Konstgräsplanen har kostat 6 990 tkr av budgeterade 7 200 tkr.",
    "Konstgräsplanen förbrukade 6 790 tkr.",
    "Huvudbiblioteket tog emot 73 012 besök.",
    "Anspänningstiden i Kärrbo var 5,1 minuter och klarade målet.",
    # Shares: of the sum, of women or men, of a row's own budget, of another of its columns.
    "Bidragen svarar för 64 procent av intäkterna.",
    "Konsulterna är den post som ökat mest, och personalen, som utgör 68 procent av kostnaderna, "
    "gick ned.",
    "I dans är pojkarna ännu få, 19 stycken, och utgör 16 procent av eleverna.",
    "Andelen pojkar bland elever i musik är 60 procent.",
    "Kvinnorna utgör 67 procent av medarbetarna.",
    "Inom hälsoskydd ledde ungefär var tredje kontroll till anmärkning.",
    "Upprustningen av Stortorget har använt drygt hälften av sitt anslag.",
    "Av de 305 genomförda kontrollerna gav 97 anmärkning, det vill säga 23 procent.",
    "Avgifter och bidrag svarar tillsammans för 88 procent av intäkterna.",
    "Jämfört med 2022 minskade antalet besök på huvudbiblioteket med 8 procent.",
    "Sjukfrånvaron var som högst 2021 med 7,4 procent och har sedan dess minskat med 0,9 "
    "procentenheter.",
    "Upprustningen av torget uppgick till 9 640 tkr, vilket motsvarar 90 procent av budgeten.",
)
RIGHT = (
    "Andelen trygga på äldreboendet är 87 procent, lägre än i riket men inte högre än länet.",
    "Andelen trygga på äldreboendet är högre än hos liknande kommuner.",
    "Byggnadsbränderna blev 16 färre än 2022.",
    "Antalet gymnasieelever ökade med 35 jämfört med föregående år.",
    "Elevhälsan överskred sin budget med 230 tkr och läromedlen med 520 tkr.",
    "Lekplatsen i Fågelparken blev 115 tkr dyrare än planerat.",
    "Vi lagade 29 vattenläckor, tolv färre än året innan.",
    "Kostnaden för trafiken steg med 2,8 procent.",
    "Parkerna lämnade ett överskott på 220 tkr.",
    "Andelen nöjda kunder är 82 procent, två procentenheter över målet.",
    "Vattenläckorna minskade från 41 till 29 men är fler än 2020.",
    "Förskolan kostade 2,4 mnkr mer än 2022.",
    "Läromedlen översteg budget med 520 tkr medan trafikkostnaderna blev 100 tkr lägre.",
    "Förskolan kostade 2 500 tkr mer än 2022.",
    "Utredningstiden är 99 dagar, tio dagar kortare än 2022.",
    "Målet för sjukfrånvaron överträffades med 0,2 procentenheter.",
    "Parkerna fick 220 tkr över.",
    "Lekplatsen i Fågelparken blev det enda projektet över budget, 115 tkr dyrare.",
    "Antalet byggnadsbränder sjönk från 134 till 118.",
    "Utredningstiden är 99 dagar, en förbättring jämfört med 108 året före.",
    "Verksamheten kostade 78 430 tkr, vilket är 3 680 tkr mer än 2022.",
    # Of others, of a part, of several together, of another noun, of a longer time, to come.
    "Antalet byggnadsbränder ska minska från 118 till 100.",
    "Vattenläckorna minskade med en tredjedel, och väntetiden dit blev tre dagar längre.",
    "Kostnaden för vikarier i förskolan ökade med 300 tkr.",
    "Förskolan och elevhälsan har tillsammans ett underskott på 1 430 tkr.",
    "Antalet elever ökade med 12.",
    "Språkundervisningen överskred sin budget med 1,5 mnkr.",
    "Förskolan kostade 929 tkr per plats, 11 procent mer än 2022.",
    "Kvinnornas kostnader för elevhälsan ökade med 12 procent.",
    "Sjukfrånvaron sjönk; kvinnornas frånvaro minskade med 0,4 procentenheter.",
    "Under våren ökade kostnaderna för förskolan med 400 tkr.",
    "Elevhälsans kostnader per elev ökade med 2 procent.",
    "Vi lagade 29 vattenläckor, 4 fler än grannkommunen.",
    "Upprustningen av Stortorget och torgets belysning blev 900 tkr dyrare än planerat.",
)
UNHELD = (
    "Filialbibliotekens besök uppgick till 29 880, mot 31 240 året innan.",
    "Genomsnittet per hushåll sjönk till 50 925 kronor.",
    "Konsultkostnaden, 1985 tkr, överskred budget med 535 tkr.",
    "Elevhälsan lämnar ifrån sig 230 tkr.",
    "Bidragen svarar för 46 procent av intäkterna.",
    "Drygt två tredjedelar av avgifterna kom från grannkommunen.",
    "I dans är pojkarna ännu få, 19 stycken, och utgör 11 procent av eleverna.",
    "Andelen pojkar bland elever i musik är 40 procent.",
    "Kvinnorna utgör 57 procent av medarbetarna.",
    "Inom livsmedel ledde ungefär var tredje kontroll till anmärkning.",
    "Upprustningen av Stortorget har använt drygt tre fjärdedelar av sitt anslag.",
    "Totalt återstår 1916 tkr att föra över till 2024.",
    "Konstgräsplanen har kostat 6 900 tkr av budgeterade 7 200 tkr.",
    "Anspänningstiden i Kärrbo var 6,1 minuter och klarade målet.",
    "Av de 305 genomförda kontrollerna gav 97 anmärkning, det vill säga knappt en tredjedel.",
    "Upprustningen av torget uppgick till 9 640 tkr, vilket motsvarar 80 procent av budgeten.",
    "Huvudbiblioteket tog emot 70 312 besök.",
    "Där blev vattenläckorna 14 färre.",
    "Av de tillsvidareanställda är 65 kvinnor och 49 män.",
    "Bland de nyanställda är 65 kvinnor och 12 män.",
    "Bland cheferna är 61 kvinnor och 83 män.",
    # Levels and shares of a part, of others, of several rows together, of what is to come.
    "Filialbibliotekens besök av barn uppgick till 28 980.",
    "Filialbibliotekens besök väntas uppgå till 28 980.",
    "Sammanlagt hade biblioteken 100 192 besök.",
    "Målet för 2024 är 28 980 besök på filialbiblioteken.",
    "Huvudbibliotekets besök väntas stiga och filialbibliotekets besök till 28 980.",
    "Kostnaden för vikarier i elevhälsan var 9 320 tkr.",
    "Bidragen från regionen svarar för 64 procent av intäkterna.",
    "Bidragen utgör 64 procent av intäkterna i riket.",
    # Of several rows: what is not so, is to come, is a bound, or of a part.
    "Avgifter och bidrag svarar tillsammans inte för 88 procent av intäkterna.",
    "Avgifter och bidrag väntas tillsammans svara för 88 procent av intäkterna.",
    "Avgifter och bidrag svarar tillsammans för minst 88 procent av intäkterna.",
    "Avgifter och bidrag från staten svarar tillsammans för 88 procent av intäkterna.",
    "Avgifter och bidrag från kvinnor svarar tillsammans för 88 procent av intäkterna.",
)


STUDENTS = table("""Elever per program, antal
Program|2023|2022
label|outcome 2023|outcome 2022
Ekonomiprogrammet|260|251
Naturvetenskapsprogrammet|225|231
Samhällsvetenskapsprogrammet|235|229
Teknikprogrammet|217|204
Övriga program|301|310
Summa|1 238|1 225
= count
""")
SCHOOLS = table("""Elevenkät: andel positiva svar i procent
Skola|Trygghet 2023|Studiero 2023
label|outcome 2023|outcome 2023
Backaskolan|94|71
Ekbackens skola|87|79
Kyrkskolan|96|83
Riket|98|60
= percent
""")
ABSENCE = table("""Sjukfrånvaro i procent
Åldersgrupp|2022|2023
label|outcome 2022|outcome 2023
–29 år|8,1|8,5
30–49 år|8,2|7,6
50 år–|9,2|8,4
Samtliga|8,6|8,1
= percent
""")
MUNICIPALITIES = table("""Kostnad per invånare 2023, kronor
Kommun|Bibliotek|Simhall
label|outcome 2023|outcome 2023
Ekeryd|508|338
Tornby|462|301
Sandåker|537|365
Malmsjö|489|374
Liknande kommuner|598|322
= kr
""")
BY_GENDER = table("""Bemötande i hemtjänsten, andel nöjda i procent
Fråga|Kvinnor 2023|Män 2023|Totalt 2023
label|outcome 2023 women|outcome 2023 men|outcome 2023
Personalen lyssnar|84|88|85
Personalen har tid|71|74|72
Personalen kommer i tid|79|81|80
= percent
""")
STAFF = table("""Anställda per yrkesgrupp
Yrkesgrupp|Kvinnor 2023|Män 2023|Totalt 2023
label|outcome 2023 women|outcome 2023 men|outcome 2023
Lärare|61|38|99
Vaktmästare|4|11|15
Kockar|12|9|21
= count
""")
MEASURED = table("""Indikatorer
Indikator|Målvärde 2023|2021|2022|2023
label|target 2023|outcome 2021|outcome 2022|outcome 2023
Vattenläckor, antal|30|41|34|36
Nöjda besökare, %|≥ 80|78|79|81
Slutförda kurser, %|≥ 75|71|73|74
Väntetid, dagar|14|21|18|15
= percent|Nöjda besökare, %|Slutförda kurser, %
""")
BUILT = table("""Pågående projekt (tkr)
Projekt|Total budget|Slutprognos 2023
label|budget 2023|forecast 2023
Bron|14 000|15 500
Torget|9 000|9 400
Parken|6 000|5 800
Badhuset|22 000|22 000
= tkr
""")
COURSE = table("""Sökande per inriktning
Inriktning|2022|2023
label|outcome 2022|outcome 2023
Språkvetenskap|214|226
Idrottsvetenskap|168|241
Datavetenskaplig bas|142|239
Ekonomi|187|193
= count
""")
VOLUMES = table("""Volymer
Mått|2022|2023
label|outcome 2022|outcome 2023
Elevhälsans samtal|1 398|1 410
Samtal med lärare|1 190|1 204
= count
""")
BOUNDS = table("""Krav på avtalen
Krav|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Leveranser, minst|95|96
Fel, högst|5|4
Uppdrag, minst|40|38
Samtal per dag, snitt, minst|20|18
= count
""")
GOALS = table("""Nämndens mål
Mål|Bedömning
label|text
Trygga elever|Uppnått
Nöjda kunder|Delvis uppnått
Hållbar ekonomi|Ej uppnått
Rena sjöar|Uppnått
""")
PLACED = (
    COSTS,
    STUDENTS,
    SCHOOLS,
    ABSENCE,
    MUNICIPALITIES,
    BY_GENDER,
    STAFF,
    MEASURED,
    BUILT,
    GOALS,
    PER_HEAD,
    NETS,
    VOLUMES,
    COURSE,
    BOUNDS,
)
MISPLACED = (
    "Elevhälsan höll sin budget trots fler elever.",
    "Park och grönytor blev dyrare än budget.",
    "Förskolan kostade 51,2 mnkr och klarade därmed sin budget.",
    "Antalet vattenläckor minskade till 36.",
    "Andelen slutförda kurser blev 74 procent, och därmed är målet på minst 75 procent uppnått.",
    "Andelen nöjda besökare når inte målet.",
    "Väntetidsmålet uppfylldes.",
    "Andelen slutförda kurser blev 74 procent, vilket innebär att målet på 75 procent uppnåddes.",
    "Elevhälsan är den minsta verksamheten.",
    "Naturvetenskapsprogrammet är det största av alla program.",
    # Of all rows, and not of those with one ending.
    "Språkvetenskap är den näst största inriktningen.",
    "Andelen slutförda kurser ökade till 74 procent och hamnade därmed över målet.",
    "Av de fyra indikatorerna klarade vi bara två.",
    "Fyra av verksamheterna visar underskott.",
    "Tre av fyra nämndmål är helt uppnådda.",
    "Tre av fyra krav nådde målet.",
    "Tre av kraven nådde målet.",
    "Målet Hållbar ekonomi uppnåddes.",
    "Elevhälsan kostade 9 230 tkr, vilket är mindre än budgeterat.",
    "Elevhälsan kostade 9 230 tkr, lägre än 2022.",
    "Personalen har tid, och kvinnorna är nöjda men är fler än männen i alla yrkesgrupper.",
    "Högst frånvaro har de mellan 30 och 49 år.",
    "Malmsjö har högst kostnad av de fyra kommunerna för bibliotek.",
    "Elevhälsan redovisar det största underskottet, 0,2 mnkr.",
    "Ekonomiprogrammet har flest elever, 260, och Teknikprogrammet är näst störst.",
    "Naturvetenskapsprogrammet ökade mest.",
    "Lägst andel positiva svar om trygghet har Kyrkskolan.",
    "Nedgången i sjukfrånvaron var störst i gruppen 30–49 år.",
    "Biblioteken kostade 508 kronor per invånare i Ekeryd, mest av de fyra kommunerna.",
    "Räknat per invånare är simhallen dyrast i Sandåker, 365 kronor.",
    "Läromedlen är den enda verksamhet som visar underskott.",
    "Två av fem verksamheter visar underskott.",
    "Kvinnorna är mer nöjda än männen på samtliga tre frågor.",
    "Männen är i majoritet i alla yrkesgrupper.",
    "Bland programmen växte Samhällsvetenskapsprogrammet snabbast.",
    "Sjukfrånvaron minskade i samtliga åldersgrupper.",
    "Två av fyra indikatorer når sitt målvärde.",
    "Tre av fyra projekt väntas överskrida sin projektbudget.",
    "Tre av nämndens fyra mål är helt uppnådda.",
    "Antalet vattenläckor har minskat två år i rad.",
    "Väntetiden är 15 dagar, den längsta på tre år.",
    "Andelen slutförda kurser sjönk med två procentenheter och är nu den lägsta på tre år.",
)
WELL_PLACED = (
    "Förskolan redovisar det största underskottet, 1,2 mnkr, följt av läromedlen.",
    "Park och grönytor har det största överskottet, 220 tkr.",
    "Ekonomiprogrammet är det största programmet.",
    "Teknikprogrammet ökade mest, med 13 elever.",
    "Kyrkskolan har högst andel positiva svar om trygghet, näst högst är Backaskolan.",
    "Nedgången i sjukfrånvaron var störst i gruppen 50 år och äldre.",
    "Bibliotekens kostnad i Ekeryd är näst högst av de fyra kommunerna.",
    "Tre av fem verksamheter visar underskott.",
    "Männen är mer nöjda än kvinnorna på samtliga tre frågor.",
    "En av fyra indikatorer når sitt målvärde.",
    "Två av fyra projekt väntas överskrida sin projektbudget.",
    "Två av nämndens fyra mål är uppnådda.",
    "Andelen slutförda kurser har ökat två år i rad.",
    "Väntetiden är 15 dagar, den kortaste på tre år.",
    "Elevhälsan höll inte sin budget.",
    "Antalet vattenläckor ökade till 36.",
    "Andelen nöjda besökare når målet.",
    "I Tornby ökade ärendena med 16.",
    "Väntetidsmålet uppfylldes inte.",
    "Andelen slutförda kurser ökade till 74 procent och hamnade därmed under målet.",
    "Av de fyra indikatorerna klarade vi bara en.",
    "Tre av verksamheterna visar underskott.",
    "Två av verksamheterna visar underskott.",
    "Ett av kraven nådde målet.",
    "Datavetenskaplig bas är den näst största inriktningen.",
    "Två av kraven nådde målet.",
    "Elevhälsan kostade 9 230 tkr, vilket är mer än budgeterat.",
    # Of others, of a part, of rows that no table has, in no figures, in other years.
    "Resultat i Energibolaget blev lägre än budget.",
    "Resultat i Hamnbolaget minskade.",
    "Elevhälsan höll sin budget 2021.",
    "Elevhälsans köp av tjänster höll sin budget.",
    "Antalet vattenläckor minskade året före.",
    "Antalet vattenläckor ökade 2021 och 2022, en ökning 2022.",
    "Antalet vattenläckor har minskat med fem sedan 2021.",
    "Vaktmästarna är den yrkesgrupp där männen är flest.",
    "Antalet vattenläckor i tätorten minskade.",
    "Andelen män är högst bland lärare.",
    "Antalet vattenläckor ökade, den första ökningen under perioden.",
    "Teknikprogrammet är det största av de tekniska programmen.",
    "Backaskolan är en av skolorna med högst andel positiva svar.",
    "Elevhälsan hade det största underskottet under våren.",
    "Naturvetenskapsprogrammet är störst bland flickorna.",
    "Teknikprogrammet lockar flest elever från grannkommunerna.",
    "Elevhälsan väntas få det största underskottet 2024.",
    "Två av fem elever kommer från andra kommuner.",
    "I alla verksamheter utom två ökade kostnaden.",
    "Fyra av fem lärare är behöriga.",
    "Tre av fyra klagomål besvarades i tid.",
    "Tre av nämndens fyra mål är helt eller delvis uppnådda.",
    "Av de mindre programmen har Teknikprogrammet flest elever.",
    "Elevhälsan hade det största underskottet 2021.",
    "Störst avvikelse mot målet har elevhälsan.",
    "I Ekbackens skola nådde 79 procent minst godkänt.",
    "Nöjda besökare är den indikator som har högst värde efter slutförda kurser.",
    "Vattenläckorna är flest.",
    "Andelen nöjda besökare ökade efter två år i rad av minskningar.",
    "Andelen slutförda kurser är den högsta sedan 2022, i fasta priser räknat.",
)


OFFICES = table("""Anställda per förvaltning
Förvaltning|2022|2023
label|outcome 2022|outcome 2023
Barn- och utbildningsförvaltningen|1 237|1 262
Socialförvaltningen|880|874
= count
""")
HALLS = table("""Besök
Anläggning|2022|2023
label|outcome 2022|outcome 2023
Besök i simhallen|103 145|100 192
Sporthallen|31 240|29 880
= count
""")
SATISFIED = table("""Nöjda, procent
Fråga|Kvinnor 2023|Män 2023|Totalt 2023|Totalt 2022
label|outcome 2023 women|outcome 2023 men|outcome 2023|outcome 2022
Trygghet|92,4|96,1|93,2|91,3
= percent
""")
LEAVE = table("""Sjukfrånvaro per avdelning, procent
Avdelning|2022|2023
label|outcome 2022|outcome 2023
Sjukfrånvaro|6,1|6,4
Norra|5,1|5,9
Södra|7,0|6,2
= percent
""")
LINES = table("""Väntetid per mottagning, dagar
Mottagning|Mål 2023|2023
label|target 2023|outcome 2023
Norra|14|12
Södra|14|16
= count
""")
TERMS = table("""Villkor
Villkor|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Leveranser, minst|95|96
Uppdrag, minst|40|38
Besök, minst|20|22
= count
""")
WITH_MEANS = replace(TERMS, rows=[*TERMS.rows, ["Medel per avtal", "20", "25"]])
CARE = table("""Nettokostnad (tkr)
Verksamhet|Utfall 2023
label|outcome 2023
Vård och omsorg|400
Omsorg|100
Skola|300
Fritid|200
Summa|1 000
= tkr
""")
PERMITS = table("""Kostnader och intäkter per enhet (tkr)
Enhet|Budget 2023|Utfall 2023
label|budget 2023|outcome 2023
Bygglovsverksamhet|4 600|4 520
Kart och mät|1 950|2 215
Summa|6 550|6 735
= tkr
""")
SCHOOL_YEARS = table("""Elever per skola
Skola|Elever 2022|Elever 2023
label|outcome 2022|outcome 2023
Almskolan|412|398
Bergaskolan|287|301
= count
""")
STATIONS = table("""Insatstid, minuter
Station|2022|2023
label|outcome 2022|outcome 2023
Hedvik|9,8|10,1
Lysfors|10,4|10,2
Ulvberg|17,5|18,1
= count
""")
SICK = table("""Personal
Mått|2022|2023
label|outcome 2022|outcome 2023
Sjukfrånvaro, %
Kvinnor|8,8|8,3
Män|5,6|6,0
= percent
""")
INQUIRIES = table("""Barn och unga
År|Orosanmälningar|Inledda utredningar|Soliditet, %|Årets resultat, tkr
label|outcome|outcome|outcome unit=percent|outcome unit=tkr
2019|284|121|9,8|210
2020|301|126|9,9|340
2021|329|138|9,0|-1 280
2022|347|151|8,6|-500
2023|371|149|8,3|-900
= count
""")
HOMES = table("""Boenden
Boende|Platser|Nöjda boende, %
label|outcome 2023|outcome 2023 unit=percent
Björkgården|48|84
Solängen|60|76
Ekbacken|28|88
""")
TARGETS = table("""Våra mål
Mått|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Väntetid särskilt boende, högst dagar|50|48
Elevplatser i kulturskolan, antal|380|369
= count
""")
CALLS = table("""Insatser efter typ
Typ|2020|2021|2022|2023
label|outcome 2020|outcome 2021|outcome 2022|outcome 2023
Stormskada|22|61|44|37
Hjälp till ambulans|96|118|152|171
Placerade barn i familjehem|34|36|39|37
Hembesök|400|380|240|190
= count
""")
SICK_BY_YEAR = table("""Sjukfrånvaro, %
År|Kvinnor|Män|Totalt
label|outcome gender=women|outcome gender=men|outcome
2021|6,2|4,9|5,4
2022|5,1|4,6|4,8
2023|5,5|4,1|4,6
= percent
""")
AIMS = table("""Nyckeltal
Nyckeltal|Mål 2023|Utfall 2023|Status
label|target 2023|outcome 2023|status
Fel åtgärdade inom 24 timmar, %|95|93|Ej nått
Nöjd kund-index|72|74|Nått
= percent
""")
UNITS = table("""Resultat per enhet (tkr)
Enhet|Utfall 2023|Budget 2023|Differens
label|outcome 2023|budget 2023|deviation 2023
Hamnen|4 120|2 350|1 770
Torget|-1 890|-2 300|410
Badet|985|1 150|-165
Parken|-1 620|-3 700|2 080
Summa|1 595|-2 500|4 095
= tkr
""")
BURNT = table("""Insamlat avfall, ton
Fraktion|2022|2023
label|outcome 2022|outcome 2023
Restavfall|3 400|2 490
Matavfall|2 600|2 510
Papper|4 000|5 000
Summa|10 000|10 000
= count
""")
BY_YEARS = table("""Särskilt boende
År|Platser|Ej verkställda beslut 31 december
label|outcome 2023|outcome 2023
2021|268|4
2022|276|14
2023|284|11
""")
REPLACED = table("""Investeringar, tkr
Projekt|Budget 2023|Utfall 2023|Avvikelse
label|budget 2023|outcome 2023|deviation 2023
Trygghetslarm, utbyte|1 800|1 916|-116
Välfärdsteknik|2 500|1 380|1 120
= tkr
""")
TENDED = table("""Andel invånare som är nöjda
Område|Kvinnor 2023|Män 2023
label|outcome 2023 gender=women|outcome 2023 gender=men
Skötsel av gator|49|48
Parker och lekplatser|73|68
Snöröjning|44|47
Gatubelysning|65|72
= percent
""")
SUBJECTS = table("""Elever i kulturskolan per ämne
Ämne|2022|2023
label|outcome 2022|outcome 2023
Musik|385|377
Dans|147|153
Teater|78|85
Bild|72|77
= count
""")
CONTENT_FIRMS = table("""Nöjda företagare, procent
Ärendetyp|2022|2023
label|outcome 2022|outcome 2023
Livsmedelskontroll|78|80
Serveringstillstånd|77|79
Brandtillsyn|81|83
= percent
""")
FIRMS_AIMED = table("""Nämndens mål
Mål|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Nöjda företagare totalt, procent|78|76
Personer utbildade i brandskydd, antal|1 200|1 345
""")
SPLIT_COSTS = table("""Utfall per verksamhet (mnkr)
Verksamhet|Budget 2023|Utfall 2023|Avvikelse 2023
label|budget 2023|outcome 2023|deviation 2023
Förskola|-158,2|-155,6|2,6
Grundskola|-271,5|-276,3|-4,8
Gymnasieskola|-190,6|-192,7|-2,1
Totalt|-620,3|-624,6|-4,3
= mnkr
""")
SPLIT_COSTS_BEFORE = table("""Nettokostnad (mnkr)
Post|2022|2023
label|outcome 2022|outcome 2023
Personal|401,2|424,9
Övrigt|188,4|199,7
Nettokostnad|589,6|624,6
= mnkr
""")
STAFF_BY_YEAR = table("""Anställda i kommunledningsförvaltningen 31 december
År|Kvinnor|Män|Totalt
label|outcome 2023 women|outcome 2023 men|outcome 2023
2021|104|52|156
2022|107|55|162
2023|109|58|167
= count
""")
SPLIT_STAFF = table("""Anställda per yrkesgrupp
Yrkesgrupp|Kvinnor|Män|Totalt
label|outcome 2023 women|outcome 2023 men|outcome 2023
Lärare i grundskolan|168|52|220
Förskollärare|71|3|74
Övriga|166|41|207
Totalt|405|96|501
= count
""")
VISITS_AND_LOANS = table("""Bibliotek
Mått|2022|2023
label|outcome 2022|outcome 2023
Besök på biblioteken|150 430|165 430
Lån på biblioteken|78 940|77 615
= count
""")
BY_HOME = table("""Andel nöjda enligt brukarundersökningen
Fråga|2022|2023|Riket 2023
label|outcome 2022|outcome 2023|outcome 2023
Särskilt boende, kvinnor|80|82|76
Särskilt boende, män|75|77|79
Hemtjänst, kvinnor|87|86|84
Hemtjänst, män|85|89|86
= percent
""")
ACROSS = table("""Deltagande efter kön, procent
|Aktiva låntagare|Nöjda med kulturutbudet
label|outcome 2023|outcome 2023
Kvinnor|61|69
Män|39|71
= percent
""")
STUDENTS_AND_STAFF = table("""Resultat i årskurs 9
Mått|Flickor 2022|Flickor 2023|Pojkar 2022|Pojkar 2023
label|outcome 2022 gender=women|outcome 2023 gender=women|outcome 2022 gender=men|\
outcome 2023 gender=men
Godkända, procent|77,3|76,1|72,9|74,2
= percent
""")
EMPLOYED = table("""Sjukfrånvaro bland de anställda
Mått|Kvinnor 2022|Kvinnor 2023|Män 2022|Män 2023
label|outcome 2022 gender=women|outcome 2023 gender=women|outcome 2022 gender=men|\
outcome 2023 gender=men
Frånvaro, procent|8,5|7,8|5,2|5,9
= percent
""")
SAME_AS_BEFORE = table("""Sjukfrånvaro i procent
|2022|2023
label|outcome 2022|outcome 2023
Samtliga|6,9|6,8
Kvinnor|7,5|7,5
Män|5,8|4,6
= percent
""")
FEW_MEN = table("""Anställda undersköterskor
|2022|2023
label|outcome 2022|outcome 2023
Undersköterskor|440|466
varav kvinnor|400|420
varav män|40|46
= count
""")
ACROSS_YEARS = table("""Deltagande efter kön, procent
|Låntagare 2022|Låntagare 2023|Nöjda 2022|Nöjda 2023
label|outcome 2022|outcome 2023|outcome 2022|outcome 2023
Kvinnor|58|61|72|69
Män|37|39|74|71
= percent
""")
ALL_UP = table("""Nettokostnad per enhet, tkr
Enhet|Utfall 2022|Utfall 2023
label|outcome 2022|outcome 2023
Biblioteken|23 100|24 010
Kulturskolan|16 800|17 420
Kansli|5 090|5 380
= tkr
""")
NETS = table("""Resultaträkning (mnkr)
Post|2022|2023
label|outcome 2022|outcome 2023
Intäkter|118,0|120,4
Kostnader|-706,2|-745,0
Nettokostnad|-588,2|-624,6
= mnkr
""")
HIRED_BY_SEX = table("""Tillsvidareanställda
|2021|2023
label|outcome 2021|outcome 2023
Tillsvidareanställda|196|187
varav kvinnor|124|116
varav män|72|71
= count
""")
BY_BOARD = table("""Tillsvidareanställda per förvaltning
31 december|2022|2023
label|outcome 2022|outcome 2023
Barn och utbildning|842|829
Vård och omsorg|915|938
Teknik|148|151
Kultur|76|74
Kommunen|1 981|1 992
= count
""")
SHORT_STAY = table("""Nettokostnad per verksamhet, tkr
Verksamhet|Budget 2023|Utfall 2023|Utfall 2022
label|budget 2023|outcome 2023|outcome 2022
Korttidsplatser|29 500|29 310|31 275
Hemsjukvård|38 600|38 120|36 905
= tkr
""")
SPENT = table("""Bidrag och köp
Post|Antal|Utbetalt, tkr
label|outcome 2023|outcome 2023 unit=tkr
Ledarskap|46|1 915
Anläggningar|21|2 284
Kurser|18|171
""")
BY_MONTH = table("""Automatlarm per månad
Månad|2022|2023
label|outcome 2022|outcome 2023
Juni|21|26
Juli|33|138
Augusti|29|31
= count
""")
SCHOOL_TOTAL = table("""Kommunens grundskolor
Enhet|Elever|Nettokostnad (mnkr)
label|outcome 2023|outcome 2023 unit=mnkr
Centralskolan|612|132,4
Björkskolan|284|143,9
Grundskola totalt|896|276,3
""")
INCOME_AND_COSTS = table("""Resultaträkning, tkr
|Budget 2023|Utfall 2023|Avvikelse|Utfall 2022
label|budget 2023|outcome 2023|deviation 2023|outcome 2022
Avgifter|8 200|8 640|440|7 980
Bidrag|3 100|2 870|-230|3 350
Summa intäkter|11 300|11 510|210|11 330
Personal|61 400|60 950|450|59 210
Lokaler|18 700|19 340|-640|18 020
Övrigt|9 300|8 710|590|9 040
Summa kostnader|89 400|89 000|400|86 270
Nettokostnad|78 100|77 490|610|74 940
= tkr
""")
SICK_BY_SEX = table("""Sjukfrånvaro i procent av ordinarie arbetstid
|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Totalt|7,4|6,9|6,6
Kvinnor|8,1|7,3|7,5
Män|5,2|5,8|4,6
= percent
""")
CONTENT_BY_SEX = table("""Nöjda elever i skolan efter kön, procent
Fråga|Flickor 2022|Flickor 2023|Pojkar 2022|Pojkar 2023
label|outcome 2022 gender=women|outcome 2023 gender=women|outcome 2022 gender=men|\
outcome 2023 gender=men
Trygg i skolan|83|79|88|90
Studiero|61|64|66|65
Nöjd med maten|58|62|54|63
= percent
""")
VISITED_PLACES = table("""Besök vid anläggningarna
Anläggning|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Simhallen|84 200|88 100|91 450
Isbanan|41 300|43 900|42 750
Gymmet|60 100|58 700|61 020
Konsthallen|12 400|11 950|13 480
Totalt|198 000|202 650|208 700
= count
""")
PER_INHABITANT = table("""Kostnad per invånare i jämförbara kommuner, kr
Kommun|2022|2023
label|outcome 2022|outcome 2023
Åmåla|1 842|1 905
Berga|1 760|1 811
Dalby|2 010|2 066
Ekeby|1 955|1 990
Furuby|1 702|1 748
= kr
""")
HIRED = table("""Medarbetare per kön
Mått|Kvinnor|Kvinnor|Män|Män
^|2023|2022|2023|2022
label|outcome 2023 gender=women|outcome 2022 gender=women|\
outcome 2023 gender=men|outcome 2022 gender=men
Sjukfrånvaro (%)|5,7|6,4|3,9|3,5
Låntagare (%)|63|64|37|36
= percent
""")
JUDGED = table("""Nämndens mål
Mål|Bedömning
label|status
Trygg vård|Delvis uppfyllt
Ekonomi i balans|Ej uppfyllt
Nöjda kunder|Uppfyllt
""")
BY_SCHOOL = table("""Sjukfrånvaro per verksamhet (%)
Verksamhet|2022|2023
label|outcome 2022|outcome 2023
Förskola|10,4|9,3
Fritidshem|7,1|7,2
= percent
""")
KINDS = table("""Kostnadsslag (tkr)
Slag|Utfall 2022|Utfall 2023
label|outcome 2022|outcome 2023
Personal|203 400|208 900
Köp av platser|38 100|41 200
Övriga kostnader|20 900|22 300
Intäkter|-26 300|-29 200
Summa|236 100|243 200
= tkr
""")
HANDLING = table("""Handläggningstid i veckor, median
Ärendetyp|2022|2023|Mål 2023
label|outcome 2022|outcome 2023|target 2023
Bygglov|6,1|4,7|10,0
Förhandsbesked|8,3|8,8|10,0
Strandskyddsdispens|8,5|9,3|8,0
= count
""")
LOANS = table("""Nämndens mål
Mått|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Lån per invånare, minst|8|6
Öppettimmar per vecka|40|42
= count
""")
PRICES = table("""Särskilda boenden
Boende|Platser|Kostnad per plats, tkr
label|outcome 2023|outcome 2023 unit=tkr
Björkalund|40|751
Lindgården|60|742
Solhaga|38|744
= count
""")
ABSENT = table("""Sjukfrånvaro i procent
Avdelning|2023 Kvinnor|2023 Män|2022 Kvinnor|2022 Män
label|outcome 2023 gender=women|outcome 2023 gender=men|\
outcome 2022 gender=women|outcome 2022 gender=men
Vård|10,2|8,1|9,6|7,4
Skola|7,3|5,2|7,9|5,6
Stab|6,1|4,1|5,8|4,4
= percent
""")
DEGREES = table("""Elever med examen, andel (%)
Skola|Flickor|Pojkar
label|outcome 2023 gender=women|outcome 2023 gender=men
Hamnskolan|84,6|79,3
Kommunens skolor|90,3|83,5
= percent
""")
SAFE = table("""Trygghet i skolan, andel (%)
Årskurs|Flickor|Pojkar
label|outcome 2023 gender=women|outcome 2023 gender=men
Årskurs 5|85|89
Årskurs 8|80|75
= percent
""")
CONTENT = table("""Nöjda brukare, andel (%)
Verksamhet|Helhet kvinnor|Helhet män
label|outcome 2023 gender=women|outcome 2023 gender=men
Hemtjänst|88|85
Särskilt boende|76|78
= percent
""")
HOURS = table("""Hemtjänstens timmar per enhet
Enhet|Beviljade timmar|Utförda timmar
label|budget 2023|outcome 2023
Centrum|61 200|54 468
Norr|38 400|35 328
Söder|74 400|63 233
Totalt|174 000|153 029
= count
""")
ALARMS = table("""Insatser efter händelsetyp
Händelsetyp|2022|2023
label|outcome 2022|outcome 2023
Automatlarm|371|348
Sjukvårdslarm|345|377
Trafikolycka|219|238
= count
""")
ADULTS = table("""Nettokostnad per verksamhet (tkr)
Verksamhet|Utfall 2022|Utfall 2023
label|outcome 2022|outcome 2023
Komvux|22 870|21 390
Gymnasium|118 900|121 400
= tkr
""")
RETIRED = table("""Rörlighet
Mått|Kvinnor 2022|Kvinnor 2023|Män 2022|Män 2023
label|outcome 2022 gender=women|outcome 2023 gender=women|\
outcome 2022 gender=men|outcome 2023 gender=men
Pensionsavgångar, antal|38|43|13|9
Nyrekryterade, antal|152|158|47|55
= count
""")
POINTS = table("""Besök och betyg
Mått|2022|2023
label|outcome 2022|outcome 2023
Besök konsthallen|22.340|27.615
Besök museet|12.120|12.480
Betyg konsthallen|3,4|3,6
Betyg museet|3,1|3,0
= count
""")
ENROLLED = table("""Kursdeltagare
Skolform|2022|2023
label|outcome 2022|outcome 2023
Komvux grundläggande|288|262
Komvux gymnasial|846|759
= count
""")
CULTURE = table("""Nettokostnad per verksamhet, tkr
Verksamhet|Utfall 2022|Budget 2023|Utfall 2023|Avvikelse
label|outcome 2022|budget 2023|outcome 2023|deviation 2023
Bibliotek|21 300|21 900|22 450|-550
Kulturskola|14 870|15 100|14 780|320
Museum|9 410|9 600|9 980|-380
Fritidsgårdar|7 300|7 450|7 120|330
Summa|52 880|54 050|54 330|-280
= tkr
""")
VISITORS = table("""Besök, antal
Anläggning|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Stadsbiblioteket|98 200|121 400|133 700
Museum|14 100|22 310|20 950
Badhus|61 000|84 500|90 120
Konsthall|8 100|9 900|11 240
= count
""")
STAFFED = table("""Medarbetare, årsarbetare
År|Kvinnor|Män|Totalt
label|outcome gender=women|outcome gender=men|outcome
2021|61,5|28,0|89,5
2022|63,0|27,5|90,5
2023|64,5|26,0|90,5
= count
""")
QUALIFIED = table("""Behörighet till gymnasiet per kön, procent
Grupp|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Flickor|87,9|88,4|89,3
Pojkar|83,0|88,1|86,9
Totalt|85,4|88,2|88,1
= percent
""")
PLANNED = table("""Förebyggande arbete, antal
Aktivitet|Plan 2023|Utfall 2023
label|budget 2023|outcome 2023
Tillsyn|120|104
Skolbesök|22|22
Hembesök|300|185
Utbildningar|40|43
= count
""")
REACHED = table("""Mål och resultat
Mål|Vi siktade på|Så gick det|Nådde vi dit?
label|target 2023|outcome 2023|status
Nöjda kunder, minst (%)|90|87|Nej
Heltid, minst (%)|70|71|Ja
Sjukfrånvaro, högst (%)|8|9|Nej
Fallskador, högst|40|36|Ja
""")
CHILDREN = table("""Antal barn och elever i genomsnitt
Verksamhet|2022|2023
label|outcome 2022|outcome 2023
Förskola|1 388|1 351
Grundskola|3 064|3 102
Summa|4 452|4 453
= count
""")
TIMES = table("""Handläggningstider, veckor i median
År|Bygglov|Anmälan|Förhandsbesked
label|outcome 2023|outcome 2023|outcome 2023
2021|6,8|3,0|8,9
2022|7,9|3,7|9,6
2023|5,4|2,6|9,8
""")
PUPILS = table("""Besök och utlån
Mått|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Fysiska utlån|143 200|139 450|134 720
Elever i kulturskolan|498|523|541
Utförda timmar|209 400|210 120|208 786
Beviljade timmar|238 100|241 030|239 984
= count
""")
TICKETS = table("""Deltagartillfällen per kön
Kön|2021|2022|2023
label|outcome 2021|outcome 2022|outcome 2023
Flickor|64 010|65 120|67 430
Pojkar|87 900|88 755|87 215
= count
""")
WAITING = table("""Väntetid till särskilt boende, dagar
År|Kvinnor|Män
label|outcome gender=women|outcome gender=men
2021|58|49
2022|71|66
2023|61|64
""")
EARNED = table("""Resultaträkning, mnkr
Post|Utfall 2022|Budget 2023|Utfall 2023
label|outcome 2022|budget 2023|outcome 2023
Avgifter|32,4|34,2|34,9
Bidrag|28,9|40,8|46,1
Summa intäkter|61,3|75,0|81,0
= mnkr
""")
GOAL_OF_GIRLS = table("""Målindikatorer
Indikator|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Andel flickor av deltagartillfällen, minst (%)|45,0|43,6
Nöjda deltagare, minst (%)|80|82
= percent
""")
STATIONED = table("""Insatser och responstid per station
Station|Insatser|Median responstid (min)
label|outcome 2023|outcome 2023
Skogmo|548|8,1
Hedunga|203|12,2
Norrtorp|128|14,3
""")
FEES = table("""Medlemsbidrag per kommun (tkr)
Kommun|2023
label|outcome 2023
Skogmo|3 100
Hedunga|8 200
Norrtorp|1 900
= tkr
""")
AT_HOMES = table("""Nyckeltal
Nyckeltal|2022|2023
label|outcome 2022|outcome 2023
Väntetid till särskilt boende, dagar|49|42
Besök i konsthallen|24 600|21 900
Personalomsättning, %|12,8|11,5
Placerade barn, antal|63|55
""")
AIMED = table("""Mål
Mål|Mål 2023|Utfall 2023
label|target 2023|outcome 2023
Väntetid till särskilt boende, högst (dagar)|60|42
""")
DAILY = table("""Deltagare per insats
Insats|Kvinnor|Män
label|outcome 2023 women|outcome 2023 men
Daglig verksamhet|66|80
Korttid|21|33
= count
""")
BY_LIBRARY = table("""Besök per bibliotek
Bibliotek|2022|2023
label|outcome 2022|outcome 2023
Centrum|60 300|66 330
Norra|31 100|33 070
Totalt|91 400|99 400
= count
""")
MEMBERS = table("""Medlemmar per kön
Kön|2022|2023
label|outcome 2022|outcome 2023
Flickor|52|48
Pojkar|30|35
= count
""")
HIRED_NOW = table("""Anställda
Grupp|2023
label|outcome 2023
Heltid|100
Deltid|95
Totalt|195
= count
""")
ALARM_COSTS = table("""Nettokostnad, tkr
Verksamhet|2022|2023
label|outcome 2022|outcome 2023
Larm och ledning|4 415|4 690
Heltid|31 240|33 180
= tkr
""")
ALONE: dict[str, tuple[Table | tuple[Table, ...], tuple[str, ...], tuple[str, ...]]] = {
    # Costs and income are two, and not one row and its next number.
    "costs": (
        COSTS,
        (
            "Förskolans kostnader ökade med 5,1 procent och intäkterna med 4,1 procent.",
            # Of a share of the row.
            "Läromedlens andel av kostnaderna, 6 procent, är lägre än 2022.",
            # No place.
            "För läromedlen är det en högsta nivå.",
            "Förskolans kostnader ökade med drygt 5 procent.",
            "Läromedlen ökade med 420 tkr, eller drygt 10 procent.",
        ),
        (
            "Förskolans kostnader ökade med 4,1 procent.",
            "Förskolans kostnader ökade med knappt 8 procent.",
            "Läromedlen ökade med 420 tkr, eller 20 procent.",
            "För läromedlen är nivån den högsta.",
        ),
    ),
    # An office is not those that its name begins with.
    "offices": (OFFICES, ("Barnen blev 37 färre.",), ("Socialförvaltningen blev 16 färre.",)),
    # What something came to may be another row's.
    "halls": (
        HALLS,
        (
            "Besöken minskade med 4,4 procent till 29 880.",
            "Besöken minskade med 2,9 procent till 100 192.",
        ),
        ("Besöken minskade med 4,4 procent till 100 192.",),
    ),
    # Women of this year are not held against all of the year before.
    "women": (
        SATISFIED,
        ("Tryggheten blev 1,9 procentenheter högre än 2022.",),
        ("Tryggheten blev 1,1 procentenheter högre än 2022.",),
    ),
    # The whole of a table by what it is of, and its parts of it.
    "whole": (
        CULTURE,
        (
            "Nettokostnaderna ökade med 2,7 procent jämfört med 2022.",
            "Biblioteken stod för mindre än hälften av nämndens nettokostnad.",
            "Biblioteken stod för mer än en tredjedel av nämndens nettokostnad.",
            "Biblioteken stod för knappt 42 procent av nämndens nettokostnad.",
            # Of one of its rows, by what was told before.
            "Museet byggdes om. Nettokostnaderna ökade med 6,1 procent jämfört med 2022.",
            "Resultatet är ett underskott på 280 tkr, vilket motsvarar 0,5 procent av budgeten.",
        ),
        (
            "Nettokostnaderna ökade med 3,7 procent jämfört med 2022.",
            "Biblioteken stod för mer än hälften av nämndens nettokostnad.",
            "Biblioteken stod för knappt 44 procent av nämndens nettokostnad.",
            "Resultatet är ett underskott på 280 tkr, vilket motsvarar 0,9 procent av budgeten.",
        ),
    ),
    "whole of two": (
        CHILDREN,
        ("Det totala antalet barn och elever ökade med 1.",),
        ("Det totala antalet barn och elever minskade med 35.",),
    ),
    "listed": (
        CULTURE,
        (
            "Två av fyra verksamheter höll inte sin budget, biblioteken och museet.",
            # Of another, or not all of them.
            "Två av fyra verksamheter höll inte sin budget, biblioteken och teatern.",
            "Två av fyra verksamheter höll inte sin budget, biblioteken och fritidsgårdarna hade "
            "vikarier.",
            "En av fyra verksamheter har högre kostnader än budget med mer än 400 tkr.",
            "Två av fyra verksamheter höll inte sin budget, däribland biblioteken.",
            "Två verksamheter redovisar underskott.",
            "En verksamhet redovisar underskott.",
            "Jämfört med budget blev kulturskolan 320 tkr billigare.",
            "Museet och biblioteken gick tillsammans 930 tkr över budget.",
            "Största avvikelsen har biblioteken, 550 tkr över budget.",
        ),
        (
            "Två av fyra verksamheter höll inte sin budget, biblioteken och fritidsgårdarna.",
            "Tre verksamheter redovisar underskott.",
            "Endast en verksamhet redovisar underskott.",
            "Jämfört med budget blev kulturskolan 320 tkr dyrare.",
            "Museet och biblioteken gick tillsammans 830 tkr över budget.",
            "Största avvikelsen har museet, 380 tkr över budget.",
        ),
    ),
    # Of costs a table of visits tells nothing.
    "costs of one": (
        (CULTURE, VISITORS),
        ("Museets kostnader ökade jämfört med 2022.", "Museets besök minskade jämfört med 2022."),
        ("Museets kostnader minskade jämfört med 2022.",),
    ),
    "more than": (
        VISITORS,
        (
            "Stadsbiblioteket hade fler besök än badhuset.",
            "Badhuset hade fler anställda än stadsbiblioteket.",
            "Konsthallen är större än badhuset.",
            "Högst betyg fick konsthallen.",
            "Badhusets besök ökade med 3,4 procent, till drygt 156 000.",
            "Badhuset hade fler besök än stadsbiblioteket under sommarlovet.",
            "Endast en av de fyra anläggningarna minskade sina besök.",
            "Flest besök hade stadsbiblioteket, följt av badhuset.",
            # Of what another row has.
            "700 besök är färre än 2022.",
            "Besöken i caféet ökade med 3,4 procent, till drygt 156 000.",
        ),
        (
            "Badhuset hade fler besök än stadsbiblioteket.",
            "Endast en av de fyra anläggningarna ökade sina besök.",
            "Flest besök hade stadsbiblioteket, följt av museet.",
        ),
    ),
    "of which": (
        STAFFED,
        (
            "Antalet årsarbetare var 90,5, varav 64,5 kvinnor.",
            "Av de 90,5 årsarbetarna är 26,0 män.",
            "Antalet tjänster var 47,5, varav 30,5 kvinnor.",
        ),
        (
            "Antalet årsarbetare var 90,5, varav 66,5 kvinnor.",
            "Av de 90,5 årsarbetarna är 26,5 män.",
        ),
    ),
    "sexes apart": (
        QUALIFIED,
        (
            "Skillnaden mellan könen har ökat jämfört med 2022.",
            "Skillnaden mellan könen har minskat sedan 2021.",
            "Skillnaden mellan flickor och pojkar är nu 2,4 procentenheter.",
            "Pojkarnas närvaro ökade med 1,5 procentenheter medan flickornas minskade med 0,4 "
            "procentenheter.",
            "Flickornas behörighet ökade med 0,9 procentenheter, medan pojkarnas minskade med 1,2 "
            "procentenheter.",
        ),
        (
            "Skillnaden mellan könen har minskat jämfört med 2022.",
            "Skillnaden mellan flickor och pojkar är nu 3,4 procentenheter.",
            "Pojkarnas behörighet ökade med 0,9 procentenheter, medan flickornas minskade med 1,2 "
            "procentenheter.",
        ),
    ),
    "plan": (
        PLANNED,
        ("Vi nådde planen på två av fyra aktiviteter.",),
        ("Vi nådde planen på tre av fyra aktiviteter.",),
    ),
    "yes and no": (
        REACHED,
        ("Två av våra fyra mål gick i hamn.", "Heltidsmålet nåddes."),
        ("Tre av våra fyra mål gick i hamn.",),
    ),
    # What is short is spelled out, and may be told again.
    "short": (
        VISITORS,
        (
            "Badhuset hade 5 620 fler besök jfr m. 2022.",
            "Konsthallen: 1 340 fler än 2022, upp 13,5 procent.",
        ),
        ("Konsthallen: 1 340 fler än 2022, upp 15,3 procent.",),
    ),
    "made": (
        VISITORS,
        ("Priset höjdes från 4 310 kr till 4 975 kr, innebärande en ökning med 665 kr.",),
        ("Priset höjdes från 4 310 kr till 4 975 kr, innebärande en ökning med 765 kr.",),
    ),
    # Columns of a table with the years down its rows are rows too.
    "turned": (
        TIMES,
        (
            "Handläggningstiden har förkortats för två av tre ärendetyper jämfört med 2022.",
            "Handläggningstiden för bygglov minskade jämfört med 2022.",
            "Handläggningstiden för anmälan är 1,1 veckor kortare än 2022.",
        ),
        (
            "Handläggningstiden har förkortats för samtliga tre ärendetyper jämfört med 2022.",
            "Handläggningstiden för bygglov ökade jämfört med 2022.",
        ),
    ),
    "old": (
        PUPILS,
        (
            "Kulturskolan hade 541 elever under 2023.",
            "Kulturskolan hade 523 elever under 2022.",
            "Kulturskolan hade 523 elever, som ska bli fler.",
            "De fysiska utlånen har minskat under hela perioden 2021–2023.",
            "De utförda timmarna motsvarar 87 procent av de beviljade.",
        ),
        (
            "Kulturskolan hade 523 elever under 2023.",
            "De fysiska utlånen har ökat under hela perioden 2021–2023.",
            "De utförda timmarna motsvarar 78 procent av de beviljade.",
        ),
    ),
    "moves": (
        TICKETS,
        (
            "Flickornas deltagartillfällen ökade med 2 310 medan pojkarnas minskade.",
            "Flickornas deltagande har ökat medan pojkarnas har minskat.",
            "Både flickornas och pojkarnas deltagande ökade 2022.",
        ),
        (
            "Pojkarnas deltagartillfällen ökade med 2 310 medan flickornas minskade.",
            "Pojkarnas deltagande har ökat medan flickornas har minskat.",
        ),
    ),
    "waiting": (
        WAITING,
        ("I år väntar män längre än kvinnor.", "I år reser kvinnor längre än män."),
        ("I år väntar kvinnor längre än män.",),
    ),
    "it is": (
        EARNED,
        (
            "Intäkterna uppgick till 81,0 mnkr. Det är 6,0 mnkr högre än budgeterat.",
            "Bidragen till andra uppgick till 12,3 mnkr. Det är 6,0 mnkr lägre än budgeterat.",
        ),
        ("Intäkterna uppgick till 81,0 mnkr. Det är 6,0 mnkr lägre än budgeterat.",),
    ),
    "goal of girls": (
        GOAL_OF_GIRLS,
        (
            "Målet för andelen flickor av deltagartillfällena har inte uppnåtts.",
            "Målet för nöjda deltagare har inte uppnåtts för flickor.",
        ),
        ("Målet för andelen flickor av deltagartillfällena har uppnåtts.",),
    ),
    # What another table has by chance makes no place true, and *större* is of something.
    "by chance": (
        (STATIONED, FEES),
        (
            "Norrtorp har den längsta responstiden.",
            "Högst betyg fick Norrtorp.",
            "Norrtorp är större än Skogmo.",
        ),
        ("Hedunga har den längsta responstiden.",),
    ),
    # A row and its target are one, and one that is called by less may be another.
    "one of two": (
        (AT_HOMES, AIMED),
        (
            "Väntetiden till särskilt boende minskade med 7 dagar.",
            "Besöken blev 3,5 procent fler.",
            "Personalkostnaderna ökade med 4,1 procent.",
            "Antalet barn minskade med 37 jämfört med 2022.",
            "Besöken i konsthallen minskade med 11 procent.",
        ),
        (
            "Väntetiden till särskilt boende minskade med 17 dagar.",
            "Besöken i konsthallen minskade med 17 procent.",
        ),
    ),
    "by its heading": (
        BY_LIBRARY,
        ("Norra byggdes om. Besöken ökade med 6,3 procent.", "Besöken ökade med 8,8 procent."),
        ("Besöken ökade med 6,3 procent.",),
    ),
    "another year": (
        CULTURE,
        (
            "Tre av fyra verksamheter redovisade underskott 2022.",
            "Nettokostnaden ökade med 4,2 procent i fasta priser.",
            "Ett museum kostade 9 980 tkr (2022: 9 140 tkr).",
            "Överskotten finns i kulturskolan (320 tkr) och fritidsgårdarna (330 tkr).",
            "Överskottet beror på vakanser i kulturskolan (210 tkr).",
            "Lokalerna finns i kulturskolan (14 290 tkr).",
        ),
        (
            "Tre av fyra verksamheter redovisade underskott.",
            "Nettokostnaden ökade med 4,2 procent.",
            "Överskotten finns i kulturskolan (320 tkr) och fritidsgårdarna (303 tkr).",
        ),
    ),
    "part time": (
        STAFFED,
        ("Vi var 90,5 årsarbetare, varav 12 kvinnor på deltid.",),
        ("Vi var 90,5 årsarbetare, varav 46,5 kvinnor.",),
    ),
    "two of each": (
        DAILY,
        ("I daglig verksamhet är kvinnorna 66 och männen 80.",),
        ("I daglig verksamhet är kvinnorna 80 och männen 66.",),
    ),
    "to what": (
        SICK,
        (
            "Kvinnornas sjukfrånvaro minskade till 8,3 procent, medan männens steg till 6,0 "
            "procent.",
            "Männens närvaro sjönk till 86,0 procent.",
        ),
        ("Sjukfrånvaron sjönk, men männens sjukfrånvaro sjönk till 6,0 procent.",),
    ),
    "of another row": (
        (TICKETS, MEMBERS),
        ("Pojkarnas antal har ökat medan flickornas har minskat.",),
        (),
    ),
    "of another sum": (
        (BY_LIBRARY, HIRED_NOW),
        ("Vid årets slut hade vi 195 anställda, tre färre än ett år tidigare.",),
        (),
    ),
    "of another figure": (
        ALARM_COSTS,
        ("700 larm är färre än 2022.",),
        ("Larm och ledning är lägre än 2022.",),
    ),
    # Of some rows, and of no other; two may be said of more, and not of fewer.
    "some": (
        LEAVE,
        ("En avdelning har minskat sin sjukfrånvaro.",),
        ("Två avdelningar har minskat sin sjukfrånvaro.",),
    ),
    # A share of women or men may be of all, whoever was told of before.
    "of all": (
        PERMANENT,
        (
            "Kockarna är 99 till antalet. Andelen män är 43 procent.",
            "Kockarna är 99 till antalet. Andelen män är 38 procent.",
        ),
        ("Kockarna är 99 till antalet. Andelen män är 55 procent.",),
    ),
    # The title says which way is better.
    "title": (LINES, ("Norra nådde målet.",), ("Södra nådde målet.", "Norra nådde inte målet.")),
    "years": (
        MEASURED,
        ("Andelen slutförda kurser är nu den högsta under de tre åren.",),
        ("Andelen slutförda kurser är nu den lägsta under de tre åren.",),
    ),
    "terms": (TERMS, ("Två av villkoren nådde målet.",), ("Tre av villkoren nådde målet.",)),
    # The row whose name has all the words is named, and no shorter one with it.
    "together": (
        CARE,
        ("Vård och omsorg samt skola utgör tillsammans 70 procent av nettokostnaden.",),
        ("Vård och omsorg samt skola utgör tillsammans 80 procent av nettokostnaden.",),
    ),
    # Fees are not what an office of that name costs.
    "fees": (
        PERMITS,
        ("Bygglovsavgifterna gav 320 tkr mer än budget.",),
        ("Bygglovsverksamheten kostade 320 tkr mer än budget.",),
    ),
    # Of some of a row, of which nothing is printed.
    "of some": (
        VISITS,
        ("Antalet besök på filialbiblioteken som ställts in var 29 880, mot 30 120 året innan.",),
        ("Antalet besök på filialbiblioteken var 29 880, mot 30 120 året innan.",),
    ),
    "where": (
        SCHOOL_YEARS,
        (
            "Störst blev tappet på Almskolan, där eleverna blev 14 färre.",
            "Störst blev tappet på Almskolan, där lärarna blev 24 färre.",
            "Störst blev tappet i grannkommunen, där eleverna blev 24 färre.",
        ),
        ("Störst blev tappet på Almskolan, där eleverna blev 24 färre.",),
    ),
    # Two rows, and the women and men of one.
    "between": (
        STATIONS,
        (
            "På Ulvberg tar det 8,0 minuter längre än i Hedvik.",
            "Skillnaden mellan Ulvberg och Hedvik är 7,7 minuter.",
            "På Ulvberg tar det 7,0 minuter längre än i grannkommunen.",
            # As all three are rounded.
            "Skillnaden mellan Ulvberg och Hedvik är 8,1 minuter.",
            # No slip of what they are apart.
            "På Ulvberg tar det 26,0 minuter längre än i Hedvik.",
        ),
        (
            "På Ulvberg tar det 7,0 minuter längre än i Hedvik.",
            "Skillnaden mellan Ulvberg och Hedvik är 6,0 minuter.",
            "Man väntar 7,0 minuter längre i Ulvberg än i Hedvik.",
        ),
    ),
    "sexes": (
        SICK,
        (
            "Kvinnornas frånvaro är högre än männens, men skillnaden har krympt till 2,3 "
            "procentenheter.",
            "År 2022 var kvinnornas frånvaro högre än männens, och skillnaden var 3,2 "
            "procentenheter.",
            "Kvinnornas lön är lägre än männens, och skillnaden är 4,2 procent.",
        ),
        (
            "Kvinnornas frånvaro är högre än männens, men skillnaden har krympt till 3,2 "
            "procentenheter.",
        ),
    ),
    # A share of a row, what a pronoun stands for, and each of several.
    "not the row": (
        INCOME,
        (
            "Personalens andel av kostnaderna, 86 procent, är högre än budget.",
            "Intäkterna blev 17 412 tkr, vilket är 1 012 tkr mer än budget, och det är bidragen "
            "som ligger bakom, eftersom de översteg budget med 712 tkr.",
            "Bidragen blev 8 012 tkr, tätt följda av konsulterna och avgifterna, som vart och ett "
            "blev 250 tkr högre än budget.",
        ),
        (
            "Intäkterna blev 17 412 tkr, vilket är 1 102 tkr mer än budget.",
            "Konsulterna blev billigare än budgeterat.",
        ),
    ),
    # Of an earlier year.
    "then": (
        VISITS,
        ("Före pandemin, 2019, hade huvudbiblioteket 79 312 besök.",),
        ("Huvudbiblioteket hade 79 312 besök.",),
    ),
    "from": (
        TARGETS,
        (
            "Väntetiden till särskilt boende minskade från 61 till 48 dagar.",
            "I våras hade vi 382 elevplatser.",
        ),
        ("Väntetiden till särskilt boende är 61 dagar.", "Vi hade 382 elevplatser."),
    ),
    # The numbers of one sentence.
    "within": (
        COSTS,
        (
            "I kommunen når flickorna 238 poäng och pojkarna 214, ett gap på 24 poäng.",
            "I kommunen når flickorna drygt 230 poäng och pojkarna 214, ett gap på 24 poäng.",
            "Köpta platser steg med 8,1 mnkr, det vill säga 12,1 procent, till 74,9 mnkr.",
            "Köpta platser sjönk med 8,1 mnkr, det vill säga 9,8 procent, till 74,9 mnkr.",
            "Övertiden ökade från 2 860 till 3 745 timmar, eller 31 procent.",
            "Övertiden ökade från 2 860 till 3 745 timmar, motsvarande 13 procent av all tid.",
            "Av 120 ansökningar beviljades 80, en skillnad på 12 mot förra året.",
        ),
        (
            "I kommunen når flickorna 238 poäng och pojkarna 214, ett gap på 34 poäng.",
            "Köpta platser steg med 8,1 mnkr, det vill säga 9,1 procent, till 74,9 mnkr.",
            "Övertiden ökade från 2 860 till 3 745 timmar, eller 13 procent.",
        ),
    ),
    # A column of a table by years; one step of what is printed is enough.
    "series": (
        INQUIRIES,
        (
            "Antalet inledda utredningar var något lägre än 2022.",
            "Antalet inledda utredningar var inte högre än 2022.",
            "Antalet inledda utredningar var högre än 2020.",
            "Budgeten för inledda utredningar är högre än 2022.",
            "Årets resultat, minus 900 tkr, är lägre än 2022.",
            "Soliditeten har försvagats och var 8,3 procent. Det är tredje året i rad den sjunker.",
        ),
        (
            "Trots trycket var antalet inledda utredningar något högre än 2022, 149 stycken.",
            "Soliditeten har försvagats och var 8,3 procent. Det är fjärde året i rad den sjunker.",
        ),
    ),
    # What an inquiry is called is no rise.
    "aside": (
        HOMES,
        (
            "Solängen, som är störst med sina 60 platser, får den lägsta andelen nöjda boende i "
            "årets undersökning.",
        ),
        (
            "Solängen, som är störst med sina 60 platser, får den högsta andelen nöjda boende i "
            "årets undersökning.",
        ),
    ),
    # Two years of a row, without a number.
    "since": (
        CALLS,
        (
            "Antalet barn placerade i familjehem har ökat sedan 2021.",
            "Antalet barn placerade i familjehem har inte ökat sedan 2022.",
            "Antalet barn i familjehem med jourplats har ökat sedan 2022.",
            "Stormskadorna ökade jämfört med 2022 till 2026.",
            "Hjälpen till ambulans har nästan fördubblats sedan 2020.",
            "Hembesöken har mer än halverats sedan 2020.",
        ),
        (
            "Antalet barn placerade i familjehem har ökat sedan 2022.",
            "Stormskadorna ökade under året.",
            "Hjälpen till ambulans har mer än fördubblats sedan 2020.",
            "Hembesöken har nästan halverats sedan 2020.",
        ),
    ),
    "peaks": (
        CALLS,
        (
            "Flest stormskador under perioden hanterades 2021.",
            "Stormskadorna var som flest 2021.",
            "Flest stormskador i länet under perioden hanterades 2022.",
        ),
        ("Flest stormskador under perioden hanterades 2022.", "Stormskadorna var som flest 2022."),
    ),
    "years of women": (
        SICK_BY_YEAR,
        (
            "Kvinnornas sjukfrånvaro ökade under året, medan männens minskade.",
            "Männens sjukfrånvaro har minskat sedan 2021.",
            "Sjukfrånvaron har minskat sedan 2022.",
        ),
        (
            "Kvinnornas sjukfrånvaro minskade under året, medan männens ökade.",
            "Männens sjukfrånvaro har ökat sedan 2021.",
        ),
    ),
    "aims": (
        AIMS,
        (
            "Akuta fel går fort: nöjd kund-index är bättre än målet.",
            "Fel åtgärdade inom 24 timmar är sämre än målet.",
        ),
        (
            "Fel åtgärdade inom 24 timmar är bättre än målet.",
            "Nöjd kund-index är sämre än målet.",
            "Fel åtgärdade inom 24 timmar är delvis uppfyllt.",
        ),
    ),
    # Of results that may be above their budgets.
    "off": (
        UNITS,
        (
            "Störst överskott har Hamnen.",
            "Störst överskott mot budget redovisar Parken.",
            "Hamnen och Parken visar tillsammans ett överskott mot budget på 3 850 tkr.",
            "Hamnen och Parken stod tillsammans för ett överskott på 3 400 tkr.",
            "Hamnen och Parken och grannbadet stod tillsammans för ett överskott på 3 580 tkr.",
        ),
        (
            "Störst överskott mot budget redovisar Hamnen.",
            "Hamnen och Parken stod tillsammans för ett överskott på 3 580 tkr.",
        ),
    ),
    # Since the year before, and what came before that.
    "of others or of a month": (
        VISITS_AND_LOANS,
        (
            "I riket var besöken på biblioteken 164 430.",
            "I februari, då huset byggdes om, var besöken på biblioteken 164 430.",
        ),
        ("Besöken på biblioteken var 164 430.",),
    ),
    "of a year first": (
        VISITS_AND_LOANS,
        ("År 2021 var besöken på biblioteken 164 430.",),
        ("År 2023 var besöken på biblioteken 164 430.",),
    ),
    "of another than the budget": (
        SPLIT_COSTS_BEFORE,
        ("Nettokostnaden har ökat med 5,9 procent och budgeten med 4,1 procent.",),
        ("Nettokostnaden har ökat med 9,5 procent och budgeten med 4,1 procent.",),
    ),
    "share of a year": (
        STAFF_BY_YEAR,
        ("Kvinnorna utgör 65 procent av de anställda.",),
        ("Kvinnorna utgör 56 procent av de anställda.",),
    ),
    "went on": (
        SICK_BY_SEX,
        ("Sjukfrånvaron fortsatte att sjunka under 2023.",),
        ("Sjukfrånvaron fortsatte att stiga under 2023.",),
    ),
    "whose women and men": (
        BY_HOME,
        ("I hemtjänsten är männen mest nöjda.", "I särskilt boende är kvinnorna mest nöjda."),
        ("I särskilt boende är männen mest nöjda.", "I hemtjänsten är kvinnorna mest nöjda."),
    ),
    "women and men down the rows": (
        ACROSS,
        ("Männen är mer nöjda med kulturutbudet än kvinnorna.",),
        ("Kvinnorna är mer nöjda med kulturutbudet än männen.",),
    ),
    "girls and not staff": (
        (STUDENTS_AND_STAFF, EMPLOYED),
        ("Pojkarnas resultat har förbättrats sedan 2022 medan flickornas har försämrats.",),
        ("Flickornas resultat har förbättrats sedan 2022 medan pojkarnas har försämrats.",),
    ),
    "as much in per cent": (
        HIRED_BY_SEX,
        (
            "Antalet tillsvidareanställda var 187. Sedan 2021 har kvinnor och män minskat.",
            "Tillsvidareanställda kvinnor har sedan 2021 minskat mer än män.",
        ),
        (
            "Antalet tillsvidareanställda var 187. Sedan 2021 har kvinnor och män minskat lika "
            "mycket.",
        ),
    ),
    "as before": (
        SAME_AS_BEFORE,
        ("Kvinnornas sjukfrånvaro minskade.", "Männens sjukfrånvaro minskade."),
        ("Männens sjukfrånvaro ökade.",),
    ),
    "further in per cent": (
        FEW_MEN,
        (
            "Undersköterskor som är män har ökat mer än kvinnor.",
            "Undersköterskor som är kvinnor har ökat mer än män.",
        ),
        (),
    ),
    "of one unit": (
        (INCOME_AND_COSTS, SHORT_STAY),
        (
            "Hemsjukvården har fått nya lokaler. Intäkterna minskade jämfört med 2022.",
            "Nettokostnaden översteg budget för hemsjukvården under våren.",
        ),
        ("Intäkterna minskade jämfört med 2022.",),
    ),
    "of one of two columns": (
        ACROSS_YEARS,
        ("Andelen låntagare ökade för både kvinnor och män.",),
        ("Andelen låntagare minskade för både kvinnor och män.",),
    ),
    "some of them at least": (
        ALL_UP,
        ("Två enheter ökade, två minskade.", "Tre enheter ökade."),
        ("Tre enheter minskade.",),
    ),
    "a sum of all boards": (
        BY_BOARD,
        ("Två förvaltningar minskade, två ökade.",),
        (
            "Två förvaltningar minskade, tre ökade.",
            "Tre förvaltningar hade färre anställda än 2022.",
        ),
    ),
    "aside of a row": (
        SHORT_STAY,
        (
            "Korttidsplatserna, där ett plan öppnades, kostade mindre än året innan.",
            "Hemsjukvården har lägre personaltäthet än 2022.",
        ),
        ("Korttidsplatserna, där ett plan öppnades, kostade mer än året innan.",),
    ),
    "the largest post": (
        SPENT,
        ("Anläggningar är den största posten.",),
        ("Ledarskap är den största posten.",),
    ),
    "a month that is a row": (
        BY_MONTH,
        ("Juli var den månad då vi hade flest automatlarm, 138 stycken.",),
        ("Juli var den månad då vi hade flest automatlarm, 183 stycken.",),
    ),
    "sum of the same name": (
        (NETS, SPLIT_COSTS, SCHOOL_TOTAL),
        ("Grundskolan svarar för 44 procent av nettokostnaden.",),
        ("Grundskolan svarar för 54 procent av nettokostnaden.",),
    ),
    "not what is counted": (
        BY_YEARS,
        (
            "Antalet ej verkställda beslut minskade under året.",
            "Ej verkställda beslut minskade under året.",
            "Antalet ej verkställda beslut minskade – inte ökade.",
        ),
        ("Antalet ej verkställda beslut ökade under året.",),
    ),
    "between two years": (
        VISITS_AND_LOANS,
        (
            "Biblioteken hade 165 430 besök, den högsta siffran sedan 2019 då de var 171 000.",
            "Besöken på biblioteken ökade mellan 2022 och 2023.",
        ),
        ("Lånen på biblioteken ökade mellan 2022 och 2023.",),
    ),
    "other unit": (
        REPLACED,
        (
            "Utbytet av trygghetslarm kostade 1 916 tkr.",
            "Hela utbytet av trygghetslarm beräknas kosta 19,2 mnkr.",
        ),
        ("Utbytet av trygghetslarm kostade 1 916 mnkr.",),
    ),
    "places of both sexes": (
        TENDED,
        (
            "Lägst är nöjdheten med snöröjning, det gäller både kvinnor och män.",
            "Kvinnorna är mest nöjda med parker och lekplatser.",
        ),
        ("Lägst är nöjdheten med skötseln av gator, det gäller både kvinnor och män.",),
    ),
    "next to": (
        SUBJECTS,
        ("Näst flest elever, efter musiken, har dans.",),
        ("Näst flest elever, efter musiken, har teater.",),
    ),
    "row of another table": (
        (FIRMS_AIMED, CONTENT_FIRMS),
        ("Högst andel nöjda företagare finns inom brandtillsyn.",),
        ("Högst andel nöjda företagare finns inom serveringstillstånd.",),
    ),
    "shares of costs": (
        (SPLIT_COSTS, SPLIT_STAFF),
        (
            "Grundskolan svarar för 44 procent av nettokostnaden.",
            "Förvaltningen hade 501 anställda, varav 81 procent kvinnor.",
        ),
        ("Grundskolan svarar för 54 procent av nettokostnaden.",),
    ),
    "sums": (
        INCOME_AND_COSTS,
        (
            "Intäkterna ökade jämfört med 2022.",
            "Kostnaderna ökade jämfört med föregående år.",
            "Nettokostnaden understeg budget.",
            "Lokalkostnaderna översteg budget.",
            "Personalkostnaderna är den största posten.",
            "Mest pengar går till personal.",
            "Kostnaderna per besök minskade.",
            "Intäkterna från kulturskolan minskade.",
        ),
        (
            "Intäkterna minskade jämfört med 2022.",
            "Kostnaderna minskade jämfört med föregående år.",
            "Nettokostnaden översteg budget.",
            "Kostnaderna blev högre än budget.",
            "Personalkostnaderna översteg budget.",
            "Lokaler är den största posten.",
        ),
    ),
    "sum by its title": (
        VISITED_PLACES,
        (
            "Det totala antalet besök ökade.",
            "Simhallen är den mest besökta anläggningen.",
            "Den mest uppskattade anläggningen är konsthallen.",
            "Gymmet är den näst mest besökta anläggningen.",
            "Isbanan hamnar på tredje plats.",
            "Besöken ökade vid tre av fyra anläggningar.",
            "Tre anläggningar ökade, en minskade.",
            "Tre anläggningar hade fler besök än 2022: simhallen, gymmet och konsthallen.",
        ),
        (
            "Det totala antalet besök minskade jämfört med 2022.",
            "Isbanan är den mest besökta anläggningen.",
            "Konsthallen hamnar på andra plats.",
            "Tre anläggningar ökade, två minskade.",
            "Tre anläggningar hade fler besök än 2022: simhallen, isbanan och konsthallen.",
        ),
    ),
    "among so many": (
        PER_INHABITANT,
        (
            "Åmåla har den tredje högsta kostnaden per invånare i jämförelsegruppen.",
            "Åmåla hamnar på tredje plats bland de fem kommunerna.",
            "I företagsklimatet hamnar Åmåla på andra plats.",
        ),
        (
            "Åmåla har den näst högsta kostnaden per invånare i jämförelsegruppen.",
            "Åmåla placerar sig på andra plats bland de fem kommunerna.",
        ),
    ),
    "of both sexes": (
        SICK_BY_SEX,
        (
            "Sjukfrånvaron minskade för männen men ökade för kvinnorna.",
            "Männens sjukfrånvaro minskade.",
            "Sedan 2021 har sjukfrånvaron minskat för både kvinnor och män.",
            "Sedan 2021 har männens och kvinnornas sjukfrånvaro minskat lika mycket.",
            "Korttidsfrånvaron minskade för både kvinnor och män.",
            "Kvinnornas sjukfrånvaro minskade inom biblioteken.",
            "Kvinnornas långtidssjukfrånvaro minskade.",
            "Männens medellön ökade mer än kvinnornas.",
        ),
        (
            "Sjukfrånvaron minskade, för både kvinnor och män.",
            "Kvinnornas sjukfrånvaro minskade.",
            "Männens sjukfrånvaro minskade mindre än kvinnornas.",
            "Sjukfrånvaron är 6,6 procent. Bland männen ökade den.",
        ),
    ),
    "girls and boys of several rows": (
        (SICK_BY_SEX, CONTENT_BY_SEX),
        (
            "Pojkarna är i högre grad än flickorna trygga i skolan.",
            "Nöjdheten med maten ökade för både flickor och pojkar.",
            "Pojkarnas nöjdhet med maten ökade mer än flickornas.",
            "Studieron ökade för flickorna.",
        ),
        (
            "Flickorna är i högre grad än pojkarna trygga i skolan.",
            "Flickornas nöjdhet med maten ökade mer än pojkarnas.",
            "Studieron ökade för både flickor och pojkar.",
        ),
    ),
    "of both": (
        HIRED,
        (
            "Sjukfrånvaron sjönk bland kvinnorna och steg bland männen.",
            "Sjukfrånvaron steg bland kvinnor i hela länet.",
        ),
        ("Sjukfrånvaron steg bland kvinnorna.",),
    ),
    "after": (
        CALLS,
        ("Hjälp till ambulans låg stilla efter två års fall.",),
        ("Hjälp till ambulans är färre än 2022.",),
    ),
    "most in": (
        CALLS,
        (
            "Flest hembesök togs emot 2020, då det var fullt.",
            # Of which rows is the most, in that year.
            "Flest var hembesöken 2022.",
        ),
        ("Flest hembesök togs emot 2022, då det var fullt.",),
    ),
    "at it": (
        CALLS,
        ("Där är läget bättre, och stormskadorna har blivit 9 färre.",),
        ("I år är läget bättre, och stormskadorna har blivit 9 färre.",),
    ),
    "negative": (
        COSTS,
        ("För elevhälsan noterades en negativ avvikelse mot budget på 230 tkr.",),
        ("För elevhälsan noterades en negativ avvikelse mot budget på 320 tkr.",),
    ),
    # The whole of a table, which are no men.
    "all of it": (
        BURNT,
        (
            "Restavfallet utgör 24,9 procent av mängden.",
            "Restavfallets andel av mängden uppgick till 24,9 procent.",
        ),
        (
            "Restavfallet utgör 29,4 procent av mängden.",
            "Restavfallets andel av mängden uppgick till 29,4 procent.",
            "Restavfallet uppgick till 29,4 procent av mängden.",
        ),
    ),
    "in part": (
        JUDGED,
        (
            "Målet Trygg vård bedöms som delvis uppfyllt.",
            "Målet Ekonomi i balans är nästan uppfyllt.",
        ),
        (
            "Målet Ekonomi i balans bedöms som delvis uppfyllt.",
            "Målet Trygg vård bedöms som helt uppfyllt.",
        ),
    ),
    # What is the highest is no bound, and another measure is not the table's.
    "highest": (
        BY_SCHOOL,
        (
            "Sjukfrånvaron i förskolan får vara högst 9,8 procent.",
            "Sjukfrånvaron i fritidshemmen, som är ett annat mått, är 7,5 procent.",
        ),
        (
            "Sjukfrånvaron i förskolan är högst, 9,8 procent.",
            "Sjukfrånvaron i fritidshemmen är 7,5 procent.",
        ),
    ),
    # Of what the sentence before speaks of.
    "it": (
        UNITS,
        (
            "Underskotten är få. Störst är det i Badet.",
            # What is told of besides is not what it is of.
            "Utfallet är högt i år trots underskotten. Störst är det i Hamnen.",
        ),
        ("Underskotten är få. Störst är det i Hamnen.",),
    ),
    "them": (
        TERMS,
        ("Nämnden har tre villkor. Två av dem nådde målet.",),
        ("Nämnden har tre villkor. Tre av dem nådde målet.",),
    ),
    # What went best is no level, and which way it went is not known.
    "best": (
        STATIONS,
        ("Bäst utveckling har Lysfors haft.", "Bäst utveckling har Ulvberg haft."),
        (),
    ),
    "not all": (CALLS, ("Alla typer minskade inte.",), ("Alla typer minskade.",)),
    # Costs are beside costs, and not beside an income below nought.
    "kinds": (
        KINDS,
        (
            "Köp av platser ökade mest i procent räknat.",
            "Kostnaderna i övrigt ökade med 6 900 tkr.",
        ),
        ("Personal ökade mest i procent räknat.", "Övriga kostnader ökade med 6 900 tkr."),
    ),
    # Rows of one measure have a target each.
    "handling": (
        HANDLING,
        ("Längst handläggningstid hade strandskyddsdispensen.",),
        (
            "Längst handläggningstid hade förhandsbeskeden.",
            "Bäst utveckling har förhandsbeskeden haft.",
        ),
    ),
    # What is dear costs most, and of the most is no cost.
    "dear": (
        PRICES,
        ("Dyrast är Björkalund.", "Flest platser har Lindgården."),
        ("Dyrast är Lindgården.", "Flest platser har Björkalund."),
    ),
    # Goals are of several measures.
    "goals": (LOANS, ("Högst är antalet lån per invånare.",), ("Lån per invånare nådde målet.",)),
    "areas": (
        replace(LOANS, head=[["Målområde", *LOANS.head[0][1:]]]),
        ("Högst är antalet lån per invånare.",),
        (),
    ),
    "both sexes": (
        ABSENT,
        (
            "I skolan sjönk frånvaron för både kvinnor och män.",
            "Kvinnorna i vården var borta mer än männen.",
            "Männen i vården var borta mer än kvinnorna 2019.",
            "Männens frånvaro i vården ökade mer än kvinnornas.",
            "I ingen avdelning var männen borta mer än kvinnorna.",
            "Kvinnorna i vården var inte borta mindre än männen.",
        ),
        (
            "I vården sjönk frånvaron för både kvinnor och män.",
            "I staben sjönk frånvaron för både kvinnor och män.",
            "I staben steg frånvaron för både kvinnor och män.",
            "Männen i vården var borta mer än kvinnorna.",
        ),
    ),
    "each for the other": (
        DEGREES,
        (
            "I kommunens skolor tog 90,3 procent av flickorna och 83,5 procent av pojkarna examen.",
            "Pojkarna på Hamnskolan är fler än pojkarna i fjol.",
        ),
        ("I kommunens skolor tog 83,5 procent av flickorna och 90,3 procent av pojkarna examen.",),
    ),
    "safer": (
        SAFE,
        (
            "I årskurs 8 är flickorna tryggare än pojkarna.",
            "I årskurs 8 är det flickorna som är mest trygga, en enhet före pojkarna.",
            "I årskurs 6 är flickorna tryggare än pojkarna.",
            "I årskurs 5 är flickorna nöjdare än pojkarna.",
            "I årskurs 5 är flickorna mest oroliga.",
            "Flickorna är tryggare än pojkarna.",
        ),
        (
            "I årskurs 5 är flickorna tryggare än pojkarna.",
            "I årskurs 5 är flickorna mest trygga.",
            "I årskurs 5 är det flickorna som är mest trygga, en enhet före pojkarna.",
        ),
    ),
    "content": (
        CONTENT,
        ("I hemtjänsten är kvinnorna mest nöjda med helheten.",),
        ("I hemtjänsten är männen mest nöjda med helheten.",),
    ),
    # Among girls is no share of them.
    "among": (
        COURSES,
        ("Bland flickor är andelen 86 procent i dans.",),
        ("Andelen flickor i dans är 86 procent.",),
    ),
    "alone": (
        HOURS,
        (
            "Centrum svarade ensamt för 36 procent av de utförda timmarna.",
            "Centrum svarade för 46 procent av de anställda timmarna till trots.",
        ),
        ("Centrum svarade ensamt för 46 procent av de utförda timmarna.",),
    ),
    # What a kind is called says what its rows are.
    "events": (
        ALARMS,
        ("Den vanligaste händelsen var sjukvårdslarm.",),
        ("Den vanligaste händelsen var automatlarm.", "Flest händelser gällde automatlarm."),
    ),
    "more of them": (
        CALLS,
        (
            "Placerade barn i familjehem blev färre under 2023.",
            "Hjälp till ambulans blev färre än planerat.",
            "Stormskadorna blev fler under 2021.",
            # Than what had been planned for, perhaps.
            "Stormskadorna blev högre under 2023.",
        ),
        ("Stormskadorna blev fler under 2023.",),
    ),
    # Of women and men together nothing is printed.
    "retired": (
        RETIRED,
        ("Pensionsavgångarna blev 52, en fler än året innan.",),
        ("Kvinnornas pensionsavgångar blev 43, en fler än året innan.",),
    ),
    "points": (
        POINTS,
        ("Konsthallen hade 27.615 besök.", "Konsthallen hade 5.275 fler besök än 2022."),
        ("Konsthallen hade 26.715 besök.",),
    ),
    # Only one of some names stands beside what is measured.
    "measured": (
        (ADULTS, ENROLLED),
        (
            "Nettokostnaden för komvux minskade med drygt 6 procent.",
            "Intäkterna från gymnasiet blev 600 tkr lägre än 2022.",
        ),
        (
            "Nettokostnaden för komvux minskade med knappt 16 procent.",
            "Gymnasiet kostade 600 tkr mindre än 2022.",
        ),
    ),
    "measured twice": (
        replace(ADULTS, rows=[*ADULTS.rows, ["Komvux distans", "1 000", "1 100"]]),
        ("Nettokostnaden för komvux minskade med knappt 16 procent.",),
        (),
    ),
    # Where a row stands beside no others, who says how many they are is believed.
    "terms with means": (WITH_MEANS, ("Tre av villkoren nådde målet.",), ()),
}


def held_in(blocks: Sequence[str | Table], path: Path) -> tuple[list[Statement], list[Claim]]:
    """The statements of a document of some blocks, with their texts, and its claims."""
    writers.word(replace(HAVSTA, blocks=("# Bokslut 2023", "Nämnden", *blocks)), path)
    understood = document.understand(read(path), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    places = {p.place: p.text for p in understood.prose}
    held = statements.held(understood, Reader(understood, known).sentences())
    return [(one, places[one.wrong().place]) for one in held], claims.read(understood, known)


def test_differences_that_no_figures_of_their_row_make_are_found_and_no_others(
    tmp_path: Path,
) -> None:
    blocks = (COSTS, ADVICE, PROJECTS, COUNTS, BESIDE_OTHERS, *MORE, *WRONG, *RIGHT, *UNHELD)
    held, read_too = held_in(blocks, tmp_path / "report.docx")
    assert {text for one, text in held if one.is_wrong} == {*WRONG}
    # What is right settles what the claims of the same words say.
    right = [one for one, _ in held if not one.is_wrong]
    assert len(right) > len(RIGHT) / 2
    assert any(one.says(claim) for one in right for claim in read_too)


def test_a_place_or_a_count_that_no_table_makes_true_is_found_and_no_others(
    tmp_path: Path,
) -> None:
    held, _ = held_in((*PLACED, *MISPLACED, *WELL_PLACED), tmp_path / "report.docx")
    assert {text for one, text in held if one.is_wrong} == {*MISPLACED}
    assert {*WELL_PLACED[:27]} <= {text for one, text in held}


@pytest.mark.parametrize(("made", "silent", "wrong"), ALONE.values(), ids=ALONE)
def test_what_a_sentence_is_of_is_told_from_what_is_beside_it(
    made: Table | tuple[Table, ...],
    silent: tuple[str, ...],
    wrong: tuple[str, ...],
    tmp_path: Path,
) -> None:
    tables = made if isinstance(made, tuple) else (made,)
    held, _ = held_in((*tables, *silent, *wrong), tmp_path / "report.docx")
    assert {text for one, text in held if one.is_wrong} == {*wrong}


def test_what_no_status_says_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    said = "Målet om elevplatser i kulturskolan är delvis uppfyllt."
    assert held_in((TARGETS, said), tmp_path / "report.docx")[0] == []


def test_a_rise_of_women_and_men_is_held_against_those_who_had_none(tmp_path: Path) -> None:
    said = "I staben steg frånvaron för både kvinnor och män."
    ((one, _),) = held_in((ABSENT, said), tmp_path / "report.docx")[0]
    assert "4,1" in one.wrong().made
    assert "4,4" in one.wrong().made


def test_girls_and_boys_are_called_so(tmp_path: Path) -> None:
    said = "I årskurs 5 är flickorna tryggare än pojkarna."
    ((one, _),) = held_in((SAFE, said), tmp_path / "report.docx")[0]
    assert one.wrong().made == "tabellen har 85 för flickor och 89 för pojkar"


@pytest.mark.parametrize(
    ("heading", "said", "is_found"),
    [
        ("Medarbetare", "Andelen kvinnor är 58 procent.", True),
        ("Medarbetare", "Andelen kvinnor är 71 procent.", False),
        ("Chefer", "Andelen kvinnor är 58 procent.", False),
    ],
)
def test_a_heading_may_say_of_whom_a_sentence_is(
    heading: str, said: str, is_found: bool, tmp_path: Path
) -> None:
    staff = table("""Medarbetare
Grupp|Kvinnor|Män|Totalt
label|outcome 2023 women|outcome 2023 men|outcome 2023
Medarbetare|64|26|90
= count
""")
    held = held_in((staff, f"## {heading}", said), tmp_path / "report.docx")[0]
    assert any(one.is_wrong for one, _ in held) == is_found


DOUBTED = (
    # Of a row that the tables do not have, of a year to come, of two years.
    "Andelen nöjda kunder var 85 procent i tätorten.",
    "Sjukfrånvaron förutspåddes minska.",
    "Målet om nöjda kunder höjs till 85 procent 2024.",
    "Sjukfrånvaron ökade på två år.",
    # Of what was named before.
    "Där ökade sjukfrånvaron till 7,3 procent.",
    # In another unit of measure, of one of several columns, of several rows.
    "För sena: 41 brandbesök och tio klagomål, andelen nöjda kunder 41.",
    "Sjukfrånvaron är bättre än målet med 0,4 procentenheter.",
    "Förskolans intäkter ökade med 2 500 tkr till 51 300 tkr.",
    "Antalet vattenläckor blev högre än 2022, 2 150 tkr.",
    "Dessa tre underskott summerar till 1 950 tkr.",
    # Of some, and of the one that the sentence before is about.
    "Två avdelningar har minskat sin sjukfrånvaro.",
    "Elevhälsan är större nu. Avdelningen har ökat sin sjukfrånvaro.",
    # Of a share of the row.
    "Vattenläckornas andel ökade under året.",
    "Andelen nöjda kunder motsvarar 85 procent av alla.",
)
SURE = (
    "Förskolan kostade 50 300 tkr.",
    "Andelen nöjda kunder var 85 procent.",
    "Sjukfrånvaron minskade till 6,9 procent.",
    "Antalet vattenläckor ökade under året.",
    "Antalet detaljplaner minskade på ett år.",
    # Who has a row says no more of it, and a row may be a share itself.
    "Den sjukfrånvaro som nämnden har kunnat få ned blev 7,8 procent.",
    "Resultatet motsvarar 2,9 procent av skatterna.",
    # Nor does when it is.
    "Vid årets utgång var antalet vattenläckor 25.",
)


def test_a_claim_whose_sentence_says_more_than_its_row_is_doubted(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    blocks = ("# Bokslut 2023", "Nämnden", COSTS, COUNTS, *DOUBTED, *SURE)
    writers.word(replace(HAVSTA, blocks=blocks), path)
    understood = document.understand(read(path), template.load(ROOT))
    known = concepts.build(understood, *reporter.administration(understood))
    places = {p.place: p.text for p in understood.prose}
    doubted = {places[one.partition(":")[0]] for one in doubts.doubtful(understood, known)}
    claimed = {places[c.place] for c in claims.read(understood, known) if c.is_comparable}
    assert {*DOUBTED} <= doubted
    assert not doubted.intersection(SURE)
    assert {*SURE} <= claimed
