"""The papers that an office prints: notice, ballot forms."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from voting.cli.common import add_assembly, add_officer, assembly_origin, configured, officer
from voting.core.permissions import Officer
from voting.runtime import Runtime
from voting.services import forms, letters, minutes, proxy_forms

Make = Callable[[Runtime, Officer, str, argparse.Namespace], bytes]


def add(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _paper(acts, "notice", "開催案内: the letter that calls the assembly", _notice)
    _paper(acts, "minutes", "議事録: the signed minutes, or their draft before anybody signed", _minutes)
    _chosen(_paper(acts, "forms", "書面表決書: one page a member, in one file", _forms))
    _chosen(_paper(acts, "proxies", "委任状: where a clause allows proxies", _proxies))


def _paper(
    acts: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str, make: Make
) -> argparse.ArgumentParser:
    parser = acts.add_parser(name, help=about)
    add_assembly(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    add_officer(parser)
    parser.set_defaults(run=_write, make=make)
    return parser


def _chosen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--member", action="append", default=[], metavar="NUMBER", help="only this member; several times"
    )
    parser.add_argument("--unmailed", action="store_true", help="only members without any mail address")


def _write(given: argparse.Namespace) -> None:
    rt = configured()
    make: Make = given.make
    content = make(rt, officer(rt, given), assembly_origin(rt, given), given)
    write_paper(given.out, content)
    print(f"書き出しました: {given.out}")


def write_paper(file: Path, content: bytes) -> None:
    """Whole or not at all, for nobody else's eyes: papers name members.  Raises: OSError."""
    new = file.with_name(f".{file.name}.new")
    try:
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(new, file)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _notice(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return letters.notice(rt, who, origin)


def _forms(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return forms.ballot_forms(rt, who, origin, members=given.member, unmailed=given.unmailed)


def _minutes(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return minutes.minutes(rt, who, origin)


def _proxies(rt: Runtime, who: Officer, origin: str, given: argparse.Namespace) -> bytes:
    return proxy_forms.proxy_forms(rt, who, origin, members=given.member, unmailed=given.unmailed)
