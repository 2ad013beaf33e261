"""Is everything there that a deal will need on its way? Nothing in here changes anything, in either system."""
