"""What dbt runs before it reads the project: it can be built, or dbt says why not.

dbt-core looks for installed modules named `dbt_*` and makes their `plugins`, whatever the engine.
"""

from __future__ import annotations

from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin

from bokslut import database, streams
from bokslut.transcription import seed_files


class BokslutPlugin(dbtPlugin):
    """Refuses what this project's own runs cannot end well with, and lets them say so."""

    def initialize(self) -> None:
        """Raises DatabaseMisnamed or SeedFilesDamaged, which dbt prints and ends with."""
        if self.project_name != "bokslut":
            return
        streams.take_every_sign()
        flags = get_flags()
        if getattr(flags, "TARGET", None) in (None, "dev"):
            database.check_name(database.path())
        seed_files.check(Path(flags.PROJECT_DIR))


plugins = [BokslutPlugin]
