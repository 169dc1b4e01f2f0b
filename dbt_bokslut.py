"""What dbt runs before it reads the project: it can be built, or dbt says why not.

A build also compares the transcription with the documents that are at hand. dbt-core looks for
installed modules named `dbt_*` and makes their `plugins`, whatever the engine.
"""

from __future__ import annotations

from pathlib import Path

import yaml
from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin
from dbt_common.events.functions import fire_event
from dbt_common.events.types import Note

from bokslut import database, streams
from bokslut.transcription import document, seed_files

# The commands that read the folder of printed tables.
READING = ("build", "run", "seed", "test")


class BokslutPlugin(dbtPlugin):
    """Refuses what this project's own runs cannot end well with, and lets them say so."""

    def initialize(self) -> None:
        """Raises what is wrong with the database, the seeds, the document or the folder."""
        if self.project_name != "bokslut":
            return
        streams.take_every_sign()
        flags = get_flags()
        target = getattr(flags, "TARGET", None) or "dev"
        if target == "dev":
            database.check_name(database.path())
        project = Path(flags.PROJECT_DIR)
        seed_files.check(project)
        settings = settings_of(project, getattr(flags, "VARS", None) or {})
        if flags.WHICH in READING and settings["printed_source"] != "seeds":
            check_folder(project, settings, target)
        elif flags.WHICH in ("build", "test") and (
            text := document.told(project, document.check(project))
        ):
            fire_event(Note(msg=text))


def settings_of(project: Path, given: dict) -> dict:
    """The variables of a run: the project's own, and those that the run was given."""
    text = (project / "dbt_project.yml").read_text(encoding="utf-8")
    return {**yaml.safe_load(text)["vars"], **given}


def check_folder(project: Path, settings: dict, target: str) -> None:
    """Raises FolderRefused where the folder that the run is to read cannot be used.

    What lies in PostgreSQL was looked through by `bokslut load`, and what Spark reads from
    elsewhere than a file system here by whoever made its digests.
    """
    from bokslut.transcription import printed_folder

    source, path = settings["printed_source"], str(settings["printed_path"] or "")
    if source != "parquet":
        raise printed_folder.FolderRefused(
            f"printed_source är {source}; väntat är seeds eller parquet"
        )
    if target == "postgres" or "://" in path:
        return
    if not path:
        raise printed_folder.FolderRefused(
            "printed_source är parquet, men printed_path är inte angivet. "
            "Ange mappen: --vars '{printed_source: parquet, printed_path: MAPP}'"
        )
    if target.startswith("spark") and set("*?[]{}") & set(path):
        raise printed_folder.FolderRefused(
            f"Spark läser tecken som [ och * i en mapps namn som ett mönster: {path}. Döp om mappen"
        )
    printed_folder.check(project, Path(path))


plugins = [BokslutPlugin]
