"""A page whose unchanging part is rendered once: afterwards only its blanks are filled in.

A blank stands in the facts that a template is given, where a value would stand.  What decides which
sentences are printed must not be blank: each combination has a stencil of its own, or none.
"""

from collections.abc import Mapping

from markupsafe import escape

# Stands in no text that a ledger or a form takes in, and in no page.
_MARK = "\0"


def blank(name: str) -> str:
    """What to put where the value *name* will stand."""
    return f"{_MARK}{name}{_MARK}"


class Stencil:
    """A rendered page with blanks."""

    def __init__(self, page: str) -> None:
        first, *rest = page.split(_MARK)
        self._first = first
        self._blanks = tuple(zip(rest[::2], rest[1::2], strict=True))

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with *values*, which are escaped as a template escapes them."""
        parts = [self._first]
        for name, after in self._blanks:
            parts += (escape(values[name]), after)
        return "".join(parts)
