"""The members of a frozen roll as official lists have them: by prefecture and code, then by reading.

The frozen roll itself stays in the order of member numbers, which the ledger commits to.  It has no codes:
those of today's register give the place.  Whoever has left it is put by the frozen prefecture and reading.
"""

from collections.abc import Iterable

from voting.core.members import Member
from voting.core.register import official_order
from voting.store import members
from voting.store.assemblies import Case
from voting.store.roll import Voter
from voting.store.transaction import Transaction


def listed(tx: Transaction, case: Case, voters: Iterable[Voter]) -> tuple[Voter, ...]:
    """*voters* in the order of official lists.  Source: domain 5.5.1."""
    register = {each.member_id: each for each in members.register(tx, case.body)}

    def place(voter: Voter) -> tuple[int, str, str, str]:
        return official_order(register.get(voter.member_id) or _as_frozen(voter))

    return tuple(sorted(voters, key=place))


def _as_frozen(voter: Voter) -> Member:
    return Member(voter.member_id, voter.name, kana=voter.kana, prefecture=voter.prefecture)
