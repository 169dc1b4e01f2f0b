"""The pandoc that came with pypandoc."""

from __future__ import annotations

from functools import cache

import pypandoc


@cache
def pandoc() -> str:
    """Its path."""
    return pypandoc.get_pandoc_path()
