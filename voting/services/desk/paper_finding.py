"""Whose paper is it: a member found by number, by the code on its form, or by its name."""

import unicodedata
from collections.abc import Iterable

from voting.core.errors import Refusal
from voting.credentials.codes import ALPHABET
from voting.credentials.form_codes import form_code
from voting.services.desk.paper_refusals import FormOfAnother, SenderAmbiguous, SenderUnknown
from voting.store.roll import Voter

_SHOWN = 10
_CODE = 8  # characters of the code on a form
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def find_member(voters: Iterable[Voter], origin: str, typed: str) -> Voter:
    """The one member that *typed* means.

    Shape   a member's number; the code of a form; what its QR code holds, three lines or words; or a name,
            whole or in part, with the prefecture in front where that helps (府中市 is in two).
    Raises  SenderUnknown, SenderAmbiguous, FormOfAnother.
    """
    known = tuple(voters)
    words = unicodedata.normalize("NFKC", typed).split()
    if len(words) == 3 and "/" in words[0]:
        return _of_form(known, origin, words)
    said = " ".join(words)
    for each in known:
        if each.member_id == said:
            return each
    alike = [each for each in known if each.member_id.casefold() == said.casefold()]
    if len(alike) == 1:
        return alike[0]
    code = said.upper().replace("-", "").translate(_READ_AS)
    if len(code) == _CODE and set(code) <= set(ALPHABET):
        for each in known:
            if form_code(origin, each.member_id).replace("-", "") == code:
                return each
        if "-" in said:
            raise FormOfAnother(said)
    return _named(known, said)


def member_text(voter: Voter) -> str:
    """A member as a list names it: number, prefecture, name."""
    return " ".join(filter(None, (voter.member_id, voter.prefecture, voter.name)))


def _of_form(known: tuple[Voter, ...], origin: str, words: list[str]) -> Voter:
    log, member_id, code = words
    if log != origin or code != form_code(origin, member_id):
        raise FormOfAnother(code)
    for each in known:
        if each.member_id == member_id:
            return each
    raise SenderUnknown(member_id)


def _named(known: tuple[Voter, ...], said: str) -> Voter:
    wanted = _folded(said)
    if not wanted:
        raise SenderUnknown(said)
    whole = [each for each in known if wanted in (_folded(each.name), _folded(each.prefecture + each.name))]
    found = whole or [each for each in known if wanted in _folded(each.prefecture + each.name)]
    if len(found) == 1 and whole:
        return found[0]
    raise _unsure(said, found)


def _unsure(said: str, found: list[Voter]) -> Refusal:
    """A part of a name is never taken for a member, even where it fits one alone."""
    if not found:
        return SenderUnknown(said)
    more = ("…",) if len(found) > _SHOWN else ()
    return SenderAmbiguous(said, (*(member_text(each) for each in found[:_SHOWN]), *more))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
