"""What the pages of members and of the public are made of, in the language of the visitor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from voting.core.assembly import Schedule
from voting.core.docket import Docket
from voting.core.effective import Case, Place, Sent
from voting.core.motions import Motion
from voting.core.questions import Question
from voting.core.result import Count, Outcome, Result
from voting.wording.during import Change
from voting.wording.editions import PaperSay
from voting.wording.numbers import AnyResult, ChoiceWords
from voting.wording.witnesses import CosignatureFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSay:
    """What a language says of one member's own vote; the arguments are those of ``own_vote``."""

    label: Callable[[Question], str]
    counted: Callable[[Question, Place], str]
    reason: Callable[[Question, Place, Sent, Case, int], str]
    names: Callable[[Question, frozenset[str] | None], str]
    names_reason: Callable[[Question, frozenset[str] | None, Sent, Case, int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSay:
    """What a language says of a published result, beside what its minutes say.

    Shape   ``headline`` has a line a candidate; ``amount`` takes members and votes; ``signer`` a role's
            Japanese word before a name.
    """

    headline: Callable[[AnyResult], str]
    line: Callable[[Count, ChoiceWords], str]
    without_deemed: Callable[[Count, ChoiceWords], str]
    flags: Callable[[Docket, Result], tuple[str, ...]]
    witnesses: Callable[[CosignatureFacts], tuple[str, ...]]
    outcome: Callable[[Outcome], str]
    amount: Callable[[int, int], str]
    signer: Callable[[str], str]
    bundles: Mapping[str, str]
    erased_bundle: str
    erased: Callable[[datetime, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSay:
    """What a language says on the pages of members and of the public.

    Shape   ``paper`` has the words that papers share; ``tell`` says a fixed sentence, its own key in
            Japanese, filled in; ``left`` takes whole minutes; ``silence`` is the rule that most motions
            share; ``condition`` is told before there is a result; ``change_facts`` takes both dockets
            and period or texts; ``incident`` the beginning, the end and what the ledger says.
    """

    paper: PaperSay
    tell: Callable[..., str]
    instant: Callable[[datetime], str]
    day: Callable[[date], str]
    period: Callable[[Schedule], str]
    closing: Callable[[Schedule], str]
    left: Callable[[int], str]
    may_change: Callable[[Docket], str]
    silence: Callable[[Docket], str]
    condition: Callable[[Docket, Motion], str]
    change_facts: Callable[[Docket, Docket, str], tuple[str, ...]]
    change: Callable[[Change], str]
    erratum: Callable[[datetime, str, str], str]
    incident: Callable[[datetime, datetime, str], str]
    own: OwnSay
    result: ResultSay

    @property
    def language(self) -> str:
        """As in the visitor's cookie."""
        return self.paper.tag.partition("-")[0]
