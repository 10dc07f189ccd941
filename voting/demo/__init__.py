"""The demonstration: the sample assembly played through the very verbs of the service.

Nothing here decides anything.  It moves a clock of its own, reads its own mailbox, and otherwise does
what members and officers do.
"""
