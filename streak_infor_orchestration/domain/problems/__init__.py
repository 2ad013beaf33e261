"""The catalogue of problems: everything that may be wrong has a code, and its words and its fix stand once, here.

A module for each subject; `catalogue` finds a code that was stored or that a system answered.
"""
