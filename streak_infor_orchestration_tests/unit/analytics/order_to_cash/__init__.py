"""The amounts of orders against business that is worked out by itself."""
