"""The integration's own state as assets, so that red is red in the Dagster UI."""
