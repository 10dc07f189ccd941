"""Signed results are judged alike, and so is what stands between two signatures.

Whoever signs second could sign a paper that was changed before; each change here is signed by it.
"""

import re
from collections.abc import Callable

import pytest

from tests.browser.verifier.hand import Hand, in_page, in_python
from tests.documents import test_signing
from tests.documents.test_signing import FORGED, Keys, signed, three, tsa
from tests.verify.conftest import Council
from tests.verify.forge import check
from tests.verify.tsa import DATA, Authority
from voting.stamps.authority import Authority as StampAuthority
from voting.verify.findings import Finding
from voting.verify.pdf import signatures

__all__ = ["three"]
Judge = Callable[[bytes], Finding]


@pytest.fixture
def twenty_fourth(council: Council, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """What both find about a paper in place of the assembly's own."""
    monkeypatch.setattr(test_signing, "RESULT", council.forge().files["result.json"])

    def judge(pdf: bytes) -> Finding:
        forge = council.forge()
        forge.put_papers([pdf])
        data = forge.zipped()
        found, report = check(data, council.held)[23], hand.judge_bundle(data, council.held)
        page = report["checks"][23]
        assert in_page(page) == in_python(found)
        # For the same reason, too: one that fails to read a signature would fail everything.
        assert page["facts"].get("detail") == found.facts.get("detail")
        return found

    return judge


def signed_anew(pdf: bytes, first: int) -> bytes:
    """*pdf* with a second signature that covers all of it, whatever stands in it behind *first*."""
    table = pdf.index(b"\nxref\n", first) + 1
    pdf = re.sub(rb"(startxref\s+)[0-9]+(\s+%%EOF\s*)\Z", rb"\g<1>%d\g<2>" % table, pdf)
    gap = pdf.index(b"/Contents <", first) + len(b"/Contents ")
    end = pdf.index(b">", gap) + 1
    place = re.compile(rb"\[ ?0 [0-9 ]+\]").search(pdf, pdf.index(b"/ByteRange", first))
    assert place is not None
    numbers = b"[0 %d %d %d]" % (gap, end, len(pdf) - end)
    pdf = pdf[: place.start()] + numbers.ljust(len(place[0])) + pdf[place.end() :]
    cms = Authority().signed(pdf[:gap] + pdf[end:], content_type=DATA, detached=True)
    return pdf[:gap] + b"<" + cms.hex().encode().ljust(end - gap - 2, b"0") + b">" + pdf[end:]


@pytest.mark.parametrize("signers", [1, 2, 3])
def test_every_signer_is_named(twenty_fourth: Judge, three: Keys, signers: int) -> None:
    (note,) = twenty_fourth(signed(three, signers)).notes

    assert str(note.facts["names"]).count("CN=") == signers


def test_a_signature_with_a_time_stamp_in_it_is_verified(twenty_fourth: Judge, three: Keys) -> None:
    with tsa() as (url, _):
        pdf = signed(three, stamp=StampAuthority(url, ()).ask)

    assert twenty_fourth(pdf).fault == ""


def test_the_second_signature_made_anew_is_right(twenty_fourth: Judge, three: Keys) -> None:
    pdf = signed(three, 2)

    assert twenty_fourth(signed_anew(pdf, signatures(pdf)[0].end)).fault == ""


@pytest.mark.parametrize(("sought", "put"), FORGED.values(), ids=FORGED.keys())
def test_what_the_second_signs_may_not_change_what_the_first_has_signed(
    twenty_fourth: Judge, three: Keys, sought: bytes, put: bytes
) -> None:
    pdf = signed(three, 2)
    first = signatures(pdf)[0].end
    forged = signed_anew(pdf[:first] + re.sub(sought, put, pdf[first:], count=1), first)

    assert signatures(forged)[-1].is_whole
    assert re.search(r"between two signatures|addition", str(twenty_fourth(forged).facts["detail"]))
