"""Infor M3's contract as literal exchanges, and the twin held against them."""
