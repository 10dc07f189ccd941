"""How many changes to a bundle pass the verifier, if the changer holds the log's key.  None should.

    python -m bench.tamper [--flips 10000] [--seed 1]

Every bundle is put together again as its key's holder would: list of files, note, tiles and checkpoints made
anew where a change allows it, so the outer hashes never help.  Three sorts: one to three bits of one file
turned; a member of an entry changed, dropped, doubled or exchanged with another entry's; a line of a list
changed, dropped, doubled or exchanged.  A change that gives the same bundle again is not counted.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.verify.conftest import Council, play
from tests.verify.forge import Forge, caught, check
from tests.world import empty_database, world_at
from voting.ledger.canonical import CanonicalFault, encode
from voting.services.export import export
from voting.verify.findings import Unreadable

Chance = random.Random
# What nothing in a bundle can be compared with (docs/verify.md): the name beside a member's number, an
# officer's role in a public bundle, the program's own name, and what stands on a sheet of paper.
UNBOUND = {"name", "role", "software", "serial", "scan_sha256"}


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


def turn_bits(forge: Forge, chance: Chance) -> None:
    """One to three bits of one file."""
    paths = sorted({**forge.files, **forge.tree()}.keys() - {"roll/private.jsonl"})
    path, times = chance.choice(paths), chance.randint(1, 3)

    def flip(files: dict[str, bytes]) -> None:
        data = bytearray(files[path]) or bytearray(1)
        for place in chance.sample(range(len(data)), min(times, len(data))):
            data[place] ^= 1 << chance.randrange(8)
        files[path] = bytes(data)

    forge.last.append(flip)


def change_entry(forge: Forge, chance: Chance) -> None:
    """A member of an entry's body, or the entry itself."""
    entry = chance.choice(forge.entries)
    act = chance.choice(("change", "swap", "drop member", "drop", "double"))
    if act == "drop":
        forge.remove(entry["index"])
    elif act == "double":
        forge.insert(entry["index"] + 1, entry["kind"], dict(entry["body"]), time=entry["time"])
    else:
        alter(entry["body"], [each["body"] for each in forge.of_kind(entry["kind"])], act, chance)


def change_line(forge: Forge, chance: Chance) -> None:
    """A line of one of the lists."""
    path = chance.choice([path for path in forge.files if path.endswith(".jsonl") and forge.files[path]])
    lines = forge.lines(path)
    place, act = (
        chance.randrange(len(lines)),
        chance.choice(("change", "swap", "drop member", "drop", "double")),
    )
    if act == "drop":
        del lines[place]
    elif act == "double":
        lines.insert(place, lines[place])
    else:
        alter(lines[place], lines, act, chance)
    forge.put_lines(path, lines)


def alter(value: dict[str, Any], others: list[dict[str, Any]], act: str, chance: Chance) -> None:
    """Change one member of an object, take it from another object of its kind, or drop it."""
    name = chance.choice(sorted(value.keys() - UNBOUND))
    if act == "drop member":
        del value[name]
    elif act == "swap":
        other = chance.choice(others)
        value[name], other[name] = other.get(name), value[name]
    else:
        value[name] = other_value(value[name], chance)


def other_value(value: Any, chance: Chance) -> Any:
    """Something of the same sort that is not *value*."""
    if isinstance(value, bool) or value is None:
        return chance.choice((1, "0f" * 32))
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 7))
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        letter = chance.choice([each for each in "0123456789abcdefZ+" if each != value[place]])
        return value[:place] + letter + value[place + 1 :]
    if isinstance(value, list) and value:
        return value[1:]
    if isinstance(value, dict) and value:
        name = chance.choice(sorted(value))
        return {**value, name: other_value(value[name], chance)}
    return "x"


SORTS: dict[str, Callable[[Forge, Chance], None]] = {
    "bits": turn_bits,
    "entries": change_entry,
    "lines": change_line,
}


def tampered(made: Council, sort: str, chance: Chance) -> tuple[str, str]:
    """What became of one change: caught, passed, unreadable or the same; and the first check that failed."""
    audience = chance.choice(("public", "auditor"))
    whole = made.public if audience == "public" else made.auditor
    forge = made.forge(audience)
    try:
        SORTS[sort](forge, chance)
        data = forge.zipped()
    except CanonicalFault:
        return "the same", ""
    if data == whole:
        return "the same", ""
    try:
        findings = check(data, made.held)
    except Unreadable:
        return "unreadable", ""
    if [each for each in findings if each.fault == "unexpected"]:
        return "unexpected", encode([str(each) for each in findings if each.fault]).decode()
    if not caught(findings, disarmed=frozenset({1, 2})):
        return "passed", audience
    return "caught", str(min(each.number for each in findings if not each.passes))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--flips", type=int, default=10_000, help="changes of each sort")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        made = council(folder)
    finally:
        shutil.rmtree(folder)
    passed = 0
    for sort in SORTS:
        ends: Counter[str] = Counter()
        first: Counter[str] = Counter()
        started = time.perf_counter()
        for number in range(given.flips):
            end, detail = tampered(made, sort, random.Random(f"{given.seed} {sort} {number}"))
            ends[end] += 1
            first[detail] += end == "caught"
            if end in ("passed", "unexpected"):
                print(f"{sort} {number}: {end} {detail}")
        seconds = time.perf_counter() - started
        passed += ends["passed"] + ends["unexpected"]
        print(f"{sort}: {dict(ends)} in {seconds:.0f} s; first check that failed: {first.most_common(12)}")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())
