"""Whether a number of the text is a figure of a row, or how far two are apart, as they are
rounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from operator import ne

from bokslut.swedish import number as swedish_number
from bokslut.transcription.reading.claims.value import Value
from bokslut.transcription.reading.concepts.kinds import IN_TKR
from bokslut.transcription.reading.nouns import Name
from bokslut.transcription.reading.row_amounts import Amount, kind_of

HEDGED = Decimal("0.1")
"""How far a number with a hedge may be beside what it is, of itself."""


def reach_of(value: Value) -> Decimal:
    """How far a number may be beside what it is: its last digit, or its noughts where it has
    several, as *5 000* has; more with a hedge."""
    number = value.number
    digits = str(int(abs(number.value)))
    noughts = len(digits) - len(digits.rstrip("0")) if not number.decimals else 0
    step = Decimal(10) ** noughts / 2 if noughts > 1 else number.half_step
    return step + (abs(number.value) * HEDGED if value.hedge else 0)


def stated_of(value: Value) -> Decimal:
    """The size of a number, in tkr where it is money."""
    return abs(value.number.value) * IN_TKR.get(value.number.unit_of_measure or "", Decimal(1))


def equals(value: Value, one: Amount, *, closely: bool = False) -> bool:
    """Whether a number is a figure as far as both are rounded, or as far as the number is."""
    if one.kind != kind_of(value.number.unit_of_measure):
        return False
    times = IN_TKR.get(value.number.unit_of_measure or "", Decimal(1))
    return abs(abs(one.value) - stated_of(value)) <= reach_of(value) * times + (
        Decimal(0) if closely else one.half_step
    )


def is_typed(value: Value, one: Amount) -> bool:
    """Whether two numbers have the same digits in another order, or all but one."""
    times = IN_TKR.get(value.number.unit_of_measure or "", Decimal(1))
    step = 2 * value.number.half_step
    said, printed = (str(int(abs(n) / step)) for n in (value.number.value, one.value / times))
    return len(said) >= FEWEST and is_slip(said, printed)


FEWEST = 2
"""How many digits a number has at least that may be typed wrongly and still be known."""


def is_slip(one: str, other: str) -> bool:
    """Whether two rows of digits are the same in another order, or differ in one."""
    is_as_long = len(one) == len(other)
    return is_as_long and (sorted(one) == sorted(other) or sum(map(ne, one, other)) == 1)


NEAR = Decimal("0.005")
"""How far a number of the year with a hedge may be beside what is printed, of itself."""


def is_printed(value: Value, one: Amount, kind: str = "", slack: Decimal = Decimal(0)) -> bool:
    """Whether a number of the text is a figure, as far as it is rounded, and `slack` beside it."""
    # *från 6,3 till 6,6 mnkr*: the first has the kind of the second.
    if one.kind != (kind or kind_of(value.number.unit_of_measure)):
        return False
    stated = stated_of(value)
    times = IN_TKR.get(value.number.unit_of_measure or "", Decimal(1))
    reach = value.number.half_step * times + (stated * NEAR if value.hedge else 0)
    return abs(abs(one.value) - stated) <= reach + slack


@dataclass(frozen=True)
class Pair:
    """Two figures of a kind that are said to be apart, and the row that is spoken of."""

    name: Name
    one: Amount
    other: Amount

    def of(self, code: str) -> Amount:
        """That of the women, or of the men, where they are its two."""
        return self.one if code == "women" else self.other

    @property
    def gap(self) -> Amount:
        """How far they are apart."""
        value = abs(self.one.value - self.other.value)
        return replace(self.one, value=value, half_step=self.one.half_step + self.other.half_step)

    @property
    def made(self) -> str:
        """What they make, in Swedish."""
        one, other = (a.figure for a in (self.one, self.other))
        gap = swedish_number(abs(one.number.value - other.number.value))  # type: ignore[union-attr]
        return f"{one.cell.text} mot {other.cell.text} är en skillnad på {gap}"

    def is_apart(self, value: Value) -> bool:
        """Whether a number is how far they are apart, as all are rounded; in per cent of the second
        too."""
        gap, of = self.gap, abs(self.other.value)
        if value.number.unit_of_measure == "percent" and of:
            percent = replace(gap, value=100 * gap.value / of, kind="percent")
            if is_printed(value, percent, slack=100 * gap.half_step / of):
                return True
        return is_printed(value, gap, gap.kind, gap.half_step)
