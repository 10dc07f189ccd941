"""Several refusals at once, so that a person can mend all of them in one go."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal


@dataclass(eq=False)
class UnsoundDocket(Refusal):
    """The assembly cannot be held as drafted; ``faults`` says everything that is missing or wrong."""

    code: ClassVar[str] = "unsound-docket"
    faults: tuple[Refusal, ...]
