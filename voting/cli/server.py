"""Running the service: setup, check, migrate, serve, tick."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from voting.app import create_app, runtime
from voting.cli.common import configured
from voting.cli.standing_words import fault_words
from voting.config import KEYS, read_config
from voting.i18n import sentence
from voting.runtime import system_token
from voting.services import schedule
from voting.services.proof import standing
from voting.setup import make_folder
from voting.store.schema import current, newest, upgrade
from voting.store.transaction import Database
from voting.web.server import require_free, serve


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    setup = commands.add_parser("setup", help="make folders, secrets and an empty database")
    setup.add_argument("folder", type=Path, help="where the service keeps its data")
    setup.set_defaults(run=_setup)
    keys = "\n".join(f"  {key:20} {meaning}" for key, meaning in KEYS.items())
    check = commands.add_parser(
        "check",
        help="check the configuration, the database and every ledger",
        description=f"Keys, in the file of VOTING_CONFIG or as VOTING_… in the environment:\n{keys}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.set_defaults(run=_check)
    commands.add_parser("migrate", help="bring the database to the newest shape").set_defaults(run=_migrate)
    commands.add_parser("serve", help="run the website").set_defaults(run=_serve)
    tick = commands.add_parser("tick", help="do what is due now: closings, mails, checks (each minute)")
    tick.set_defaults(run=_tick)


def _setup(given: argparse.Namespace) -> None:
    for path in make_folder(given.folder, system_token):
        print(f"作成 {path}")
    database = Database(f"sqlite:///{given.folder / 'voting.db'}")
    upgrade(database)
    database.close()
    print(f"準備ができました。VOTING_FOLDER={given.folder} を設定し、voting check で確認してください。")


def _check(given: argparse.Namespace) -> int:
    config = read_config(os.environ)
    rt = runtime(config, any_shape=True)
    have, want = current(rt.database), newest()
    if have != want:
        print(f"データベースの版が {have} です({want} が必要)。voting migrate を実行してください。")
        return 2
    is_sound = True
    for each in standing.whole(rt):
        if each.fault is None:
            print(f"{each.origin} 記録 {each.size} 件 検査済み")
        else:
            is_sound = False
            print(fault_words(each.origin, each.fault), file=sys.stderr)
    if not is_sound:
        return 2
    print("設定、データベース及び記録に問題はありません。")
    return 0


def _migrate(given: argparse.Namespace) -> None:
    rt = runtime(read_config(os.environ), any_shape=True, make=True)
    upgrade(rt.database)
    print(f"データベースの版は {current(rt.database)} です。")


def _serve(given: argparse.Namespace) -> None:
    config = read_config(os.environ)
    # The checks of large ledgers take a while: a port that is taken is said before them.
    require_free(config.listen)
    # Whether the ledgers check is found out here once, before any worker answers a request.
    first = runtime(config)
    distrusted = set[str]()
    for each in standing.at_the_start(first):
        if each.fault is not None:
            # Its pages can be read, and so can all others; nothing is recorded in it (ledger L4).
            distrusted.add(each.origin)
            print(fault_words(each.origin, each.fault), file=sys.stderr, flush=True)
    first.database.close()
    serve(
        lambda: create_app(
            replace(runtime(config), distrusted=frozenset(distrusted)),
            secret=config.secret,
            secure_cookies=config.base_url.startswith("https:"),
            parts=config.parts,
        ),
        listen=config.listen,
        workers=config.workers,
    )


def _tick(given: argparse.Namespace) -> int:
    rt = configured()
    done = schedule.run_due(rt)
    for origin in done.closed:
        print(f"締切を記録しました: {origin}")
    for origin, size in done.stamped:
        print(f"タイムスタンプを取得しました: {origin}({size}件のチェックポイント)")
    for origin, refused in done.unstamped:
        print(f"タイムスタンプを取得できていません: {origin} {sentence(refused)}")
    print(f"送信 {done.sent} 通、送信不能 {done.failed} 通")
    print(f"立会人の連署 {done.cosigned} 件、得られなかった立会人 {len(done.unwitnessed)} 者")
    for failure in done.unwitnessed:
        print(f"立会人 {failure}")
    for origin, fault in done.faults:
        print(fault_words(origin, fault), file=sys.stderr)
    for origin in sorted(set(done.contradicted) - {origin for origin, _ in done.faults}):
        print(
            f"停止しました: {origin} 立会人が、データベースにない署名済みの記録を示しました。",
            file=sys.stderr,
        )
    if done.put_off:
        # Into a log, as a rule: the relay's own words may hold a member's address.
        why = "" if done.reason is None else sentence(done.reason.for_logs())
        print(f"再送待ち {done.put_off} 通。{why}")
    return 1 if done.put_off or done.contradicted or done.unstamped or done.faults else 0
