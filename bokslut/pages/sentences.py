"""Swedish sentences about rows of the `rpt_` models, as Markdown with links to the trail.

Each takes rows and writes them: the comparisons, signs and ranks are columns of the models.
"""

from __future__ import annotations

from decimal import Decimal

from bokslut.pages.data import Report, Row
from bokslut.pages.text import text
from bokslut.swedish import SPACE, size

WORDS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"]
WORDS += ["elva", "tolv"]


def counted(value: int, common: bool = False) -> str:
    """A count in words up to twelve, as Swedish writes them: `nio`, `ett` (or `en`), `14`."""
    if value == 1 and common:
        return "en"
    return WORDS[value] if 0 <= value < len(WORDS) else size(value)


def capital(sentence: str) -> str:
    """The sentence with its first letter as a capital."""
    return sentence[:1].upper() + sentence[1:]


def lowered(name: str) -> str:
    """The name with its first letter small, as it stands within a sentence."""
    return name[:1].lower() + name[1:]


def listed(words: list[str]) -> str:
    """`a`, `a och b`, `a, b och c`."""
    return " och ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def result(report: Report, row: Row, unit: str = "tkr", name: str = "outcome") -> str:
    """`ett överskott på 6,8 mnkr`, `ett nollresultat`, or that there is none."""
    if row[f"{name}_{unit}"] is None:
        return f"inget resultat ({text(report.missing(row[f'{name}_figure_id']))})"
    code = row["result_code" if name == "outcome" else f"{name}_result_code"]
    decimals = 1 if unit == "mnkr" else None
    amount = report.figure(row, name, unit, with_measure=True, unsigned=True, decimals=decimals)
    return f"{report.result_word(code)} på {amount}"


def administration_result(report: Report, row: Row) -> str:
    """The result of the administration against its budget and the year before."""
    told = [
        f"{text(report.about['administration_name'])} redovisar {result(report, row, 'mnkr')} "
        f"för {row['report_year']}."
    ]
    if row["deviation_code"] == "same":
        told += ["Det är lika med budget."]
    elif row["deviation_code"]:
        side = report.word("result_change", row["deviation_code"])
        amount = report.figure(row, "deviation", "tkr", with_measure=True, unsigned=True)
        budget = report.figure(row, "budget", "tkr", with_measure=True)
        told += [f"Det är {amount} {side} än budget, som var {budget}."]
    if row["change_code"] == "same":
        told += [f"Resultatet är oförändrat sedan {row['previous_year']}."]
    elif row["change_code"]:
        change = size(row["change_mnkr"], 1) + SPACE + "mnkr"
        told += [
            f"Jämfört med {row['previous_year']}, då det var "
            f"{result(report, row, 'mnkr', 'previous')}, är resultatet {change} "
            f"{report.word('result_change', row['change_code'])}."
        ]
    return " ".join(told)


def units(report: Report) -> str:
    """How many rows of the operating summary have a surplus or a deficit, and the largest.

    They are counted as rows: a document may count its management apart from its units.
    """
    about = report.about
    rows = sorted(report.rows("rpt_results", is_total=False), key=lambda r: r["result_rank"] or 0)
    if not rows:
        return ""
    printed_in = lowered(report.table_name("results"))
    posts = "post" if about["units"] == 1 else "poster"
    told = [
        f"Av {counted(about['units'], common=True)} {posts} i {printed_in} "
        f"redovisar {counted(about['units_with_surplus'], common=True)} överskott"
        f"{report.judged_against()} och "
        f"{counted(about['units_with_deficit'], common=True)} underskott."
    ]
    if about["result_words"] != "result":
        return told[0]
    first, last = rows[0], rows[-1]
    if first["result_code"] == "surplus":
        amount = report.figure(first, "outcome", "tkr", with_measure=True)
        told += [f"Störst överskott har {text(first['unit_name_sv'])} med {amount}."]
    if last["result_code"] == "deficit":
        amount = report.figure(last, "outcome", "tkr", with_measure=True, unsigned=True)
        told += [f"Störst underskott har {text(last['unit_name_sv'])} med {amount}."]
    return " ".join(told)


def unit_change(report: Report, row: Row) -> str:
    """How the result of one unit changed: from what to what, and by how much."""
    name = text(row["unit_name_sv"])
    if row["change_code"] is None:
        return f"{name} redovisar {result(report, row)}; förändringen kan inte beräknas."
    before = result(report, row, name="previous")
    if row["change_code"] == "same":
        return f"{name} redovisar {result(report, row)}, oförändrat sedan {row['previous_year']}."
    side = "förbättring" if row["change_code"] == "up" else "försämring"
    change = size(row["change_tkr"]) + SPACE + "tkr"
    return f"{name} gick från {before} till {result(report, row)}, en {side} med {change}."


def investments(report: Report) -> str:
    """The year's investments against their budget."""
    row = report.row("rpt_investments", basis="year", project_status="total", is_total=True)
    if not row or row["outcome_mnkr"] is None:
        return "Årets investeringar är inte redovisade."
    outcome = report.figure(row, "outcome", "mnkr", with_measure=True)
    told = f"Årets investeringar uppgår till {outcome}"
    if row["budget_mnkr"] is None:
        return f"{told}; budget saknas."
    told += f" av budgeterade {report.figure(row, 'budget', 'mnkr', with_measure=True)}"
    if row["used_pct"] is not None:
        told += f", {size(row['used_pct'])} procent av budgeten"
    amount = report.figure(row, "deviation", "mnkr", with_measure=True, unsigned=True)
    against = {
        "down": f"Utfallet är {amount} lägre än budget.",
        "up": f"Utfallet är {amount} högre än budget.",
        "same": "Utfallet är lika med budget.",
    }
    return f"{told}. {against.get(row['deviation_code'], '')}".strip()


def goals(report: Report) -> str:
    """How many goals were declared fulfilled, and what their indicators say."""
    about = report.about
    if not about["goals"]:
        return "Inga mål är redovisade."
    parts = [
        f"{counted(number)} som {report.word(words, status)}"
        for status in report.codes_of("goal_status")
        if (number := about[f"goals_{status}"])
        for words in ["goal_status_one" if number == 1 else "goal_status_many"]
    ]
    told = f"Av {counted(about['goals'])} mål bedömer förvaltningen {listed(parts)}."
    told += f" {indicators_of_goals(about)}"
    if about["goals_inconsistent"]:
        told += (
            f" För {counted(about['goals_inconsistent'])} mål är bedömningen en annan än den som "
            "indikatorerna ensamma ger."
        )
    return told


def indicators_of_goals(row: Row) -> str:
    """How many indicators met and missed their targets, for one goal or for all."""
    met, unknown, both = (row[f"indicators_{n}"] for n in ("met", "unknown", "comparable"))
    if not both:
        return "Ingen indikator kan jämföras med ett målvärde."
    if both == 1:
        verb = "når" if met else "når inte"
        told = f"Den enda jämförbara indikatorn {verb} sitt målvärde"
    elif met == both:
        told = f"Alla {counted(both)} jämförbara indikatorer når sina målvärden"
    else:
        some = counted(met, common=True) if met else "ingen"
        told = f"Av {counted(both)} jämförbara indikatorer når {some} sitt målvärde"
    if unknown:
        told += f"; {counted(unknown, common=True)} kan inte jämföras"
    return told + "."


def goal(report: Report, row: Row) -> str:
    """The declared status of one goal beside its indicators."""
    word = text(report.word("goal_status", row["declared_status"]))
    status = report.link(word, row["figure_id"])
    if row["declared_status"] == "not_assessed":
        told = "Förvaltningen bedömer att målet inte kan bedömas."
    else:
        told = f"Förvaltningen bedömer målet som {status}."
    if row["earlier_name_sv"]:
        told = f"Målet hette ”{text(row['earlier_name_sv'])}” i förra rapporten. {told}"
    told += f" {indicators_of_goals(row)}"
    if row["is_consistent"] is False:
        computed = text(report.word("goal_status", row["computed_status"]))
        told += f" Indikatorerna ensamma ger ”{computed}”."
    return told


def measure(report: Report, row: Row, value: Decimal, decimals: int | None) -> str:
    """A size with its measure in words: `2,2 procentenheter`, `1 procentenhet`, `26`."""
    written = size(value, decimals)
    words = "change_measure_one" if written == "1" else "change_measure_many"
    known = (words, row["unit_of_measure"]) in report.codes
    return f"{written}{SPACE}{report.word(words, row['unit_of_measure'])}" if known else written


def subject(report: Report, row: Row) -> str:
    """The indicator with its unit, where it is not the whole administration, and gender."""
    name = text(row["indicator_name_sv"])
    group = f" för {text(report.group(row))}" if report.group(row) else ""
    unit = f" ({text(row['unit_name_sv'])})" if report.unit_beside(row, name) else ""
    return f"{name}{unit}{group}"


def indicator_change(report: Report, row: Row) -> str:
    """How it changed since the year before: `ökade med 2,2 procentenheter, från … till …`."""
    name = subject(report, row)
    outcome = report.figure(row, "outcome", with_measure=True)
    if row["outcome_value"] is None:
        return f"{name}: utfallet för {row['outcome_year']} {outcome}."
    if row["change_code"] is None:
        previous = report.figure(row, "previous")
        return f"{name}: {outcome}. Utfallet för {row['previous_year']}: {previous}."
    if row["change_code"] == "same":
        return f"{name}: oförändrat {outcome}."
    decimals = report.decimals(row["outcome_figure_id"], row["previous_figure_id"])
    change = measure(report, row, row["change_value"], decimals)
    before = report.figure(row, "previous", with_measure=True)
    verb = report.word("movement", row["change_code"])
    return f"{name} {verb} med {change}, från {before} till {outcome}."


def against_target(report: Report, row: Row) -> str:
    """The outcome against its target; nothing where there is no target."""
    if row["target_value"] is None or row["outcome_value"] is None:
        return ""
    target = report.figure(row, "target", with_measure=True)
    if row["target_status"] == "undetermined":
        return f"Målvärdet är {target}, utan angiven riktning."
    reached = {"met": "nås", "missed": "nås inte"}[row["target_status"]]
    return f"Målvärdet {target} {reached}."


def women_and_men(report: Report, row: Row) -> str:
    """Women beside men for one indicator, as the columns `women_` and `men_` have them."""
    if row["gender_gap"] is None:
        return ""
    women = report.figure(row, "women", with_measure=True)
    men = report.figure(row, "men", with_measure=True)
    name = subject(report, row)
    if row["gender_gap"] == 0:
        return f"{name} är {women} för både kvinnor och män."
    side = report.word("level_change", "up" if row["gender_gap"] > 0 else "down")
    decimals = report.decimals(row["women_figure_id"], row["men_figure_id"])
    gap = measure(report, row, row["gender_gap"], decimals)
    return f"{name} är {women} för kvinnor och {men} för män: {gap} {side} för kvinnor."


def checks(report: Report) -> str:
    """What the checks of the report found."""
    about = report.about
    classes = [
        f"{size(about[f'known_issues_{code}'])} om {report.word('issue_class', code)}"
        for code in report.codes_of("issue_class")
        if about[f"known_issues_{code}"]
    ]
    told = (
        f"Av {size(about['checks'])} avstämningar stämmer {size(about['checks_agrees'])} exakt och "
        f"{size(about['checks_agrees_within_rounding'])} inom avrundning; "
        f"{size(about['checks_contradicts'])} säger emot, {size(about['checks_questionable'])} bör "
        f"frågas om och {size(about['checks_unverifiable'])} kan inte prövas."
    )
    if about["known_issues"]:
        told += (
            f" Det som säger emot eller bör frågas om är registrerat som "
            f"{size(about['known_issues'])} frågor: {listed(classes)}."
        )
    return told
