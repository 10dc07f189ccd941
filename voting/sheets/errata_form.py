"""A list of misprints as typed into a form, written as the ERRATA.toml that is read for the letter."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from voting.sheets.toml_writing import text_in_toml


@dataclass(frozen=True, slots=True)
class Row:
    """One misprint as typed.  Shape: ``motion`` None for a paper of no one motion."""

    motion: int | None
    document: str
    place: str
    wrong: str
    right: str

    @property
    def is_blank(self) -> bool:
        """Nothing was typed: a paper that is merely chosen is no misprint yet."""
        return not (self.place or self.wrong or self.right)


def errata_source(reason: str, number: str, dated: str, rows: Sequence[Row]) -> str:
    """The file.  What is empty is left out; a day that is none is left for the reader to tell."""
    return "\n".join(_lines(reason, number, dated, rows)) + "\n"


def _lines(reason: str, number: str, dated: str, rows: Sequence[Row]) -> Iterator[str]:
    for key, text in (("reason", reason), ("number", number)):
        if text:
            yield f"{key} = {text_in_toml(text)}"
    if dated:
        yield f"date = {_day(dated)}"
    for row in rows:
        yield "[[row]]"
        if row.motion is not None:
            yield f"motion = {row.motion}"
        for key, text in (
            ("document", row.document),
            ("place", row.place),
            ("wrong", row.wrong),
            ("right", row.right),
        ):
            yield f"{key} = {text_in_toml(text)}"


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        return text_in_toml(typed)
