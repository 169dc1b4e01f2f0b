"""dbt in a process of its own for each command, forked from one that has dbt ready.

Half of what a `dbt build` costs here is what every dbt does first: it imports itself and compiles
its macros and models. The process below has done that once, and waits. For each command it forks a
child that has the folder, the environment, the arguments and the output of that command alone, and
that ends as any process does. Nothing of one run is left for the next; `dbtRunner` leaves the
database open.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

# What else would start threads when it is imported; a child has none but the one that forked.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}


class WarmDbt:
    """A waiting process, and the commands that are given to it, one at a time."""

    def __init__(self, project: Path) -> None:
        """Starts it: `project` is parsed once, faster where its `target` has a parse already.

        Nothing is written into the project.
        """
        self.process = subprocess.Popen(
            # -P: dbt takes modules named dbt_* for plugins, wherever it finds them.
            [sys.executable, "-P", __file__, project],
            env=without_settings() | ONE_THREAD,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, folder: Path, arguments: tuple[str, ...], environment: dict[str, str]
    ) -> tuple[int, str]:
        """Runs dbt in a folder with an environment; its exit code, and what it printed."""
        assert self.process.stdin
        assert self.process.stdout
        with tempfile.NamedTemporaryFile(suffix=".txt") as output:
            command = [str(folder), arguments, environment, output.name]
            self.process.stdin.write(f"{json.dumps(command)}\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
            return code, Path(output.name).read_text(encoding="utf-8")

    def end(self) -> None:
        """Ends it."""
        self.process.communicate()


def without_settings() -> dict[str, str]:
    """The environment of a user who has set nothing of dbt's or bokslut's."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "BOKSLUT_"))}


def make_ready(project: Path) -> None:
    """Imports dbt, parses the project and compiles every macro and model; opens no database."""
    import duckdb
    from dbt.cli.main import dbtRunner
    from dbt_common.clients.jinja import get_template, template_cache

    with tempfile.TemporaryDirectory() as place:
        if (parsed := project / "target/partial_parse.msgpack").is_file():
            shutil.copyfile(parsed, Path(place) / parsed.name)
        folders = ["--project-dir", project, "--profiles-dir", project]
        written = ["--target-path", place, "--log-path", place]
        options = ["--quiet", "--no-static-parser", *map(str, folders + written)]
        parse = dbtRunner().invoke(["parse", *options])
    keep_what_is_compiled()
    if parse.success:
        for macro in parse.result.macros.values():
            template_cache.get_node_template(macro)
        for node in parse.result.nodes.values():
            get_template(node.raw_code, {})
    duckdb.default_connection().close()
    threads = os.listdir("/proc/self/task")
    assert len(threads) == 1, "a child would wait for threads that it has not"


def keep_what_is_compiled() -> None:
    """Lets one text of Jinja be compiled once: what a child has not changed is compiled already.

    dbt makes each text an environment of its own, and all of them alike.
    """
    from dbt_common.clients.jinja import MacroFuzzEnvironment

    compile_anew, compiled = MacroFuzzEnvironment.compile, {}

    def compile_once(self: MacroFuzzEnvironment, source: Any, *others: Any, **named: Any) -> Any:
        if others or named or not isinstance(source, str):
            return compile_anew(self, source, *others, **named)
        if source not in compiled:
            compiled[source] = compile_anew(self, source)
        return compiled[source]

    MacroFuzzEnvironment.compile = compile_once


def become(folder: str, arguments: list[str], environment: dict[str, str], output: str) -> None:
    """Makes this process the dbt of one command, as if a user had started it."""
    from dbt.cli.main import cli

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    file = os.open(output, os.O_WRONLY)
    for stream in (0, 1, 2):
        os.dup2(file if stream else os.open(os.devnull, os.O_RDONLY), stream)
    sys.argv = ["dbt", *arguments]
    sys.exit(cli())


def main() -> None:
    """Waits for commands, a line of JSON each, and tells the exit code of each."""
    make_ready(Path(sys.argv[1]))
    gc.freeze()  # What a child never touches, it need not copy.
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(*json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
