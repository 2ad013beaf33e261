"""The use cases. Level-triggered: read the truth on both sides, compute what should be, do what is missing."""
