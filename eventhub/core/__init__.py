"""The ground that every package stands on: database, clock, errors, tokens, ids and the actor.

Nothing here knows a word of the field. `db` is the unbound database; `transaction()` is the
only place that commits; `clock.now()` is the only clock; an `Actor` is whoever does a thing.
"""
