"""How fast a members' roll of 100,000 rows is read, checked and stored, and how much memory that takes.

    python -m bench.roll [ROWS]

"read" is the sheet alone, "import" the whole verb with the register on disk. Each side runs in a process of
its own, so that the peak of one is not the peak of the other. The reference is what nobody can beat: the same
rows, unchecked, from csv.reader into SQLite by one executemany.
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from voting.core.codes import corporate_check_digit

HEADINGS = (
    "会員番号,会員種別,区分,団体コード・法人番号,団体名,フリガナ,都道府県,担当部署,担当者,"
    "メールアドレス,電話番号,議決権数,入会日,退会日,備考"
)
SIDES = ("import", "read", "reference")


def write_roll(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(HEADINGS + "\r\n")
        for n in range(1, rows + 1):
            code = corporate_check_digit(f"{n:012d}") + f"{n:012d}"
            day = f"{2020 + n % 5}/{n % 12 + 1:02d}/{n % 28 + 1:02d}"
            file.write(
                f"M{n:06d},正会員,地方公共団体,{code},北海道亀ヶ丘村{n},カメガオカムラ,北海道,地域振興課,担当者,"
                f"m{n}@example.jp,000-{n:08d},1,{day},,\r\n"
            )


def imported(path: Path) -> int:
    from voting.core.assembly import Body
    from voting.core.permissions import Officer, Role
    from voting.core.rules import BodyKind
    from voting.credentials.log_keys import LogKeys
    from voting.credentials.paper_keys import PaperKeys
    from voting.runtime import Runtime, Site, system_clock, system_token
    from voting.services.register import bodies, rolls
    from voting.store import accounts
    from voting.store.anchor import Anchors
    from voting.store.schema import upgrade
    from voting.store.transaction import Database

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder / 'voting.db'}")
        upgrade(database)
        rt = Runtime(
            clock=system_clock,
            token=system_token,
            database=database,
            keys=LogKeys(folder, b"-"),
            paper_keys=PaperKeys(folder, b"-"),
            anchors=Anchors(folder),
            send=lambda message: None,
            site=Site("vote.example.jp", "http://127.0.0.1", "office@example.jp"),
        )
        clerk = Officer("clerk", "clerk", Role.ADMINISTRATOR)
        with database.transaction() as tx:
            accounts.add(tx, clerk, password_hash="-", now="2026-06-01T00:00:00.000Z")
        bodies.add_body(rt, clerk, "body", Body("body", BodyKind.VOLUNTARY))
        found = rolls.import_sheet(rt, clerk, "body", data=path.read_bytes(), name=path.name)
        database.close()
    return len(found.changes.new)


def read(path: Path) -> int:
    from voting.sheets.roll_sheet import read_roll

    roll = read_roll(path.read_bytes(), path.name)
    if not roll.is_sound:
        raise SystemExit("the roll of this benchmark must be sound")
    return len(roll.members)


def reference(path: Path) -> int:
    import csv
    import sqlite3

    database = sqlite3.connect(":memory:")
    marks = ",".join("?" * len(HEADINGS.split(",")))
    database.execute(f"create table roll ({','.join(f'c{n}' for n in range(len(HEADINGS.split(','))))})")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        database.executemany(f"insert into roll values ({marks})", rows)
    return int(database.execute("select count(*) from roll").fetchone()[0])


def measure(side: str, path: Path) -> None:
    start = perf_counter()
    rows = {"import": imported, "read": read, "reference": reference}[side](path)
    seconds = perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{side:>9} {rows:>8,} rows {seconds:6.2f} s {rows / seconds:>9,.0f} rows/s {peak:>5} MB peak")


def main(arguments: list[str]) -> None:
    if arguments[:1] and arguments[0] in SIDES:
        measure(arguments[0], Path(arguments[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roll.csv"
        write_roll(path, int(arguments[0]) if arguments else 100_000)
        for side in SIDES:
            subprocess.run([sys.executable, "-m", "bench.roll", side, str(path)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
