"""Where a draft comes from: nothing but a title, an earlier assembly, or an ASSEMBLY.toml."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from voting.core.assembly import Assembly, Body, Schedule
from voting.core.docket import Docket
from voting.core.drafting import copied
from voting.core.permissions import Act, Officer, require
from voting.core.rules import PRESETS, Rules
from voting.runtime import Runtime
from voting.services import assemblies as verbs
from voting.services.assemblies import Draft, Starting
from voting.services.errors import BodyDiffers, NoSuchAssembly, NoSuchBody
from voting.services.proof.checkpoint_mail import CheckpointMail
from voting.services.stages import path
from voting.sheets.assembly_toml import read_assembly
from voting.sheets.assembly_toml_writing import write_assembly
from voting.store import assemblies, checkpoint_mails, members
from voting.wording import JAPAN

# The dates that are proposed: time for the notice, then the two weeks that answering by post takes.
_UNTIL_OPENING = timedelta(weeks=3)
_OPEN_FOR = timedelta(weeks=2)
_CLOSES = time(17)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What every new draft is told.

    Shape   ``disclosure`` and ``policy`` are fixed in the ledger's first entry, and so cannot be changed.
    """

    body: str
    slug: str
    contact: str
    disclosure: str
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An assembly that can be copied."""

    path: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen for a new draft.

    Shape   ``bodies`` as (short name, name); ``contact`` is that of the newest assembly; ``slug`` a short
            name that is free everywhere.
    """

    bodies: tuple[tuple[str, str], ...]
    earlier: tuple[Earlier, ...]
    contact: str
    slug: str


def choices(rt: Runtime, who: Officer) -> Choices:
    require(who, Act.DRAFT)
    now = rt.now()
    with rt.database.reading() as tx:
        cases = assemblies.everything(tx)
        bodies = members.bodies(tx)
    taken = {case.origin.rpartition("/")[2] for case in cases}
    month = f"{now.astimezone(JAPAN):%Y-%m}"
    free = next(name for name in (month, *(f"{month}-{n}" for n in range(2, 10_000))) if name not in taken)
    return Choices(
        bodies=tuple((each.slug, each.body.name) for each in bodies),
        earlier=tuple(
            Earlier(path(case), case.docket.assembly.title, case.docket.body.name) for case in reversed(cases)
        ),
        contact=cases[-1].contact if cases else "",
        slug=free,
    )


def from_nothing(rt: Runtime, who: Officer, beginning: Beginning, *, title: str, preset: str) -> str:
    """Begin with a title, the dates that are proposed, and the rules of a preset ("" for the cautious ones).

    Raises  NoSuchBody, and as ``assemblies.draft``.
    """
    require(who, Act.DRAFT)
    docket = Docket(
        body=_registered(rt, beginning.body),
        assembly=Assembly(title, proposed(rt.now())),
        rules=PRESETS.get(preset, Rules()),
        motions=(),
    )
    return verbs.draft(rt, who, _plan(beginning, docket, Starting()))


def from_earlier(rt: Runtime, who: Officer, beginning: Beginning, *, origin: str, title: str) -> str:
    """Begin with rules and motions of an earlier assembly; its documents and barred members stay behind.

    Raises  NoSuchAssembly, NoSuchBody, and as ``assemblies.draft``.
    """
    require(who, Act.DRAFT)
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        setting, _ = checkpoint_mails.find(tx, case.id)
    docket = copied(case.docket, rt.now())
    docket = replace(
        docket, body=_registered(rt, beginning.body), assembly=replace(docket.assembly, title=title)
    )
    plan = _plan(beginning, docket, Starting(copied_from=case.origin))
    return verbs.draft(rt, who, replace(plan, checkpoint_mail=CheckpointMail(setting)))


def from_file(rt: Runtime, who: Officer, beginning: Beginning, *, source: str) -> str:
    """Begin with an ASSEMBLY.toml.  Raises: AssemblyFaults, BodyDiffers, and as ``assemblies.draft``."""
    require(who, Act.DRAFT)
    docket, body = read_assembly(source).docket, _registered(rt, beginning.body)
    if docket.body != body:
        raise BodyDiffers(docket.body.name, docket.body.kind, body.name, body.kind)
    return verbs.draft(rt, who, _plan(beginning, docket, Starting(dates_confirmed=True)))


def as_file(rt: Runtime, who: Officer, origin: str) -> str:
    """The ASSEMBLY.toml of an assembly, draft or not.  Raises: NoSuchAssembly."""
    require(who, Act.READ_PARTICIPATION)
    return write_assembly(verbs.find(rt, origin).docket)


def proposed(now: datetime) -> Schedule:
    """Dates to begin with, to be confirmed by a person."""
    opens = datetime.combine((now + _UNTIL_OPENING).astimezone(JAPAN).date(), time(0), JAPAN)
    closes = datetime.combine((opens + _OPEN_FOR).date(), _CLOSES, JAPAN)
    return Schedule(now.astimezone(JAPAN).date(), opens, closes)


def _plan(beginning: Beginning, docket: Docket, starting: Starting) -> Draft:
    return Draft(
        body=beginning.body,
        slug=beginning.slug,
        docket=docket,
        papers={},
        contact=beginning.contact,
        disclosure=beginning.disclosure,
        policy=beginning.policy,
        starting=starting,
    )


def _registered(rt: Runtime, slug: str) -> Body:
    with rt.database.reading() as tx:
        found = members.find_body(tx, slug)
    if found is None:
        raise NoSuchBody(slug)
    return found.body
