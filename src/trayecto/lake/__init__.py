"""The only folder that knows an engine: Delta tables on disk, DuckDB to read them."""
