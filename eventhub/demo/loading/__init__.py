"""Telling the demo's history through the services, step by step, at its real dates.

A *step* is one transaction of one event; the event remembers which steps it has gone through, so
that loading again, or going on after an interruption, repeats none of them.
"""
