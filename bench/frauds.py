"""Commit every fraud of tests/frauds on a real assembly; print who sees it, by which check, in which words.

    python -m bench.frauds [--sentences]

The table is the one in docs/trust.md.  A number alone in its cell is all that stands against that fraud; of
several each would do by itself.  With ``--sentences`` each party's first sentence is printed below.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud
from tests.frauds.stage import Moment, Party, Sight, begin, reopen, sights
from tests.world import empty_database

_COLUMNS = {
    Party.PUBLIC: "公開 public",
    Party.MEMBER: "会員 member",
    Party.AUDITOR: "監事 auditor",
    Party.KEEPER: "保管者 keeper",
    Party.WITNESS: "立会人 witness",
}


def seen(fraud: Fraud, moments: Mapping[str, Moment], folder: Path) -> dict[Party, Sight]:
    stage = reopen(moments[fraud.moment], folder)
    loot = fraud.act(stage)
    found = sights(loot, stage.signer.verifier)
    stage.world.rt.database.close()
    return found


def row(number: int, fraud: Fraud, found: Mapping[Party, Sight]) -> str:
    cells = [f"{number}", f"{fraud.japanese}<br>{fraud.name}"]
    cells += [_cell(found.get(party)) for party in _COLUMNS]
    beside = [f"{party}: {found[party].says}" for party in (Party.SERVICE, Party.MAIL) if party in found]
    return "| " + " | ".join([*cells, "; ".join([*beside, *filter(None, [fraud.remark])])]) + " |"


def _cell(sight: Sight | None) -> str:
    if sight is None:
        return ""
    return ", ".join(map(str, sorted(sight.checks))) or "refuses"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sentences", action="store_true")
    given = parser.parse_args()
    print("| # | 不正 fraud | " + " | ".join(_COLUMNS.values()) + " | 備考 remarks |")
    print("|---|---|" + "---|" * (len(_COLUMNS) + 1))
    wrong, sentences = 0, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        empty_database(f"sqlite:///{folder / 'template.db'}").close()
        (folder / "played").mkdir()
        moments = begin(folder / "played", folder / "template.db")
        for number, fraud in enumerate(FRAUDS, 1):
            found = seen(fraud, moments, folder / f"{number}")
            print(row(number, fraud, found))
            wrong += {party: each.checks for party, each in found.items()} != dict(fraud.seen)
            sentences += [f"{number}. {fraud.name}. {party}: {each.says}" for party, each in found.items()]
    if given.sentences:
        print("\n" + "\n".join(sentences))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
