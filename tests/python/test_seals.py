"""What new seals accept is told before they are written."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

from conftest import ROOT

from bokslut.transcription import seal

UNITS = [
    {"unit_code": "hr_service", "unit_name_sv": "HR-service", "parent_unit_code": "vss"},
    {"unit_code": "hr_direkt", "unit_name_sv": "HR Direkt", "parent_unit_code": "hr_service"},
]


def test_a_changed_row_is_told_by_column_with_both_texts() -> None:
    now = [dict(UNITS[1], parent_unit_code="vss")]
    assert list(seal.told_rows("reference_units", UNITS[1:], now)) == [
        "reference_units, hr_direkt HR Direkt, parent_unit_code: ”hr_service” blir ”vss”"
    ]


def test_new_and_removed_rows_are_told_whole() -> None:
    assert list(seal.told_rows("reference_units", UNITS[:1], UNITS[1:])) == [
        "reference_units, hr_direkt HR Direkt: ny rad: hr_direkt | HR Direkt | hr_service",
        "reference_units, hr_service HR-service: raden är borttagen: hr_service | HR-service | vss",
    ]


def test_two_cells_that_change_places_break_a_seal() -> None:
    row = {"wording": "uppnås", "declared_status": "fulfilled"}
    assert seal.digest(row) != seal.digest(dict(zip(row, reversed(row.values()), strict=True)))


def test_many_changes_are_counted() -> None:
    rows = [{"list": "verdict", "code": f"c{n}", "word_sv": "x"} for n in range(30)]
    told = list(seal.told_rows("reference_codes", [], rows))
    assert len(told) == seal.SHOWN + 1
    assert "10 till" in told[-1]


def test_the_text_before_is_that_of_the_commit_that_wrote_the_seals(tmp_path: Path) -> None:
    def write(name: str, text: str) -> Path:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    def commit() -> None:
        for words in (["add", "."], ["commit", "-qm", "x"]):
            who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
            subprocess.run(["git", *who, *words], cwd=tmp_path, check=True)

    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    units = write("seeds/reference/reference_units.csv", "unit_code\nå\n")
    assert seal.at_last_seal(tmp_path, units, seal.ROW_SEALS) is None
    write(str(seal.ROW_SEALS), "seed_name,seal\n")
    commit()
    write("seeds/reference/reference_units.csv", "unit_code\nä\n")
    commit()
    assert seal.at_last_seal(tmp_path, units, seal.ROW_SEALS) == [{"unit_code": "å"}]


def test_every_row_beside_the_printed_tables_is_sealed() -> None:
    sealed = {row["seed_name"] for row in seal.rows_of(ROOT / seal.ROW_SEALS)}
    with_rows = {f.stem for f in seal.sealed_files(ROOT) if len(list(csv.reader(f.open()))) > 1}
    assert sealed == with_rows
