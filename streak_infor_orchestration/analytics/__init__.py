"""Tables of what both systems hold, as Parquet files that DuckDB reads and writes. Knows neither HTTP nor Dagster.

DuckDB and pandas cost up to a second to import, and every process of Dagster loads the definitions: both are
imported where they are used.
"""
