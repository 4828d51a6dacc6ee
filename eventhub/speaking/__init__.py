"""The list of speakers of a session: who takes the floor in which order, and the clock.

A *list* belongs to one session. A *request* asks for the floor for an entity, or for somebody
named freely; it stands in a *block* and a *tier* and waits until it *speaks*. A *turn* is the
floor taken once, with the clock that all screens show; what is left of it is the log of who spoke
for how long. The *wall* is the page in the room, opened by a secret address or, where the list is
public, by its plain one.
"""
