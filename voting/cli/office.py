"""Accounts of officers, organisations, and the register of their members."""

import argparse
from pathlib import Path

from voting.cli.columns import columns
from voting.cli.common import add_officer, configured, officer, password
from voting.core.assembly import Body
from voting.core.permissions import Officer, Role
from voting.core.rules import BodyKind
from voting.services.office import accounts, recovery
from voting.services.register import rolls


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    account = commands.add_parser("account", help="accounts of the officers")
    account.set_defaults(group=account)
    acts = account.add_subparsers(metavar="ACT")
    create = acts.add_parser("create", help="make an account; the first is an administrator's")
    create.add_argument("id", help="short name: a–z, 0–9 and hyphen")
    create.add_argument("--name", required=True, help="full name as printed on results")
    create.add_argument(
        "--role", required=True, choices=[role.value for role in Role], help="what the officer may do"
    )
    create.add_argument("--new-password-file", type=Path, metavar="FILE", help="else asked for")
    create.add_argument("--as", dest="officer", metavar="ID", help="administrator who makes it")
    create.add_argument("--password-file", type=Path, metavar="FILE", help="first line: the password of --as")
    create.set_defaults(run=_create)
    recover = acts.add_parser("recover", help="a new password, and the second factor set up anew")
    recover.add_argument("id", help="the account, where no second administrator can approve it")
    recover.set_defaults(run=_recover)
    acts.add_parser("list", help="all accounts").set_defaults(run=_accounts)

    body = commands.add_parser("body", help="organisations that hold assemblies")
    body.set_defaults(group=body)
    new = body.add_subparsers(metavar="ACT").add_parser("create", help="set up an organisation")
    new.add_argument("slug", help="short name in addresses: a–z, 0–9 and hyphen")
    new.add_argument("--name", required=True, help="full name as printed on papers")
    new.add_argument(
        "--kind", required=True, choices=[kind.value for kind in BodyKind], help="what it is in law"
    )
    add_officer(new)
    new.set_defaults(run=_body)

    roll = commands.add_parser("roll", help="the register of members")
    roll.set_defaults(group=roll)
    sheets = roll.add_subparsers(metavar="ACT")
    for name, run, text in (
        ("check", _check, "read a sheet and say what importing it would do; nothing is stored"),
        ("import", _import, "import a sheet (.xlsx or .csv); nothing is stored if it has an error"),
    ):
        act = sheets.add_parser(name, help=text)
        act.add_argument("body", help="short name of the organisation")
        act.add_argument("sheet", type=Path, help="the members: .xlsx or .csv")
        add_officer(act)
        act.set_defaults(run=run)


def _create(given: argparse.Namespace) -> None:
    rt = configured()
    who = officer(rt, given) if given.officer else None
    new = Officer(given.id, given.name, Role(given.role))
    accounts.create(rt, who, new, password=password(given.new_password_file, given.id))
    print(f"アカウント {given.id} を作成しました。")


def _recover(given: argparse.Namespace) -> None:
    password = recovery.by_host(configured(), given.id)
    print(f"アカウント {given.id} の認証手段を消去し、接続を終了しました。")
    print(f"初回用パスワード {password}")
    print("事務局の画面にこのパスワードでログインし、本人が新しいパスワードと認証アプリを登録してください。")


def _accounts(given: argparse.Namespace) -> None:
    rows = [("ID", "役割", "氏名")]
    rows += [(each.id, each.role.value, each.name) for each in accounts.everybody(configured())]
    print(columns(rows))


def _body(given: argparse.Namespace) -> None:
    rt = configured()
    rolls.add_body(rt, officer(rt, given), given.slug, Body(given.name, BodyKind(given.kind)))
    print(f"{given.name} を登録しました。")


def _check(given: argparse.Namespace) -> int:
    rt = configured()
    found = rolls.preview(
        rt, officer(rt, given), given.body, data=given.sheet.read_bytes(), name=given.sheet.name
    )
    _show(found)
    return 0 if found.sheet.is_sound else 2


def _import(given: argparse.Namespace) -> None:
    rt = configured()
    who = officer(rt, given)
    _show(rolls.import_sheet(rt, who, given.body, data=given.sheet.read_bytes(), name=given.sheet.name))
    print("取り込みました。")


def _show(found: rolls.Preview) -> None:
    for line in found.lines:
        print(line)
    changes = found.changes
    print(
        f"新規 {len(changes.new)}、変更 {len(changes.changed)}、同じ {len(changes.same)}、"
        f"この表にない会員 {len(changes.missing)}"
    )
