"""`bokslut` as a process, in a copy of the project with editions of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from conftest import COLOUR, Project, Run

BOKSLUT = Path(sys.executable).with_name("bokslut")


def settings(root: Path | None = None, **more: str) -> dict[str, str]:
    """The environment of a user who has set nothing of dbt's and bokslut's but what is given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DBT_", "BOKSLUT_"))}
    return clean | ({"BOKSLUT_PUBLISHED": str(root)} if root else {}) | more


@dataclass(frozen=True)
class Warehouse:
    """A copy of the project, and the folder of its editions."""

    project: Path
    root: Path

    def bokslut(self, *arguments: str, folder: str = ".", **environment: str) -> Run:
        """Runs the command in the project, or in a folder of it, and gives what it printed."""
        done = subprocess.run(
            [BOKSLUT, *arguments],
            cwd=self.project / folder,
            env=settings(self.root, **environment),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        return Run(done.returncode, COLOUR.sub("", done.stdout + done.stderr))

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Starts the command in a process group of its own."""
        return subprocess.Popen(
            [BOKSLUT, *arguments],
            cwd=self.project,
            env=settings(self.root),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )

    @property
    def copy(self) -> Project:
        """The project, for its cells to be changed."""
        return Project(self.project)
