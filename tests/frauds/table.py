"""The table of docs/trust.md: each fraud, who sees it, by which checks, and what remains."""

from collections.abc import Iterator, Mapping

from tests.frauds.all import FRAUDS
from tests.frauds.battery import Fraud, Seen
from tests.frauds.looking import Party

_COLUMNS = {
    Party.PUBLIC: "公開 public",
    Party.MEMBER: "会員 member",
    Party.AUDITOR: "監事 auditor",
    Party.KEEPER: "控え mail kept",
    Party.WITNESS: "立会人 witness",
}
_SHORT = {Party.MAIL: "mail"} | {party: heading.partition(" ")[2] for party, heading in _COLUMNS.items()}


def table(found: Mapping[str, Seen]) -> Iterator[str]:
    """The lines of the table in Markdown.  Shape: *found* is what was seen of each fraud, by its name."""
    yield "| # | 不正 fraud | " + " | ".join(_COLUMNS.values()) + " | 備考 remarks |"
    yield "|---|---|" + "---|" * (len(_COLUMNS) + 1)
    for number, fraud in enumerate(FRAUDS, 1):
        cells = [str(number), f"{fraud.japanese}<br>{fraud.name}"]
        cells += [_cell(found[fraud.name].get(party)) for party in _COLUMNS]
        yield "| " + " | ".join([*cells, "<br>".join(_remarks(fraud, found[fraud.name]))]) + " |"


def _cell(checks: frozenset[int] | None) -> str:
    if checks is None:
        return ""
    return ", ".join(map(str, sorted(checks))) or "連署しない refuses"


def _remarks(fraud: Fraud, seen: Seen) -> Iterator[str]:
    if Party.SERVICE in seen:
        yield f"プログラム自身が拒む the program refuses{_behind(fraud)}"
    if Party.MAIL in seen:
        yield "本人に届くメール the mail that the member gets"
    yield from filter(None, fraud.remark)


def _behind(fraud: Fraud) -> str:
    others = [
        f"{_SHORT[party]} {' '.join(map(str, sorted(checks)))}".strip()
        for party, checks in fraud.behind.items()
        if party in _SHORT
    ]
    return f"; その後ろに behind it: {', '.join(others)}" if others else ""
