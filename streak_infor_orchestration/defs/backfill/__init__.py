"""What was there in both systems before the integration."""
