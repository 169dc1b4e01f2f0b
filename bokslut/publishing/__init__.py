"""From a database that passed to an edition that readers use."""
