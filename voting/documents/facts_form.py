"""What the papers are made of that go out before the vote: forms and the notice."""

from dataclasses import dataclass

from voting.core.docket import Docket
from voting.wording.editions import PaperSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE

WEB = "Web"  # in every language


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFacts:
    """What stands on the form of every member.

    Shape   ``to``: line of the addressee with its 様 or 御中; ``ways``: way of submission -> where to;
            ``contact``: the same, for whoever has no way; ``notes``: sentences generated from the rules;
            ``deadline``: the last moment in words; all in the words of ``say``.
    """

    docket: Docket
    to: str
    deadline: str
    ways: tuple[tuple[str, str], ...]
    contact: tuple[str, str]
    notes: tuple[str, ...]
    say: PaperSay = PAPERS_IN_JAPANESE


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMember:
    """Whose form it is.

    Shape   ``votes``: 議決権の数 in words, empty where everybody has one; ``code``: the grouped code by which
            the office finds the form again; ``qr``: what the QR code holds; ``barred``: the motions that the
            member does not vote on; ``by_web``: whether it has a code for the web.
    """

    member_id: str
    name: str
    votes: str
    code: str
    qr: str
    barred: frozenset[int] = frozenset()
    by_web: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxyFacts:
    """What stands on the proxy form of every member.

    Shape   ``form``: as on a ballot form, its notes those on proxies; ``clause`` is what allows a proxy;
            ``chair``: the chair by office and name, empty where no proxy goes to the chair; ``to_member``:
            whether a member may be named on a blank line.
    """

    form: FormFacts
    clause: str
    chair: str
    to_member: bool
