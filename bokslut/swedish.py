"""Numbers and words as readers see them: in Swedish, and numbers in English too."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal

SPACE = "\u00a0"
MINUS = "\u2212"


def number(value: Decimal | int, decimals: int | None = None, language: str = "sv") -> str:
    """A number with a no-break space (English: a comma) between thousands and U+2212 as minus.

    `decimals` is how many are shown; None shows those there are, without needless zeros.
    """
    exact = Decimal(value)
    if decimals is None:
        pattern = "#,##0.######"
    else:
        exact = exact.quantize(Decimal(1).scaleb(-decimals))
        pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    exact = exact.copy_abs() if exact.is_zero() else exact
    written = format_decimal(exact, format=pattern, locale=language, decimal_quantization=False)
    return written.replace("-", MINUS)


def size(value: Decimal | int, decimals: int | None = None, language: str = "sv") -> str:
    """The number without its sign, for words that already say it (an `underskott`)."""
    return number(value, decimals, language).removeprefix(MINUS)


def signed(value: Decimal | int, decimals: int | None = None, language: str = "sv") -> str:
    """The number with + or U+2212, for changes; zero has no sign."""
    written = number(value, decimals, language)
    return f"+{written}" if value > 0 else written


def lines_of(first: object, last: object) -> str:
    """The document lines of a print: `rad 160` or `rad 580–583`."""
    return f"rad {first}" if first == last else f"rad {first}–{last}"
