"""What each order's money is at every step, and the cause of each cent that is not the same at the next one. A cause is
worked out from evidence of its own and never what is left over; what is left over is a finding.
"""
