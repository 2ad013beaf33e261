"""What Streak holds, as tables."""
