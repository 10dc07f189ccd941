"""``python -m voting.verify bundle.zip --key VKEY``: the verifier on its own, without the server."""

import argparse
import gc
import mmap
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from voting.ledger.bundle_zip import LARGEST_BUNDLE
from voting.ledger.note import LARGEST_NOTE, NoteFault, Verifier
from voting.ledger.receipt_file import ReceiptUnreadable, parse_receipt
from voting.verify.bundle import read_bundle
from voting.verify.check_words import LANGUAGES
from voting.verify.checkpoints import stated
from voting.verify.findings import Unreadable
from voting.verify.helpers import start

_T = TypeVar("_T")
_ABOUT = "Check a result from its audit bundle, offline, with a key from elsewhere.  結果を手元で検証します。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify one bundle: 0 verified, 1 refuted, 2 unreadable."""
    parser = argparse.ArgumentParser(prog="voting-verify", description=_ABOUT)
    parser.set_defaults(alone=arguments is None)
    add_arguments(parser)
    try:
        return run(parser.parse_args(arguments))
    except BrokenPipeError:
        # The reader of the report has gone (… | head); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``verify``, for this program and for ``voting verify``."""
    parser.add_argument("bundle", type=Path, metavar="bundle.zip", help="the bundle as it was downloaded")
    add_key(parser)
    parser.add_argument(
        "--receipt", type=Path, action="append", default=[], metavar="FILE", help="a receipt you were given"
    )
    parser.add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="a checkpoint you kept"
    )
    parser.add_argument("--json", action="store_true", help="report for programs")


def add_key(parser: argparse.ArgumentParser) -> None:
    """The key, which must come from elsewhere than the file, and the language."""
    parser.add_argument(
        "--key", required=True, metavar="VKEY", help="the log's key, from the notice or ballot form"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="ja", help="of the report; default ja")


def run(given: argparse.Namespace) -> int:
    """Verify as asked and print the report; the answer is the exit code."""
    try:
        key = _key(given.key)
        checkpoints = tuple((str(path), _read(path, _checkpoint)) for path in given.checkpoint)
        receipts = tuple((str(path), _read(path, parse_receipt)) for path in given.receipt)
        bundle = _named(given.bundle, lambda: read_bundle(_map(given.bundle)))
    except _NoFile as fault:
        return _unreadable(given, fault)
    with _nothing_collected():
        helpers = start(bundle, key.name)
        # Others are at work while the rest of the program is loaded.
        from voting.verify.evidence import Evidence, Held
        from voting.verify.steps_signatures import begin

        evidence = Evidence(bundle, Held(key, checkpoints, receipts))
        begin(evidence, helpers)
        # These are needed once the log has been read and handed out.
        from voting.verify.report import as_json, report_of, text
        from voting.verify.steps import verify

        report = report_of(evidence, verify(evidence))
    _print(as_json(report) if given.json else text(report, given.language))
    if given.alone:
        _leave(report.code)
    return report.code


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Do not look for garbage in cycles: of a million small objects hardly one is in one.

    Nor look at them again afterwards: the process is about to end, and what is in no cycle goes at once.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _leave(code: int) -> None:
    """End this process, which is for nothing else, at once: a million small objects need not be given back.

    Where the reader of the report has gone it returns: what is said then is for the caller.
    """
    with suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def add_receipt_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``verify-receipt``."""
    parser.add_argument(
        "receipt", type=Path, metavar="FILE", nargs="+", help="a receipt; several are compared as well"
    )
    add_key(parser)


def run_receipt(given: argparse.Namespace) -> int:
    """Verify receipts on their own, compare them, and print what they prove; the answer is the exit code."""
    from voting.verify.receipts import check_alone, compare

    try:
        key = _key(given.key)
        receipts = [(str(path), _read(path, parse_receipt)) for path in given.receipt]
    except _NoFile as fault:
        return _unreadable(given, fault)
    found = [(name, *check_alone(receipt, key, given.language)) for name, receipt in receipts]
    for name, _, lines in found:
        _print("\n".join([*([name] if len(found) > 1 else []), *lines]) + "\n")
    code, lines = compare(receipts, given.language)
    _print("".join(f"{line}\n" for line in lines))
    return max(code, *(each for _, each, _ in found))


@dataclass(eq=False)
class _NoFile(Exception):
    """Something that was named cannot be read."""

    name: str
    detail: str


def _named(name: object, read: Callable[[], _T]) -> _T:
    try:
        return read()
    except (Unreadable, NoteFault, ReceiptUnreadable, OSError) as fault:
        raise _NoFile(str(name), getattr(fault, "strerror", None) or str(fault)) from fault


def _key(vkey: str) -> Verifier:
    return _named("--key", lambda: Verifier.from_vkey(vkey))


def _read(path: Path, parse: Callable[[bytes], _T]) -> _T:
    """What a small file holds: a checkpoint or a receipt."""

    def read() -> _T:
        with path.open("rb") as file:
            return parse(file.read(LARGEST_NOTE + 1))

    return _named(path, read)


def _checkpoint(saved: bytes) -> bytes:
    """A checkpoint as it was saved from a mail: an editor's line ends and empty lines are no part of it."""
    text = saved.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    note = text.strip(b"\n") + b"\n"
    stated(note)
    return note


def _map(path: Path) -> memoryview:
    """The file without a copy of it in memory."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if not 0 < size <= LARGEST_BUNDLE:
            raise Unreadable("the file is empty, or too large to be a bundle")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _unreadable(given: argparse.Namespace, fault: _NoFile) -> int:
    from voting.verify.report import UNREADABLE, phrase, unreadable_json

    if getattr(given, "json", False):
        _print(unreadable_json(fault.name, fault.detail))
    else:
        _print(phrase("unreadable", given.language, name=fault.name, detail=fault.detail) + "\n")
    return UNREADABLE


def _print(report: str) -> None:
    # A terminal that cannot show a character gets an escape for it, never a traceback.
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))


if __name__ == "__main__":
    sys.exit(main())
