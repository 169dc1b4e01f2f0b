"""Small Quarto projects to render."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = Path(__file__).parents[3]
SETTINGS = """project:
  type: website
  output-dir: _output
  post-render: python -m bokslut.render.finish
lang: sv
website:
  title: Prov
filters:
  - _filters/bokslut.lua
execute:
  echo: false
"""

Write = Callable[..., Path]


def with_own_filter(folder: Path) -> Path:
    """The folder, with the filter and the styles that the real reports have."""
    shutil.copytree(ROOT / "reports/_filters", folder / "_filters")
    for name in ("reference.docx", "_rapport.typ"):
        shutil.copyfile(ROOT / "reports" / name, folder / name)
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a project of the given files (name without ending: text) and gives its folder."""

    def project(settings: str = SETTINGS, **texts: str) -> Path:
        folder = tmp_path / "reports"
        if not folder.exists():
            with_own_filter(folder)
        (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
        for name, text in texts.items():
            (folder / f"{name}.qmd").write_text(text, encoding="utf-8")
        return folder

    return project


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment of the cells."""
    return dict(os.environ)
