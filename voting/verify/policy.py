"""Witness policies (C2SP tlog-policy) and Ed25519 cosignatures (C2SP tlog-cosignature)."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from voting.ledger.canonical import CanonicalFault, unb64
from voting.ledger.note import KEY_BYTES, NoteFault, SignatureLine, Verifier, require_name, split_note

_COSIGNATURE = b"\x04"
_LATEST = 2**63
_SEPARATOR = re.compile(r"[ \t]+")
_NOBODY = "none"


class PolicyFault(ValueError):
    """A text that is no witness policy."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness's name as a key, and the key."""

    name: str
    public_key: bytes

    @classmethod
    def from_vkey(cls, vkey: str) -> "Witness":
        """Read a verifier key of signature type 4.  Raises: PolicyFault."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        try:
            require_name(name)
            key = unb64(encoded)
        except (NoteFault, CanonicalFault) as fault:
            raise PolicyFault("a witness's key is no verifier key") from fault
        witness = cls(name, key[1:])
        if key[:1] != _COSIGNATURE or len(key) != KEY_BYTES + 1 or witness.key_id.hex() != key_id:
            raise PolicyFault("a witness's key is no Ed25519 cosignature key")
        return witness

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _COSIGNATURE + self.public_key).digest()[:4]

    def has_signed(self, text: str, lines: Sequence[SignatureLine]) -> bool:
        """Whether one of the signature lines is this witness's over the checkpoint's text.

        Raises  PolicyFault where a line bears its name and id and is wrong.
        """
        mine = [each for each in lines if (each.name, each.key_id) == (self.name, self.key_id)]
        for line in mine:
            time = int.from_bytes(line.signature[:8], "big")
            message = f"cosignature/v1\ntime {time}\n{text}".encode()
            if len(line.signature) != 72 or time >= _LATEST:
                raise PolicyFault(f"the cosignature of {self.name} is none")
            try:
                Ed25519PublicKey.from_public_bytes(self.public_key).verify(line.signature[8:], message)
            except InvalidSignature as fault:
                raise PolicyFault(f"the cosignature of {self.name} is wrong") from fault
        return bool(mine)


@dataclass(frozen=True, slots=True)
class _Group:
    needed: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """Who has to have cosigned a checkpoint."""

    logs: list[Verifier] = field(default_factory=list)
    parties: dict[str, Witness | _Group] = field(default_factory=dict)
    quorum: str | None = None

    def signed_by(self, note: bytes) -> list[str]:
        """The names of the witnesses that cosigned *note*.  Raises: PolicyFault, NoteFault."""
        text, lines = split_note(note)
        witnesses = {name: each for name, each in self.parties.items() if isinstance(each, Witness)}
        return [name for name, witness in witnesses.items() if witness.has_signed(text, lines)]

    def is_met(self, signed_by: Sequence[str]) -> bool:
        """Whether these witnesses are a quorum."""
        met = {name: name in signed_by for name in self.parties}
        # A group names only what was defined before it.
        for name, party in self.parties.items():
            if isinstance(party, _Group):
                met[name] = sum(met[member] for member in party.members) >= party.needed
        return self.quorum == _NOBODY or met.get(self.quorum or "", False)


def read_policy(text: str) -> Policy:
    """The policy in *text*.

    Raises  PolicyFault.
    """
    policy, grouped = Policy(), set[str]()
    for words in _lines(text):
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                policy.logs.append(_log(vkey))
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                _define(policy, name, Witness.from_vkey(vkey))
            case ["group", name, threshold, *members] if members:
                _define(policy, name, _group(policy.parties, grouped, threshold, members))
            case ["quorum", name] if policy.quorum is None and (name in policy.parties or name == _NOBODY):
                policy.quorum = name
            case _:
                raise PolicyFault(f"a line that says nothing: {' '.join(words)[:80]}")
    keys = [each.public_key for each in policy.parties.values() if isinstance(each, Witness)]
    if policy.quorum is None or len(set(keys)) != len(keys):
        raise PolicyFault("no quorum, or one key for two witnesses")
    return policy


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.split("\n"):
        words = [word for word in _SEPARATOR.split(line) if word]
        if words and not words[0].startswith("#"):
            yield words


def _log(vkey: str) -> Verifier:
    try:
        return Verifier.from_vkey(vkey)
    except NoteFault as fault:
        raise PolicyFault("a log's key is no verifier key") from fault


def _define(policy: Policy, name: str, party: "Witness | _Group") -> None:
    if name == _NOBODY or name in policy.parties:
        raise PolicyFault(f"{name} is defined twice")
    policy.parties[name] = party


def _group(
    parties: Mapping[str, object], grouped: set[str], threshold: str, members: Sequence[str]
) -> _Group:
    if len(set(members)) != len(members) or grouped.intersection(members) or not set(members) <= set(parties):
        raise PolicyFault("a member of a group is unknown, or stands in two places")
    grouped.update(members)
    needed = {"any": 1, "all": len(members)}.get(threshold)
    if needed is None:
        needed = int(threshold) if re.fullmatch(r"[1-9][0-9]{0,3}", threshold, re.ASCII) else 0
    if not 1 <= needed <= len(members):
        raise PolicyFault("a group's threshold is none")
    return _Group(needed, tuple(members))
