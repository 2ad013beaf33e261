"""Stateful simulators of Streak and Infor: for the demo, the tests and a customer's own CI.

They know nothing of the rest of this package, so that agreement between a client and its twin
is agreement on the public contract and not on shared code.
"""
