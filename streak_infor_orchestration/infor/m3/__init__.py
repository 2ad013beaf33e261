"""Infor M3 (CloudSuite M&D, F&B …): its MI programs over REST (Infor API contract, B)."""
