"""Incidents in words."""

from datetime import datetime

from voting.wording.periods import instant_text

INCIDENTS = {"outage": "停止", "restore": "記録の復元", "clock": "時計の異常"}


def incident_sentence(began: datetime, ended: datetime, what: str) -> str:
    """When something kept members from voting, and what.  Shape: *what* as in the ledger, ``kind: text``."""
    kind, _, said = what.partition(": ")
    when = f"{instant_text(began)}から{instant_text(ended)}まで"
    return f"{when}　{INCIDENTS[kind]}" + (f"　{said}" if said else "")
