"""Text from the warehouse shown as text, whatever it looks like: Markdown, HTML, attributes."""

from __future__ import annotations

import html
import re

PUNCTUATION = re.compile(r"([!-+\-./:<-@\[-`{-~])")
SPACES = re.compile(r"[ \t\r\n]+")


def text(value: object) -> str:
    r"""The value as Markdown that shows it letter by letter; None is nothing.

    Every mark that Markdown, Quarto or TeX could read as more than itself gets a backslash, so that
    `<script>`, `{{< >}}`, backticks, `$`, `|`, `@`, `[` and `=cmd()` are shown and do nothing.
    """
    plain = "" if value is None else SPACES.sub(" ", str(value)).strip(" ")
    return PUNCTUATION.sub(r"\\\1", plain)


def breakable(value: object) -> str:
    """As `text`, with a place after each slash where a web page may break a long word."""
    return text(value).replace("\\/", "\\/`<wbr>`{=html}")


def html_text(value: object) -> str:
    """The value as HTML text or a quoted attribute, safe inside a raw block of Markdown as well."""
    escaped = html.escape("" if value is None else str(value), quote=True)
    return escaped.replace("{", "&#123;").replace("}", "&#125;").replace("`", "&#96;")


def attribute(value: object) -> str:
    """The value for a quoted Markdown attribute, as `fig-alt="..."`: its own quotes are curly."""
    plain = SPACES.sub(" ", "" if value is None else str(value)).replace('"', "”")
    return re.sub(r"([\\<>{}`$])", r"\\\1", plain)


def safe_id(value: str) -> str:
    """An id as an anchor: `vss-2020.ekonomi.1.outcome` is `vss-2020-ekonomi-1-outcome`."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")


# What a part of a document gives where the report prints nothing of the kind: the filter takes away
# what it stands in, with its caption and its heading.
NOTHING = "::: {.nothing}\n:::\n"
