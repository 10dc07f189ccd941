"""The treatment rules and requirements in English, sentence by sentence as ``rules`` has them in Japanese."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction

from voting.core.assembly import Schedule
from voting.core.docket import Docket
from voting.core.motions import Method, Motion
from voting.core.rules import (
    MAJORITY,
    Base,
    Blank,
    BothMarked,
    Counted,
    Duplicates,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Threshold,
    Tie,
    Unit,
)
from voting.wording.periods_english import closing


def under(rules: Rules, name: str) -> str:
    """``Under 規約第12条第3項, ``, or nothing where no clause is given."""
    clause = rules.clauses.get(name, "")
    return f"Under {clause}, " if clause else ""


def sentence(text: str) -> str:
    """*text* with a capital."""
    return text[:1].upper() + text[1:]


def motions_text(numbers: Iterable[int], everything: tuple[int, ...]) -> str:
    """Motions in a row: every motion, motion 2, motions 1 and 3, motions 1 to 3."""
    named = tuple(numbers)
    if len(named) > 1 and named == everything:
        return "every motion"
    if len(named) == 1:
        return f"motion {named[0]}"
    if len(named) > 2 and named in (everything[at : at + len(named)] for at in range(len(everything))):
        return f"motions {named[0]} to {named[-1]}"
    return f"motions {', '.join(map(str, named[:-1]))} and {named[-1]}"


def treatment(docket: Docket) -> Iterator[str]:
    """What is done with silence, blanks, several ballots and so on.

    Order   that of ``rules.rule_sentences`` without quorum and objections.
    """
    rules = docket.rules
    yield from form_notes(docket)
    yield (
        "A member that no notice reached, and that returns no ballot, is left out of the count."
        if rules.undelivered is OutOfBase.EXCLUDED
        else "A member that no notice reached is treated as one that returns no ballot."
    )
    yield "A ballot with a defect that is not put right is invalid on every motion; it is not silence."
    if rules.abstain:
        yield "An abstention counts as present, and neither for nor against."
    if any(
        docket.requires(each) == MAJORITY and each.method is not Method.PLURALITY for each in docket.motions
    ):
        yield "A tie is decided by the chair." if rules.tie is Tie.CHAIR else "A tie is a rejection."


def form_notes(docket: Docket) -> tuple[str, ...]:
    """What somebody who fills in a form must know.  Order: as in Japanese."""
    rules = docket.rules
    return (
        *_silences(docket),
        sentence(_blank(rules)),
        {
            BothMarked.INVALID: "A motion marked both for and against is invalid.",
            BothMarked.AS_BLANK: "A motion marked both for and against is treated as unmarked.",
        }[rules.both_marked],
        sentence(_several(rules)),
        "A motion left unmarked on the ballot that counts is unmarked, whatever an earlier ballot said."
        if rules.blank_overrides
        else "A motion left unmarked on the ballot that counts is decided by the mark on an earlier ballot.",
        sentence(_late(rules)),
    )


def proxy_notes(docket: Docket, *, chair: bool, member: bool) -> tuple[str, ...]:
    """What somebody who fills in a proxy form must know.  Order: as in Japanese."""
    rules = docket.rules
    to_chair = (
        "A proxy to the chair is counted as the chair decides on each motion; without a decision "
        "it abstains.",
        "Where nobody is named, the chair is the proxy.",
    )
    to_member = (
        "A member that is a proxy sends in the ballot form of the member it stands for, with this proxy "
        "form, by the deadline. Where no ballot form comes, the member has returned no ballot.",
        *(() if chair else ("A proxy form on which nobody is named is invalid.",)),
    )
    return (
        *(("Mark one of the boxes: either the chair or a member.",) if chair and member else ()),
        *(to_chair if chair else ()),
        *(to_member if member else ()),
        "A proxy cannot name another proxy. A proxy under a condition, or for some of the motions only, is "
        "not accepted.",
        sentence(_several(rules)),
        sentence(_late(rules)),
        *_silences(docket),
    )


def _silences(docket: Docket) -> Iterator[str]:
    rules = docket.rules
    own = [(motion, _setting(docket, motion)) for motion in docket.motions]
    different = [(motion, setting) for motion, setting in own if setting is not rules.non_submission]
    if len(different) < len(own):
        yield sentence(_silence(rules, rules.non_submission, "every motion"))
    for motion, setting in different:
        yield sentence(_silence(rules, setting, f"motion {motion.number}"))


def _setting(docket: Docket, motion: Motion) -> NonSubmission:
    # Silence chooses nobody, whatever the setting (rules R10).
    return NonSubmission.NOT_COUNTED if motion.method is Method.PLURALITY else docket.non_submission(motion)


def _silence(rules: Rules, setting: NonSubmission, where: str) -> str:
    who = "a member that returns no ballot by the deadline is"
    apart = "Such votes are shown separately in the result."
    if setting is NonSubmission.NOT_COUNTED:
        return f"{who} counted neither for nor against on {where}."
    if setting is NonSubmission.PROXY_TO_CHAIR:
        return f"{under(rules, 'deemed')}{who} deemed to have given the chair its proxy on {where}. {apart}"
    did = {
        NonSubmission.FOR: "voted for",
        NonSubmission.AGAINST: "voted against",
        NonSubmission.ABSTAIN: "abstained on",
    }[setting]
    return f"{under(rules, 'deemed')}{who} deemed to have {did} {where}. {apart}"


def _blank(rules: Rules) -> str:
    case = f"{under(rules, 'blank')}a motion left unmarked on a returned ballot is"
    if rules.blank is Blank.INVALID:
        return f"{case} invalid on that motion (but counts as present)."
    did = {Blank.FOR: "a vote for", Blank.AGAINST: "a vote against", Blank.ABSTAIN: "an abstention"}[
        rules.blank
    ]
    return f"{case} deemed {did}. Such votes are shown separately in the result."


def _several(rules: Rules) -> str:
    kept = {
        Duplicates.LAST_RECEIVED: "the last one received counts. It may be changed until the deadline.",
        Duplicates.FIRST: "the first one received counts. It cannot be changed.",
        Duplicates.WEB: "the last one by web counts, or the last one received where there is none.",
        Duplicates.PAPER: "the last one on paper (post, fax, mail, by hand) counts, or the last one received "
        "where there is none.",
    }[rules.duplicates]
    return f"{under(rules, 'duplicates')}of several ballots of one member {kept}"


def effect_of_silence(docket: Docket) -> str:
    """What it means to send nothing in, by the rule that most motions share."""
    return sentence(_silence(docket.rules, docket.rules.non_submission, "every motion"))


def change_sentence(docket: Docket, closing: Callable[[Schedule], str] = closing) -> str:
    """Whether an answer given may still be changed.  Shape: *closing* says the deadline."""
    kept = {
        Duplicates.LAST_RECEIVED: "What is received last counts.",
        Duplicates.FIRST: "",
        Duplicates.WEB: "Where there are answers by web, the last one of these counts.",
        Duplicates.PAPER: "Where there are ballots on paper, the last one of these counts.",
    }[docket.rules.duplicates]
    if not kept:
        return "What is received first counts, and cannot be changed."
    return f"It may be changed any number of times until {closing(docket.assembly.schedule)}. {kept}"


def _late(rules: Rules) -> str:
    arrival = "What counts is the time at which the secretariat receives it."
    if rules.late is OutOfBase.EXCLUDED:
        return (
            f"{under(rules, 'late')}a ballot received after the deadline is not counted, and a member with "
            f"no other is left out of the count. {arrival}"
        )
    return (
        f"{under(rules, 'late')}a ballot received after the deadline is treated as none; how many there were "
        f"and what they said is shown in the result. {arrival}"
    )


def rule_sentences(docket: Docket) -> tuple[str, ...]:
    """All treatment rules in sentences.  Order: as in Japanese."""
    rules = docket.rules
    return (
        *treatment(docket),
        *((quorum_sentence(rules, rules.quorum),) if rules.quorum else ()),
        *((_objection_sentence(rules.objections),) if rules.objections else ()),
    )


def quorum_sentence(rules: Rules, quorum: Quorum) -> str:
    """When the assembly is formed at all."""
    whole = "members" if quorum.by is Unit.MEMBERS else "votes"
    share = share_text(quorum.relation, quorum.fraction).removeprefix("from ")
    deemed = "count" if quorum.deemed else "do not count"
    return sentence(
        f"{under(rules, 'quorum')}the assembly is formed if {share} the {whole} of the roll return a ballot; "
        f"deemed votes {deemed}."
    )


def _objection_sentence(objections: Objections) -> str:
    if objections.count is not None:
        amount = f"{objections.count:,} member{'' if objections.count == 1 else 's'} or more"
    else:
        share = share_text(Relation.AT_LEAST, objections.fraction or Fraction(1)).removeprefix("from ")
        amount = f"members with {share} the votes of the roll"
    return f"A motion to which {amount} object by ballot is not resolved in writing: a meeting has to decide."


def condition_text(motion: Motion) -> str:
    """On what a motion depends; empty where on nothing."""
    if not motion.depends_on:
        return ""
    ending = "s" if len(motion.depends_on) == 1 else ""
    return f"takes effect only if {motions_text(motion.depends_on, ())} succeed{ending}."


def requirement_text(docket: Docket, motion: Motion) -> str:
    """What a motion must reach, with the base in words."""
    deemed = docket.non_submission(motion) is not NonSubmission.NOT_COUNTED
    return ", and ".join(_test(test, deemed=deemed) for test in docket.requires(motion))


def _test(test: Threshold, *, deemed: bool) -> str:
    counted = {
        Counted.FOR: "votes for",
        Counted.AGAINST: "votes against",
        Counted.ABSTAIN: "abstentions",
        Counted.RETURNED: "returned ballots",
        Counted.PRESENT: "those present",
    }[test.count]
    base = {
        Base.ROLL: "the whole roll",
        Base.PRESENT: "those present (deemed votes included)"
        if deemed
        else "those present (ballots and proxies)",
        Base.VALID: "the valid votes",
        Base.YES_NO: "the votes for and against",
        Base.RETURNED: "the returned ballots",
    }[test.of]
    category = f" in the category 「{test.category}」" if test.category is not None else ""
    heads = ", by number of members" if test.by is Unit.MEMBERS else ""
    return f"{counted} {share_text(test.relation, test.fraction)} {base}{category}{heads}"


def share_text(relation: Relation, fraction: Fraction) -> str:
    """``more than half of``, ``at least 2/3 of``, ``all of``."""
    if fraction == 1 and relation is Relation.AT_LEAST:
        return "from all of"
    share = "half" if fraction == Fraction(1, 2) else "all" if fraction == 1 else str(fraction)
    words = {
        Relation.MORE_THAN: "more than",
        Relation.AT_LEAST: "at least",
        Relation.LESS_THAN: "less than",
        Relation.AT_MOST: "at most",
    }[relation]
    return f"{words} {share} of"
