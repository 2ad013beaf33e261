"""The story of one deal on simulators of both systems, and the oracle that judges it.

Everything here speaks HTTP: to the twins as people use Streak and the ERP, to the gateway as an operator does. It
knows nothing of the product's core, so its verdict is an outsider's.
"""
