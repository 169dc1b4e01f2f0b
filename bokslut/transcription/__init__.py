"""From a document to seed files: their shape, their seals, folders of Parquet."""
