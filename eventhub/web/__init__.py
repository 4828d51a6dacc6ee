"""What every page shares: forms, access to views, languages, static files, the rosette.

Features bring their own views and templates; this package holds only what all of them stand on.
"""
