"""The outbox: which message goes to whom in which language; worded when it is sent.

A row of the outbox names a *message* ("registration.received"), a language and the ids it speaks
of, never its words: codes and private links stand nowhere in clear. The feature that owns the
message words it (`seams.Message`) in the worker, at the moment of sending.
"""
