"""One generated report: its true values, their print, and at most one planted contradiction.

A true value is a whole number of hundred-thousandths of its unit, so that all arithmetic is exact
and each print is rounded once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from . import shape

EXACT = 5  # decimals of a true value
UNIT = 10**EXACT
Row = dict[str, str | None]
NOT_REPORTED = ("I.U.", "LU.", "L.U.", "1.U.", "L.U", "1L.U")

# One kind for each rule that can find it.
KINDS = (
    "sum_of_parts",
    "identity",
    "net_cost",
    "same_concept",
    "gender_mix",
    "parent_child",
    "goal_status",
    "goal_status_in_text",
    "prose_value",
    "prose_count",
    "prose_direction",
    "prose_wording",
    "prose_topic",
    "target_sanity",
)
# What a rule cannot call a contradiction is asked.
ASKED = ("parent_child", "goal_status", "prose_wording", "target_sanity")


@dataclass(frozen=True)
class Series:
    """True values of one administration, year by year.

    Attributes:
        first_year: the year of index 0.
        results, budgets: tkr by unit.
        cases, chats, employees: counts, the first by unit.
        women: share of women in per mille by staff group.
        indicators: values by code, unit and gender.
    """

    first_year: int
    results: dict[str, list[int]]
    budgets: dict[str, list[int]]
    cases: dict[str, list[int]]
    chats: list[int]
    employees: list[int]
    women: dict[str, list[int]]
    indicators: dict[tuple[str, str, str], list[int]]


def series(numbers: np.random.Generator, first_year: int, years: int) -> Series:
    """Draws the true values of one administration for `years` years."""

    def draw(low: float, high: float) -> list[int]:
        return [int(v) for v in numbers.integers(int(low), int(high), years)]

    def around(low: int, high: int) -> list[int]:
        """Years of one size: a leap would be a slip of the pen, and is refused as one."""
        level = int(numbers.integers(low, high))
        return [level * v // 100 for v in draw(60, 150)]

    cases = {unit: around(4_000, 300_000) for unit in ("kontakt", "arkiv")}
    women = {staff: draw(300, 800) for staff in ("employees", "managers")}
    values: dict[tuple[str, str, str], list[int]] = {}
    for shown in shape.INDICATORS:
        if shown.high == 0:
            continue
        key = (shown.code, shown.unit)
        scale = UNIT // 100
        if not shown.has_genders:
            values[*key, "total"] = [v * scale for v in draw(shown.low, shown.high)]
            continue
        for gender in ("women", "men"):
            values[*key, gender] = [v * scale for v in draw(shown.low, shown.high)]
        values[*key, "total"] = [
            (share * w + (1000 - share) * m + 500) // 1000
            for share, w, m in zip(
                women[shown.staff], values[*key, "women"], values[*key, "men"], strict=True
            )
        ]
    return Series(
        first_year=first_year,
        results={unit: draw(-9_000, 12_000) for unit in shape.UNITS},
        budgets={unit: [v * 100 for v in draw(-20, 20)] for unit in shape.UNITS},
        cases=cases,
        chats=[v * c // 100 for v, c in zip(draw(4, 11), cases["kontakt"], strict=True)],
        employees=around(150, 900),
        women=women,
        indicators=values,
    )


@dataclass
class Document:
    """A printed report.

    Attributes:
        rows: rows by seed, each with the seed's columns except `report_id`.
        lines: number of lines.
        checks: ids of the checks that contradict, because that was planted.
        planted: what was planted, in words; "" where nothing was.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    lines: int = 0
    checks: list[str] = field(default_factory=list)
    planted: str = ""


class Printer:
    """Prints numbers and missing marks in the ways that reports do."""

    def __init__(self, chance: random.Random, in_parentheses: bool) -> None:
        """Takes the source of all choices, and whether parentheses are a minus."""
        self.chance, self.in_parentheses = chance, in_parentheses
        self.space = chance.choice(("", " ", " ", "\u00a0"))
        self.minus = chance.choice(("-", "-", "\u2212", "\u2013"))
        self.comma = chance.choice((",", ",", ",", "."))

    def number(self, value: int, decimals: int = 0, sign: str = "") -> str:
        """A printed number from one in steps of its last decimal, with what stands behind it."""
        whole, part = divmod(abs(value), 10**decimals)
        text = f"{whole:,}".replace(",", self.space)
        if decimals:
            text += f"{self.comma}{part:0{decimals}d}"
        behind = self.chance.choice(("", sign, f" {sign}")) if sign else ""
        if value >= 0:
            return text + behind
        return f"({text})" + behind if self.in_parentheses else self.minus + text + behind

    def not_reported(self) -> str:
        """One of the ways in which I.U. comes out of a scan."""
        return self.chance.choice(NOT_REPORTED)


def rounded(value: int, decimals: int) -> int:
    """A true value in steps of its last printed decimal, half away from zero."""
    step = 10 ** (EXACT - decimals)
    steps = (abs(value) + step // 2) // step
    return steps if value >= 0 else -steps


class Author:
    """Writes one report of an administration and a year."""

    def __init__(
        self, values: Series, report_id: str, administration: str, year: int, kind: str | None,
        chance: random.Random,
    ) -> None:  # fmt: skip
        """Takes what the report is about and the kind of contradiction to plant, if any."""
        self.values, self.report_id, self.administration = values, report_id, administration
        self.year, self.kind, self.chance = year, kind, chance
        self.now = year - values.first_year
        self.is_other = shape.template(administration) == shape.OTHER
        self.printer = Printer(chance, in_parentheses=self.is_other)
        self.document = Document()
        self.statuses: dict[str, list[bool]] = {goal: [] for goal in shape.GOALS}
        self.indicators_of = dict.fromkeys(shape.GOALS, 0)
        self.new_units = {
            unit
            for unit in shape.UNITS
            if unit not in ("ledning", "kontakt") and chance.random() < 0.03
        }

    def write(self) -> Document:
        """The whole report."""
        self.results()
        self.investments()
        self.appendix()
        self.volumes()
        self.staff()
        self.goals()
        self.events()
        self.text()
        return self.document

    def add(self, table: str, **cells: str | None) -> str:
        """Prints a row on the next line; returns the start of its figures' ids."""
        self.document.lines += 1
        rows = self.document.rows.setdefault(f"printed_{table}", [])
        number, line = str(len(rows) + 1), str(self.document.lines)
        rows.append(
            {"row_no": number, "source_line_first": line, "source_line_last": line, **cells}
        )
        return f"{self.report_id}.{table}.{number}"

    def plants(self, kind: str) -> bool:
        """Whether this kind is to be planted, and has not been yet."""
        return self.kind == kind and not self.document.planted

    def plant(self, words: str, *checks: str) -> None:
        """Notes what was planted and which checks it makes contradict."""
        self.document.planted = words
        self.document.checks += checks

    def previous_results(self) -> dict[str, int]:
        """Last year's result of each unit that the administration had then, tkr."""
        return {
            unit: self.values.results[unit][self.now - 1]
            for unit in shape.UNITS
            if unit not in self.new_units
        }

    def results(self) -> None:
        """Driftsammandrag, and the front page's table of the economy."""
        number = self.printer.number
        previous = self.previous_results()
        outcome = {unit: self.values.results[unit][self.now] for unit in shape.UNITS}
        budget = {unit: self.values.budgets[unit][self.now] for unit in shape.UNITS}
        wrong = self.chance.choice(sorted(previous)) if self.plants("sum_of_parts") else ""
        income = dict.fromkeys(shape.UNITS, 0)
        if self.is_other:
            income = {unit: self.chance.randint(20_000, 90_000) for unit in shape.UNITS}
        is_planted = self.is_other and self.plants("net_cost")
        too_high = self.chance.choice(sorted(shape.UNITS)) if is_planted else ""
        figures = {}
        for unit in shape.UNITS:
            before = previous.get(unit)
            if unit == wrong and before is not None:
                before += self.chance.choice((-1, 1)) * self.chance.randint(20, 5_000)
            figures[unit] = self.add(
                "driftsammandrag",
                row_label=shape.unit_label(self.administration, unit),
                outcome=number(outcome[unit]),
                budget=number(budget[unit]),
                deviation=number(outcome[unit] - budget[unit]),
                outcome_previous_year="-" if before is None else number(before),
                **self.costs(income[unit] + 500 * (unit == too_high), income[unit] - outcome[unit]),
            )
        self.result, self.budget = sum(outcome.values()), sum(budget.values())
        self.previous_result = sum(previous.values())
        whole = {
            "outcome": number(self.result),
            "budget": number(self.budget),
            "deviation": number(self.result - self.budget),
        }
        total = self.add(
            "driftsammandrag",
            row_label="Summa",
            outcome_previous_year=number(self.previous_result),
            **whole,
            **self.costs(sum(income.values()), sum(income.values()) - self.result),
        )
        if wrong:
            self.plant(
                f"last year's result of {wrong} is not what the total adds up",
                f"sum_of_parts:{total}.outcome_previous_year",
            )
        elif too_high:
            self.plant(
                f"the income of {too_high} is too high for its result and for the total",
                f"identity:{figures[too_high]}.outcome",
                f"sum_of_parts:{total}.income",
            )
        self.add("ekonomi", row_label="Verksamhetens nettokostnader", **whole)
        self.add(
            "ekonomi", row_label="varav nettokostnader for coronapandemin", outcome="-", budget="-",
            deviation="-",
        )  # fmt: skip

    def costs(self, income: int, cost: int) -> Row:
        """Income and costs where the template prints them, both as positive numbers, tkr."""
        if not self.is_other:
            return {}
        return {"income": self.printer.number(income), "cost": self.printer.number(cost)}

    def investments(self) -> None:
        """Investeringar in mnkr or tkr, and their line of the front page in tkr."""
        chance = self.chance

        def figures() -> dict[str, tuple[int, int]]:
            budget = chance.randrange(0, 60_000, 500)
            spent = chance.randint(0, 60_000)
            further = chance.randrange(0, 30_000, 500)
            return {
                "year": (budget, spent),
                "accumulated": (budget + further, spent + chance.randint(0, 30_000)),
            }

        def cells(found: dict[str, tuple[int, int]]) -> Row:
            row: Row = {
                "label_line_first": None, "label_line_last": None, "accumulated_line": None,
                "year_line": None,
            }  # fmt: skip
            for part, names in (
                (
                    "accumulated",
                    ("approved_budget", "accumulated_outcome", "accumulated_deviation"),
                ),
                ("year", ("year_budget", "year_outcome", "year_deviation")),
            ):
                budget, outcome = found[part]
                for name, tkr in zip(names, (budget, outcome, budget - outcome), strict=True):
                    row[name] = (
                        self.printer.number(tkr)
                        if self.is_other
                        else self.printer.number(rounded(tkr * UNIT // 1000, 1), 1)
                    )
            return row

        def added(rows: list[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
            return {
                part: (sum(r[part][0] for r in rows), sum(r[part][1] for r in rows))
                for part in ("year", "accumulated")
            }

        by_section: dict[str, list[dict[str, tuple[int, int]]]] = {}
        for section, _, _, unit, _, name in shape.PROJECTS:
            found = figures()
            if section not in by_section and by_section:
                self.sum_row(*list(by_section.items())[-1], cells, added)
            by_section.setdefault(section, []).append(found)
            label = f"{shape.unit_label(self.administration, unit)} {name}"
            self.add("investeringar", section_label=section, row_label=label, **cells(found))
        self.sum_row(*list(by_section.items())[-1], cells, added)
        whole = added([row for rows in by_section.values() for row in rows])
        self.add(
            "investeringar", section_label=section, row_label="Summa investeringar", **cells(whole)
        )
        budget, outcome = whole["year"]
        number = self.printer.number
        self.add(
            "ekonomi",
            row_label="Investeringar, netto",
            outcome=number(outcome),
            budget=number(budget),
            deviation=number(budget - outcome),
        )

    def sum_row(
        self, section: str, rows: list, cells: Callable[..., Row], added: Callable[..., dict]
    ) -> None:
        """The sum of a section of the investments."""
        label = f"Summa {section.lower()}"
        self.add("investeringar", section_label=section, row_label=label, **cells(added(rows)))

    def history(self, shown: shape.Indicator, gender: str) -> list[int | None]:
        """True values of an indicator two years before, the year before, and now."""
        span = slice(self.now - 2, self.now + 1)
        if shown.code == "forvaltningens_resultat":
            first = sum(self.values.results[unit][self.now - 2] for unit in shape.UNITS)
            return [v * UNIT for v in (first, self.previous_result, self.result)]
        if shown.code == "arendevolym":
            return [v * UNIT for v in self.values.cases[shown.unit][span]]
        if shown.code == "andel_arenden_via_chatt":
            pairs = zip(self.values.chats[span], self.values.cases["kontakt"][span], strict=True)
            shares = [100 * UNIT * chats // cases for chats, cases in pairs]
            if self.plants("identity"):
                shares[2] += 3 * UNIT
            return [None, *shares[1:]]
        if shown.code == "antal_besok":
            children = [self.values.indicators[c, "arkiv", gender] for c in VISITS_OF]
            # Each is printed without decimals, and the sum of what is printed.
            return [
                sum(rounded(child[y], 0) for child in children) * UNIT
                for y in range(self.now - 2, self.now + 1)
            ]
        return list(self.values.indicators[shown.code, shown.unit, gender][span])

    def appendix(self) -> None:
        """Nämndindikatorer: three years and a target, women and men where they are told apart."""
        self.shown: dict[tuple[str, str, str], tuple[str, list[int | None]]] = {}
        self.targets: dict[str, int] = {}
        is_first_year_missing = False
        for shown in shape.INDICATORS:
            chance = self.chance
            if shown.group != shape.VISITS:
                is_first_year_missing = chance.random() < 0.3
            is_missing = shown.code in MAY_BE_MISSING and chance.random() < 0.06
            is_previous_missing = shown.code in MAY_BE_MISSING and chance.random() < 0.1
            for gender in ("total", "men", "women") if shown.has_genders else ("total",):
                history = self.history(shown, gender)
                steps = [None if v is None else rounded(v, shown.decimals) for v in history]
                if is_first_year_missing and not (
                    self.kind == "gender_mix" and shown.code == "andel_heltidsanstallningar"
                ):
                    steps[0] = None
                if is_previous_missing:
                    steps[1] = None
                if is_missing:
                    steps[2] = None
                if gender == "total" and shown.code == "andel_heltidsanstallningar":
                    wrong = self.wrong_mix(shown, steps)
                elif shown.code == "antal_besok" and self.plants("parent_child"):
                    steps[1], wrong = None, "the year's visits are missing, not their kinds"
                else:
                    wrong = ""
                figure = self.add_indicator(shown, gender, steps)
                if wrong and shown.code == "antal_besok":
                    self.plant(wrong, f"parent_child:{figure}.outcome_previous_year")
                elif wrong:
                    self.plant(wrong, f"gender_mix:{figure}.outcome_two_years_before")

    def wrong_mix(self, shown: shape.Indicator, steps: list[int | None]) -> str:
        """Puts the total of two years before above both women and men, where that is to be."""
        if not self.plants("gender_mix"):
            return ""
        both = [self.history(shown, gender)[0] for gender in ("men", "women")]
        steps[0] = max(rounded(v, shown.decimals) for v in both if v is not None) + 15
        return "the total of two years before is above both women and men"

    def add_indicator(self, shown: shape.Indicator, gender: str, steps: list[int | None]) -> str:
        """Prints one row of the appendix, with a target where the indicator has one."""
        printer, chance = self.printer, self.chance
        label = {"men": shape.MEN, "women": shape.WOMEN}.get(gender, shown.label)
        if shown.unit:
            label = f"{label} {shape.letters(self.administration)}"
        group = shape.group_label(shown, self.administration)
        target: str | None = None
        is_insane = False
        if gender == "total":
            self.indicators_of[shown.goal] += 1
            now = steps[2]
            if shown.code == "forvaltningens_resultat" and now is not None:
                target, self.targets[shown.code] = printer.number(0, 0, "tkr"), 0
                self.statuses[shown.goal].append(now >= 0)
            elif now is None or shown.direction == 0 or shown.code == "antal_besok":
                target = "-"
            else:
                level = max(1, round(now * chance.uniform(0.85, 1.15)))
                if shown.sign == "%" or shown.label.startswith("Andel"):
                    level = min(level, 100 * 10**shown.decimals)
                known = [v for v in steps if v is not None]
                if shown.code == "studiebesok" and self.plants("target_sanity") and len(known) > 1:
                    level, is_insane = 3 * max(known), True
                is_below = shown.direction < 0 and chance.random() < 0.3
                target = ("<" if is_below else "") + printer.number(
                    level, shown.decimals, shown.sign
                )
                self.targets[shown.code] = level
                is_met = now < level if is_below else (now - level) * shown.direction >= 0
                self.statuses[shown.goal].append(is_met)
        texts = [
            printer.not_reported() if v is None else printer.number(v, shown.decimals, shown.sign)
            for v in steps
        ]
        figure = self.add(
            "namndindikatorer",
            goal_label=shape.GOALS[shown.goal],
            group_label=shown.label if gender != "total" else group,
            row_label=label,
            outcome_two_years_before=texts[0],
            outcome_previous_year=texts[1],
            outcome=texts[2],
            target=target,
        )
        if is_insane:
            self.plant(
                "a target three times as high as any outcome", f"target_sanity:{figure}.target"
            )
        if shown.code == "andel_arenden_via_chatt" and self.plants("identity"):
            self.plant("the share is not what its figures give", f"identity:{figure}.outcome")
        self.shown[shown.code, shown.unit, gender] = (figure, steps)
        return figure

    def volumes(self) -> None:
        """Basuppdrag: cases of two units, and those by chat."""
        number = self.printer.number
        for unit in ("kontakt", "arkiv"):
            before, now = self.values.cases[unit][self.now - 1 : self.now + 1]
            is_wrong = unit == "arkiv" and self.plants("same_concept")
            if is_wrong:
                before += self.chance.randint(2, 900)
            figure = self.add(
                "basuppdrag",
                row_label=f"Arenden {shape.unit_label(self.administration, unit)}",
                outcome=number(now),
                outcome_previous_year=number(before),
            )
            if is_wrong:
                self.plant(
                    "last year's cases are others on the front page than in the appendix",
                    f"same_concept:{figure}.outcome_previous_year",
                )
            if unit == "kontakt":
                before, now = self.values.chats[self.now - 1 : self.now + 1]
                self.add(
                    "basuppdrag",
                    row_label=f"Varav chatt {shape.letters(self.administration)}",
                    outcome=number(now),
                    outcome_previous_year=number(before),
                )

    def staff(self) -> None:
        """Personal: the front page's figures, last year's with one decimal more."""
        number = self.printer.number
        before, now = self.values.employees[self.now - 1 : self.now + 1]
        self.add(
            "personal",
            row_label="Antal tillsvidareanstallda",
            outcome=number(now),
            outcome_previous_year=number(before),
            target="-",
        )
        for code, label in (
            ("total_sjukfranvaro", "Total sjukfranvaro"),
            ("extern_personalomsattning", "Extern personalomsattning"),
        ):
            _, before, now = self.history(
                next(i for i in shape.INDICATORS if i.code == code), "total"
            )
            self.add(
                "personal",
                row_label=label,
                outcome=number(rounded(now or 0, 1), 1),
                outcome_previous_year=number(rounded(before or 0, 2), 2),
                target=number(self.targets[code], 1),
            )

    def goals(self) -> None:
        """Måluppfyllelse: each goal's judgement, which is what its indicators give."""
        # A judgement is held against its indicators where half of them can be.
        judged = [
            goal
            for goal, met in self.statuses.items()
            if met and 2 * len(met) >= self.indicators_of[goal]
        ]
        wrong = self.chance.choice(judged) if self.plants("goal_status") else ""
        other = self.chance.choice(list(shape.GOALS))
        wrong_in_text = other if self.plants("goal_status_in_text") else ""
        for goal, label in shape.GOALS.items():
            met = self.statuses[goal]
            status = "fulfilled"
            if met and not all(met):
                status = "partly_fulfilled" if any(met) else "not_fulfilled"
            if goal == wrong:
                status = self.chance.choice([s for s in shape.JUDGEMENTS if s != status])
            figure = self.add(
                "maluppfyllelse",
                row_label=label,
                judgement=self.chance.choice(shape.JUDGEMENTS[status]),
                heading_line=None,
                heading_icon="D",
                front_page_line=None,
                front_page_label=label,
                front_page_icon="S",
            )
            if goal == wrong:
                self.plant(
                    f"{goal} is judged against its indicators", f"goal_status:{figure}.judgement"
                )
            self.text_on_goal(goal, status, goal == wrong_in_text)

    def text_on_goal(self, goal: str, status: str, is_wrong: bool) -> None:
        """The status of a goal in other words, below its heading."""
        if is_wrong:
            # Only what is wholly fulfilled, or is not, is told apart for certain.
            others = set(shape.JUDGEMENTS) - {"fulfilled"}
            status = self.chance.choice(sorted(others)) if status == "fulfilled" else "fulfilled"
        figure = self.claim(
            "status", "Målets status", status, stated=status, goal_code=goal, unit_code=None,
            gender=None,
        )  # fmt: skip
        if is_wrong:
            self.plant(f"the text has another status of {goal}", f"goal_status:{figure}.statement")

    def events(self) -> None:
        """Beslut och händelser."""
        for event_type, label in (
            ("decision", "Beslut om ny organisation"),
            ("event", "Flytt till nya lokaler"),
        ):
            self.add("beslut_och_handelser", event_type=event_type, label=label)

    def claim(self, kind: str, label: str, printed: str, read: str | None = None, **more) -> str:
        """Prints a sentence's figure or statement; returns the start of its figure's id."""
        return self.add(
            "pastaenden",
            **{
                "row_label": label,
                "printed_text": printed,
                "read_text": printed if read is None else read,
                "kind": kind,
                "measure_code": None,
                "unit_code": self.administration,
                "fiscal_year": str(self.year),
                "scenario": "outcome",
                "gender": "total",
                "topic": None,
                "project_status": None,
                "asset_class": None,
                "goal_code": None,
                "stated": None,
                "part_of": None,
                "total_of": None,
                **more,
            },
        )

    def text(self) -> None:
        """Påståenden: what the running text says of it all."""
        self.text_on_results()
        self.text_on_counts()
        self.text_on_indicators()
        self.text_on_topics()

    def text_on_results(self) -> None:
        """Results in mnkr, and which side of the budget they are on."""
        of_unit = {unit: self.values.results[unit][self.now] for unit in shape.UNITS}
        for unit, tkr in (("", self.result), *list(of_unit.items())[1:6]):
            steps = rounded(tkr * UNIT // 1000, 1) if tkr >= 0 else -rounded(-tkr * UNIT // 1000, 1)
            is_wrong = unit == "arkiv" and self.plants("prose_value")
            if is_wrong:
                steps += self.chance.choice((-1, 1)) * self.chance.randint(2, 40)
            # Where a result is a net cost, the text says which sign it has.
            plus = "+" if self.is_other and steps > 0 else ""
            text = plus + self.printer.number(steps, 1) + " mnkr"
            measure = "verksamhetens_resultat" if unit else "forvaltningens_resultat"
            of = {"measure_code": measure, "unit_code": shape.unit_code(self.administration, unit)}
            figure = self.claim("value", "Resultat", text, **of)
            if is_wrong:
                self.plant(
                    "the text gives another result of a unit than the table",
                    f"prose_value:{figure}.value",
                )
            budget = self.values.budgets[unit][self.now] if unit else self.budget
            if tkr != budget:
                self.claim(
                    "target_direction", "Resultat mot budget",
                    "över budget" if tkr > budget else "under budget", scenario="budget",
                    stated="above" if tkr > budget else "below", **of,
                )  # fmt: skip
        if self.plants("prose_wording") and self.result:
            stated = "cost_for_surplus" if self.result > 0 else "minus_on_deficit"
            figure = self.claim(
                "wording", "Ordval om resultatet", "nettokostnad", stated=stated,
                measure_code="forvaltningens_resultat",
            )  # fmt: skip
            self.plant(
                "a surplus is called a cost, or a deficit has a minus sign",
                f"prose_wording:{figure}.statement",
            )

    def text_on_counts(self) -> None:
        """How many units there are, how many have a deficit, whose result is the largest."""
        results = {u: self.values.results[u][self.now] for u in shape.UNITS}
        # Among net costs, a surplus is one against the budget.
        own = [
            tkr - self.values.budgets[unit][self.now] if self.is_other else tkr
            for unit, tkr in results.items()
            if unit != "ledning"
        ]
        counts = {
            "antal_verksamheter": len(own),
            "antal_verksamheter_med_overskott_eller_balans": sum(tkr > -50 for tkr in own),
            "antal_verksamheter_med_underskott": sum(tkr <= -50 for tkr in own),
        }
        deficits = "antal_verksamheter_med_underskott"
        for measure, count in counts.items():
            # No table has a count of nothing.
            if count == 0:
                continue
            is_wrong = measure == deficits and self.plants("prose_count")
            figure = self.claim(
                "unit_count", "Antal verksamheter", str(count + is_wrong), measure_code=measure
            )
            if is_wrong:
                self.plant("the text counts one deficit too many", f"prose_count:{figure}.value")
        largest = sorted(results, key=lambda unit: -abs(results[unit]))
        if abs(results[largest[0]]) > abs(results[largest[1]]):
            self.claim(
                "rank", "Störst påverkan", "störst", "1", measure_code="rang_resultat",
                unit_code=shape.unit_code(self.administration, largest[0]),
            )  # fmt: skip

    def text_on_indicators(self) -> None:
        """Up or down since last year, and how far from the target."""
        for code, unit in (("total_sjukfranvaro", ""), ("arendevolym", "kontakt")):
            _, (_, before, now) = self.shown[code, unit, "total"]
            if before is None or now is None:
                continue
            stated = "up" if now > before else "down" if now < before else "unchanged"
            is_wrong = (
                code == "total_sjukfranvaro"
                and abs(now - before) >= 2
                and self.plants("prose_direction")
            )
            if is_wrong:
                stated = "down" if now > before else "up"
            figure = self.claim(
                "year_direction", "Förändring sedan året före", stated, stated=stated,
                measure_code=code, unit_code=shape.unit_code(self.administration, unit),
            )  # fmt: skip
            if is_wrong:
                self.plant(
                    "the text has the change the wrong way", f"prose_direction:{figure}.statement"
                )
        self.claim(
            "wording", "Avstånd till målvärdet", "något", stated="slightly", scenario="target",
            measure_code="total_sjukfranvaro",
        )  # fmt: skip

    def text_on_topics(self) -> None:
        """What is said twice, and what nothing can judge."""
        self.claim(
            "explanation", "Huvudförklaring", "vakanser", topic="huvudforklaring", stated="vakanser"
        )
        stated = "volymer" if self.plants("prose_topic") else "vakanser"
        figure = self.claim(
            "explanation", "Huvudförklaring, igen", stated, topic="huvudforklaring", stated=stated
        )
        if stated == "volymer":
            self.plant("the text explains one thing in two ways", f"prose_topic:{figure}.statement")
        self.claim(
            "other", "Flytten går enligt plan", "enligt plan",
            unverifiable_code="no_measure",
        )  # fmt: skip


VISITS_OF = ("studiebesok", "forskarbesok")
MAY_BE_MISSING = {
    "svarsservice",
    "tappade_samtal",
    "avtalstrohet",
    "e_handelstrohet",
    "strategiska_dialoger_med_forvaltningarna",
    "antal_utvecklade_nya_tjanster",
    "hallbart_medarbetarengagemang",
}
