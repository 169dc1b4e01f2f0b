"""What a test needs of the machine beyond Python, and what happens where that is missing."""

from __future__ import annotations

import os

import pytest

REQUIRE_ALL = "BOKSLUT_REQUIRE_ALL"


def require(part: str, found: object, how: str, *, is_installable: bool = True) -> None:
    """Leaves the test out where a part is missing, or fails it where all parts are required.

    Args:
        part: the name of the part, e.g. `Chromium`.
        found: anything true if the part is there, e.g. the path of its program.
        how: how to get it, e.g. `apt-get install chromium`.
        is_installable: whether a machine can get it by itself. A document that is in no git cannot
            be required of a clean machine.

    Raises pytest's skip, or its failure where BOKSLUT_REQUIRE_ALL is 1.
    """
    if found:
        return
    message = f"{part} is missing; to get it: {how}"
    if is_installable and os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(f"{message} ({REQUIRE_ALL}=1 requires every part)", pytrace=False)
    pytest.skip(message)
