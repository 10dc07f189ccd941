"""How each member stands in a result: the roll call.

Decided by the very functions of the count, over the very submissions that it takes.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from voting.core.ballots import Facts, Submission
from voting.core.docket import Docket
from voting.core.effective import Case, Standing, case_of, place_of
from voting.core.elections import chosen_names
from voting.core.kana import search_key
from voting.core.motions import Method
from voting.core.questions import Question, agenda
from voting.documents.facts_roll_call import RollCall, RollCallLine, Vote
from voting.store.roll import Voter

NAMED, UNNAMED = "L0", "L1"  # levels of disclosure with a roll call (ledger L7)


def roll_call(
    docket: Docket,
    voters: Sequence[Voter],
    submissions: Iterable[Submission],
    facts: Facts,
    *,
    disclosure: str,
) -> RollCall | None:
    """The roll call that this level of disclosure allows; None where there is to be none.

    Source  ledger L7: with L0 under names, with L1 under commitments, with L2 none.
    """
    if disclosure not in (NAMED, UNNAMED):
        return None
    asked, named = agenda(docket, facts), disclosure == NAMED
    sent: dict[str, list[Submission]] = {each.member_id: [] for each in voters}
    for each in submissions:
        if each.member_id in sent:
            sent[each.member_id].append(each)

    bearers = Counter(search_key(voter.name) for voter in voters) if named else Counter()

    @cache  # Most members are silent or agree, and equal cases stand alike.
    def stands(case: Case) -> tuple[Vote, ...]:
        return tuple(_vote(question, case) for question in asked.questions)

    lines = [
        RollCallLine(
            member=voter.member_id if named else voter.commitment.hex(),
            name=voter.name if named else "",
            place=voter.prefecture if bearers[search_key(voter.name)] > 1 else "",
            votes=voter.votes,
            on=stands(case_of(asked, voter.member_id, sent[voter.member_id], facts)),
        )
        for voter in voters
    ]
    # By commitment: in the order of the roll everybody could count down to a member.
    ordered = lines if named else sorted(lines, key=lambda line: line.member)
    return RollCall(is_named=named, questions=asked.questions, lines=tuple(ordered))


def _vote(question: Question, case: Case) -> Vote:
    answered = case.standing is Standing.ANSWERED and question.motion.number not in case.barred
    if answered and question.motion.method is Method.PLURALITY:
        return chosen_names(question, case)
    return place_of(question, case)
