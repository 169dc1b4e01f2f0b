"""How Swedish reports write numbers: what one printed text can mean, and what must be refused.

The parser of committed cells is `macros/parse_swedish_number.sql`; this one is for reading, where a
text stands beside others and may be cut wrongly. Both are held to the same forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from bokslut.transcription.reading import words

# Every space and dash that print uses, as one of each.
SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000\t"),
    " ",
)
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"), "-")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), None)
PLAIN = SPACES | DASHES | UNSEEN
RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")

WHOLE = r"(?:0|[1-9][0-9]{0,2}(?: [0-9]{3}){1,3}|[1-9][0-9]{0,11})"
NUMBER = rf"(?P<sign>[+-] ?)?(?P<whole>{WHOLE})(?:[,.](?P<part>[0-9]{{1,6}}))?"
MARK = (
    r"(?P<mark>\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}| ?[0-9]{1,2}\)| ?\[[0-9]{1,2}\]|"
    r" ?[△▲▽▼◇◆○●□■†‡§#] ?[A-Z]?[0-9]{0,3})"
)
OPERATOR = r"(?P<operator><=|>=|<|>|≤|≥)"
UNIT = "|".join(re.escape(word) for word in words.of_numbers("unit"))
HEDGE = "|".join(re.escape(word) for word in words.of_numbers("hedge"))
SIGN_BEFORE = "|".join(re.escape(word) for word in words.of_numbers("sign", "side_before"))
SIGN_BEHIND = "|".join(re.escape(word) for word in words.of_numbers("side", "sign_behind"))
WORDS = re.IGNORECASE

CELL = re.compile(
    rf"(?:(?P<word>{SIGN_BEFORE}) )?(?:(?P<hedge>{HEDGE}) )?(?:{OPERATOR} ?)?{NUMBER}{MARK}?\.?"
    rf"(?: ?(?P<unit>{UNIT}))?{MARK.replace('mark', 'late_mark')}?(?: (?P<behind>{SIGN_BEHIND}))?",
    WORDS,
)
TWO = re.compile(r"(?P<first>[^()]+?) ?\((?P<second>[^()]+)\)")
WITH_REMARK = re.compile(r"(?P<first>[^()]*[^() ]) ?\((?=[^()]*[^\W\d_]{3})[^()]+\)")
"""A number with words in parentheses behind it: `4,8 (6,0 enligt bilagan)`, `84 % (prognos)`."""
IN_PARENTHESES = re.compile(rf"\((?P<inner>[^()]+)\)(?P<unit> ?(?:{UNIT}))?", WORDS)
INTERVAL = re.compile(
    rf"(?P<first>{WHOLE}(?:,[0-9]{{1,6}})?) ?- ?{WHOLE}(?:,[0-9]{{1,6}})?(?: ?%)?"
)
"""Two numbers that a target lies between: `10-15`."""
POINT_BETWEEN_THOUSANDS = re.compile(r"[+-]? ?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
DAMAGED_MARK = re.compile(r"[IiLl1|!][.,;: ]{0,2}[UuVv][.,;:]{0,2}")
DAMAGED_MINUS = re.compile(rf"[-=~_>]{{1,3}}({WHOLE}(?:,[0-9]{{1,6}})?)")
"""A number behind two dashes, or behind what a scan makes of a dash: `--402,6`, `=>13,3`."""
LOST_COMMA = re.compile(r"([+-]?)0(?!0+$)([0-9]{1,2})")
# Letters that a scan makes of digits.
LOOKALIKES = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "Q": "0",
        "D": "0",
        "l": "1",
        "I": "1",
        "|": "1",
        "i": "1",
        "S": "5",
        "s": "5",
        "B": "8",
        "Z": "2",
        "z": "2",
    }
)
DAMAGED_DIGITS = re.compile(r"(?![IOo]+\d$)[+-]?[\dlIOo.,]*\d[\dlIOo.,]*%?")
"""A piece of a number with a letter among its digits that a scan makes of `1` or `0`."""
NOUGHT = re.compile(r"\([Ooe]\)|\[[0Ooe]\]")
"""What a scan makes of a nought that stands alone: `(e)`, `[0]`."""
YEAR = re.compile(r"(?:19|20)[0-9][0-9]")
DATE = re.compile(
    r"(?:19|20)[0-9][0-9]-[0-9][0-9](?:-[0-9][0-9])?|[0-9]{1,2}/[0-9]{1,2}[/-](?:19|20)?[0-9][0-9]|[0-9]{2,4}-[01][0-9]-[0-3][0-9]"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed.

    Attributes:
        value: in the unit printed, its sign included.
        decimals: how many are printed.
        unit_of_measure: where one is printed with it.
        operator: `<`, `<=`, `>` or `>=` where printed in front.
        hedge: `above`, `below` or `about` where a word says so.
        mark: a footnote mark behind it.
        previous: the number in parentheses behind it: last year's.
        signed: how its sign is known: `sign`, `word`, `parentheses`, or empty.
    """

    value: Decimal
    decimals: int
    unit_of_measure: str | None = None
    operator: str | None = None
    hedge: str | None = None
    mark: str | None = None
    previous: Number | None = None
    signed: str = ""

    @property
    def half_step(self) -> Decimal:
        """Half of the last printed decimal's worth."""
        return Decimal(5).scaleb(-self.decimals - 1)


@dataclass(frozen=True, slots=True)
class Missing:
    """A mark that says that there is no number, and which kind of none (`not_reported`, ...)."""

    code: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A text that is no number by itself.

    Attributes:
        reason: `text`, `date`, or what is wrong with a number: `point_between_thousands`,
            `lost_comma`, `lookalikes`, `parentheses`, `minus`, `glued`.
        candidates: numbers that it may stand for.
    """

    reason: str
    candidates: tuple[Number, ...] = ()


Reading = Number | Missing | Refused
BLANK = Missing("blank")


def plain(text: str) -> str:
    """The text with one kind of space and of dash, and single spaces."""
    return " ".join(text.translate(PLAIN).split())


def read(text: str, marks: dict[str, str], *, parentheses_are_minus: bool = False) -> Reading:
    """What one text says.

    Args:
        text: a cell or a piece of one, as printed.
        marks: marks of missing values in plain form, and their codes.
        parentheses_are_minus: whether `(614)` is -614.
    """
    tidy = plain(text)
    if not tidy:
        return BLANK
    if code := marks.get(tidy.upper()) or damaged_mark(tidy, marks):
        return Missing(code)
    if POINT_BETWEEN_THOUSANDS.fullmatch(tidy):
        return refused(tidy, parentheses_are_minus)
    if found := CELL.fullmatch(tidy):
        return of_match(found)
    if found := TWO.fullmatch(tidy):
        first, second = CELL.fullmatch(found["first"]), CELL.fullmatch(found["second"])
        if first and second:
            return replace(of_match(first), previous=of_match(second))
    if (remarked := WITH_REMARK.fullmatch(tidy)) and (found := CELL.fullmatch(remarked["first"])):
        return of_match(found)
    return refused(tidy, parentheses_are_minus)


def damaged_mark(tidy: str, marks: dict[str, str]) -> str | None:
    """The code of a mark of two letters whose first letter or points a scan has damaged: `LU;`."""
    if len(tidy) > 6 or not DAMAGED_MARK.fullmatch(tidy):
        return None
    return marks.get("I.U.")


def refused(tidy: str, parentheses_are_minus: bool) -> Reading:
    """Why a text in plain form is no number, with what it may stand for."""
    if DATE.fullmatch(tidy):
        return Refused("date")
    if NOUGHT.fullmatch(tidy):
        return Refused("lookalikes", (Number(Decimal(0), 0),))
    if found := IN_PARENTHESES.fullmatch(tidy):
        if inner := CELL.fullmatch(found["inner"] + (found["unit"] or "")):
            number = of_match(inner)
            if not number.signed:
                negative = replace(number, value=-number.value, signed="parentheses")
                return (
                    negative
                    if parentheses_are_minus
                    else Refused("parentheses", (negative, number))
                )
        return Refused("text")
    if POINT_BETWEEN_THOUSANDS.fullmatch(tidy):
        whole = CELL.fullmatch(tidy.replace(".", ""))
        part = CELL.fullmatch(tidy.replace(".", ",")) if tidy.count(".") == 1 else None
        return Refused("point_between_thousands", tuple(of_match(m) for m in (whole, part) if m))
    if (found := DAMAGED_MINUS.fullmatch(tidy)) and (bare := CELL.fullmatch(found[1])):
        number = of_match(bare)
        return Refused("minus", (replace(number, value=-number.value, signed="sign"), number))
    if found := LOST_COMMA.fullmatch(tidy):
        return Refused("lost_comma", (of_match(CELL.fullmatch(f"{found[1]}0,{found[2]}")),))  # type: ignore[arg-type]
    if any(c.isdigit() for c in tidy) and not re.search(r"[^\W\d_]{3}", tidy):
        if found := CELL.fullmatch(tidy.translate(LOOKALIKES)):
            return Refused("lookalikes", (of_match(found),))
        if re.search(r"[^\W\d_]", tidy):
            return Refused("text")
        joined = CELL.fullmatch(tidy.replace(" ", "")) if LOST_SPACE.fullmatch(tidy) else None
        return Refused("glued", (of_match(joined),) if joined else ())
    return Refused("text")


LOST_SPACE = re.compile(r"-? ?\d{1,3}(?: ?\d{3})+")
"""A number of several thousands of which a space may have been lost: `4127 400`."""


def of_match(found: re.Match[str]) -> Number:
    """The number of a match of CELL."""
    part = found["part"] or ""
    value = Decimal(found["whole"].replace(" ", "") + ("." + part if part else ""))
    kinds = ("sign", "side_before", "side", "sign_behind")
    signs, signed = words.of_numbers(*kinds), ""
    if found["sign"]:
        signed, negative = "sign", found["sign"][0] == "-"
    else:
        word = (found["word"] or found["behind"] or "").lower()
        negative = signs.get(word) == "-"
        signed = "word" if word else ""
    if negative and value:
        value = -value
    unit = found["unit"]
    operator = {"≤": "<=", "≥": ">="}.get(found["operator"] or "", found["operator"])
    mark = found["mark"] or found["late_mark"]
    hedge = words.of_numbers("hedge").get((found["hedge"] or "").lower())
    return Number(
        value,
        len(part),
        words.of_numbers("unit")[unit.lower()] if unit else None,
        operator,
        hedge,
        mark.translate(RAISED).strip(" )[]") if mark else None,
        None,
        signed,
    )


def is_damaged(text: str) -> bool:
    """Whether a text is a number or a piece of one in which letters stand for `1` or `0`."""
    return bool(NOUGHT.fullmatch(text)) or (
        any(c in "lIOo" for c in text) and bool(DAMAGED_DIGITS.fullmatch(text))
    )


YEAR_WITH_UNIT = re.compile(r"(?:19|20)\d\d(?:, ?| ?\()(?:%|tkr|mnkr|mkr|kr|st)\)?")
"""A year of a head with its unit of measure: `2023, %`."""


def without_years(text: str) -> str:
    """A head without its years: `Årsarbetare 2024` as `Årsarbetare`."""
    return " ".join(word for word in plain(text).split() if not is_year(word))


def is_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return bool(YEAR.fullmatch(plain(text)))
