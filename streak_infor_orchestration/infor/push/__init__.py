"""What Infor's systems send us of their own accord, read down to which records it may be about.

A message is unpacked (`unpacked`), read into records of named values (`read`), and the product's `hints` say which
orders and invoices those name. Nothing in it is ever acted upon: it says "look at this record", like a poll does.
"""
