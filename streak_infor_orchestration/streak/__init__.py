"""Streak's API: field names and Python values on our side, keys and wire forms on theirs."""
