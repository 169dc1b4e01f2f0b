"""What dbt runs before it reads the project: it can be built, or dbt says why not.

A build also compares the transcription with the documents that are at hand. dbt-core looks for
installed modules named `dbt_*` and makes their `plugins`, whatever the engine.
"""

from __future__ import annotations

from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Note

from bokslut import database, streams
from bokslut.transcription import document, seed_files


class BokslutPlugin(dbtPlugin):
    """Refuses what this project's own runs cannot end well with, and lets them say so."""

    def initialize(self) -> None:
        """Raises DatabaseMisnamed, SeedFilesDamaged or DocumentContradicts, which end the run."""
        if self.project_name != "bokslut":
            return
        streams.take_every_sign()
        flags = get_flags()
        if getattr(flags, "TARGET", None) in (None, "dev"):
            database.check_name(database.path())
        project = Path(flags.PROJECT_DIR)
        seed_files.check(project)
        # A folder of reports takes the place of the seeds, and has its documents elsewhere.
        of_folder = (getattr(flags, "VARS", None) or {}).get("printed_source") == "parquet"
        is_tested = flags.WHICH in ("build", "test") and not of_folder
        if is_tested and (text := document.told(project, document.check(project))):
            fire_event(Note(msg=text))


plugins = [BokslutPlugin]
