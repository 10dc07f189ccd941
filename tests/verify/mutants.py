"""Every member of every entry and of every list, changed in every way: who notices, and by which check.

The attacker holds the log's key and makes anew whatever follows from the bytes it changed: list of files,
note, tiles and checkpoints.  So the outer hashes never help; only what the check is there for.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.verify.forge import Forge, Json
from voting.ledger.canonical import b64, encode
from voting.ledger.note import Signer

Place = tuple[str | int, ...]
ACTS = ("change", "drop", "double", "swap", "truncate", "re-sign", "another word")
LISTS = (
    "roll/public.jsonl",
    "roll/private.jsonl",
    "issued.jsonl",
    "delivery.jsonl",
    "deemed.jsonl",
    "openings.jsonl",
    "persons.jsonl",
)
# The closed lists of ledger L3, by the member that is one of them.
WORDS = {
    "channel": ("web", "post", "fax", "mail", "hand", "phone"),
    "disclosure": ("L0", "L1", "L2"),
    "level": ("K0", "K1", "KP"),
    "operation": ("reissue", "revoke"),
    "reason": ("late", "early", "suspended", "not_on_roll", "invalid"),
    "status": ("delivered", "failed"),
    "what": (
        *("left", "chair_decision", "tie_decision", "lot"),
        *("period", "rules", "texts", "roll", "paper"),
        *("outage", "restore", "clock"),
    ),
}
THIEF = b"\x0b" * 32


@dataclass(frozen=True)
class Mutant:
    """One change.  Shape: *field* as ``ballot.member``; *act* is what is done to it."""

    field: str
    act: str
    make: Callable[[Forge], None]


def mutants(forge: Forge, *, acts: tuple[str, ...] = ACTS) -> Iterator[Mutant]:
    """All changes to *forge*, one at a time: to the members of every entry, and to those of every list."""
    for entry in forge.entries:
        yield from _of(entry, _entry_at(entry["index"]), acts, siblings=_siblings(forge, entry))
    for path in LISTS:
        lines = forge.lines(path) if path in forge.files else []
        for number, line in enumerate(lines[:2]):
            others = [each for each in lines if each is not line]
            yield from _of(line, _line_at(path, number), acts, siblings=others, kind=path)


Within = Callable[[Forge, Callable[[Json], object]], None]


def _entry_at(index: int) -> Within:
    return lambda forge, act: act(forge.entries[index])


def _line_at(path: str, number: int) -> Within:
    return lambda forge, act: forge.change(path, lambda lines: act(lines[number]))


def _siblings(forge: Forge, entry: Json) -> list[Json]:
    same = [each for each in forge.of_kind(entry["kind"]) if each is not entry]
    return same or [each for each in forge.entries if each is not entry]


def _of(
    value: Json, within: Within, acts: tuple[str, ...], *, siblings: list[Json], kind: str = ""
) -> Iterator[Mutant]:
    name = kind or value["kind"]
    for place in _places(value):
        field = _field(name, place, is_entry=not kind)
        for act in acts:
            for make in _makers(value, place, act, within, siblings):
                yield Mutant(field, act, make)


def _field(name: str, place: Place, *, is_entry: bool) -> str:
    """``ballot.member``; items of a list have no number; what every entry has is ``entry.index``."""
    words = [each for each in place if isinstance(each, str)]
    if is_entry and words[0] != "body":
        return f"entry.{'.'.join(words)}"
    return ".".join([name, *(words[1:] if is_entry else words)])


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict):
        for name in sorted(value):
            yield (*place, name)
            yield from _places(value[name], (*place, name))
    elif isinstance(value, list):
        for number in range(len(value)):
            yield (*place, number)
            yield from _places(value[number], (*place, number))


def at(value: Any, place: Place) -> Any:
    for step in place:
        value = value[step]
    return value


def _makers(
    value: Json, place: Place, act: str, within: Within, siblings: list[Json]
) -> Iterator[Callable[[Forge], None]]:
    """How to make this change; nothing where it would change nothing, or makes no sense here."""
    old, parent = at(value, place), place[:-1]
    if act == "drop":
        yield lambda forge: within(forge, lambda v: at(v, parent).__delitem__(place[-1]))
    elif act in ("double", "swap"):
        made = _doubler(value, place, within) if act == "double" else None
        made = made or (_swapper(value, place, within, siblings) if act == "swap" else None)
        if made is not None:
            yield made
    for new in _values(value, place, act):
        if new is not None and new != old:
            yield _setter(place, new, within)


def _values(value: Json, place: Place, act: str) -> tuple[Any, ...]:
    """What is put in the place of the value there."""
    old = at(value, place)
    if act == "another word":
        words = WORDS.get(str(place[-1]), ())
        # A reason may also be a text of its own.
        return tuple(each for each in words if old in words)
    if act == "re-sign":
        return (_forged(value, place),)
    return (other(old),) if act == "change" else (_shorter(old),) if act == "truncate" else ()


def _setter(place: Place, new: Any, within: Within) -> Callable[[Forge], None]:
    def act(value: Json) -> None:
        at(value, place[:-1])[place[-1]] = deepcopy(new)

    return lambda forge: within(forge, act)


def _swapper(
    value: Json, place: Place, within: Within, siblings: list[Json]
) -> Callable[[Forge], None] | None:
    """The same member of another entry or line, or a sister member of the same sort, comes in."""
    old, parent = at(value, place), place[:-1]
    for each in siblings:
        found = _or_none(each, place)
        if found is not None and found != old and type(found) is type(old):
            return _setter(place, found, within)
    sisters = at(value, parent)
    for name in sorted(sisters) if isinstance(sisters, dict) else range(len(sisters)):
        sister = sisters[name]
        if name != place[-1] and type(sister) is type(old) and sister != old:
            return _exchanger(place, name, within)
    return None


def _exchanger(place: Place, other_step: str | int, within: Within) -> Callable[[Forge], None]:
    def act(value: Json) -> None:
        parent = at(value, place[:-1])
        parent[place[-1]], parent[other_step] = parent[other_step], parent[place[-1]]

    return lambda forge: within(forge, act)


def _or_none(value: Any, place: Place) -> Any:
    try:
        return at(value, place)
    except (KeyError, IndexError, TypeError):
        return None


def _doubler(value: Json, place: Place, within: Within) -> Callable[[Forge], None] | None:
    """A member written twice in the bytes; an item of a list twice in the list."""
    if isinstance(place[-1], int):
        old, number = at(value, place), place[-1]
        return lambda forge: within(forge, lambda v: at(v, place[:-1]).insert(number, deepcopy(old)))
    if "kind" not in value or "body" not in value:
        return None
    member = encode({place[-1]: at(value, place)})[1:-1]
    whole = encode(at(value, place[:-1]))
    twice = b"{" + member + b"," + whole[1:]

    def make(forge: Forge) -> None:
        forge.raw[value["index"]] = lambda data: data.replace(whole, twice, 1)

    return make


def other(value: Any) -> Any:
    """Something of the same sort that is not *value*."""
    if isinstance(value, bool) or value is None:
        return "0f" * 32
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        last = next(each for each in "5z7" if each != value[-1])
        # An instant keeps its zone, base64 its padding, a key its hash: another value, not another form.
        if value.endswith("Z"):
            return value[:-2] + ("1" if value[-2] != "1" else "2") + "Z"
        if len(value) in (44, 88) and value.endswith("="):
            return ("A" if value[0] != "A" else "B") + value[1:]
        return value[:-1] + last
    if isinstance(value, list):
        return [*value[1:], other(value[0])] if value else ["0f" * 32]
    if isinstance(value, dict) and value:
        name = min(value)
        return {**value, name: other(value[name])}
    return "x"


def _shorter(value: Any) -> Any:
    if isinstance(value, str | list) and value:
        return value[:-1]
    if isinstance(value, int) and not isinstance(value, bool) and value > 9:
        return value // 10
    return None


def _forged(value: Json, place: Place) -> Any:
    """What the attacker's own key can put there: its signature, or itself."""
    thief = Signer.from_seed(value.get("log", "x"), THIEF)
    if place[-1] == "signature" and at(value, place):
        return b64(thief.private_key.sign(bytes.fromhex(value["body"]["commitment"])))
    if place[-1] in ("log_key", "vkey"):
        return thief.vkey
    if place[-1] == "key" and at(value, place):
        return b64(thief.verifier.public_key)
    return None
