"""What every kind of record shares: a batch of work items, the stages it goes through, and how each ends."""
