"""Reports that nobody printed: true arithmetic, rounded as print is, planted contradictions.

`uv run python -m bench.generate --reports 1000 --contradictions 0.02 --seed 7 OUT` writes a folder
that `dbt build --vars '{printed_source: parquet, printed_path: OUT}'` reads.
"""
