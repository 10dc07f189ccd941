"""What a vote was asked: the motions under which it was given, though other texts are in force by now.

For a sheet that is settled once it is registered: no later amendment gives it other motions.
Source  ledger L3, amend; docs/adr/0014.
"""

from dataclasses import dataclass
from datetime import datetime

from voting.core.docket import Docket
from voting.core.docket_json import docket_from_json
from voting.core.errors import Broken
from voting.ledger import canonical
from voting.ledger.answered import NewTexts, answers, texts_answered
from voting.ledger.canonical import parse_instant
from voting.ledger.merkle import leaf_hash
from voting.services.period.amending import TEXTS
from voting.store import amendments, ledger
from voting.store.assemblies import Case
from voting.store.ballots import Submitted
from voting.store.papers import Paper
from voting.store.transaction import Transaction
from voting.wording import motion_label


@dataclass(frozen=True, slots=True)
class Asked:
    """The texts that a vote answers.

    Shape   ``docket`` has the motions as they then were, and an older one names members by commitment;
            ``base`` is the leaf hash (hex) that the ballot names; ``changed`` are the labels of the motions
            put again or withdrawn since: where there are any, the vote is void on every motion.
    """

    docket: Docket
    base: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """How a vote was given, as ``ledger.answered`` asks for it."""

    index: int
    paper: int | None
    received_at: datetime

    def on(self, texts: NewTexts) -> bool:
        return answers(texts, index=self.index, paper=self.paper, received_at=self.received_at)


def on_paper(tx: Transaction, case: Case, paper: Paper) -> Asked:
    """What a sheet was asked, read or not."""
    return _asked(tx, case, _of_paper(paper))


def by(tx: Transaction, case: Case, sent: Submitted) -> Asked:
    """What somebody was asked who sent this."""
    return _asked(tx, case, _Given(sent.index, sent.paper, parse_instant(sent.received_at)))


def is_overtaken(case: Case, paper: Paper) -> bool:
    """Whether the texts were amended after the sheet had arrived: it is void, read or not."""
    return case.new_texts is not None and not _of_paper(paper).on(case.new_texts)


def _of_paper(paper: Paper) -> _Given:
    return _Given(paper.index, paper.index, parse_instant(paper.arrived_at))


def _asked(tx: Transaction, case: Case, given: _Given) -> Asked:
    if case.new_texts is None or given.on(case.new_texts):
        return Asked(case.docket, case.sealed_base)
    every = [each for each in amendments.amendments(tx, case.id) if each.what == TEXTS]
    amended = [NewTexts(each.index, parse_instant(each.at)) for each in every]
    answered = texts_answered(amended, index=given.index, paper=given.paper, received_at=given.received_at)
    # The first amendment that it does not answer has kept what was replaced.
    place = 0 if answered is None else amended.index(answered) + 1
    docket = docket_from_json(canonical.decode(every[place].before.encode()))
    since = case.frozen_index if answered is None else answered.index
    if since is None:
        raise Broken(f"{case.origin} was amended and is not frozen")
    base = leaf_hash(ledger.entry(tx, case.id, since)).hex()
    return Asked(docket, base, _changed(docket, case.docket))


def _changed(before: Docket, now: Docket) -> tuple[str, ...]:
    """The motions that are not what they were; all where none differs, as after two changes of mind."""
    standing = {each.number: (each.title, each.documents) for each in now.motions}
    changed = [each for each in before.motions if standing.get(each.number) != (each.title, each.documents)]
    return tuple(motion_label(each) for each in changed or before.motions)
