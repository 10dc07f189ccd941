"""The encoding of CSV files, and what it costs."""

import argparse
import sys
from collections.abc import Sequence

from voting.documents.cp932 import ENCODINGS, UTF8


def add_encoding(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--encoding",
        choices=ENCODINGS,
        default=UTF8,
        help="of CSV files: utf-8 with a mark for Excel (default), or cp932, which loses characters",
    )


def tell_lost(name: str, lines: Sequence[str]) -> None:
    """Say on the side what a file in CP932 has lost, text by text; also that it has lost nothing."""
    if not lines:
        print(f"{name}: Shift_JIS(CP932)で書き出しました。失われた文字はありません。", file=sys.stderr)
        return
    print(f"{name}: Shift_JIS(CP932)にない文字を置き換えました。", file=sys.stderr)
    for line in lines:
        print(f"  {line}", file=sys.stderr)
