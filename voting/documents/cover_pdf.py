"""送付状 and FAX送付状: what lies on top, one page a member, with the address where a window would be."""

from collections.abc import Iterable

from reportlab.lib.units import mm

from voting.documents.facts_post import Addressed, CoverFacts, Way
from voting.documents.linebreak import lines
from voting.documents.page import BODY, PITCH, Paper
from voting.documents.typeface import naming, width

_ADDRESS = 90 * mm  # as wide as a window


def render_covers(facts: CoverFacts, addressed: Iterable[Addressed]) -> bytes:
    """One cover a member, in the order given.  Raises: NoGlyphForMember; ValueError without any member."""
    docket, name = facts.docket, "FAX送付状" if facts.way is Way.FAX else "送付状"
    paper = Paper(
        title=f"{docket.assembly.title} {name}",
        author=docket.body.name,
        foot=f"{docket.body.name}　{docket.assembly.title}　{name}",
        numbered=False,
    )
    first = True
    for each in addressed:
        if not first:
            paper.break_page()
        first = False
        with naming(f"会員番号 {each.member_id}"):
            _cover(paper, facts, each)
    if first:
        raise ValueError("covers for nobody")
    return paper.finish()


def _cover(paper: Paper, facts: CoverFacts, each: Addressed) -> None:
    letter, assembly = facts.letter, facts.docket.assembly.title
    paper.letterhead(
        number=letter.number,
        date=letter.date,
        to=_to(facts, each),
        sender=letter.sender,
        seal=letter.seal if letter.sender and facts.way is Way.POST else "",
    )
    if facts.way is Way.FAX:
        paper.title("FAX送付状")
        _fax(paper, facts, each)
        paper.gap(PITCH / 2)
    else:
        paper.title(f"{assembly}(書面開催)関係書類の送付について")
    below = "、下記のとおり" if facts.enclosed else ""
    paper.paragraph(
        f"{assembly}(書面開催)の関係書類を{below}送付します。御確認の上、"
        f"{facts.deadline}までに到着するよう、書面表決書を御提出ください。"
    )
    if facts.enclosed:
        paper.centre("記")
        _list(paper, [(text, "1部") for text in facts.enclosed])
        paper.right("以上")
    paper.gap(PITCH / 2)
    _list(paper, [("担当及び連絡先", facts.contact)])
    if facts.way is Way.FAX:
        paper.gap(PITCH)
        paper.notes(
            (
                "宛先でない方に届いたときは、お手数ですが、上記の連絡先へお知らせの上、破棄してくださるようお願いします。",
            )
        )


def _to(facts: CoverFacts, each: Addressed) -> list[str]:
    """The lines of the addressee, broken to the width of a window."""
    if facts.way is Way.FAX:
        return list(each.to)
    where = [f"〒{each.postcode}"] if each.postcode else []
    return [*where, *(line for text in (each.address, *each.to) for line in lines(text, _ADDRESS, BODY))]


def _fax(paper: Paper, facts: CoverFacts, each: Addressed) -> None:
    pages = "　　　" if facts.pages is None else str(facts.pages)
    rows = [("送信先FAX", each.fax), ("発信者FAX", facts.from_fax), ("枚数", f"{pages}枚(本状を含む。)")]
    _list(paper, [(label, text) for label, text in rows if text])


def _list(paper: Paper, pairs: list[tuple[str, str]]) -> None:
    paper.definitions(pairs, label=max(width(label, BODY) for label, _ in pairs) + 2 * BODY)
