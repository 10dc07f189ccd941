"""The two families of errors that are ours.

A ``Refusal`` is the rules saying no: nothing changed, and somebody can do something about it.
``Broken`` is our own data contradicting itself: stop, alarm, never continue.
Neither holds a sentence for people: ``voting.i18n`` has one for each code.
"""

from typing import ClassVar


class Refusal(Exception):
    """The rules say no.  Subclasses are dataclasses with a stable ``code`` and the facts as fields."""

    code: ClassVar[str] = "refused"


class Broken(Exception):
    """Our own records contradict themselves.  Nothing may be signed or answered after this."""
