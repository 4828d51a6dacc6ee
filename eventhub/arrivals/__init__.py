"""Arrivals, vehicles, liaison officers, courtesies, and the list of heads.

*Travel* is when, where and by which flight a person comes and goes, the hotel, and whether the
VIP lounge is asked for. It is of class sensitive: enciphered, named without values in the log,
and purged seven days after the event. A *liaison officer* is an account that looks after the
arrivals of one delegation, and sees no other. A *courtesy* is what the host gives by rank.
"""
