"""Customers: linked where the rules are certain, and kept the same on both sides."""
