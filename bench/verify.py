"""How long `voting verify` takes, as a whole process, and how that compares with its signatures alone.

    python -m bench.verify [--rounds 5] [--members 100000] [--batch 50]

Prints the seconds for 1,305 members with 1,100 ballots (at most 1 s), then those for a large assembly in
which everybody votes, beside a naked loop that does nothing but the same Ed25519 verifications, of votes and
checkpoints, on the same number of processes.  The verifier uses PyNaCl where it is installed, and else
`cryptography`, which it always needs: each is measured against the loop over its own library as its
documentation calls it, and the first against both.  A third loop is the tightest that we know: the binding
below PyNaCl's ``VerifyKey``, which the verifier calls too, without Python's search for garbage.  Rounds
alternate all of them; ratios are of medians in this run: of the seconds on the clock, for
which one waits, and of the processor's seconds in all processes, which other programs on the machine
disturb less.  Memory is the sum of the proportional set sizes (PSS) of all processes, looked at ten times a
second in a round of its own.
"""

import argparse
import compileall
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl.bindings import crypto_sign_open
from nacl.signing import VerifyKey

from bench.bundles import MOST_FILES, Made, build
from voting.verify.bundle import read_bundle
from voting.verify.sharing import cores

ROOT = Path(__file__).resolve().parent.parent
Signed = tuple[bytes, bytes, bytes]
WITH, WITHOUT = "voting verify, PyNaCl", "voting verify, cryptography"
NACL, CRYPTOGRAPHY = "naked loop, PyNaCl", "naked loop, cryptography"
TIGHTEST = "naked loop, PyNaCl's binding"
# The command as it is where PyNaCl was not installed.
_WITHOUT_NACL = "import sys; sys.modules['nacl'] = None; from voting.cli import main; sys.exit(main())"


def with_nacl(items: list[Signed]) -> None:
    for key, signature, message in items:
        VerifyKey(key).verify(message, signature)


def with_the_binding(items: list[Signed]) -> None:
    gc.disable()
    for key, signature, message in items:
        crypto_sign_open(signature + message, key)
    gc.enable()


def with_cryptography(items: list[Signed]) -> None:
    for key, signature, message in items:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock, and of the processor in this process and in those it waited for."""

    clock: float
    processor: float


def taken(run: Callable[[], None]) -> Taken:
    clock, processor = time.perf_counter(), sum(os.times()[:4])
    run()
    return Taken(time.perf_counter() - clock, sum(os.times()[:4]) - processor)


def naked(loop: Callable[[list[Signed]], None], items: list[Signed]) -> None:
    """The loop, an equal share in each of as many processes as there are cores."""
    shares = [items[place :: cores()] for place in range(cores())]
    pids = []
    for share in shares[1:]:
        pid = os.fork()
        if pid == 0:
            loop(share)
            os._exit(0)
        pids.append(pid)
    loop(shares[0])
    for pid in pids:
        if os.waitpid(pid, 0)[1]:
            raise SystemExit("a process of the naked loop failed")


def command(folder: Path, name: str, made: Made) -> list[str]:
    file = folder / f"{name}.zip"
    file.write_bytes(made.data)
    return [sys.executable, "-m", "voting", "verify", str(file), "--key", made.vkey, "--json"]


def without_nacl(words: list[str]) -> list[str]:
    """The same command in an installation without PyNaCl."""
    return [words[0], "-c", _WITHOUT_NACL, *words[3:]]


def whole(words: list[str]) -> None:
    """The whole process, which has to end in a verified bundle."""
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def peak(words: list[str]) -> float:
    """The most memory of the process and its helpers together, in MB."""
    found = 0
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            found = max(found, sum(map(_pss, [process.pid, *_children(process.pid)])))
            time.sleep(0.1)
    return found / 1024


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def shown(name: str, rounds: list[Taken]) -> Taken:
    clock = statistics.median(each.clock for each in rounds)
    processor = statistics.median(each.processor for each in rounds)
    all_rounds = ", ".join(f"{each:.2f}" for each in sorted(each.clock for each in rounds))
    print(f"{name:32s} {clock:6.2f} s   ({all_rounds}); processor {processor:.2f} s")
    return Taken(clock, processor)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=50, help="entries in one commit, with one checkpoint")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # As an installation does: nobody compiles the program at every start.
        compileall.compile_dir(ROOT / "voting", quiet=1)
        small = command(folder, "small", build(1305, 1100, batch=1))
        shown("voting verify, 1,305 members", [taken(lambda: whole(small)) for _ in range(given.rounds)])
        large = build(given.members, given.members, batch=given.batch)
        files, items = len(read_bundle(large.data).spans), large.signed
        if files > MOST_FILES:
            raise SystemExit(f"{files:,} files do not fit into a zip: larger batches are needed")
        print(f"{given.members:,} members: {len(items):,} signatures, {files:,} files, {cores()} processes")
        words = command(folder, "large", large)
        runs: dict[str, Callable[[], None]] = {
            WITH: lambda: whole(words),
            NACL: lambda: naked(with_nacl, items),
            WITHOUT: lambda: whole(without_nacl(words)),
            CRYPTOGRAPHY: lambda: naked(with_cryptography, items),
            TIGHTEST: lambda: naked(with_the_binding, items),
        }
        # The loops have much beside them here that they would not have in a program of their own.
        gc.freeze()
        found: dict[str, list[Taken]] = {name: [] for name in runs}
        for _ in range(given.rounds):
            for name, run in runs.items():
                found[name].append(taken(run))
        medians = {name: shown(name, rounds) for name, rounds in found.items()}
        for one, other in ((WITH, NACL), (WITHOUT, CRYPTOGRAPHY), (WITH, CRYPTOGRAPHY), (WITH, TIGHTEST)):
            above, below = medians[one], medians[other]
            by_clock, by_processor = above.clock / below.clock, above.processor / below.processor
            print(f"{one} / {other}: {by_clock:.2f}, of the processor {by_processor:.2f}")
        print(f"at most {peak(words):.0f} MB")


if __name__ == "__main__":
    main()
