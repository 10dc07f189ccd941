"""What the chair types before certifying a result that a reader could misunderstand (product.md P3)."""

from collections.abc import Mapping

from voting.core.docket import Docket
from voting.core.result import Flag, Result
from voting.wording.results import questions
from voting.wording.rules import labels_text

# Each ends where the sentence goes on: …こと、…ことを確認しました。
_SEEN: Mapping[Flag, str] = {
    Flag.DEEMED_DECIDES: "{where}の可否は、みなしによる票によって定まったものであること",
    Flag.LOW_RESPONSE: "表決書を提出した会員は、三割に満たないこと",
    Flag.AGAINST_LEADS: "{where}は、提出された表決書では反対が賛成を上回っていること",
}


def certifying_sentence(docket: Docket, result: Result) -> str:
    """The sentence that the chair types; empty where nothing of the kind stands beside the result."""
    asked = questions(docket, result)
    everything = tuple(question.label for question in asked)
    seen = []
    for flag, text in _SEEN.items():
        labels = [question.label for question in asked if flag in question.count.flags]
        if labels:
            seen.append(text.format(where=labels_text(labels, everything)))
    return f"{'、'.join(seen)}を確認しました。" if seen else ""
