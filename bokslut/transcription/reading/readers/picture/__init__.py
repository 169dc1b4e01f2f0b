"""The reader of pages that are pictures."""
