"""docs/problems.md, made from the catalogue of problems, and what of the package keeps to that catalogue."""
