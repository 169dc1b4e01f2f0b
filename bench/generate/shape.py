"""What every generated report looks like: administrations, units, labels, and what these mean."""

from __future__ import annotations

from dataclasses import dataclass

MUNICIPALITIES = 290
YEARS = 7
LAST_YEAR = 2020

ADMINISTRATIONS = {
    "buf": "Barn- och ungdomsförvaltningen",
    "kof": "Kultur- och fritidsförvaltningen",
    "sbf": "Samhällsbyggnadsförvaltningen",
    "sof": "Socialförvaltningen",
    "sty": "Servicestyrelsens förvaltning",
}
# Two of them print otherwise than Linköping: income and costs beside the result, costs as positive
# numbers, deficits in parentheses, investments in tkr.
LINKOPING, OTHER = "linkoping_forvaltning", "pahittad_namnd"
TEMPLATES = {"kof": OTHER, "sof": OTHER}
RESULTS = ("outcome", "budget", "deviation", "outcome_previous_year", "income", "cost")
# Units of an administration; the first is its management, the second its contact centre.
UNITS = {
    "ledning": "Ledning",
    "kontakt": "Kontaktcenter",
    "arkiv": "Arkiv",
    "digital": "Digital utveckling",
    "ekonomi": "Ekonomi",
    "lokaler": "Lokaler",
    "personal": "Personal",
    "planering": "Planering",
    "utbildning": "Utbildning",
}
MEN, WOMEN = "Män", "Kvinnor"

GOALS = {
    "god_service": "God service",
    "korrekta_och_effektiva_inkop": "Korrekta och effektiva inkop",
    "god_ekonomisk_kontroll": "God ekonomisk kontroll",
    "god_kundsamverkan": "God kundsamverkan",
    "hog_digitaliseringsgrad": "Hog digitaliseringsgrad",
    "goda_arbetsplatser": "Goda arbetsplatser",
    "framgangsrikt_chef_och_ledarskap": "Framgangsrikt chef- och ledarskap",
    "nya_vagar_for_tryggad_kompetensforsorjning": "Nya vigar for (tryggad) kompetensforsorjning",
}
JUDGEMENTS = {
    "fulfilled": ("helt uppfyllt", "uppfylls"),
    "partly_fulfilled": ("enbart delvis uppfyllt", "inte helt uppfylls"),
    "not_fulfilled": ("ej uppfyllt",),
}


@dataclass(frozen=True)
class Indicator:
    """An indicator in the appendix.

    Attributes:
        code, goal: as in reference_indicators.
        label: its printed row label; a row of women and one of men follow where `has_genders`.
        unit: the unit's short name, or "" for the administration.
        direction: 1 where higher is better, -1 where lower is.
        low, high: the range of its values, in hundredths.
        decimals: as printed.
        sign: what may be printed behind the number.
        group: the label of the row that it stands under, or "".
        staff: employees or managers where women and men are shown.
    """

    code: str
    goal: str
    label: str
    unit: str
    direction: int
    low: int
    high: int
    decimals: int
    sign: str = ""
    group: str = ""
    staff: str = ""

    @property
    def has_genders(self) -> bool:
        """Whether rows of men and women stand under it."""
        return bool(self.staff)


VISITS = "Antal besok arkivet"
INDICATORS = (
    Indicator("svarsservice", "god_service", "Svarsservice", "kontakt", 1, 7000, 9800, 1, "%"),
    Indicator("tappade_samtal", "god_service", "Tappade samtal", "kontakt", -1, 200, 900, 1, "%"),
    Indicator("antal_besok", "god_service", VISITS, "arkiv", 1, 0, 0, 0),
    Indicator(
        "studiebesok", "god_service", "Studiebesok", "arkiv", 1, 20000, 90000, 0, group=VISITS
    ),
    Indicator(
        "forskarbesok", "god_service", "Forskarbesok", "arkiv", 1, 20000, 90000, 0, group=VISITS
    ),
    Indicator(
        "avtalstrohet", "korrekta_och_effektiva_inkop", "Avtalstrohet (%)", "", 1, 7000, 9500, 0,
        "%",
    ),
    Indicator(
        "e_handelstrohet",
        "korrekta_och_effektiva_inkop",
        "E-handelstrohet (%)",
        "",
        1,
        7000,
        9500,
        0,
        "%",
    ),
    Indicator(
        "forvaltningens_resultat",
        "god_ekonomisk_kontroll",
        "Forvaltningens resultat",
        "",
        1,
        0,
        0,
        0,
        "tkr",
    ),
    Indicator(
        "arendevolym", "god_ekonomisk_kontroll", "Kontaktcenter", "kontakt", 0, 0, 0, 0,
        group="Arendevolym",
    ),
    Indicator(
        "arendevolym", "god_ekonomisk_kontroll", "Arkivet", "arkiv", 0, 0, 0, 0, group="Arendevolym"
    ),
    Indicator(
        "strategiska_dialoger_med_forvaltningarna",
        "god_kundsamverkan",
        "Strategiska dialoger, andel genomforda",
        "",
        1,
        6000,
        9900,
        0,
        "%",
    ),
    Indicator(
        "antal_utvecklade_nya_tjanster", "god_kundsamverkan", "Antal utvecklade nya tjanster", "",
        1, 1000, 4500, 0,
    ),
    Indicator(
        "andel_arenden_via_chatt", "hog_digitaliseringsgrad", "Andel drenden via chatt", "kontakt",
        1, 0, 0, 1, "%",
    ),
    Indicator(
        "total_sjukfranvaro", "goda_arbetsplatser", "Total sjukfranvaro", "", -1, 300, 900, 1,
        staff="employees",
    ),
    Indicator(
        "andel_heltidsanstallningar", "goda_arbetsplatser", "Andel heltidsanstallningar", "", 1,
        7000, 9500, 1, staff="employees",
    ),
    Indicator(
        "hallbart_medarbetarengagemang", "framgangsrikt_chef_och_ledarskap", "HME", "", 1, 6000,
        9000, 0,
    ),
    Indicator(
        "chefers_sjukfranvaro", "framgangsrikt_chef_och_ledarskap", "Chefers sjukfranvaro", "", -1,
        200, 800, 1, staff="managers",
    ),
    Indicator(
        "extern_personalomsattning", "nya_vagar_for_tryggad_kompetensforsorjning",
        "Extern personalomsattning", "", -1, 400, 1200, 1, staff="employees",
    ),
)  # fmt: skip


def administrations(municipalities: int) -> list[str]:
    """The codes of all administrations: each municipality has its own."""
    return [
        f"{code}_{9001 + municipality}"
        for municipality in range(municipalities)
        for code in ADMINISTRATIONS
    ]


def unit_code(administration: str, unit: str) -> str:
    """The code of a unit, or of the administration as a whole where `unit` is empty."""
    return f"{administration}_{unit}" if unit else administration


def unit_label(administration: str, unit: str) -> str:
    """A unit as printed: its name and the administration's letters."""
    return f"{UNITS[unit]} {letters(administration)}"


def letters(administration: str) -> str:
    """What an administration's printed labels end with."""
    return administration.upper().replace("_", " ")


def units(municipalities: int) -> list[dict[str, str | None]]:
    """Rows of reference_units: each administration as a whole, and its units."""
    rows: list[dict[str, str | None]] = []
    for code in administrations(municipalities):
        name = f"{ADMINISTRATIONS[code.split('_')[0]]} {code.split('_')[1]}"
        rows.append(
            {
                "unit_code": code,
                "unit_name_sv": name,
                "unit_name_en": name,
                "administration_code": code,
                "parent_unit_code": None,
                "is_management": False,
            }
        )
        rows += [
            {
                "unit_code": unit_code(code, unit),
                "unit_name_sv": unit_label(code, unit),
                "unit_name_en": unit_label(code, unit),
                "administration_code": code,
                "parent_unit_code": code,
                "is_management": unit.endswith("ledning"),
            }
            for unit in UNITS
        ]
    return rows


def aliases(municipalities: int) -> list[dict[str, str | None]]:
    """Rows of reference_label_aliases: what each printed label means.

    A row without a unit is of the administration whose report it stands in.
    """
    rows: list[dict[str, str | None]] = [
        {"row_label": label, "goal_code": goal} for goal, label in GOALS.items()
    ]

    def add(
        table: str, label: str | None, measure: str | None, unit: str | None = None, **more
    ) -> None:
        rows.append(
            {
                "source_table": table,
                "row_label": label,
                "measure_code": measure,
                "unit_code": unit,
                **more,
            }
        )

    # The rows of units bear their names.
    add("driftsammandrag", None, "verksamhetens_resultat", part_of="driftsammandrag")
    add("ekonomi", "Verksamhetens nettokostnader", "forvaltningens_resultat")
    add("ekonomi", "varav nettokostnader for coronapandemin", "nettokostnader_coronapandemin")
    whole = {"project_code": "total", "project_status": "total", "asset_class": "total"}
    add("ekonomi", "Investeringar, netto", "arets_investeringar", **whole)
    add("personal", "Antal tillsvidareanstallda", "antal_tillsvidareanstallda")
    add("personal", "Total sjukfranvaro", "total_sjukfranvaro")
    add("personal", "Extern personalomsattning", "extern_personalomsattning")
    add("driftsammandrag", "Summa", "forvaltningens_resultat", total_of="driftsammandrag")
    done, ongoing = "Fardigstallda projekt", "Pagaende projekt"
    for section, status, code in ((done, "completed", "f"), (ongoing, "ongoing", "p")):
        add(
            "investeringar", f"Summa {section.lower()}", None, section_label=section,
            project_code="total", project_status=status, asset_class="total",
            part_of="investeringar", total_of=code,
        )  # fmt: skip
    add(
        "investeringar", "Summa investeringar", None, section_label=ongoing,
        total_of="investeringar", **whole,
    )  # fmt: skip
    for administration in administrations(municipalities):
        for unit in ("kontakt", "arkiv"):
            code = unit_code(administration, unit)
            label = f"Arenden {unit_label(administration, unit)}"
            add("basuppdrag", label, "arendevolym", code)
        add(
            "basuppdrag", f"Varav chatt {letters(administration)}", "chattarenden",
            unit_code(administration, "kontakt"),
        )  # fmt: skip
        for section, status, code, unit, asset, name in PROJECTS:
            add(
                "investeringar", f"{unit_label(administration, unit)} {name}", None,
                unit_code(administration, unit), section_label=section, project_status=status,
                project_code=f"{unit_code(administration, unit)}_{asset}", asset_class=asset,
                part_of=code,
            )  # fmt: skip
        for shown in INDICATORS:
            if shown.unit:
                add(
                    "namndindikatorer", f"{shown.label} {letters(administration)}", shown.code,
                    unit_code(administration, shown.unit), section_label=GOALS[shown.goal],
                    group_label=group_label(shown, administration),
                )  # fmt: skip
    for shown in INDICATORS:
        if shown.unit:
            continue
        goal = GOALS[shown.goal]
        add("namndindikatorer", shown.label, shown.code, section_label=goal)
        if shown.has_genders:
            for label, gender in ((MEN, "men"), (WOMEN, "women")):
                add(
                    "namndindikatorer", label, shown.code, section_label=goal,
                    group_label=shown.label, gender=gender,
                )  # fmt: skip
    return rows


# Investments: section, status, code of the sum, unit, asset class, what is printed behind the unit.
PROJECTS = (
    ("Fardigstallda projekt", "completed", "f", "digital", "it_utrustning", "IT-utrustning"),
    ("Fardigstallda projekt", "completed", "f", "lokaler", "inventarier", "Inventarier"),
    ("Pagaende projekt", "ongoing", "p", "kontakt", "inventarier", "Inventarier"),
)


def group_label(shown: Indicator, administration: str) -> str | None:
    """The printed label of the group that an indicator of a unit stands under."""
    if shown.group == VISITS:
        return f"{VISITS} {letters(administration)}"
    return shown.group or None


def template(administration: str) -> str:
    """The template of an administration's reports; its code may have the municipality's behind."""
    return TEMPLATES.get(administration.partition("_")[0], LINKOPING)


# What the project's own reference tables lack: the other template, and the wordings printed here.
MORE: dict[str, list[dict[str, str | int | bool | None]]] = {
    "reference_templates": [
        {
            "template": OTHER,
            "template_name_sv": "Påhittad nämnds verksamhetsberättelse",
            "template_name_en": "Annual report of an invented administration",
            "based_on": LINKOPING,
            "unit_of_measure": "tkr",
            "result_words": "net_cost",
            "is_minus_in_parentheses": True,
        }
    ],
    "reference_printed_tables": [
        {"template": OTHER, "source_table": "investeringar", "unit_of_measure": "tkr"}
    ],
    "reference_printed_columns": [
        {
            "template": OTHER,
            "source_table": "driftsammandrag",
            "column_name": column,
            "column_no": number,
            "sign": -1 if column == "cost" else None,
        }
        for number, column in enumerate(RESULTS, start=1)
    ],
    "reference_identities": [
        {
            "template": OTHER,
            "source_table": "driftsammandrag",
            "column_name": "outcome",
            "term": term,
            "coefficient": coefficient,
        }
        for term, coefficient in (("income", 1), ("cost", -1))
    ],
    "reference_judgement_wordings": [
        {"judgement": words, "declared_status": status}
        for status, choice in JUDGEMENTS.items()
        for words in choice
    ],
}
