"""Who has answered as files for the office: the list of the telephone in both encodings; the workbook."""

from collections.abc import Iterable

from voting.core.permissions import Act, Officer, require
from voting.documents.cp932 import CP932, UTF8, in_cp932, loss_lines
from voting.documents.participation_sheets import render_participation_xlsx
from voting.runtime import Runtime
from voting.services.period import turnout
from voting.services.period.participation import participation
from voting.services.period.turnout import MemberLine, NamesNotOpened
from voting.services.period.turnout_csv import members_csv

# How the list can be saved -> how a browser is told.
ENCODINGS = {UTF8: "text/csv; charset=utf-8", CP932: "text/csv; charset=Shift_JIS"}


def members_file(lines: Iterable[MemberLine], encoding: str) -> bytes:
    """The list in one of ``ENCODINGS``, in the order given."""
    content = members_csv(lines)
    return in_cp932(content)[0] if encoding == CP932 else content


def lost_of_members(lines: Iterable[MemberLine]) -> tuple[str, ...]:
    """What the list loses in CP932, in sentences."""
    return loss_lines(in_cp932(members_csv(lines))[1])


def workbook(rt: Runtime, who: Officer, origin: str) -> bytes:
    """Everybody by member, prefecture, category and day.

    Raises  NotAllowed, NoSuchAssembly, NotThatFar; NamesNotOpened before ``turnout.open_names`` of today.
    """
    require(who, Act.READ_PARTICIPATION)
    if not turnout.is_open(rt, who, origin):
        raise NamesNotOpened(origin)
    return render_participation_xlsx(participation(rt, who, origin))
