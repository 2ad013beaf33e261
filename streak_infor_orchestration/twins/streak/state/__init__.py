"""What the simulated Streak holds, apart from HTTP."""
