"""Everything about a customer in one row, and what happened in one line: both systems, harmonised."""
