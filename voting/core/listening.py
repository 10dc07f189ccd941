"""The refusal of an address to listen on; what it looks like is in ``voting.addresses``."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal


@dataclass(eq=False)
class CannotListen(Refusal):
    """The address is none, is none of this machine's, or another program has it."""

    code: ClassVar[str] = "cannot-listen"
    address: str
    reason: str
