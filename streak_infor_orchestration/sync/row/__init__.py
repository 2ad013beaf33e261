"""What every kind of record shares: a batch of work items, the phases it goes through, and how each ends."""
