"""A corpus of damaged seeds: each is refused with one message in a controller's words.

The shape of every damaged file is judged in process; one build shows that dbt says the same.
What a build says of damage within files is in test_bad_input.py.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, Project, Run

from bokslut.transcription import seed_files

Change = Callable[[bytes], bytes | None]


@dataclass(frozen=True)
class Damage:
    """One damage to one file of `seeds/printed`, and words of the one message that it must give."""

    name: str
    seed: str
    change: Change
    words: tuple[str, ...]

    def do(self, project: Path) -> None:
        file = project / f"seeds/printed/{self.seed}.csv"
        changed = self.change(file.read_bytes())
        if changed is None:
            file.unlink()
        else:
            file.write_bytes(changed)


def last_line(seed: str) -> str:
    """The last line of a file of `seeds/printed`, as it is told."""
    lines = (ROOT / f"seeds/printed/{seed}.csv").read_text(encoding="utf-8").splitlines()
    return f"rad {len(lines)}"


def swap(old: str, new: str | bytes) -> Change:
    """Replaces the first place where `old` stands; it must stand somewhere."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content
        text = new if isinstance(new, bytes) else new.encode()
        return content.replace(old.encode(), text, 1)

    return change


def every(old: str, new: str) -> Change:
    return lambda content: content.replace(old.encode(), new.encode())


def cell(text: str) -> Change:
    """Another text for LKDATA's outcome, line 9 of the file."""
    return swap("LKDATA,7244,", f"LKDATA,{text},")


def columns_of(seed: str) -> int:
    """How many columns a seed file has."""
    file = ROOT / f"seeds/printed/{seed}.csv"
    return file.read_text(encoding="utf-8").partition("\n")[0].count(",") + 1


SUMMARY, RESULTS, EVENTS = (
    "printed_ekonomi",
    "printed_driftsammandrag",
    "printed_beslut_och_handelser",
)
LINE = "printed_driftsammandrag.csv, rad 9 i filen, kolumn outcome: "


def cells(seed: str, more: int) -> str:
    """What is told of a row with so many cells more than columns."""
    return f"raden har {columns_of(seed) + more} celler"


CORPUS = [
    Damage("semicolons", SUMMARY, every(",", ";"), ("rad 1 i filen", "av semikolon", "med komma")),
    Damage("tabs", SUMMARY, every(",", "\t"), ("rad 1 i filen", "av tabb", "med komma")),
    Damage(
        "one row with semicolons",
        RESULTS,
        lambda c: c.replace(
            b"vss-2020,8,160,160,LKDATA,7244,0", b"vss-2020;8;160;160;LKDATA;7244;0"
        ),
        ("rad 9 i filen", cells(RESULTS, -6), f"Väntat: {columns_of(RESULTS)} celler"),
    ),
    Damage("bom", SUMMARY, lambda c: b"\xef\xbb\xbf" + c, ("kolumn report_id", "BOM", "utan BOM")),
    Damage("utf-16", SUMMARY, lambda c: c.decode().encode("utf-16"), ("UTF-16", "i UTF-8")),
    Damage(
        "utf-16 without bom",
        SUMMARY,
        lambda c: c.decode().encode("utf-16-le"),
        ("UTF-16 utan BOM", "i UTF-8"),
    ),
    Damage(
        "doubled header",
        RESULTS,
        lambda c: c.partition(b"\n")[0] + b"\n" + c,
        ("rad 2 i filen", "rubrikraden står en gång till", "lagda efter varandra"),
    ),
    Damage(
        "unseen hyphen in a key",
        RESULTS,
        swap("vss-2020,8,", "vss\u20112020,8,"),
        ("rad 9 i filen, kolumn report_id", "U+2011", "ser ut som ett bindestreck"),
    ),
    *[
        Damage(
            f"report id {text}",
            RESULTS,
            swap("vss-2020,8,", f"{text},8,"),
            ("rad 9 i filen, kolumn report_id", f"”{text}” är inget report_id", "vss-2020"),
        )
        for text in ("../../x", "<script>", "a/b", "vss.2020", "VSS-2020")
    ],
    Damage("crlf", SUMMARY, every("\n", "\r\n"), ("rad 1 i filen", "CRLF", "radslut med LF")),
    Damage("lone cr", RESULTS, swap("7244,0", "7244\r,0"), ("rad 9 i filen", "ensamt CR")),
    Damage(
        "latin-1",
        EVENTS,
        lambda c: c.decode().encode("latin-1"),
        ("rad 2 i filen, kolumn label", "0xE4", "”Affärsmodell”", "Väntat: text i UTF-8"),
    ),
    Damage(
        "quoted newline",
        RESULTS,
        cell('"7244\n"'),
        (LINE, "radbrytning efter ”7244”", "en tabellrad per rad"),
    ),
    Damage(
        "unterminated quote",
        RESULTS,
        cell('"7244'),
        ("rad 9 i filen", "citattecken öppnas men stängs inte"),
    ),
    Damage("text behind a quote", RESULTS, cell('"72"44'), ("rad 9 i filen", "avslutande")),
    Damage(
        "extra column", RESULTS, swap("outcome,", "outcome,prognos,"), ("kolumn prognos", "okänd")
    ),
    Damage("missing column", RESULTS, swap(",budget,", ","), ("kolumn budget", "saknas")),
    Damage(
        "renamed column",
        RESULTS,
        swap("budget", "Budget 2020"),
        ("kolumn budget", "”Budget 2020” är okänd", "bytt namn"),
    ),
    Damage(
        "reordered columns",
        RESULTS,
        swap("outcome,budget", "budget,outcome"),
        ("kolumn budget", "annan ordning", "outcome,budget"),
    ),
    Damage("doubled column", RESULTS, swap("budget", "outcome"), ("kolumn budget", "saknas")),
    Damage(
        "decimal comma without quotes",
        "printed_personal",
        swap('"4,7"', "4,7"),
        (
            "rad 3 i filen",
            cells("printed_personal", 1),
            f"Väntat: {columns_of('printed_personal')} celler",
            "decimalkomma",
        ),
    ),
    Damage(
        "a cell lost",
        RESULTS,
        swap("LKDATA,7244,0,", "LKDATA,7244,"),
        ("rad 9 i filen", cells(RESULTS, -1), f"Väntat: {columns_of(RESULTS)}"),
    ),
    Damage("cut off", EVENTS, lambda c: c[:-4], (last_line(EVENTS), "mitt i en rad", "avklippt")),
    Damage("an empty line", RESULTS, swap("\n", "\n\n"), ("rad 2 i filen", "raden är tom")),
    Damage(
        "duplicate key",
        RESULTS,
        swap("vss-2020,8,", "vss-2020,7,"),
        ("rad 9 i filen, kolumn row_no", "radnumret 7 redan på rad 8", "ett eget row_no"),
    ),
    Damage(
        "a cell of 10 MB",
        RESULTS,
        cell("7" * 10_000_000),
        (LINE, "10\u00a0000\u00a0000 tecken"),
    ),
    Damage("nul", RESULTS, cell("72\x0044"), (LINE, "U+0000 (NUL)", "tecken som syns")),
    Damage("right-to-left override", RESULTS, cell("\u202e4427"), (LINE, "U+202E", "läsr")),
    Damage("isolate", RESULTS, cell("72\u206644"), (LINE, "U+2066", "läsriktningen")),
    Damage("zero width space", RESULTS, cell("72\u200b44"), (LINE, "U+200B", "LKDATA,72”")),
    Damage(
        "soft hyphen",
        EVENTS,
        swap("Affärs", "Affärs\u00ad"),
        ("rad 2 i filen, kolumn label", "U+00AD"),
    ),
    Damage("line separator", EVENTS, swap("Affärs", "Affärs\u2028"), ("rad 2 i filen", "U+2028")),
    Damage("bom inside", RESULTS, cell("\ufeff7244"), (LINE, "U+FEFF")),
    Damage("a letter in two parts", EVENTS, swap("Affä", "Affa\u0308"), ("rad 2", "två delar")),
    *[
        Damage(f"formula {text}", RESULTS, cell(text), (LINE, "formel i ett kalkylblad"))
        for text in (
            "=7244",
            "+7244+0",
            "@SUM(1)",
            "-2+3",
            "-A1",
            " =1",
            "＝7244",
            "+cmd|calc!A1",
            "-1 A1",
        )
    ],
    *[
        Damage(
            f"year {year}",
            "printed_pastaenden",
            swap(
                '6,8 mnkr",value,forvaltningens_resultat,vss,2020,',
                f'6,8 mnkr",value,forvaltningens_resultat,vss,{year},',
            ),
            ("rad 12 i filen, kolumn fiscal_year", f"”{year}” är inget rimligt årtal", "1990"),
        )
        for year in ("20200", "202", "2O20", "0", "2020.0")
    ],
    Damage("empty file", RESULTS, lambda _: b"", ("filen är tom", "en rubrikrad: report_id")),
    Damage("blank file", RESULTS, lambda _: b" \n\n", ("filen är tom",)),
    Damage(
        "header only",
        RESULTS,
        lambda c: c.partition(b"\n")[0] + b"\n",
        ("bara en rubrikrad", "minst en rad"),
    ),
    Damage(
        "no header",
        RESULTS,
        lambda c: c.partition(b"\n")[2],
        ("kolumn report_id", "saknas"),
    ),
    Damage("no file", RESULTS, lambda _: None, ("printed_driftsammandrag.csv: filen saknas",)),
]


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A project with nothing but its seeds."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def told(finding: seed_files.Finding, words: tuple[str, ...]) -> None:
    missing = [word for word in words if word not in str(finding)]
    assert not missing, f"{missing} not in: {finding}"


def test_sound_files_give_no_finding() -> None:
    assert seed_files.findings(ROOT) == []


@pytest.mark.parametrize("damage", CORPUS, ids=lambda damage: damage.name)
def test_each_damage_gives_one_finding(seeds: Path, damage: Damage) -> None:
    damage.do(seeds)
    found = seed_files.findings(seeds)
    assert len(found) == 1, [str(finding) for finding in found]
    told(found[0], (f"seeds/printed/{damage.seed}.csv", "Väntat: ", *damage.words))
    assert len(str(found[0])) < 500
    assert "\n" not in str(found[0])


@pytest.mark.parametrize(
    "text",
    [
        "-1 044",
        "-",
        "+1",
        "-0,5",
        "-1\u00a0044",
        "- 7",
        "+3,5 %",
        "-4 mnkr",
        "",
        "-3,7 mkr",
        "-12 miljoner kronor",
        "+2 procentenheter",
        "-74 900 1)",
        "-5*",
        "-—61,0",
        "--402,6",
        "=>13,3",
    ],
)
def test_a_signed_number_is_no_formula(seeds: Path, text: str) -> None:
    file = seeds / f"seeds/printed/{RESULTS}.csv"
    quoted = f'"{text}"' if "," in text else text
    file.write_bytes(cell(quoted)(file.read_bytes()))
    assert seed_files.findings(seeds) == []


def test_a_file_that_nothing_describes_is_refused(seeds: Path) -> None:
    shutil.copyfile(
        seeds / f"seeds/printed/{SUMMARY}.csv", seeds / f"seeds/printed/{SUMMARY} (kopia).csv"
    )
    (found,) = seed_files.findings(seeds)
    told(found, ("printed_ekonomi (kopia).csv: filen är inte beskriven", "en kopia"))


def test_a_folder_in_the_place_of_a_file_is_refused(seeds: Path) -> None:
    file = seeds / f"seeds/printed/{SUMMARY}.csv"
    file.unlink()
    file.mkdir()
    (found,) = seed_files.findings(seeds)
    told(found, ("printed_ekonomi.csv: filen går inte att läsa", "Väntat: en läsbar fil"))


def test_tables_without_need_of_rows_may_have_none(seeds: Path) -> None:
    file = seeds / "seeds/control/control_corrections.csv"
    file.write_text(file.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
    assert seed_files.findings(seeds) == []


def messages(run: Run) -> list[str]:
    """What the run said of the seed files, a line each, without dbt's time stamps."""
    return [line.partition("- ")[2] for line in run.lines("seeds/printed/")]


def test_dbt_says_all_damage_to_shape_once_and_builds_nothing(copy: Project) -> None:
    damages = [
        damage
        for damage in CORPUS
        if (damage.seed, damage.name)
        in {
            (SUMMARY, "semicolons"),
            (RESULTS, "right-to-left override"),
            (EVENTS, "latin-1"),
            ("printed_personal", "decimal comma without quotes"),
        }
    ]
    for damage in damages:
        damage.do(copy.project)
    (copy.project / "seeds/printed/printed_basuppdrag.csv").unlink()
    run = copy.dbt("build")
    assert run.code != 0
    assert "Traceback" not in run.output
    expected = seed_files.findings(copy.project)
    assert messages(run) == [str(finding) for finding in expected]
    assert len(expected) == 5
    assert not copy.database.exists()


def test_a_pipe_with_the_name_of_a_seed_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    shutil.copytree(ROOT / "seeds/printed", tmp_path / "seeds/printed")
    file = tmp_path / "seeds/printed/printed_personal.csv"
    file.unlink()
    os.mkfifo(file)
    (found,) = seed_files.findings(tmp_path)
    assert "printed_personal.csv: filen går inte att läsa: det är ingen vanlig fil" in str(found)
