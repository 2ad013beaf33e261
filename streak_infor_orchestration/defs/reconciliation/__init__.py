"""Looking for what webhooks lost."""
