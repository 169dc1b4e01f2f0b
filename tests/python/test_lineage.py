"""The picture of the lineage is that of the project."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import ROOT, Project

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def lineage() -> ModuleType:
    """The script that draws the picture; it lies beside its picture and in no package."""
    spec = importlib.util.spec_from_file_location("lineage", ROOT / "docs/lineage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["lineage"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def manifest(built: Project) -> dict[str, Any]:
    return json.loads((built.target / "manifest.json").read_text(encoding="utf-8"))


def test_the_committed_picture_is_current(lineage: ModuleType, manifest: dict[str, Any]) -> None:
    committed = (ROOT / "docs/lineage.svg").read_text(encoding="utf-8")
    is_current = committed == lineage.picture(manifest)
    assert is_current, (
        "docs/lineage.svg shows another lineage than the project has; draw it anew with "
        "`uv run dbt parse && uv run python docs/lineage.py`"
    )


def test_the_order_of_the_manifest_does_not_matter(
    lineage: ModuleType, manifest: dict[str, Any]
) -> None:
    def shuffled(things: dict[str, Any]) -> dict[str, Any]:
        return dict(random.Random(7).sample(list(things.items()), len(things)))

    other = {key: shuffled(manifest[key]) for key in ("nodes", "exposures")}
    assert lineage.picture(other) == lineage.picture(manifest)


def test_every_model_is_in_the_picture_and_no_test(
    lineage: ModuleType, manifest: dict[str, Any]
) -> None:
    picture = ElementTree.fromstring(lineage.picture(manifest))
    shown = {title.text for title in picture.findall(f"{SVG}g/{SVG}title")}
    nodes = manifest["nodes"].values()
    assert {node["name"] for node in nodes if node["resource_type"] == "model"} <= shown
    assert {exposure["name"] for exposure in manifest["exposures"].values()} <= shown
    assert {"reference", "control", "printed_driftsammandrag"} <= shown
    assert not {node["name"] for node in nodes if node["resource_type"] == "test"} & shown


def test_the_picture_says_what_it_shows(lineage: ModuleType, manifest: dict[str, Any]) -> None:
    picture = ElementTree.fromstring(lineage.picture(manifest))
    assert picture.get("role") == "img"
    assert picture.get("aria-labelledby") == "title desc"
    assert "lineage" in (picture.findtext(f"{SVG}title") or "")
    for exposure in manifest["exposures"].values():
        assert f"{exposure['label']} reads " in (picture.findtext(f"{SVG}desc") or "")
