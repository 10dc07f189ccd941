"""What the pages of members and of the public say in Japanese: the words that hold."""

from functools import partial

from voting.core.japanese_dates import wareki
from voting.core.votes import votes_text
from voting.wording.during import change_facts, change_sentence_of, erratum_sentence
from voting.wording.incidents import incident_sentence
from voting.wording.keeping import ERASED_BUNDLE, erased_sentence
from voting.wording.numbers import count_line, headline, members_words, outcome_word, votes_words
from voting.wording.outcomes import flag_notes, without_deemed
from voting.wording.own_vote import counted_reason, counted_word, names_reason, names_word, question_label
from voting.wording.page_editions import OwnSay, PageSay, ResultSay
from voting.wording.papers_japanese import PAPERS_IN_JAPANESE
from voting.wording.periods import closing_text, instant_text, period_text
from voting.wording.receipts import BUNDLES
from voting.wording.requirements import condition_text
from voting.wording.rules import change_sentence, effect_of_silence
from voting.wording.witnesses import result_lines


def _left(minutes: int) -> str:
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return f"残り{days}日と{hours}時間"
    return f"残り{hours}時間{minutes}分" if hours else f"残り{minutes}分"


def _amount(members: int, votes: int) -> str:
    text = members_words(members)
    return text if votes_text(votes) == str(members) else f"{text}({votes_words(votes)})"


PAGES_IN_JAPANESE = PageSay(
    paper=PAPERS_IN_JAPANESE,
    tell=lambda sentence, **values: sentence.format(**values),
    instant=instant_text,
    day=partial(wareki, weekday=True),
    period=period_text,
    closing=closing_text,
    left=_left,
    may_change=change_sentence,
    silence=lambda docket: effect_of_silence(docket.rules),
    condition=condition_text,
    change_facts=change_facts,
    change=change_sentence_of,
    erratum=erratum_sentence,
    incident=incident_sentence,
    own=OwnSay(
        label=question_label,
        counted=counted_word,
        reason=counted_reason,
        names=names_word,
        names_reason=names_reason,
    ),
    result=ResultSay(
        headline=headline,
        line=count_line,
        without_deemed=without_deemed,
        flags=flag_notes,
        witnesses=result_lines,
        outcome=outcome_word,
        amount=_amount,
        signer=str,
        bundles=BUNDLES,
        erased_bundle=ERASED_BUNDLE,
        erased=erased_sentence,
    ),
)
