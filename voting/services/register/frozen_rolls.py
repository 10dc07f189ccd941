"""Assemblies whose roll is fixed and whose result is not there: no change of the register reaches them."""

from dataclasses import dataclass
from datetime import date

from voting.core.votes import votes_text
from voting.services.stages import path
from voting.store import assemblies, members, roll
from voting.store.roll import Voter
from voting.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class FrozenRoll:
    """An assembly under way.  Shape: ``entry``: the member asked about as it stands there, None for not."""

    path: str
    title: str
    record_date: date
    entry: Voter | None = None

    @property
    def votes(self) -> str:
        """What the member asked about has there."""
        return "" if self.entry is None else votes_text(self.entry.votes)


def frozen_rolls(tx: Transaction, body: str, member_id: str | None = None) -> tuple[FrozenRoll, ...]:
    """The frozen rolls of the body and of its committees, the oldest first."""
    own = {body} | {each.slug for each in members.bodies(tx) if each.parent == body}
    return tuple(
        FrozenRoll(
            path=path(case),
            title=case.docket.assembly.title,
            record_date=case.docket.assembly.schedule.record_date,
            entry=None if member_id is None else roll.voter(tx, case.id, member_id),
        )
        for case in assemblies.everything(tx)
        if case.body in own and case.frozen_index is not None and case.result_index is None
    )
