"""Floor cards: secondary passes of a delegation for a session whose room is limited (R1.13).

A card is a token of the delegation, not of a person: whoever holds it enters, one at a time.
"""
