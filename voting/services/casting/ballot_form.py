"""What a ballot asks: everything on it that is the same for all members, from the freeze on.

A web process may keep what it got here until an amendment puts another docket in force.
"""

from dataclasses import dataclass

from voting.core.rules import Duplicates
from voting.runtime import Runtime
from voting.services.casting.motion_lines import MotionLine, motion_lines
from voting.services.errors import NoSuchAssembly
from voting.services.stages import path
from voting.store import assemblies
from voting.wording.pages import PAGES


@dataclass(frozen=True, slots=True)
class BallotForm:
    """The printed part of a ballot.

    Shape   ``change`` says in words what ``may_change`` says; ``base`` is the leaf hash (hex) of its texts;
            ``language`` is that of its words, as in the visitor's cookie.
    """

    origin: str
    base: str
    docket_sha256: str
    path: str
    body: str
    title: str
    closing: str
    change: str
    may_change: bool
    offers_abstain: bool
    motions: tuple[MotionLine, ...]
    vkey: str
    contact: str
    language: str = "ja"


def ballot_form(
    rt: Runtime, origin: str, language: str = "ja", *, known: BallotForm | None = None
) -> BallotForm:
    """What the ballots ask now; *known*, of the same language, itself where the docket is still that of then.

    Raises  NoSuchAssembly, also for one whose ballots have not been issued.
    """
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None or case.issued_index is None:
            raise NoSuchAssembly(origin)
        if known is not None and known.docket_sha256 == case.docket_sha256:
            return known
        say = PAGES[language]
        return BallotForm(
            origin=origin,
            language=language,
            base=case.sealed_base,
            docket_sha256=case.docket_sha256,
            path=path(case),
            body=case.docket.body.name,
            title=case.docket.assembly.title,
            closing=say.closing(case.docket.assembly.schedule),
            change=say.may_change(case.docket),
            may_change=case.docket.rules.duplicates is not Duplicates.FIRST,
            offers_abstain=case.docket.rules.abstain,
            motions=motion_lines(tx, case.docket, say=say),
            vkey=case.vkey,
            contact=case.contact,
        )
