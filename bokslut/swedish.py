"""Numbers as they are written in Swedish."""


def number(value: object) -> str:
    """A decimal in Swedish: no-break space between thousands, decimal comma, U+2212."""
    text = f"{value:,f}"
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0")
    whole = whole.replace(",", "\u00a0").replace("-", "\u2212")
    return f"{whole},{kept}" if kept else whole
