"""Which texts a sheet answers: those in force when it arrived, whenever two persons come to read it.

That is settled once it is registered: no later amendment gives a sheet other motions.
Source  ledger L3, amend; docs/adr/0013.
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
from voting.store.papers import Paper
from voting.store.transaction import Transaction
from voting.wording import motion_label


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """What a sheet was asked.

    Shape   ``docket`` has the motions as they then were, and in an older one names members by commitment;
            ``base`` is the leaf hash (hex) that its ballot names; ``changed`` are the motions put again or
            withdrawn since, each by its label: where there are any the sheet is void on every motion.
    """

    docket: Docket
    base: str
    changed: tuple[str, ...] = ()

    @property
    def is_void(self) -> bool:
        return bool(self.changed)


def is_void(case: Case, paper: Paper) -> bool:
    """Whether the texts were amended after the sheet had arrived."""
    return case.new_texts is not None and not _answers(case.new_texts, paper)


def texts_of(tx: Transaction, case: Case, paper: Paper) -> PaperTexts:
    """The texts that *paper* answers; those in force for one that was not overtaken."""
    if not is_void(case, paper):
        return PaperTexts(case.docket, case.sealed_base)
    every = [each for each in amendments.amendments(tx, case.id) if each.what == TEXTS]
    amended = [NewTexts(each.index, parse_instant(each.at)) for each in every]
    answered = texts_answered(amended, index=paper.index, paper=paper.index, received_at=_arrived(paper))
    # The first that the sheet does not answer has kept what it replaced.
    place = 0 if answered is None else amended.index(answered) + 1
    docket = docket_from_json(canonical.decode(every[place].before.encode()))
    based_on = case.frozen_index if answered is None else answered.index
    if based_on is None:
        raise Broken(f"{case.origin} was amended and is not frozen")
    base = leaf_hash(ledger.entry(tx, case.id, based_on)).hex()
    return PaperTexts(docket, base, _changed(docket, case.docket))


def _changed(before: Docket, now: Docket) -> tuple[str, ...]:
    """The motions that are not what they were; every one where none differs, as after two changes of mind."""
    standing = {each.number: (each.title, each.documents) for each in now.motions}
    changed = [each for each in before.motions if standing.get(each.number) != (each.title, each.documents)]
    return tuple(motion_label(each) for each in changed or before.motions)


def _answers(texts: NewTexts, paper: Paper) -> bool:
    return answers(texts, index=paper.index, paper=paper.index, received_at=_arrived(paper))


def _arrived(paper: Paper) -> datetime:
    return parse_instant(paper.arrived_at)
