"""Swedish sentences about rows of the `rpt_` models, as Markdown with links to the trail.

Each takes rows and writes them: the comparisons, signs and ranks are columns of the models.
"""

from __future__ import annotations

from decimal import Decimal

from bokslut.pages.data import Report, Row, money
from bokslut.pages.text import safe_id, text
from bokslut.swedish import SPACE, size

WORDS = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio"]
WORDS += ["elva", "tolv"]
# The contradictions that a sentence names.
SHOWN = 4


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
    word = report.result_word(code)
    if code == "zero":
        return report.link(word, row[f"{name}_figure_id"])
    decimals = 1 if unit == "mnkr" else None
    amount = report.figure(row, name, unit, with_measure=True, unsigned=True, decimals=decimals)
    return f"{word} på {amount}"


def change_of_result(report: Report, row: Row) -> str:
    """`10,5 mnkr sämre` than the year before, with the mark that the change inherits."""
    side = report.word("result_change", row["change_code"])
    mark = report.change_mark(row["outcome_figure_id"])
    return f"{size(row['change_mnkr'], 1)}{SPACE}mnkr {side}{mark}"


def against_budget(report: Report, row: Row) -> str:
    """`6,8 mnkr bättre än budget`, or that it is the same."""
    if row["deviation_code"] == "same":
        return "lika med budget"
    side = report.word("result_change", row["deviation_code"])
    amount = report.figure(row, "deviation", "mnkr", True, unsigned=True, decimals=1)
    return f"{amount} {side} än budget"


def administration_result(report: Report, row: Row) -> str:
    """The result of the administration against its budget and the year before."""
    told = [
        f"{text(report.about['administration_name'])} redovisar {result(report, row, 'mnkr')} "
        f"för {row['report_year']}."
    ]
    if row["deviation_code"] == "same":
        told += ["Det är lika med budget."]
    elif row["deviation_code"]:
        budget = result(report, row, "mnkr", "budget")
        told += [f"Det är {against_budget(report, row)}, som var {budget}."]
    if row["change_code"] == "same":
        told += [f"Resultatet är oförändrat sedan {row['previous_year']}."]
    elif row["change_code"]:
        told += [
            f"Jämfört med {row['previous_year']}, då det var "
            f"{result(report, row, 'mnkr', 'previous')}, är resultatet "
            f"{change_of_result(report, row)}."
        ]
    return " ".join(told)


def result_in_short(report: Report, row: Row) -> str:
    """The result against budget and the year before in one sentence; nothing where none is."""
    if row["outcome_mnkr"] is None:
        return ""
    name = text(report.about["administration_name"])
    against = []
    if row["deviation_code"]:
        against.append(against_budget(report, row))
    if row["change_code"] == "same":
        against.append(f"oförändrat sedan {row['previous_year']}")
    elif row["change_code"]:
        against.append(f"{change_of_result(report, row)} än {row['previous_year']}")
    told = f"{name} redovisar {result(report, row, 'mnkr')} för {row['report_year']}"
    return f"{told}, {listed(against)}." if against else f"{told}."


def goals_in_short(report: Report) -> str:
    """The goals in one sentence: how they are judged, and what their indicators say."""
    about = report.about
    if not about["goals"]:
        return ""
    counts = [
        f"{counted(number)} som {report.word(words, status)}"
        for status in report.codes_of("goal_status")
        if (number := about[f"goals_{status}"])
        for words in ["goal_status_one" if number == 1 else "goal_status_many"]
    ]
    indicators = indicators_of_goals(about).partition(";")[0].rstrip(".")
    indicators = indicators[:1].lower() + indicators[1:]
    return f"Av {counted(about['goals'])} mål bedömer förvaltningen {listed(counts)}; {indicators}."


def questions_in_short(report: Report) -> str:
    """What cannot be right as it is printed, what to ask about, and what the text passes over."""
    about = report.about
    wrong, asked = about["known_issues_contradicts"], about["known_issues_questionable"]
    told = [] if wrong else ["inget i dokumentet motsäger något annat"]
    if wrong:
        rows = sorted(report.rows("rpt_known_issues"), key=lambda row: row["finding_rank"])
        links = [
            f"[{text(row['title_sv'])}](avstamning.qmd#{safe_id(row['known_issue_id'])})"
            for row in rows
            if row["verdict"] == "contradicts"
        ]
        what = "uppgift" if wrong == 1 else "uppgifter"
        is_printed = "den är tryckt" if wrong == 1 else "de är tryckta"
        first = links[:SHOWN]
        first += [f"och {counted(wrong - SHOWN, common=True)} till"] if wrong > SHOWN else []
        told.append(
            f"{counted(wrong, common=True)} {what} kan inte stämma så som {is_printed} "
            f"({'; '.join(first)})"
        )
    passed = about["changes_passed_over"]
    noun = "stor förändring" if passed == 1 else "stora förändringar"
    changes = f"{counted(passed, common=True)} {noun}"
    among = bool(passed and about["known_issues_silence"])
    # Before anyone has looked into what the checks found, there are no questions but they.
    found = 0 if about["known_issues"] else about["checks_questionable"]
    if asked:
        more = "ytterligare " if wrong else ""
        told.append(f"{more}{counted(asked, common=True)} bör frågas om")
    elif found:
        checked = "avstämning" if found == 1 else "avstämningar"
        told.append(f"{counted(found, common=True)} {checked} bör frågas om")
        among = bool(passed)
    if passed and not among:
        told.append(f"{changes} nämns inte i texten")
    silence = f", bland annat {changes} som texten inte nämner" if among else ""
    if not wrong and len(told) > 1:
        told = [f"{told[0]}, men {listed(told[1:])}"]
    return f"{capital(listed(told))}{silence}."


def units(report: Report) -> str:
    """How many rows of the operating summary have a surplus or a deficit, and the largest.

    They are counted as rows: a document may count its management apart from its units.
    """
    about = report.about
    rows = sorted(report.rows("rpt_results", is_total=False), key=lambda r: r["result_rank"] or 0)
    if not rows:
        return ""
    printed_in = text(lowered(report.table_name("results")))
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
    change = size(row["change_tkr"]) + SPACE + "tkr" + report.change_mark(row["outcome_figure_id"])
    return f"{name} gick från {before} till {result(report, row)}, en {side} med {change}."


def largest_change(report: Report) -> str:
    """What happened to the unit whose result changed most: `Överskottet i Stab ökade.`"""
    row = report.row("rpt_results", change_rank=1)
    found = report.changes.get(row["outcome_figure_id"] or "") if row else None
    if not row or not found:
        return ""
    code, name = found["change_size_code"], row["unit_name_sv"]
    if code in ("to_plus", "to_minus"):
        told = (report.result_word(row[f"{key}result_code"]) for key in ("previous_", ""))
        return f"{name} gick från {next(told)} till {next(told)}."
    # Less of a deficit is a result that rises.
    if row["result_code"] == "deficit":
        code = {"up": "down", "down": "up"}.get(code, code)
    what = report.word(f"{report.about['result_words']}_definite", row["result_code"])
    return f"{what} i {name} {report.word('change_size', code)}."


def share_of_investments(report: Report) -> str:
    """How much of the year's budget was used; nothing where that cannot be said."""
    row = report.row("rpt_investments", basis="year", project_status="total", is_total=True)
    if not row or row["used_pct"] is None:
        return ""
    return f"{size(row['used_pct'])} procent av årets investeringsbudget användes."


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
    """What the indicators of one goal say, and the goals that it was and that it serves."""
    told = indicators_of_goals(row)
    if row["is_consistent"] is False:
        computed = text(report.word("goal_status", row["computed_status"]))
        told += f" Indikatorerna ensamma ger ”{computed}”."
    if row["earlier_name_sv"]:
        told += f" Målet hette ”{text(row['earlier_name_sv'])}” i förra rapporten."
    if row["municipal_goal_sv"]:
        told += f" Kommunövergripande mål: {text(row['municipal_goal_sv'])}."
    return told


def measure(report: Report, row: Row, value: Decimal, decimals: int | None) -> str:
    """A size with its measure in words: `2,2 procentenheter`, `1 procentenhet`, `26`."""
    written = size(value, decimals)
    words = "change_measure_one" if written == "1" else "change_measure_many"
    known = (words, row["unit_of_measure"]) in report.codes
    return f"{written}{SPACE}{report.word(words, row['unit_of_measure'])}" if known else written


def subject(report: Report, row: Row) -> str:
    """The indicator as the subject of a sentence: `Den totala sjukfrånvaron för kvinnor`."""
    name = text(row["subject_sv"] or row["indicator_name_sv"])
    group = f" för {text(report.group(row))}" if report.group(row) else ""
    unit = f" i {text(row['unit_name_sv'])}" if report.unit_beside(row, name) else ""
    return f"{name}{unit}{group}"


def indicator_change(report: Report, row: Row) -> str:
    """How it changed since the year before: `ökade med 2,2 procentenheter, från … till …`."""
    name = subject(report, row)
    outcome = report.figure(row, "outcome", with_measure=True)
    if row["outcome_value"] is None:
        return f"{name}: inget utfall för {row['outcome_year']} ({outcome})."
    if row["change_code"] is None:
        previous = report.figure(row, "previous")
        return f"{name} var {outcome}; inget utfall för {row['previous_year']} ({previous})."
    if row["change_code"] == "same":
        return f"{name} var {outcome}, samma som {row['previous_year']}."
    before = report.figure(row, "previous", with_measure=True)
    verb = report.word("movement", row["change_code"])
    return f"{name} {verb} med {change(report, row)}, från {before} till {outcome}."


def change(report: Report, row: Row, side: str = "") -> str:
    """The size of a change with its mark, and what it would be with the other print.

    `side` is a word after it: `3,3 procentenheter högre`.
    """
    decimals = report.decimals(row["outcome_figure_id"], row["previous_figure_id"], unit=money(row))
    written = measure(report, row, row["change_value"], decimals)
    found = report.changes.get(row["outcome_figure_id"] or "")
    written += f" {side}" if side else ""
    if found:
        written += report.change_mark(row["outcome_figure_id"])
        if found["other_change_value"] is not None:
            other = report.change(found["other_change_value"], decimals)
            written += f" [({other} med det andra tryckta talet)]{{.other}}"
    return written


def against_target(report: Report, row: Row) -> str:
    """The outcome against its target; nothing where there is no target."""
    if row["target_value"] is None or row["outcome_value"] is None:
        return ""
    target = report.figure(row, "target", with_measure=True)
    if row["target_status"] == "undetermined":
        return (
            f"Målvärdet var {target}; dokumentet anger inte om ett högre eller lägre tal är bättre."
        )
    reached = {"met": "nåddes", "missed": "nåddes inte"}[row["target_status"]]
    if row["target_value"] == 0 and row["unit_of_measure"] in ("tkr", "mnkr"):
        zero = report.link(report.word("result", "zero"), row["target_figure_id"])
        return f"Målvärdet, {zero}, {reached}."
    if report.trail[row["target_figure_id"]]["value_operator"]:
        return f"Målvärdet, {target}, {reached}."
    return f"Målvärdet på {target} {reached}."


def women_and_men(report: Report, row: Row) -> str:
    """Women beside men for one indicator, as the columns `women_` and `men_` have them."""
    if row["gender_gap"] is None:
        return ""
    women = report.figure(row, "women", with_measure=True)
    men = report.figure(row, "men", with_measure=True)
    if row["gender_gap"] == 0:
        return f"Utfallet är {women} för både kvinnor och män."
    side = report.word("level_change", "up" if row["gender_gap"] > 0 else "down")
    decimals = report.decimals(row["women_figure_id"], row["men_figure_id"])
    gap = measure(report, row, row["gender_gap"], decimals)
    return f"Utfallet är {women} för kvinnor och {men} för män, {gap} {side} för kvinnor."


def checks(report: Report) -> str:
    """What the checks of the report found."""
    about = report.about
    exact, rounded = (
        counted(about[f"checks_{verdict}"], common=True)
        for verdict in ("agrees", "agrees_within_rounding")
    )
    told = (
        f"Av {size(about['checks'])} avstämningar stämmer {exact} exakt och {rounded} inom "
        "avrundning."
    )
    others = {
        "contradicts": "stämmer inte",
        "questionable": "bör frågas om",
        "unverifiable": "kan inte prövas",
    }
    found = [
        f"{counted(number, common=True)} {words}"
        for verdict, words in others.items()
        if (number := about[f"checks_{verdict}"])
    ]
    told += f" {capital(listed(found))}." if found else ""
    if about["known_issues"]:
        classes = [
            f"{counted(about[f'known_issues_{code}'], common=True)} om "
            f"{report.word('issue_class', code)}"
            for code in report.codes_of("issue_class")
            if about[f"known_issues_{code}"]
        ]
        noun = "fråga" if about["known_issues"] == 1 else "frågor"
        which = (
            f": {listed(classes)}"
            if len(classes) > 1
            else classes[0].removeprefix(counted(about["known_issues"], common=True))
        )
        told += (
            " Det som inte stämmer eller bör frågas om är samlat i "
            f"{counted(about['known_issues'], common=True)} {noun}{which}."
        )
    return told
