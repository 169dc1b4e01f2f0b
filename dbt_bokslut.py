"""What dbt runs before it reads the project: the seed files are sound, or the build says why not.

dbt-core looks for installed modules named `dbt_*` and makes their `plugins`, whatever the engine.
"""

from __future__ import annotations

from pathlib import Path

from dbt.flags import get_flags
from dbt.plugins.manager import dbtPlugin

from bokslut.transcription import seed_files


class SeedFilesPlugin(dbtPlugin):
    """Refuses damaged seed files in this project's own runs."""

    def initialize(self) -> None:
        """Raises SeedFilesDamaged, which dbt prints and ends with."""
        if self.project_name == "bokslut":
            seed_files.check(Path(get_flags().PROJECT_DIR))


plugins = [SeedFilesPlugin]
