"""What the names in a pipeline most likely mean. Pure: names and a few deals in, guesses with their reasons out.

A guess is written down as one, for a person to look at; nothing in here is ever acted upon unseen.
"""
