"""What docs/security.md promises. Damage to editions is in test_faults.py."""

from __future__ import annotations

import ast
import os
import re
import stat
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, Project, tracked_files
from publishing import publish_once
from typer.testing import CliRunner

from bokslut import database
from bokslut.cli import app
from bokslut.publishing import edition

SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a cloud access key": r"\bAKIA[0-9A-Z]{16}\b",
    "a token of a code host": r"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,}|glpat-[\w-]{20})\b",
    "a token of a chat": r"\bxox[abprs]-[A-Za-z0-9-]{10,}",
    "a token of a registry": r"\b(pypi-[A-Za-z0-9_-]{50,}|npm_[A-Za-z0-9]{36})\b",
    "a web token": r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}",
    "a password in an address": r"\b[a-z][a-z+]*://[^\s/:@{}$]+:[^\s/:@{}$]+@",
    "a password as a literal": r"(?i)\b(password|passwd|secret|api_?key|token)\b\s*[:=]\s*"
    r"[\"'][^\"'{}$\s]{8,}[\"']",
}


def found_secrets(text: str) -> list[str]:
    """What kinds of secret a text holds."""
    return [kind for kind, pattern in SECRETS.items() if re.search(pattern, text)]


def test_no_file_holds_a_secret() -> None:
    for file in tracked_files():
        text = (ROOT / file).read_bytes().decode("utf-8", errors="replace")
        if file.name != Path(__file__).name:
            assert found_secrets(text) == [], file


def test_the_scan_finds_a_secret() -> None:
    for text in (
        "-----BEGIN RSA PRIVATE KEY-----",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "postgresql://bokslut:" + "hemligt@localhost/x",
        "password: 'correct-horse'",
        "ghp_" + "a" * 36,
    ):
        assert found_secrets(text), text


def test_each_locked_requirement_has_its_version_and_hash() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and line.lstrip()[0] != "#"]
    assert len(lines) > 50
    for line in lines:
        assert re.match(r"[\w.-]+==[\w.!+]+\s", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}\b", line), line


def parsed(folder: str = "bokslut") -> dict[Path, ast.Module]:
    """The syntax of each Python file of a folder."""
    return {
        file: ast.parse((ROOT / file).read_text(encoding="utf-8"))
        for file in tracked_files()
        if file.suffix == ".py" and file.parts[0] == folder
    }


def unsafe_processes(tree: ast.Module) -> list[int]:
    """The lines that start a process through a shell."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            any(
                word.arg == "shell"
                and not (isinstance(word.value, ast.Constant) and word.value.value is False)
                for word in node.keywords
            )
            or ast.unparse(node.func)
            in {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
        )
    ]


def unsafe_code(tree: ast.Module) -> list[int]:
    """The lines that run or load data as code."""
    forbidden = {"eval", "exec", "pickle.load", "pickle.loads", "yaml.load", "yaml.unsafe_load"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in forbidden
        and "SafeLoader" not in ast.unparse(node)
    ]


def test_no_process_is_started_through_a_shell_and_no_data_is_run() -> None:
    for folder in ("bokslut", "bench", "docs"):
        for file, tree in parsed(folder).items():
            assert unsafe_processes(tree) == [], file
            assert unsafe_code(tree) == [], file


def test_the_scan_finds_a_shell_and_data_run_as_code() -> None:
    for text in ("run(x, shell=True)", "run(x, shell=flag)", "os.system(x)"):
        assert unsafe_processes(ast.parse(text)) == [1]
    assert unsafe_code(ast.parse("yaml.load(x)")) == [1]
    assert unsafe_code(ast.parse("yaml.load(x, Loader=yaml.SafeLoader)")) == []


@pytest.mark.parametrize("name", ["marts' or '1", 'a"b', "a;drop table b", "é å"])
def test_names_and_paths_are_quoted_in_sql(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute(f"attach {database.literal(folder / 'x.duckdb')} as x")
        connection.execute(f"create table x.{database.quoted(name)} as select 1 as one")
        tables = connection.execute("select table_name from duckdb_tables()").fetchall()
    assert tables == [(name,)]
    assert (folder / "x.duckdb").is_file()


def test_a_question_of_a_user_is_never_sql(built: Project, monkeypatch) -> None:
    monkeypatch.setenv("BOKSLUT_DATABASE", str(built.database))
    for words in ("' or 1=1 --", "x'; drop table marts.fct_results; --"):
        assert CliRunner().invoke(app, ["why", "--", words]).exit_code == 2


def test_what_is_published_is_for_its_owner_alone_to_change(little: Path, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    before = os.umask(0)
    try:
        publish_once(folder, little, "one")
    finally:
        os.umask(before)
    for inner, folders, files in os.walk(folder):
        for name in [".", *folders, *files]:
            place = Path(inner) / name
            if not place.is_symlink():
                assert stat.S_IMODE(place.stat().st_mode) & 0o022 == 0, place
    found = edition.current(folder)
    assert found
    assert {stat.S_IMODE((found / name).stat().st_mode) for name in edition.names(found)} == {0o444}


@pytest.mark.parametrize("name", ["../../etc/passwd", "../outside", "/etc", "..", ".", "link"])
def test_no_name_leads_out_of_the_folder_of_editions(
    little: Path, tmp_path: Path, monkeypatch, name: str
) -> None:
    root, outside = tmp_path / "published", tmp_path / "outside"
    publish_once(root, little, "one")
    publish_once(outside, little, "two")
    found = edition.current(outside)
    assert found
    (root / "link").symlink_to(found)
    (root / ("a" * 12)).symlink_to(found)
    monkeypatch.setenv("BOKSLUT_PUBLISHED", str(root))
    monkeypatch.chdir(root)
    for word in (name, "a" * 12, str(found)):
        for command in (["verify", word], ["diff", word, "current"], ["diff", "current", word]):
            refused = CliRunner().invoke(app, command)
            assert refused.exit_code == 2, refused.output
            assert "ingen" in refused.output


def test_a_current_that_leads_out_of_the_folder_is_not_read(
    little: Path, tmp_path: Path, monkeypatch
) -> None:
    root, outside = tmp_path / "published", tmp_path / "outside"
    publish_once(outside, little, "two")
    root.mkdir()
    (root / "current").symlink_to("../outside/current")
    monkeypatch.setenv("BOKSLUT_PUBLISHED", str(root))
    monkeypatch.delenv("BOKSLUT_DATABASE", raising=False)
    with pytest.raises(database.EditionDamaged):
        database.source()


def test_a_manifest_cannot_make_verify_open_a_file_elsewhere(little: Path, tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish_once(root, little, "one")
    found = edition.current(root)
    assert found
    file = found / "edition.json"
    manifest = {
        **edition.read(found).__dict__,
        "files": {"../../secret": {"bytes": 6, "sha256": edition.text_digest("secret")}},
    }
    (tmp_path / "secret").write_text("secret")
    manifest["edition"] = edition.identity(manifest)
    manifest["digest"] = edition.text_digest(edition.canonical(manifest))
    os.chmod(file, 0o644)
    file.write_text(edition.canonical(manifest), encoding="utf-8")
    moved = found.rename(root / manifest["edition"])
    assert "../../secret: saknas" in edition.damages(moved)


def test_no_table_is_exported_as_text_that_a_spreadsheet_would_run() -> None:
    """Editions hold typed cells (DuckDB, Parquet, JSON). An export as CSV would need a guard."""
    for file, tree in parsed().items():
        if file.name == "load.py":
            continue  # its CSV goes through memory to a server's COPY, and never to a file
        calls = {
            ast.unparse(n.func).split(".")[-1] for n in ast.walk(tree) if isinstance(n, ast.Call)
        }
        assert not calls & {"to_csv", "write_csv", "to_excel"}, file
        assert "format csv" not in ast.unparse(tree).lower(), file
