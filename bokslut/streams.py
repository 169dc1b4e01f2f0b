"""What is printed reaches every stream.

One that is redirected on a Swedish Windows takes cp1252 alone, which has å, ” and the no-break
space but no minus sign: there, a sign that looks like it is written.
"""

from __future__ import annotations

import codecs
import io
import sys

LIKE = {"\u2212": "-", "\u202f": "\u00a0", "\u2060": "", "→": "->", "≤": "<=", "≥": ">="}
"""Signs that we write, and what stands for them."""


def like(failure: UnicodeError) -> tuple[str, int]:
    """What stands for the signs that a stream lacks; a question mark where nothing is like them."""
    assert isinstance(failure, UnicodeEncodeError)
    lacking = failure.object[failure.start : failure.end]
    return "".join(LIKE.get(sign, "?") for sign in lacking), failure.end


def take_every_sign() -> None:
    """Makes the streams of this process take all signs, each as well as it can."""
    codecs.register_error("like", like)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="like")
