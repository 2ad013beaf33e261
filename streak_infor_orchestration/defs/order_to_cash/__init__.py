"""Closed-Won to sales order to invoice: the job that drains deals, and what starts it."""
