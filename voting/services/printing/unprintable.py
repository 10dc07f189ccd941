"""Texts of an assembly that no paper could print, found before anything is fixed that carries them.

A result that cannot be printed cannot be certified, and after the freeze a title stays as it is.
"""

from collections.abc import Iterable, Iterator

from voting.core.docket import Docket
from voting.core.docket_json import docket_json
from voting.core.members import Member
from voting.documents.typeface import NoGlyph, NoGlyphForMember, runs


def unprintable(docket: Docket) -> tuple[NoGlyph, ...]:
    """Every text of *docket* with a character that no font has, each once."""
    texts = dict.fromkeys(_texts(docket_json(docket, barred=str)))
    return tuple(found for text in texts for found in _refused(text))


def unprintable_names(register: Iterable[Member]) -> tuple[NoGlyphForMember, ...]:
    """The members whose names no paper could print."""
    return tuple(
        NoGlyphForMember(found.character, found.text, member.member_id)
        for member in register
        for found in _refused(member.name)
    )


def _refused(text: str) -> Iterator[NoGlyph]:
    try:
        for line in text.split("\n"):
            runs(line)
    except NoGlyph as refused:
        yield refused


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
