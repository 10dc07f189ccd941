"""Until when what is kept of an assembly is kept, in English.  Source: domain.md 6.3."""

from datetime import date

from voting.core.letterhead import Kept
from voting.wording.keeping import ballots_kept_until
from voting.wording.periods_english import day


def kept_until(kept: Kept, *, closed_on: date) -> str:
    """The period in words, as the Japanese sheet has it."""
    if kept in (Kept.MINUTES, Kept.BUNDLE):
        return "For good"
    if kept is Kept.BALLOTS:
        earliest = day(ballots_kept_until(closed_on))
        return f"One year from the next ordinary assembly (not destroyed before {earliest})"
    if kept is Kept.ACCESS:
        return "One year"
    return "Kept by the predecessor too, until the successor has checked it"
