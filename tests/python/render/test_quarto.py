"""The way through the Quarto CLI, around a stand-in for it.

Quarto itself comes from no package registry, so the stand-in only shows what is asked of it and
what is done with what it leaves; that the documents are Quarto's is not proved here.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bokslut.render import command, quarto
from bokslut.render.lines import RenderFailed
from render.conftest import Write

STAND_IN = """#!{python}
import json, os, sys
from pathlib import Path

folder = Path(sys.argv[2])
Path(os.environ["ASKED"]).write_text(json.dumps(
    {{"arguments": sys.argv[1:], "python": os.environ["QUARTO_PYTHON"],
      "document": (folder / "sida.qmd").read_text()}}))
output = folder / "_output"
output.mkdir()
{act}
"""
DOCUMENT = """---
title: Sida
format:
  html: default
  docx: default
---

```{python}
#| tags: [parameters]
report_id = "vss-2020"
```

```{python}
print(
    report_id, borta)
```

Rapporten.
"""
BOTH = "(output / 'sida.html').write_text('Klart')\n(output / 'sida.docx').write_text('Klart')"


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Puts a stand-in on the path that does what it is told."""

    def put(act: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        file = folder / "quarto"
        file.write_text(STAND_IN.format(python=sys.executable, act=act))
        file.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        return os.environ | {"ASKED": str(tmp_path / "asked")}

    return put


def test_quarto_is_used_where_it_is_on_the_path(
    program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command.renderer().name_sv == "den inbyggda renderaren"
    program(BOTH)
    assert command.renderer().render is quarto.render


def test_quarto_gets_a_staged_copy_with_the_parameters(
    program, write: Write, tmp_path: Path
) -> None:
    folder = write(sida=DOCUMENT)
    environment = program(BOTH)
    written = quarto.render(folder, {"report_id": "vss-2021"}, environment, lambda *_: None)
    assert {f.name for f in written} == {"sida.html", "sida.docx"}
    asked = (tmp_path / "asked").read_text()
    assert '"render"' in asked
    assert f'"{folder}.rendering"' in asked
    assert sys.executable in asked
    order = [asked.index(x) for x in ("vss-2020", "report_id = 'vss-2021'", "Rapporten")]
    assert order == sorted(order)
    assert (folder / "sida.qmd").read_text() == DOCUMENT


CELL_FAILS = """print('''[ 1/1] sida.qmd

An error occurred while executing the following cell:
------------------
print(
    report_id, borta)
------------------


---------------------------------------------------------------------------
NameError                                 Traceback (most recent call last)
Cell In[2], line 2
      1 print(
----> 2     report_id, borta)

NameError: name 'borta' is not defined
''')
sys.exit(1)"""


def test_what_quarto_does_is_told_and_what_it_warns_of_is_printed(
    program, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[tuple[str, str]] = []
    said = (
        "print('\\x1b[1m[1/2] sida.qmd\\x1b[22m'); print('WARN: obs'); print('[2/2] annan.qmd')\n"
    )
    quarto.render(write(sida=DOCUMENT), {}, program(said + BOTH), lambda *one: told.append(one))
    assert told == [
        ("sida", "renderas av Quarto (1/2)"),
        ("sida", "klar"),
        ("annan", "renderas av Quarto (2/2)"),
        ("annan", "klar"),
    ]
    assert capsys.readouterr().err == "WARN: obs\n"


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (CELL_FAILS, r"reports/sida\.qmd, rad 15: cellen föll: NameError: name 'borta'"),
        (
            "print('reports.rendering/sida.qmd, rad 3: länken leder fel'); sys.exit(1)",
            r"reports/sida\.qmd, rad 3: länken leder fel$",
        ),
        ("sys.stderr.write('trasig mall')\nsys.exit(1)", "trasig mall"),
        (BOTH.partition("\n")[0], "Quarto skrev ingen sida.docx"),
        (BOTH.replace("Klart", "Se ?@fig-borta", 1), "hänvisningen @fig-borta leder ingenstans"),
    ],
    ids=[
        "a cell fails",
        "the last step fails",
        "it fails",
        "it leaves a file out",
        "it leaves a reference unresolved",
    ],
)
def test_the_last_good_output_stays_where(program, write: Write, act: str, said: str) -> None:
    folder = write(sida=DOCUMENT)
    (folder / "_output").mkdir()
    (folder / "_output/sida.html").write_text("Gammalt")
    with pytest.raises(RenderFailed, match=said):
        quarto.render(folder, {}, program(act), lambda *_: None)
    assert (folder / "_output/sida.html").read_text() == "Gammalt"
    assert [f.name for f in (folder / "_output").iterdir()] == ["sida.html"]
