"""Several refusals at once, so that a person can mend all of them in one go."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.checks import faults
from voting.core.docket import Docket
from voting.core.errors import Refusal
from voting.core.members import Roll
from voting.services.printing.unprintable import unprintable


@dataclass(eq=False)
class UnsoundDocket(Refusal):
    """The assembly cannot be held as drafted; ``faults`` says everything that is missing or wrong."""

    code: ClassVar[str] = "unsound-docket"
    faults: tuple[Refusal, ...]


def require_sound(docket: Docket, entitled: Roll) -> None:
    """Raises: UnsoundDocket with everything that is missing or wrong, or could not be printed."""
    found = (*faults(docket, entitled), *unprintable(docket))
    if found:
        raise UnsoundDocket(found)
