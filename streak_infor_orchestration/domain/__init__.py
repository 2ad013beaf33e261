"""The words of the business: frozen models and pure functions. Imports nothing of ours."""
