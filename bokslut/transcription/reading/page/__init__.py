"""From words with boxes on a page to tables and paragraphs: for digital pages and scanned ones
alike."""
