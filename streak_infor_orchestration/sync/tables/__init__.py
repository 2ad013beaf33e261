"""What both systems hold, kept as tables."""
