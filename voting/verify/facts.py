"""Facts that are made once and belong to one check.

A fact that is not so refutes the check it belongs to; every other check that asks for it learns which
check it rests on.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar, cast

from voting.verify.findings import Refuted

_T = TypeVar("_T")


class Remembering:
    """What was asked for, by name, so that it is made once.

    Shape   *helped* are the facts that others are looking at: they are asked when somebody wants to know.
    """

    def __init__(self) -> None:
        self.helped: dict[str, Callable[[], object]] = {}
        self._known: dict[str, object] = {}

    def once(self, name: str, make: Callable[[], _T]) -> _T:
        """The fact *name*, made at the first question; a refutation is remembered as well."""
        if name not in self._known:
            try:
                self._known[name] = self.helped.get(name, make)()
            except Refuted as fault:
                self._known[name] = fault
        found = self._known[name]
        if isinstance(found, Refuted):
            raise found
        return cast(_T, found)


class fact(Generic[_T]):
    """A property of the evidence that is made at the first question and then stands there.

    A refutation is remembered as well.
    """

    def __init__(self, make: Callable[[Any], _T]) -> None:
        self.make, self.name = make, make.__name__

    def __get__(self, facts: Remembering, _: type) -> _T:
        found = facts.once(self.name, lambda: self.make(facts))
        # From now on Python finds it without asking here.
        facts.__dict__[self.name] = found
        return found
