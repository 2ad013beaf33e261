"""Telling the webhooks: real HTTP POSTs beside the API, with levers that spoil them."""
