"""`integration.yaml`, the environment and the secrets: read once, checked whole, never guessed at. No behaviour."""
