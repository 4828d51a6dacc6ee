"""Lists of people who need a ticket to enter United Nations premises (R1.25).

Each file remembers whose names went out in it; who is added later stands in a supplement.
"""
