"""Commit every fraud of tests/frauds on a real assembly; print who sees it, by which check, in which words.

    python -m bench.frauds [--sentences]

The table is the one in docs/trust.md.  A number alone in its cell is all that stands against that fraud for
that party; of several each would do by itself.  With ``--sentences`` each party's first sentence is printed
below.  The exit code is 1 where anything is seen otherwise than the register says.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud
from tests.frauds.looking import Party, Sight, sights
from tests.frauds.stage import Moment, begin, reopen
from tests.frauds.table import table
from tests.world import empty_database


def seen(fraud: Fraud, moments: Mapping[str, Moment], folder: Path) -> dict[Party, Sight]:
    stage = reopen(moments[fraud.moment], folder)
    loot = fraud.act(stage)
    found = sights(loot, stage.signer.verifier)
    stage.world.rt.database.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", action="store_true")
    given = parser.parse_args()
    found: dict[str, dict[Party, Sight]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty_database(f"sqlite:///{folder / 'template.db'}").close()
        moments = begin(folder, folder / "template.db")
        for number, fraud in enumerate(FRAUDS, 1):
            found[fraud.name] = seen(fraud, moments, folder / f"{number}")
    checks = {name: {p: each.checks for p, each in sight.items()} for name, sight in found.items()}
    print("\n".join(table(checks)))
    if given.sentences:
        for number, fraud in enumerate(FRAUDS, 1):
            for party, sight in found[fraud.name].items():
                print(f"{number}. {fraud.name}. {party}: {sight.says}")
    wrong = [fraud.name for fraud in FRAUDS if checks[fraud.name] != dict(fraud.seen)]
    for each in wrong:
        print(f"FAULT {each}: seen otherwise than the register says", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
