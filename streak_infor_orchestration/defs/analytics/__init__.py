"""What is worked out of both systems: every cent, a view of each customer, how long things take."""
