"""What may stand in a text that others read: one rule for every form whose words come to another's eyes."""

import re

# Control characters, and those that turn the direction of writing: they could make a name read as another.
# A lone carriage return is one of them: a mail would begin a line with it that no page has shown.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def is_seen(text: str) -> bool:
    """Whether *text* holds any sign that can be seen, not only blanks and signs without a width."""
    return any(sign.isprintable() and not sign.isspace() for sign in text)


def is_printable(text: str) -> bool:
    """Whether *text* holds nothing but signs, blanks, tabs and line ends (LF)."""
    return _UNPRINTABLE.search(text) is None
