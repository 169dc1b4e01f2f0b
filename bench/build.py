"""Times the main job against its own parse, an empty project, DuckDB alone and SQLMesh.

Run as `uv run python bench/build.py`; see `bench/README.md` for what the rows mean. It works in
copies of the project in a temporary folder and asserts no time; it stops only where a run that
it should time does not succeed or is not warm.
"""

from __future__ import annotations

import datetime
import importlib.metadata
import json
import os
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console
from rich.table import Table
from timing import Timed, copy_project, run

from bokslut.database import literal

GOAL_RATIO = 1.6
GOAL_RULES = 1.33
GOAL_PEAK_MIB = 600
COLD = "Unable to do partial parsing"

SQLMESH = "0.236.4"
# SQLMesh wants duckdb<2, and dbt-core 1.12 does not install from a registry alone.
SQLMESH_PARTS = (
    f"sqlmesh[dbt,duckdb]=={SQLMESH}",
    "dbt-core==1.11.16",
    "dbt-duckdb==1.11.1",
    "duckdb==1.5.6",
)
# A dbt project has no start date, and SQLMesh loads nothing without one.
SQLMESH_YAML = 'model_defaults:\n  start: "2020-01-01"\n'
SQLMESH_LOAD = """
from sqlmesh import Context
context = Context(paths=["."])
tests = sum(len(model.audits) for model in context.models.values())
print("loaded", len(context.models), tests + len(context.standalone_audits))
"""


@dataclass(frozen=True)
class Pair:
    """A warm parse and the warm build that followed it; seconds, and the build's peak in MiB."""

    parse_s: float
    build_s: float
    build_peak_mib: float

    @property
    def ratio(self) -> float:
        """Build over parse."""
        return self.build_s / self.parse_s


@dataclass(frozen=True)
class SqlMesh:
    """SQLMesh loading the project: seconds per warm process, or the reason that it could not."""

    seconds: list[float]
    models: int = 0
    tests: int = 0
    reason: str = ""


def dbt(folder: Path, *command: str) -> Timed:
    """Runs `uv run dbt COMMAND` in a folder. Raises SystemExit with its output if it fails."""
    done = run(["uv", "run", "dbt", *command], folder)
    if done.code != 0:
        raise SystemExit(f"dbt {' '.join(command)} failed:\n{done.output}")
    return done


def time_pairs(folder: Path, pairs: int) -> list[Pair]:
    """Times parse and build in turns after one uncounted run of each.

    Raises SystemExit where a counted run had to parse the whole project anew.
    """
    for command in ("build", "parse"):
        dbt(folder, command)
    timed = []
    for _ in range(pairs):
        parse, build = dbt(folder, "parse"), dbt(folder, "build")
        if COLD in parse.output + build.output:
            raise SystemExit("A counted run was not warm: dbt did not use its partial parse.")
        timed.append(Pair(parse.seconds, build.seconds, build.peak_mib))
    return timed


def time_rules(folder: Path, pairs: int) -> list[float]:
    """A warm build over one that leaves the rules of reconciliation as they are, pair by pair."""
    without = ("build", "--exclude", "path:models/intermediate/checks")
    return [dbt(folder, "build").seconds / dbt(folder, *without).seconds for _ in range(pairs)]


def hollow(folder: Path, manifest: dict[str, Any]) -> Path:
    """Writes a project with as many nodes of each kind as the manifest has, and nothing in them.

    One row and one column each, dbt's own materializations, no hook, macro, contract or
    description: what dbt itself needs for so many nodes.
    """
    nodes = manifest["nodes"].values()
    made = [n["config"]["materialized"] for n in nodes if n["resource_type"] == "model"]
    count = count_nodes(manifest)
    files = {
        "dbt_project.yml": 'name: hollow\nversion: "1.0"\nprofile: hollow\n'
        "flags: {send_anonymous_usage_stats: false}\n",
        "profiles.yml": "hollow: {target: dev, outputs: "
        "{dev: {type: duckdb, path: hollow.duckdb, threads: 1}}}\n",
        **{f"seeds/seed_{n}.csv": "a\n1\n" for n in range(count["seed"])},
        **{
            f"models/model_{n}.sql": f"{{{{ config(materialized='{kind}') }}}}\n"
            f"select a from {{{{ ref('seed_{n % count['seed']}') }}}}\n"
            for n, kind in enumerate(made)
        },
        **{
            f"tests/test_{n}.sql": f"select a from {{{{ ref('model_{n}') }}}} where a <> 1\n"
            for n in range(count["test"])
        },
        "models/unit_tests.yml": "unit_tests:\n"
        + "".join(
            f"  - name: unit_{n}\n    model: model_{n}\n"
            f"    given: [{{input: ref('seed_{n}'), rows: [{{a: 2}}]}}]\n"
            f"    expect: {{rows: [{{a: 2}}]}}\n"
            for n in range(count["unit_test"])
        ),
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def read_json(file: Path) -> dict[str, Any]:
    """One of dbt's artefacts."""
    return json.loads(file.read_text(encoding="utf-8"))


def count_nodes(manifest: dict[str, Any]) -> dict[str, int]:
    """Number of nodes by kind (seed, model, test, ...), and `unit_test`."""
    kinds = Counter(node["resource_type"] for node in manifest["nodes"].values())
    return dict(sorted({**kinds, "unit_test": len(manifest["unit_tests"])}.items()))


def seed_sql(seed: dict[str, Any], folder: Path) -> str:
    """The statement that loads a seed's CSV; a column without a declared type is varchar."""
    file = folder / seed["original_file_path"]
    types = {name.lower(): kind for name, kind in seed["config"]["column_types"].items()}
    header = file.read_text(encoding="utf-8").partition("\n")[0].strip().split(",")
    columns = ", ".join(
        f"{literal(name)}: {literal(types.get(name.lower(), 'varchar'))}" for name in header
    )
    return (
        f"create table {seed['relation_name']} as select * from read_csv({literal(str(file))}, "
        f"header = true, delim = ',', quote = '\"', escape = '\"', columns = {{{columns}}})"
    )


def statements(folder: Path) -> list[tuple[str, str, str]]:
    """What the last build ran, as (kind, name, SQL), in the order in which dbt finished it.

    Kinds are `schema`, `seed`, `model` and `test`. Unit tests are there as the query that dbt
    compares; hooks are not. Raises KeyError where the artefacts are not those of a build.
    """
    manifest = read_json(folder / "target/manifest.json")
    nodes = manifest["nodes"]
    results = read_json(folder / "target/run_results.json")["results"]
    schemas = {n["schema"] for n in nodes.values() if n["resource_type"] in ("seed", "model")}
    found = [("schema", name, f"create schema if not exists {name}") for name in sorted(schemas)]
    for result in results:
        unique_id, code = result["unique_id"], result["compiled_code"]
        kind = unique_id.partition(".")[0]
        if kind == "seed":
            found.append(("seed", unique_id, seed_sql(nodes[unique_id], folder)))
        elif kind == "model":
            node = nodes[unique_id]
            made = f"create {node['config']['materialized']} {node['relation_name']}"
            found.append(("model", unique_id, f"{made} as {code}"))
        elif kind == "test":
            found.append(("test", unique_id, f"select count(*) from ({code}\n) as failing"))
        elif kind == "unit_test":
            found.append(("unit_test", unique_id, code))
    return found


def time_duckdb(work: Iterable[tuple[str, str, str]], file: Path) -> float:
    """Runs the statements in a new database file and gives the seconds from open to close.

    The file's name must be that of the build's database, since compiled SQL names it. Raises
    SystemExit where a data test finds rows: the SQL is then not what dbt ran.
    """
    start = time.perf_counter()
    with duckdb.connect(file) as connection:
        for kind, name, sql in work:
            rows = connection.execute(sql).fetchall()
            if kind == "test" and rows != [(0,)]:
                raise SystemExit(f"DuckDB alone: {name} finds {rows[0][0]} failing rows.")
    return time.perf_counter() - start


def time_duckdb_alone(folder: Path, repeats: int) -> list[float]:
    """Seconds of each run of the build's SQL by DuckDB alone, after one uncounted run."""
    work = statements(folder)
    seconds = []
    for _ in range(repeats + 1):
        with tempfile.TemporaryDirectory() as place:
            seconds.append(time_duckdb(work, Path(place) / "bokslut.duckdb"))
    return seconds[1:]


def time_sqlmesh(folder: Path, repeats: int) -> SqlMesh:
    """Times SQLMesh loading a copy of the dbt project, in an environment of its own.

    A load that fails, or an environment that cannot be made, is a result and not an error.
    """
    (folder / "sqlmesh.yaml").write_text(SQLMESH_YAML, encoding="utf-8")
    parts = [word for part in SQLMESH_PARTS for word in ("--with", part)]
    command = ["uv", "run", "--no-project", *parts, "python", "-c", SQLMESH_LOAD]
    seconds: list[float] = []
    words = ["loaded", "0", "0"]
    for _ in range(repeats + 1):
        done = run(command, folder)
        lines = done.output.strip().splitlines() or ["no output"]
        if done.code != 0 or not lines[-1].startswith("loaded "):
            return SqlMesh([], reason=lines[-1])
        words = lines[-1].split()
        seconds.append(done.seconds)
    return SqlMesh(seconds[1:], models=int(words[1]), tests=int(words[2]))


def machine() -> dict[str, Any]:
    """What the figures depend on; no name and no path of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mib": memory // 2**20,
        "system": platform.system(),
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in ("dbt-core", "dbt-duckdb", "duckdb")},
        "sqlmesh": SQLMESH,
    }


def summary(
    pairs: list[Pair],
    hollow_pairs: list[Pair],
    rules: list[float],
    nodes: dict[str, int],
    alone: list[float],
    sqlmesh: SqlMesh,
) -> dict[str, Any]:
    """All figures as plain data: seconds, MiB and counts."""
    return {
        "machine": machine(),
        "nodes": nodes,
        "pairs": [{**asdict(pair), "ratio": pair.ratio} for pair in pairs],
        "hollow_pairs": [{**asdict(pair), "ratio": pair.ratio} for pair in hollow_pairs],
        "hollow_ratio": median(pair.ratio for pair in hollow_pairs),
        "rules_ratios": rules,
        "parse_s": median(pair.parse_s for pair in pairs),
        "build_s": median(pair.build_s for pair in pairs),
        "ratio": median(pair.ratio for pair in pairs),
        "build_peak_mib": max(pair.build_peak_mib for pair in pairs),
        "duckdb_alone_s": median(alone),
        "duckdb_alone_runs_s": alone,
        "sqlmesh_load_s": median(sqlmesh.seconds) if sqlmesh.seconds else None,
        "sqlmesh": asdict(sqlmesh),
    }


def spread(values: Iterable[float], digits: int = 2) -> str:
    """Smallest and largest of some values, as text."""
    ordered = sorted(values)
    return f"{ordered[0]:.{digits}f} to {ordered[-1]:.{digits}f}"


def show(found: dict[str, Any], console: Console) -> None:
    """Prints the figures as a table."""
    pairs, sqlmesh = found["pairs"], found["sqlmesh"]
    facts = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    counts = ", ".join(f"{count} {kind}" for kind, count in found["nodes"].items())
    table = Table(title="The main job and its peers", caption=f"{counts}\n{facts}")
    for name in ("what", "median", "spread", "goal"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for what, key in (("dbt parse, warm", "parse_s"), ("dbt build, warm", "build_s")):
        table.add_row(what, f"{found[key]:.2f} s", spread(pair[key] for pair in pairs), "")
    table.add_row(
        "build / parse, pair by pair",
        f"{found['ratio']:.2f}",
        spread(pair["ratio"] for pair in pairs),
        f"at most {GOAL_RATIO}",
    )
    table.add_row(
        "the same for an empty project of as many nodes",
        f"{found['hollow_ratio']:.2f}",
        spread(pair["ratio"] for pair in found["hollow_pairs"]),
        "",
    )
    table.add_row(
        "build / build without the rules, pair by pair",
        f"{median(found['rules_ratios']):.2f}",
        spread(found["rules_ratios"]),
        f"at most {GOAL_RULES}",
    )
    table.add_row(
        "peak memory of the build",
        f"{median(pair['build_peak_mib'] for pair in pairs):.0f} MiB",
        spread((pair["build_peak_mib"] for pair in pairs), 0),
        f"under {GOAL_PEAK_MIB}",
    )
    alone = found["duckdb_alone_runs_s"]
    table.add_row("the same SQL, DuckDB alone", f"{median(alone):.2f} s", spread(alone), "")
    if sqlmesh["seconds"]:
        what = f"SQLMesh loads it ({sqlmesh['models']} models, {sqlmesh['tests']} tests)"
        table.add_row(what, f"{found['sqlmesh_load_s']:.2f} s", spread(sqlmesh["seconds"]), "")
    else:
        table.add_row(f"SQLMesh could not load: {sqlmesh['reason']}", "-", "-", "")
    console.print(table)


def main(
    pairs: Annotated[int, typer.Option(min=1, help="Pairs of parse and build.")] = 5,
    sqlmesh_runs: Annotated[int, typer.Option(min=1, help="Counted loads by SQLMesh.")] = 3,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
) -> None:
    """Times dbt build against dbt parse, DuckDB alone and SQLMesh, in one run."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="bokslut-bench-") as place:
        copy = copy_project(Path(place) / "dbt")
        console.print(f"{pairs} pairs of a warm parse and a warm build ...")
        timed = time_pairs(copy, pairs)
        manifest = read_json(copy / "target/manifest.json")
        console.print("The same for an empty project of as many nodes ...")
        empty = time_pairs(hollow(copy / "hollow", manifest), pairs)
        console.print("What the rules cost ...")
        rules = time_rules(copy, pairs)
        console.print("The same SQL by DuckDB alone ...")
        alone = time_duckdb_alone(copy, 5)
        console.print(f"SQLMesh {SQLMESH} loads the project ...")
        sqlmesh = time_sqlmesh(copy_project(Path(place) / "sqlmesh"), sqlmesh_runs)
    found = summary(timed, empty, rules, count_nodes(manifest), alone, sqlmesh)
    show(found, console)
    if json_file:
        json_file.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
