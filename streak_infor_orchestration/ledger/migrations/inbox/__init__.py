"""Revisions of the inbox tables."""
