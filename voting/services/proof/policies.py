"""The witness policy of an assembly: given with the draft, fixed in genesis, read from there.

The log's key is made with the draft, so its line is added here; what is given holds the witnesses and the
quorum.  Source: c2sp.org/tlog-policy; ledger L3, genesis.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from voting.core.errors import Broken, Refusal
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Genesis
from voting.store import ledger
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.verify.policy import Policy, PolicyFault, read_policy
from voting.witness.client import is_address

_LONGEST = 8192  # bytes, so that genesis stays far below the 16 KiB of an entry
_MOST = 32
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(eq=False)
class PolicyUnusable(Refusal):
    """The witness policy cannot be fixed as it stands."""

    code: ClassVar[str] = "policy-unusable"
    detail: str


def checked_policy(text: str) -> str:
    """A policy as it was given, ending in a line feed; "" for none.

    Raises  PolicyUnusable for what the verifier would refuse, for a log line, for addresses that are none.
    """
    if not text.strip():
        return ""
    whole = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    if _CONTROL.search(whole) or len(whole.encode("utf-8", "replace")) > _LONGEST:
        raise PolicyUnusable(f"a control character, or more than {_LONGEST} bytes")
    try:
        policy = read_policy(whole)
    except PolicyFault as fault:
        raise PolicyUnusable(str(fault)) from fault
    if policy.logs:
        raise PolicyUnusable("a log line: this log's key is made now, and its line is added by the service")
    if len(policy.witnesses) > _MOST:
        raise PolicyUnusable(f"more than {_MOST} witnesses")
    for name, url in policy.urls.items():
        if not is_address(url):
            raise PolicyUnusable(f"the address of {name} is none: {url}")
    return whole


def with_log(policy: str, vkey: str) -> str:
    """The policy as genesis holds it."""
    return f"log {vkey}\n{policy}" if policy else ""


def policy_of(tx: Transaction, case: Case) -> Policy | None:
    """The policy in genesis, None where the assembly has no witnesses."""
    genesis = decode_entry(ledger.entry(tx, case.id, 0)).body
    if not isinstance(genesis, Genesis):
        raise Broken(f"{case.origin}: the first entry is not genesis")
    return read_policy(genesis.policy) if genesis.policy else None
