"""``python -m voting.witness``: the witness on its own, without the service."""

import argparse
import sys
from collections.abc import Sequence

from voting.witness.commands import REFUSED, add_arguments

_ABOUT = "Cosign what a log has published, where it only ever grew.  記録の立会人として連署します。"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one act: 0 done, 1 a log was turned back, 2 refused, 130 stopped by Ctrl-C."""
    parser = argparse.ArgumentParser(prog="voting-witness", description=_ABOUT)
    add_arguments(parser)
    given = parser.parse_args(arguments)
    if not hasattr(given, "run"):
        parser.print_help()
        return 0
    try:
        return int(given.run(given))
    except OSError as fault:
        print(f"voting witness: {fault.filename or ''}: {fault.strerror or fault}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
