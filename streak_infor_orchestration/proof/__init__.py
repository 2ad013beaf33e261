"""The fault campaign: a company at work while everything breaks, and an oracle that counts what became of it.

It starts the product beside both simulators, kills and stops the product's processes, disturbs both systems, and judges
by reading them over HTTP. It knows nothing of the product's core, so its verdict is an outsider's.
"""
