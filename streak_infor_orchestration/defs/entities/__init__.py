"""What the entities of both systems have in common: how a table becomes an asset, is stored, checked and refreshed."""
