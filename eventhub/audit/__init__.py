"""The audit log: who did what to what, when; append-only, by trigger, on both databases.

An *entry* names an *action* ("registration.accredit") and its *subject* (kind and ref). Values
before and after are kept for fields of class normal only, enciphered with the event's audit key;
of sensitive and identity fields the name alone. Who acted is a *label* in a table of its own, so
that erasing a person replaces the label and leaves every entry where it is.
"""
