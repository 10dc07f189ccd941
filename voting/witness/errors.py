"""Why a witness does not sign, and what keeps it from working."""

from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Refusal


@dataclass(eq=False)
class NotALogKey(Refusal):
    """What was given is no verifier key of a log (signature type 1)."""

    code: ClassVar[str] = "witness-no-log-key"
    detail: str


@dataclass(eq=False)
class BadWitnessName(Refusal):
    """A witness's name cannot stand in a key: it is empty, or holds a space, a plus or a control."""

    code: ClassVar[str] = "witness-bad-name"
    name: str


@dataclass(eq=False)
class KeyThere(Refusal):
    """The folder has a key already: whoever trusts it would not know a second one."""

    code: ClassVar[str] = "witness-key-there"
    file: str


@dataclass(eq=False)
class KeyNotUsable(Refusal):
    """The key file is missing, or the passphrase does not open it."""

    code: ClassVar[str] = "witness-key-unusable"
    file: str


@dataclass(eq=False)
class StateDamaged(Refusal):
    """The file that holds what was seen cannot be read any more: nobody knows what may be signed next."""

    code: ClassVar[str] = "witness-state-damaged"
    file: str


@dataclass(eq=False)
class OtherKeyOfLog(Refusal):
    """The log is known by another key.  What was once added stays: it cannot be removed and added anew."""

    code: ClassVar[str] = "witness-other-log-key"
    origin: str
    vkey: str


@dataclass(eq=False)
class UnknownLog(Refusal):
    """A checkpoint of a log that this witness was not asked to watch."""

    code: ClassVar[str] = "witness-unknown-log"
    origin: str


@dataclass(eq=False)
class NotSignedByLog(Refusal):
    """The log's key, as it was added here, has not signed the checkpoint."""

    code: ClassVar[str] = "witness-not-signed"
    origin: str
    detail: str


@dataclass(eq=False)
class NoSubmission(Refusal):
    """A request that is not old size, proof and checkpoint, or a file that is no checkpoint."""

    code: ClassVar[str] = "witness-no-submission"
    detail: str


@dataclass(eq=False)
class OldSizeDiffers(Refusal):
    """The proof begins at another size than the last one signed here; ``held`` is that size, 0 for none."""

    code: ClassVar[str] = "witness-old-size"
    origin: str
    old: int
    held: int


@dataclass(eq=False)
class WentSmaller(Refusal):
    """The checkpoint has fewer entries than one signed here: its log was turned back."""

    code: ClassVar[str] = "witness-smaller"
    origin: str
    held: int
    offered: int


@dataclass(eq=False)
class Forked(Refusal):
    """Two checkpoints, both signed by the log, that cannot both be true: proof of a fork."""

    code: ClassVar[str] = "witness-fork"
    origin: str
    held: int
    offered: int


@dataclass(eq=False)
class NotProved(Refusal):
    """The proof does not show that the log only grew.  That may be a fault of the proof, or a fork."""

    code: ClassVar[str] = "witness-not-proved"
    origin: str
    held: int
    offered: int
    detail: str


@dataclass(eq=False)
class FilesDiffer(Refusal):
    """The log's published files do not give the root that it has signed."""

    code: ClassVar[str] = "witness-files-differ"
    origin: str
    size: int


@dataclass(eq=False)
class Unreachable(Refusal):
    """Nothing of use came back from an address: no connection, or another answer than expected."""

    code: ClassVar[str] = "witness-unreachable"
    url: str
    reason: str
