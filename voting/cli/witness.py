"""An auditor's own witness: nothing of the server is loaded."""

import argparse

from voting.witness.commands import add_arguments


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    witness = commands.add_parser("witness", help="cosign a log's checkpoints on a machine of one's own")
    witness.set_defaults(group=witness)
    add_arguments(witness)
