"""What an auditor types: make a key, add a log, then serve or watch.

Nothing of the service is loaded, so the witness runs where only Python and ``cryptography`` are.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from voting.addresses import NoAddress, host_and_port
from voting.core.errors import Refusal
from voting.core.listening import CannotListen
from voting.i18n import LANGUAGES, lines
from voting.ledger.note import NoteFault, Verifier
from voting.system import system_clock, system_token
from voting.witness.client import ask
from voting.witness.desk import Desk
from voting.witness.errors import Forked, NotALogKey, WentSmaller
from voting.witness.judging import opened
from voting.witness.keys import load_key, make_key
from voting.witness.server import make_server
from voting.witness.state import State
from voting.witness.watching import watch

REFUSED, TURNED_BACK = 2, 1
_LISTEN = "127.0.0.1:8700"
_SHORTEST = 5  # seconds between two looks


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The acts of ``voting witness``."""
    acts = parser.add_subparsers(metavar="ACT")
    key = _act(acts, "key", "make this witness's key and print its public part", _key)
    key.add_argument("name", metavar="NAME", help="for example witness.example.or.jp/auditor")
    add = _act(acts, "add", "watch a log from now on; it can never be removed", _add)
    add.add_argument("vkey", metavar="ORIGIN-VKEY", help="the log's verifier key, from the notice")
    _act(acts, "list", "the logs that are watched, and how far each was signed", _list, locked=False)
    serve = _act(acts, "serve", "answer add-checkpoint requests over HTTP", _serve)
    serve.add_argument(
        "--listen", default="127.0.0.1:8700", metavar="HOST:PORT", help="default 127.0.0.1:8700"
    )
    look = _act(acts, "watch", "look at a published log and bring it the cosignature", _watch)
    look.add_argument("url", nargs="+", metavar="URL", help="…/ledger/ORIGIN of the service")
    look.add_argument("--once", action="store_true", help="look once and end, for cron or a task schedule")
    look.add_argument("--every", type=int, default=60, metavar="SECONDS", help="default 60")


def _act(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    about: str,
    run: Callable[[argparse.Namespace], int],
    *,
    locked: bool = True,
) -> argparse.ArgumentParser:
    act = acts.add_parser(name, help=about)
    act.add_argument(
        "--state",
        type=Path,
        default=Path.home() / ".voting-witness",
        metavar="FOLDER",
        help="what the witness remembers, and its key; never bring back an old copy of it",
    )
    if locked:
        act.add_argument(
            "--passphrase-file", type=Path, metavar="FILE", help="first line: the key's passphrase"
        )
    act.set_defaults(run=lambda given: _refusing(run, given))
    return act


def _refusing(run: Callable[[argparse.Namespace], int], given: argparse.Namespace) -> int:
    """Run one act; what is refused is said in both languages."""
    try:
        return run(given)
    except Refusal as refused:
        return _say(refused)


def _say(refused: Refusal) -> int:
    for language in LANGUAGES:
        for line in lines(refused, language):
            print(f"voting witness: {line}", file=sys.stderr, flush=True)
    return TURNED_BACK if isinstance(refused, Forked | WentSmaller) else REFUSED


def _tell(found: Refusal, shown: tuple[str, ...]) -> None:
    _say(found)
    for each in shown:
        print(each, file=sys.stderr, flush=True)


def _passphrase(given: argparse.Namespace) -> bytes | None:
    if given.passphrase_file is None:
        return None
    return bytes(given.passphrase_file.read_bytes().split(b"\n", 1)[0].rstrip(b"\r"))


def _desk(given: argparse.Namespace) -> Desk:
    cosigner = load_key(given.state, passphrase=_passphrase(given))
    return Desk(State(given.state), cosigner, system_clock, _tell)


def _key(given: argparse.Namespace) -> int:
    made = make_key(given.state, given.name, seed=system_token(32), passphrase=_passphrase(given))
    print(made.witness.vkey)
    return 0


def _add(given: argparse.Namespace) -> int:
    try:
        log = Verifier.from_vkey(given.vkey)
    except NoteFault as fault:
        raise NotALogKey(str(fault)) from fault
    is_new = State(given.state).add(log, now=system_clock())
    print(f"{'追加しました added' if is_new else '既にあります already there'}: {log.name}")
    return 0


def _list(given: argparse.Namespace) -> int:
    state = State(given.state)
    for log in state.logs():
        held = state.held(log.name)
        print(f"{0 if held is None else opened(held, log).size}\t{log.vkey}")
    return 0


def _serve(given: argparse.Namespace) -> int:
    desk = _desk(given)
    try:
        host, port = host_and_port(given.listen, least=0)
    except NoAddress as fault:
        raise CannotListen(given.listen, str(fault)) from fault
    with make_server(desk, host, port) as server:
        print(f"{desk.cosigner.witness.vkey}\nhttp://{host}:{server.server_address[1]}", flush=True)
        server.serve_forever()
    return 0


def _watch(given: argparse.Namespace) -> int:
    desk, code = _desk(given), 0
    tiles: dict[str, dict[str, bytes]] = {url: {} for url in given.url}
    while True:
        for url in given.url:
            try:
                if watch(desk, ask, url, tiles[url]):
                    print(f"連署しました cosigned: {url}", flush=True)
            except Refusal as refused:
                code = _said_once(refused)
        if given.once:
            return code
        time.sleep(max(_SHORTEST, given.every))


def _said_once(refused: Refusal) -> int:
    """The exit code; a log that was turned back has been told about when both checkpoints were shown."""
    return TURNED_BACK if isinstance(refused, Forked | WentSmaller) else _say(refused)
