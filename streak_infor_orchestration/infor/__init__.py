"""The ERP: one port (`port.py`), and a folder per product that implements it."""
