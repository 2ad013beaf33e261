"""Customers: who buys, found, made, linked, and kept the same in both systems."""
