"""Protocol: the order of States and organizations at an event, their names there, the first seat.

`queries.order_of` is the one order in which every list of an event's entities stands, with the
names that the event gives them. A *drawing* of the first seat is written once and kept; drawing
again adds another, with a reason.
"""
