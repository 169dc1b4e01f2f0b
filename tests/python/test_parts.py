"""A missing part is named, and never passes for a test that ran."""

from __future__ import annotations

import pytest
from parts import REQUIRE_ALL, require


def test_a_part_that_is_there_lets_the_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE_ALL, "1")
    require("Chromium", "/somewhere/chromium", "apt-get install chromium")


@pytest.mark.parametrize(
    ("setting", "outcome"), [("", pytest.skip.Exception), ("1", pytest.fail.Exception)]
)
def test_a_missing_part_is_named_with_the_way_to_get_it(
    monkeypatch: pytest.MonkeyPatch, setting: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setenv(REQUIRE_ALL, setting)
    with pytest.raises(outcome, match="Chromium is missing; to get it: apt-get install chromium"):
        require("Chromium", None, "apt-get install chromium")


def test_what_no_machine_can_install_is_left_out_even_where_all_parts_are_required(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(REQUIRE_ALL, "1")
    with pytest.raises(pytest.skip.Exception, match="the document is missing; to get it: put it"):
        require("the document", None, "put it into documents/", is_installable=False)
