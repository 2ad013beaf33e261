"""Deals: from what was claimed to what is told on the box."""
