"""Witness policies (C2SP tlog-policy): who has to have cosigned a checkpoint, and where they are asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voting.ledger.cosignature import CosignatureFault, Witness
from voting.ledger.note import NoteFault, Verifier, split_note

_SEPARATOR = re.compile(r"[ \t]+")
_NOBODY = "none"


class PolicyFault(ValueError):
    """A text that is no witness policy."""


@dataclass(frozen=True, slots=True)
class _Group:
    needed: int
    members: tuple[str, ...]


@dataclass(slots=True)
class Policy:
    """Who has to have cosigned a checkpoint.  Shape: ``urls`` of those witnesses that are to be asked."""

    logs: list[Verifier] = field(default_factory=list)
    parties: dict[str, Witness | _Group] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    quorum: str | None = None

    @property
    def witnesses(self) -> dict[str, Witness]:
        """The witnesses by the policy's own names for them."""
        return {name: each for name, each in self.parties.items() if isinstance(each, Witness)}

    def signed_by(self, note: bytes) -> list[str]:
        """The names of the witnesses that cosigned *note*.  Raises: NoteFault."""
        text, lines = split_note(note)
        return [name for name, witness in self.witnesses.items() if witness.signatures(text, lines)]

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
            case ["witness", name, vkey, *url] if len(url) < 2:
                _define(policy, name, _witness(vkey))
                policy.urls.update((name, each) for each in url)
            case ["group", name, threshold, *members] if members:
                _define(policy, name, _group(policy.parties, grouped, threshold, members))
            case ["quorum", name] if policy.quorum is None and (name in policy.parties or name == _NOBODY):
                policy.quorum = name
            case _:
                raise PolicyFault(f"a line that says nothing: {' '.join(words)[:80]}")
    keys = [each.public_key for each in policy.witnesses.values()]
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


def _witness(vkey: str) -> Witness:
    try:
        return Witness.from_vkey(vkey)
    except CosignatureFault as fault:
        raise PolicyFault(str(fault)) from fault


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
