"""The pages of places: pools of seats and their rules, who leads a delegation, who comes instead.

What seats are and how they are taken is in `registration`; here it is set up and looked at.
"""
