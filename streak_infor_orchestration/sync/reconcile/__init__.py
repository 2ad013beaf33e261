"""Whether both systems agree, and what becomes of it where they do not."""
