"""Deals and orders that were there before the integration: linked where that is certain, counted before anything is
made."""
