"""Where the verification of a large bundle takes its processor time, part by part, in one process.

    python -m bench.verify_phases [--members 100000] [--batch 50]

What several checks ask for is read first, so that no check pays for the others; nothing is shared out.
"""

import argparse
import gc
import time

from bench.bundles import build
from voting.ledger.ed25519 import fastest, fastest_opens
from voting.ledger.note import Verifier
from voting.verify.bundle import read_bundle
from voting.verify.evidence import Evidence, Held
from voting.verify.issued import batches, lines_of
from voting.verify.recount import effective
from voting.verify.steps import STEPS
from voting.verify.steps_signatures import signatures


class Clock:
    """The processor time since it was last asked for."""

    def __init__(self) -> None:
        self.total = 0.0
        self._at = time.process_time()

    def print(self, name: str) -> None:
        now = time.process_time()
        self.total += now - self._at
        if now - self._at >= 0.005:
            print(f"{name:44s} {now - self._at:6.3f} s")
        self._at = now


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=50, help="entries in one commit, with one checkpoint")
    given = parser.parse_args()
    made = build(given.members, given.members, batch=given.batch)
    gc.disable()
    clock = Clock()
    bundle = read_bundle(made.data)
    clock.print("the zip, every CRC")
    evidence = Evidence(bundle, Held(Verifier.from_vkey(made.vkey)))
    evidence.verify, evidence.opens = fastest(), fastest_opens()
    facts = (
        ("entries cut out of their tiles, hashed, read", lambda: evidence.votes),
        ("roll read", lambda: (evidence.roll, evidence.place)),
        ("issued keys read", lambda: lines_of(evidence)),
        ("openings read", lambda: evidence.openings),
        ("roots of the roll and the issued keys", lambda: (evidence.roll_root, batches(evidence))),
        ("the levels of the tree", lambda: evidence.levels),
        ("votes sorted out, the one that counts", lambda: effective(evidence)),
    )
    for name, fact in facts:
        fact()
        clock.print(name)
    for number, check in STEPS.items():
        if check is not signatures:
            check(evidence)
            clock.print(f"check {number}, {check.__name__}")
    before = clock.total
    signatures(evidence)
    clock.print("check 18, signatures")
    print(f"{'all but check 18':44s} {before:6.3f} s")


if __name__ == "__main__":
    main()
