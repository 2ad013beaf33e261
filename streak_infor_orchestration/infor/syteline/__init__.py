"""Infor SyteLine (CloudSuite Industrial): the Mongoose IDO REST API, version 2 (Infor API contract C)."""
