"""Checking a result, or one's own receipt, without the service: nothing of the server is loaded."""

import argparse

from voting.verify import __main__ as verifier


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = commands.add_parser("verify", help="check a result from its audit bundle, offline")
    verifier.add_arguments(verify)
    verify.set_defaults(run=verifier.run)
    receipt = commands.add_parser("verify-receipt", help="check one receipt, offline")
    verifier.add_receipt_arguments(receipt)
    receipt.set_defaults(run=verifier.run_receipt)
