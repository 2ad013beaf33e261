"""Whether both systems agree: each side as a narrow table of canonical texts, compared by SQL.

What is found here are suspects only: the tables were read at different times. A suspect is read again by its key, on
both sides, before it counts.
"""
