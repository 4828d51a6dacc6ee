"""Questionnaires: questions beyond the core fields, kept by version, and what people answered.

Ready questionnaires are data (`data/*.toml`) until organisers build their own. Each question
carries its purpose, basis, class and retention (R7.1); answers of class sensitive are kept
enciphered with the event's key of that class.
"""
