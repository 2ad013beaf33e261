"""HTTP as this product needs it, and the only place that imports httpx.

What an answer means for a read and for a write is decided in `outcomes.py`; credentials in `auth.py` and
`oauth.py`; the rate shared by all processes in `budget.py`; the time a call may take in `deadline.py`.
"""
