"""How many changes to a bundle pass the verifier, if the changer holds the log's key.  None should.

    python -m bench.tamper [--flips 2000] [--seed 1] [--sorts members,entries,flips,file]

The log has every kind of entry.  Every bundle is put together again as its key's holder would: list of files
and note made anew, tiles and checkpoints too where a change allows it, so the outer hashes never help.

    members   every member of every entry and of every list: changed, dropped, doubled, exchanged, cut off,
              forged with the attacker's own key, replaced by another word of its closed list
    entries   every entry: dropped, doubled, exchanged with the next one; the log cut off before it
    flips     one byte of one file replaced by another, list of files and note made anew
    file      one byte of the zip itself, nothing made anew

A change is *caught* by the bundle alone, or by *history*: by who kept the last checkpoint, where a change
makes another log that is sound in itself.  *Harmless* ones are named; all others are a fault (exit 1).
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.verify.conftest import Council, play
from tests.verify.expected import ALSO, CHECK, HISTORY, UNPROVED
from tests.verify.forge import Forge, caught, check, failed
from tests.verify.mutants import mutants
from tests.verify.rich import rich, with_strangers
from tests.world import empty_database, world_at
from voting.ledger.canonical import CanonicalFault
from voting.services.proof.export import export
from voting.verify.evidence import Held
from voting.verify.findings import Unreadable

Chance = random.Random
OUTER = frozenset({1, 2})
_GOES_ON = "the log goes on by a lawful entry, and everything given out before still holds"
AUDIENCES = ("public", "auditor")


def council(folder: Path) -> Council:
    empty_database(f"sqlite:///{folder / 'voting.db'}").close()
    world = world_at(folder, f"sqlite:///{folder / 'voting.db'}")
    play(world)
    made = Council(
        public=export(world.rt, world.origin, audience="public"),
        auditor=export(world.rt, world.origin, audience="auditor"),
        signer=world.rt.keys.signer(world.origin),
        receipts=tuple(world.receipts),
    )
    world.rt.database.close()
    return made


@dataclass
class Material:
    """A bundle in pieces, whole, and what its users hold: the first key, and the last checkpoint."""

    forge: Forge
    whole: bytes
    held: Held
    kept: Held


def material(made: Council, audience: str) -> Material:
    forge = with_strangers(rich(made.forge(audience)))
    kept = Held(made.held.key, (("kept", forge.note(len(forge.entries))),))
    return Material(forge, forge.zipped(), made.held, kept)


@dataclass(frozen=True)
class Verdict:
    """What became of one change.  Shape: *end* is caught, history, passed, unexpected, unreadable or same."""

    end: str
    checks: frozenset[int] = frozenset()


def judged(made: Material, data: bytes) -> Verdict:
    """What the verifier says, its outer checks left out."""
    if data == made.whole:
        return Verdict("same")
    try:
        found = check(data, made.held)
        if [each for each in found if each.fault == "unexpected"]:
            return Verdict("unexpected")
        if caught(found, disarmed=OUTER):
            return Verdict("caught", frozenset(failed(found)))
        found = check(data, made.kept)
    except Unreadable:
        return Verdict("unreadable")
    return (
        Verdict("history", frozenset(failed(found))) if caught(found, disarmed=OUTER) else Verdict("passed")
    )


@dataclass
class Tally:
    """What became of the changes of one sort; *faults* are those that should not have passed."""

    ends: Counter[str] = field(default_factory=Counter)
    first: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict, named: str, *, is_right: bool = True, harmless: str = "") -> None:
        is_named = verdict.end == "passed" and harmless
        self.ends[f"harmless ({harmless})" if is_named else verdict.end] += 1
        if verdict.checks:
            self.first[min(verdict.checks)] += 1
        if not is_named and (verdict.end in ("passed", "unexpected") or not is_right):
            self.faults.append(f"{named}: {verdict.end}, checks {sorted(verdict.checks)}")

    def __str__(self) -> str:
        ends = ", ".join(f"{end} {number:,}" for end, number in self.ends.most_common())
        return f"{ends}; first failing check: {dict(sorted(self.first.items()))}"


def members(made: Material, _: int, __: str) -> Iterator[tuple[Verdict, str, bool, str]]:
    """Every member of every entry and list."""
    for mutant in mutants(made.forge):
        forge = made.forge.copy()
        mutant.make(forge)
        try:
            verdict = judged(made, forge.zipped())
        except CanonicalFault:
            continue
        is_right = (
            verdict.end == "same"
            or bool(verdict.checks & {10, CHECK.get(mutant.field), ALSO.get(mutant.field)})
            or mutant.field in HISTORY
        )
        named = f"{mutant.field} {mutant.act}"
        yield verdict, named, is_right or mutant.field in UNPROVED, UNPROVED.get(mutant.field, "")


def entries(made: Material, _: int, __: str) -> Iterator[tuple[Verdict, str, bool, str]]:
    """Every entry as a whole, and every place where the log could end."""
    for index, entry in enumerate(made.forge.entries):
        for act in (_drop, _double, _exchange, _cut):
            forge = made.forge.copy()
            act(forge, index)
            goes_on = act is _double and entry is made.forge.entries[-1]
            named = f"{entry['kind']} {index} {act.__name__}"
            yield judged(made, forge.zipped()), named, True, _GOES_ON if goes_on else ""


def _drop(forge: Forge, index: int) -> None:
    forge.remove(index)


def _double(forge: Forge, index: int) -> None:
    entry = forge.entries[index]
    forge.insert(index + 1, entry["kind"], dict(entry["body"]), time=entry["time"])


def _exchange(forge: Forge, index: int) -> None:
    """With the next one, each keeping its place's number and time."""
    if index + 1 < len(forge.entries):
        one, two = forge.entries[index], forge.entries[index + 1]
        for name in ("kind", "body"):
            one[name], two[name] = two[name], one[name]


def _cut(forge: Forge, index: int) -> None:
    """The log ends before this entry; lists that speak of what came after stay as they are."""
    del forge.entries[max(index, 1) :]
    forge.sizes = [size for size in forge.sizes if size <= len(forge.entries)]


def flips(made: Material, number: int, seed: str) -> Iterator[tuple[Verdict, str, bool, str]]:
    """One byte of one file, the list of files and its note made anew."""
    files = {**made.forge.files, **made.forge.tree()}
    paths = sorted(path for path in files if files[path])
    sizes = [len(files[path]) for path in paths]
    for each in range(number):
        chance = Chance(f"{seed} {each}")
        # In turn every file alike, and every byte alike: small files and large ones get their share.
        path = chance.choice(paths) if each % 2 else chance.choices(paths, sizes)[0]
        place = chance.randrange(len(files[path]))
        other = chance.choice([byte for byte in range(256) if byte != files[path][place]])
        changed = files[path][:place] + bytes([other]) + files[path][place + 1 :]
        forge = made.forge.copy()
        forge.last.append(lambda there, path=path, changed=changed: there.update({path: changed}))
        harmless = _harmless(path, files[path], place)
        yield judged(made, forge.zipped()), f"{path} at {place} to {other}", True, harmless


def _harmless(path: str, content: bytes, place: int) -> str:
    """Why a change there may pass: what it touches is nobody's to check.  Empty where it must not."""
    if path.startswith("checkpoints/") and place > content.rfind("\n— bystander".encode()):
        return "a signature line by a key that nobody asked for"
    if path == "roll/private.jsonl":
        line = content[content.rfind(b"\n", 0, place) + 1 :]
        start = content.rfind(b"\n", 0, place) + 1
        name = line.index(b'"name":"') + 8
        if name <= place - start < line.index(b'"', name):
            return UNPROVED["roll/private.jsonl.name"]
    return ""


def file(made: Material, number: int, seed: str) -> Iterator[tuple[Verdict, str, bool, str]]:
    """One byte of the zip itself; here the outer hashes help, as they do for everybody."""
    for each in range(number):
        chance, data = Chance(f"{seed} {each}"), bytearray(made.whole)
        place = chance.randrange(len(data))
        data[place] ^= chance.randrange(1, 256)
        try:
            is_caught = caught(check(bytes(data), made.held))
            verdict = Verdict("caught" if is_caught else "passed")
        except Unreadable:
            verdict = Verdict("unreadable")
        yield verdict, f"byte {place}", True, ""


Sort = Callable[[Material, int, str], Iterator[tuple[Verdict, str, bool, str]]]
SORTS: dict[str, Sort] = {each.__name__: each for each in (members, entries, flips, file)}


def run(sort: str, made: Council, number: int, seed: int) -> Tally:
    """All changes of one sort, half of them to the public's bundle, half to the auditor's."""
    tally = Tally()
    for audience in AUDIENCES:
        changes = SORTS[sort](material(made, audience), number // len(AUDIENCES), f"{seed} {audience} {sort}")
        for verdict, named, is_right, harmless in changes:
            tally.add(verdict, f"{audience}: {named}", is_right=is_right, harmless=harmless)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=2000, help="changes of single bytes, of each sort")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sorts", default=",".join(SORTS))
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        made = council(folder)
    finally:
        shutil.rmtree(folder)
    faults = 0
    for sort in given.sorts.split(","):
        started = time.perf_counter()
        tally = run(sort, made, given.flips, given.seed)
        print(f"{sort}: {sum(tally.ends.values()):,} in {time.perf_counter() - started:.0f} s: {tally}")
        for each in tally.faults:
            print(f"  FAULT {each}")
        faults += len(tally.faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
