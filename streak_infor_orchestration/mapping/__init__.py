"""From a box to a deal, from a deal to an order, and from the ERP back to the box. Pure: it fetches nothing.

Nothing here raises: what is wrong with a deal comes back as Problems, in words for the person who can mend it.
"""
