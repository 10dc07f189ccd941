"""What several commands share: the runtime of the configuration, the officer who acts."""

import argparse
import getpass
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from errno import EISDIR
from pathlib import Path
from typing import ClassVar

from voting.app import runtime
from voting.config import read_config
from voting.core.errors import Refusal
from voting.core.japanese_hours import parse_moment
from voting.core.permissions import Officer
from voting.i18n import sentence
from voting.runtime import Runtime
from voting.services.names import origin
from voting.services.office import accounts
from voting.sheets.typed_text import typed_text


@dataclass(eq=False)
class PasswordNoText(Refusal):
    """A file that was named as a password's is no text in UTF-8."""

    code: ClassVar[str] = "password-no-text"
    file: str


Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def instant(text: str) -> datetime:
    """An instant behind an option, read as the pages read it; Japanese where it has no zone."""
    try:
        return parse_moment(text)
    except Refusal as refusal:
        raise argparse.ArgumentTypeError(sentence(refusal)) from refusal


def configured() -> Runtime:
    """The runtime of the configuration.  Raises: ConfigFaults, Broken."""
    return runtime(read_config(os.environ))


def add_officer(parser: argparse.ArgumentParser) -> None:
    """Let the command ask who acts."""
    parser.add_argument("--as", dest="officer", required=True, metavar="ID", help="account that acts")
    parser.add_argument(
        "--password-file", type=Path, metavar="FILE", help="its password in the first line (else asked for)"
    )


def officer(rt: Runtime, given: argparse.Namespace) -> Officer:
    """The officer of ``--as``, once the password is right.  Raises: SignInRefused."""
    return accounts.sign_in(rt, given.officer, password(given.password_file, given.officer))


def password(file: Path | None, whose: str) -> str:
    """From the first line of a file, else typed unseen.  Raises: OSError, PasswordNoText."""
    if file is not None:
        try:
            return file.read_text("utf-8").split("\n", 1)[0]
        except UnicodeDecodeError as fault:
            # Not guessed as the TOML files are: a password that is read otherwise is another password.
            raise PasswordNoText(str(file)) from fault
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"{whose} のパスワード: ")


def text_of(file: Path) -> str:
    """A file that somebody typed, as text, also as Japanese Windows saves it.  Raises: OSError."""
    return typed_text(file.read_bytes())


def write_private(file: Path, content: bytes) -> None:
    """Whole or not at all, for nobody else's eyes: it names members, or says how they voted.

    What stands there and is no file (a device, a pipe) is written to, and not replaced.
    Raises  OSError, which names *file*.
    """
    if file.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(file))
    if file.exists() and not file.is_file():
        with file.open("wb") as stream:
            stream.write(content)
        return
    new = file.with_name(f".{file.name}.new")
    try:
        # What somebody else put there is no place to write to: not its target, not its rights.
        new.unlink(missing_ok=True)
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(new, file)
    except OSError as fault:
        new.unlink(missing_ok=True)
        # What was asked for is said, and not the name it had while it was written.
        raise OSError(fault.errno, fault.strerror, str(file)) from fault
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def assembly_origin(rt: Runtime, given: argparse.Namespace) -> str:
    """The origin of ``BODY/ASSEMBLY``."""
    body, _, slug = str(given.assembly).partition("/")
    return origin(rt.site.host, body, slug)


def add_assembly(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assembly", metavar="BODY/ASSEMBLY", help="for example council/2024-09")
