"""Tests of the simulators, run without any of our clients."""
