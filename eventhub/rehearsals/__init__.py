"""Rehearsing an event (decision 25): a hidden copy of it, filled with invented people.

A *stand-in* is an invented person of a rehearsal; `data/standins.tsv` names them and says how far
each one's registration goes, `portraits` draws a picture for each. `services` make the rehearsal
and let the stand-ins register. The same people on every machine: `chance` only looks like it.
"""
