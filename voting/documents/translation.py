"""What stands at the head of a translation: that it is one, and which paper prevails."""

from voting.documents.page import Paper
from voting.wording.editions import PaperSay


def put_translation(paper: Paper, say: PaperSay, original: str) -> None:
    """Framed, below the title; nothing on the paper that prevails."""
    told = say.translation(original)
    if told:
        paper.exact((told,))
