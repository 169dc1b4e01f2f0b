"""From a document to cells: readers, one stream, tables, rows read whole, claims."""
