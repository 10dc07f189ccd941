"""The rule card: the rules of an assembly in plain words, with the numbers they come to on its roll.

Notice, ballot, page and result print these lines; made here and nowhere else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.members import Roll
from voting.wording import card_english, card_japanese
from voting.wording.numbers import motion_label
from voting.wording.rules import labels_text
from voting.wording.rules_english import motions_text, sentence
from voting.wording.worked import Worked, work_out

_Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The card in both languages.

    Order   roll, period, quorum, treatment, what each motion needs, clauses; line by line the same.
    """

    lines_ja: tuple[str, ...]
    lines_en: tuple[str, ...]


def rule_card(docket: Docket, roll: Roll) -> RuleCard:
    """The card of *docket*, which ``core.checks`` finds sound, on *roll*.

    Units   members and votes of this roll. Supposed is that nobody is late, unreached or has left.
    """
    worked = work_out(docket, roll)
    lines = (
        *zip(card_japanese.head(worked), card_english.head(worked), strict=True),
        *_motions(worked),
        *zip(card_japanese.foot(worked), card_english.foot(worked), strict=True),
    )
    return RuleCard(tuple(ja for ja, _ in lines), tuple(en for _, en in lines))


def _motions(worked: Worked) -> Iterator[_Line]:
    """What each motion needs; the same of several motions is said once."""
    said: dict[tuple[int, _Line], list[int]] = {}
    for one in worked.motions:
        both = zip(card_japanese.sentences(worked, one), card_english.sentences(worked, one), strict=True)
        for order, line in enumerate(both):
            if line[0]:
                said.setdefault((order, line), []).append(one.motion.number)
    everything = tuple(one.motion.number for one in worked.motions)
    labels = {one.motion.number: motion_label(one.motion) for one in worked.motions}
    for (_, (ja, en)), numbers in sorted(said.items(), key=lambda item: item[0][0]):
        where_ja = labels_text((labels[each] for each in numbers), tuple(labels.values()))
        where_en = sentence(motions_text(numbers, everything))
        yield f"{where_ja}: {ja}", f"{where_en}: {en}"
