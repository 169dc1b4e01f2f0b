"""Times builds on many generated reports beside their peers, and one report more.

Run as `uv run python bench/scale.py`; see `bench/README.md` for what the rows mean. It works in a
copy of the project in a temporary folder, asserts no time, and writes `docs/performance.md` with
its table and chart. It stops where a build fails, a planted contradiction is not found, anything
else contradicts, or the facts of pandas are not those of the marts.
"""

from __future__ import annotations

import csv
import datetime
import importlib.metadata
import json
import math
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated

import altair as alt
import duckdb
import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from timing import ROOT, Timed, copy_project, run, run_tree

sys.path.insert(0, str(ROOT))
from bench.generate.__main__ import PLANTED, generate
from bokslut.transcription import printed_folder

PAGE = ROOT / "docs/performance.md"
CHART = ROOT / "docs/performance.svg"
SEED, SHARE = 7, 0.02
PEAK_GIB, OVER_SQL, EXPONENT, OVER_PANDAS, OVER_SINGLE = 2.5, 1.3, 1.05, 1, 1.35
SPARK_GIB, SPARK_S = 8, 1300
PYTHON = ["uv", "run", "python"]
# Java's heap, of the 8 GB that all its processes may take.
SPARK = ["env", "BOKSLUT_SPARK_MEMORY=6g", "uv", "run", "dbt"]
ON_SPARK = ["--target", "spark", "--target-path", "target/spark"]


@dataclass(frozen=True)
class Size:
    """Figures of one number of reports; seconds and MiB, NaN where a peer was left out.

    Start-up is what a build of nothing new takes on the smallest number of reports.
    """

    reports: int
    figures: int
    build_s: float
    build_mib: float
    nothing_s: float
    start_s: float
    sql_s: float
    sql_mib: float
    pandas_s: float
    pandas_mib: float
    facts_s: float
    reading_s: float
    recall: float
    precision: float
    spark_s: float = math.nan
    spark_mib: float = math.nan

    @property
    def own_s(self) -> float:
        """The build without start-up."""
        return max(self.build_s - self.start_s, 0.0)


@dataclass(frozen=True)
class OneMore:
    """One report into many: seconds."""

    reports: int
    incremental_s: float
    full_s: float
    single_s: float


def done(what: str, timed: Timed) -> Timed:
    """The run, if it succeeded. Raises SystemExit with the end of its output if not."""
    if timed.code != 0:
        raise SystemExit(f"{what} failed:\n{timed.output[-4000:]}")
    return timed


def reading(folder: Path) -> list[str]:
    """The arguments of dbt that make it read a folder of Parquet."""
    return ["--vars", json.dumps({"printed_source": "parquet", "printed_path": str(folder)})]


def build(project: Path, folder: Path, *arguments: str) -> Timed:
    """`dbt build` on a folder of Parquet, timed."""
    command = ["uv", "run", "dbt", "build", *reading(folder), *arguments]
    return done("dbt build", run(command, project))


def middle(runs: list[Timed]) -> Timed:
    """The run with the median time."""
    return sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]


def build_on_spark(project: Path, folder: Path) -> Timed:
    """`dbt build` on a folder of Parquet in a session of Spark, into new tables, timed.

    Raises SystemExit where it fails, or its marts are not those of DuckDB.
    """
    shutil.rmtree(project / "spark", ignore_errors=True)
    # The parse is warm in what is counted, as for DuckDB.
    done("dbt parse", run([*SPARK, "parse", *ON_SPARK, *reading(folder)], project))
    timed = run_tree([*SPARK, "build", *ON_SPARK, *reading(folder)], project)
    done("dbt build --target spark", timed)
    if wrong := differing_marts(project / "bokslut.duckdb", project / "spark/warehouse/marts.db"):
        raise SystemExit(f"The marts of Spark and DuckDB differ: {'; '.join(wrong)}")
    return timed


def differing_marts(database: Path, marts: Path) -> list[str]:
    """The marts whose rows, in a folder of Parquet each, are not those of the database."""
    wrong = []
    with duckdb.connect(database, read_only=True) as connection:
        columns = connection.execute(
            "select table_name, string_agg(format('cast({} as {})', column_name, data_type), ', ')"
            " from information_schema.columns where table_schema = 'marts'"
            " group by table_name order by table_name"
        ).fetchall()
        for name, casts in columns:
            ours, theirs = (
                connection.execute(f"select count(*), sum(hash({casts})) from {place}").fetchone()
                for place in (f"marts.{name}", f"read_parquet('{marts}/{name}/*.parquet')")
            )
            if ours != theirs:
                wrong.append(f"{name}: {ours[0]} rows against {theirs[0]}")
    return wrong


def found(database: Path, folder: Path) -> tuple[int, float, float]:
    """The number of printed figures, and recall and precision of the planted contradictions."""
    with (folder / PLANTED).open(encoding="utf-8", newline="") as handle:
        planted = {(row["check_id"], row["verdict"]) for row in csv.DictReader(handle)}
    with duckdb.connect(database, read_only=True) as connection:
        (figures,) = connection.execute("select count(*) from marts.fct_printed_figures").fetchone()
        checks = set(
            connection.execute("select check_id, verdict from marts.fct_reconciliations").fetchall()
        )
    contradicts = {check for check in checks if check[1] == "contradicts"}
    return (
        figures,
        len(planted & checks) / len(planted) if planted else 1.0,
        len(planted & contradicts) / len(contradicts) if contradicts else 1.0,
    )


def differing_facts(database: Path, facts: Path) -> list[str]:
    """The facts whose rows in pandas are not those of the marts, in the columns that pandas has.

    Numbers are compared with six decimals.
    """
    wrong = []
    with duckdb.connect(database, read_only=True) as connection:
        for file in sorted(facts.glob("*.parquet")):
            columns = connection.execute(
                "select column_name, data_type from information_schema.columns"
                " where table_schema = 'marts' and table_name = $1",
                [file.stem],
            ).fetchall()
            has = set(
                connection.execute(f"select * from read_parquet('{file}') limit 0").df().columns
            )
            casts = ", ".join(
                f"round(cast({name} as double), 6) as {name}"
                if kind.startswith("DECIMAL")
                else f"cast({name} as {kind}) as {name}"
                for name, kind in columns
                if name in has
            )
            mart = f"select {casts} from marts.{file.stem}"
            peer = f"select {casts} from read_parquet('{file}')"
            (rows,) = connection.execute(
                f"select (select count(*) from ({mart} except all {peer}))"
                f" + (select count(*) from ({peer} except all {mart}))"
            ).fetchone()
            if rows:
                wrong.append(f"{file.stem}: {rows} rows")
    return wrong


def measure(
    project: Path, place: Path, reports: int, start_s: float | None, with_pandas: bool, say: Console
) -> Size:
    """Builds and peers on one number of reports, each in a process of its own.

    Args:
        project: a copy of the project, whose database is made anew.
        place: a folder for reports, facts and artefacts.
        reports: their number.
        start_s: start-up in seconds; None where this size is the one that tells it.
        with_pandas: whether pandas is timed too.
        say: where progress is told.

    Raises SystemExit where one fails, or their answers differ.
    """
    folder, database = place / "printed", project / "bokslut.duckdb"
    shutil.rmtree(folder, ignore_errors=True)
    say.print(f"{reports} reports: generated ...")
    generate(folder, reports, SHARE, SEED)
    # The same project and settings once before, so that the parse is warm in what is counted.
    if not (project / "target/partial_parse.msgpack").exists():
        build(project, folder)
    say.print(f"{reports} reports: dbt build ...")
    builds = []
    # Where dbt's start-up is most of the time, one build would say little.
    for _ in range(3 if reports <= 100 else 1):
        database.unlink(missing_ok=True)
        builds.append(build(project, folder))
    full = middle(builds)
    artefacts = place / "artefacts"
    shutil.rmtree(artefacts, ignore_errors=True)
    for part in ("target", "seeds"):
        shutil.copytree(project / part, artefacts / part)
    figures, recall, precision = found(database, folder)
    if (recall, precision) != (1.0, 1.0):
        raise SystemExit(f"Planted contradictions: recall {recall}, precision {precision}")
    say.print(f"{reports} reports: the same SQL, DuckDB alone ...")
    sql = alone(project, place)
    facts_s = math.nan
    pandas = Timed(math.nan, math.nan, 0, "")
    if with_pandas:
        say.print(f"{reports} reports: pandas ...")
        facts = place / "facts"
        shutil.rmtree(facts, ignore_errors=True)
        peer = [*PYTHON, "bench/peers/pandas_facts.py", str(folder), str(facts)]
        pandas = done("pandas", run(peer, project))
        if wrong := differing_facts(database, facts):
            raise SystemExit(f"pandas and the marts differ: {'; '.join(wrong)}")
        facts_s = seconds_in(alone(project, place, sorted(f.stem for f in facts.glob("*.parquet"))))
    say.print(f"{reports} reports: builds of nothing new ...")
    nothing = middle([build(project, folder) for _ in range(3)])
    return Size(
        reports, figures, full.seconds, full.peak_mib, nothing.seconds,
        nothing.seconds if start_s is None else start_s, seconds_in(sql), sql.peak_mib,
        pandas.seconds, pandas.peak_mib, facts_s, seconds_in(sql, -2), recall, precision,
    )  # fmt: skip


def alone(project: Path, place: Path, facts: list[str] | None = None) -> Timed:
    """The SQL of the build by DuckDB alone, or of some facts and what they rest on."""
    new = place / "alone/bokslut.duckdb"
    new.parent.mkdir(exist_ok=True)
    new.unlink(missing_ok=True)
    parts = [place / "artefacts", project / "bokslut.duckdb", place / "printed", new]
    command = [*PYTHON, "bench/bare_sql.py", *map(str, parts), *(facts or [])]
    timed = done("DuckDB alone", run(command, project))
    new.unlink()
    return timed


def seconds_in(timed: Timed, place: int = -1) -> float:
    """The seconds that a command has printed, last or in another place."""
    return float(timed.output.split()[place])


def one_more(project: Path, place: Path, full: Size, single_s: float, say: Console) -> OneMore:
    """Takes one report out of the folder that lies built, builds, puts it back and builds."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    say.print(f"One report more into {full.reports - 1} ...")
    folder, aside = place / "printed", place / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(folder, aside)
    (last,) = pq.read_table(folder / "reference_reports").slice(full.reports - 1)["report_id"]
    code, _, year = last.as_py().split("-")
    files = [
        *folder.glob(f"printed_*/municipality_code={code}/report_year={year}/*.parquet"),
        *folder.glob("reference_reports/*.parquet"),
        *folder.glob("control_*/*.parquet"),
    ]
    for file in files:
        rows = pq.read_table(file, partitioning=None)
        name = "report_id" if "report_id" in rows.column_names else "known_issue_id"
        kept = rows.filter(pc.invert(pc.starts_with(rows[name], last.as_py())))
        pq.write_table(kept, file) if len(kept) else file.unlink()
    printed_folder.digest(ROOT, folder)
    build(project, folder)
    for file in files:
        shutil.copyfile(aside / file.relative_to(folder), file)
    printed_folder.digest(ROOT, folder)
    more = build(project, folder)
    if " 1 nya eller ändrade" not in more.output:
        raise SystemExit("The build of one report more read others too.")
    return OneMore(full.reports, more.seconds, full.build_s, single_s)


def exponent(sizes: list[Size], of: str, least: int = 100) -> float:
    """The slope of log seconds on log reports (least squares), from `least` reports on."""
    points = [
        (math.log(s.reports), math.log(getattr(s, of)))
        for s in sizes
        if s.reports >= least and getattr(s, of) > 0
    ]
    if len(points) < 2:
        return math.nan
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    across = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / across


def machine() -> str:
    """What the figures depend on; no name and no path of the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    parts = {"dbt-core", "dbt-duckdb", "duckdb", "pandas", "pyarrow", "dbt-spark", "pyspark"}
    there = sorted(parts & {part.name for part in importlib.metadata.distributions()})
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in there)
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    return (
        f"{today}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}, {versions}"
    )


def rows_of(sizes: list[Size]) -> list[list[str]]:
    """The table of sizes as text, with a heading."""
    head = [
        "reports", "printed figures", "dbt build", "peak", "figures per second", "nothing new",
        "own work", "the same SQL alone", "peak", "pandas", "peak", "its facts in SQL", "recall",
        "precision", "Spark", "peak",
    ]  # fmt: skip

    def shown(value: float, unit: str, digits: int = 1) -> str:
        return "–" if math.isnan(value) else f"{value:,.{digits}f} {unit}".replace(",", " ")

    return [head] + [
        [
            f"{s.reports:,}".replace(",", " "), f"{s.figures:,}".replace(",", " "),
            shown(s.build_s, "s"), shown(s.build_mib, "MiB", 0),
            f"{s.figures / s.build_s:,.0f}".replace(",", " "), shown(s.nothing_s, "s"),
            shown(s.own_s, "s"), shown(s.sql_s, "s"), shown(s.sql_mib, "MiB", 0),
            shown(s.pandas_s, "s"), shown(s.pandas_mib, "MiB", 0), shown(s.facts_s, "s"),
            f"{s.recall:.2f}", f"{s.precision:.2f}",
            shown(s.spark_s, "s"), shown(s.spark_mib, "MiB", 0),
        ]
        for s in sizes
    ]  # fmt: skip


def goals(sizes: list[Size], more: OneMore | None) -> list[list[str]]:
    """What was measured beside its goal, with a heading."""
    last = sizes[-1]
    rows = [
        ["what", "measured", "goal"],
        [f"peak memory, {last.reports} reports", f"{last.build_mib / 1024:.2f} GiB",
         f"under {PEAK_GIB}"],
        ["build / (the same SQL alone + start-up)",
         f"{last.build_s / (last.sql_s + last.start_s):.2f}", f"at most {OVER_SQL}"],
        ["growth exponent of the same SQL, from 100 reports",
         f"{exponent(sizes, 'sql_s'):.2f}", f"at most {EXPONENT}"],
        ["growth exponent of own work, from 100 reports",
         f"{exponent(sizes, 'own_s'):.2f}", f"at most {EXPONENT}"],
    ]  # fmt: skip
    if not math.isnan(last.pandas_s) and last.own_s:
        rows += [
            ["pandas / own work", f"{last.pandas_s / last.own_s:.2f}", f"at least {OVER_PANDAS}"],
            ["pandas / its facts in SQL, DuckDB alone", f"{last.pandas_s / last.facts_s:.2f}", ""],
            [
                "pandas / reading the files, DuckDB alone",
                f"{last.pandas_s / last.reading_s:.2f}",
                "",
            ],
        ]
    if not math.isnan(last.spark_s):
        rows += [
            [f"peak memory of Spark's processes, {last.reports} reports",
             f"{last.spark_mib / 1024:.2f} GiB", f"under {SPARK_GIB}"],
            [f"Spark, {last.reports} reports", f"{last.spark_s:,.0f} s", f"at most {SPARK_S:,}"],
            ["growth exponent of Spark, from 100 reports", f"{exponent(sizes, 'spark_s'):.2f}", ""],
        ]  # fmt: skip
    if more:
        rows += [
            ["one report more / a build of one report",
             f"{more.incremental_s:.1f} s / {more.single_s:.1f} s = "
             f"{more.incremental_s / more.single_s:.2f}", f"at most {OVER_SINGLE}"],
            ["one report more / everything anew",
             f"{more.incremental_s:.1f} s / {more.full_s:.1f} s", ""],
        ]  # fmt: skip
    return rows


def markdown(rows: list[list[str]]) -> str:
    """A table in Markdown; the first row is its heading."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])


def write_chart(sizes: list[Size]) -> None:
    """Seconds against reports, both by powers of ten."""
    names = {
        "build_s": "dbt build",
        "sql_s": "the same SQL, DuckDB alone",
        "pandas_s": "pandas",
        "spark_s": "Spark",
    }
    points = [
        {"reports": s.reports, "seconds": getattr(s, key), "what": name}
        for key, name in names.items()
        for s in sizes
        if not math.isnan(getattr(s, key))
    ]
    # The same order in both makes one legend of colours and shapes.
    order = alt.Scale(domain=list(dict.fromkeys(point["what"] for point in points)))
    base = alt.Chart(pd.DataFrame(points), width=560, height=320).encode(
        x=alt.X("reports:Q", scale=alt.Scale(type="log"), title="reports"),
        y=alt.Y("seconds:Q", scale=alt.Scale(type="log"), title="seconds"),
        color=alt.Color("what:N", scale=order, title=None),
    )
    dots = base.mark_point(filled=True, size=60).encode(
        shape=alt.Shape("what:N", scale=order, title=None)
    )
    chart = base.mark_line() + dots
    chart.save(str(CHART))


def write_page(sizes: list[Size], more: OneMore | None) -> None:
    """Writes docs/performance.md and its chart."""
    write_chart(sizes)
    PAGE.write_text(
        f"""# What many reports cost

Written by `uv run python bench/scale.py`; [bench/README.md](../bench/README.md) says what is timed.
{machine()}; generated reports, seed {SEED}, a contradiction planted in {SHARE:.0%} of them.

{markdown(goals(sizes, more))}

![Seconds against reports, for the build and its peers, as in the table](performance.svg)

{markdown(rows_of(sizes))}

`nothing new` is the same build again: it looks through the folder, and makes and tests what is not
kept report by report. `own work` is the build without start-up, which is `nothing new` in the
first row. pandas makes seven of the eight facts, with floats, and no reconciliations, tests or
contracts; its facts are compared with the marts, value by value, in the same run. Spark makes all
that DuckDB does; its marts are compared in the same way.
""",
        encoding="utf-8",
    )


def show(title: str, rows: list[list[str]], console: Console) -> None:
    """Prints a table; the first row is its heading."""
    table = Table(title=title)
    for name in rows[0]:
        table.add_column(name, justify="right")
    for row in rows[1:]:
        table.add_row(*row)
    console.print(table)


def main(
    sizes: Annotated[str, typer.Option(help="Numbers of reports.")] = "1,10,100,1000,10000",
    pandas: Annotated[bool, typer.Option(help="Time pandas too.")] = True,
    spark: Annotated[bool, typer.Option(help="Time a session of Spark too.")] = False,
    page: Annotated[bool, typer.Option(help="Write docs/performance.md and its chart.")] = True,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Also write the figures to this file.")
    ] = None,
) -> None:
    """Times builds of many reports, their peers, and one report more, in one run."""
    console = Console(width=200)
    numbers = sorted(int(number) for number in sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="bokslut-scale-") as name:
        place = Path(name)
        project = copy_project(place / "dbt")
        if spark:
            done("uv sync", run(["uv", "sync", "--quiet", "--group", "spark"], project))
            os.environ["UV_NO_SYNC"] = "1"  # so that no timed run takes it away again
        timed: list[Size] = []
        more = None
        for number in numbers:
            start_s = timed[0].start_s if timed else None
            timed.append(measure(project, place, number, start_s, pandas, console))
            show("Many reports", rows_of(timed[-1:]), console)
            if number == numbers[-1] > 1 == numbers[0]:
                more = one_more(project, place, timed[-1], timed[0].build_s, console)
            # What has been measured is kept, whatever becomes of the rest.
            keep(timed, more, page, json_file)
            if spark:
                console.print(f"{number} reports: Spark ...")
                built = build_on_spark(project, place / "printed")
                timed[-1] = replace(timed[-1], spark_s=built.seconds, spark_mib=built.peak_mib)
                keep(timed, more, page, json_file)
    show("Many reports", rows_of(timed), console)
    show("Goals", goals(timed, more), console)


def keep(sizes: list[Size], more: OneMore | None, page: bool, json_file: Path | None) -> None:
    """Writes the page, and the figures to a file, where they are asked for."""
    if page:
        write_page(sizes, more)
    if json_file:
        text = {"sizes": [asdict(s) for s in sizes], "one_more": asdict(more) if more else None}
        json_file.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
