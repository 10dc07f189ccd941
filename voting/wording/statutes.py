"""What a statute asks of the minutes of a body.  Source: domain.md 1.1, 1.2.7 and 1.3."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.core.docket import Docket
from voting.core.result import MotionResult, Result
from voting.core.rules import CONSENT_STATUTES, BodyKind

# Kind of body -> the article by which minutes are kept; the others keep them by their own rules.
MINUTES_STATUTES: Mapping[BodyKind, str] = MappingProxyType(
    {
        BodyKind.GENERAL_INCORPORATED: "一般社団法人及び一般財団法人に関する法律第57条及び同法施行規則第11条",
        BodyKind.CONDOMINIUM: "建物の区分所有等に関する法律第42条及び第45条",
        BodyKind.COMPANY: "会社法第318条及び会社法施行規則第72条",
        BodyKind.COOPERATIVE: "中小企業等協同組合法第53条の4",
    }
)


def minutes_statute(kind: BodyKind) -> str:
    """The article, or nothing where no statute speaks of minutes."""
    return MINUTES_STATUTES.get(kind, "")


def consent_statute(docket: Docket, result: Result) -> str:
    """The article by which the consent of every member is held for a resolution; empty where not all of
    them consented to each motion with an answer of their own.

    A mark that was filled in by a rule is no consent, and one missing answer defeats it.
    """
    article = CONSENT_STATUTES.get(docket.body.kind, "")
    everybody = all(
        isinstance(one, MotionResult) and one.count.members.in_favour.expressed == result.roll_members
        for one in result.motions
    )
    return article if everybody and result.roll_members else ""
