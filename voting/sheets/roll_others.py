"""The columns of a roll that are kept as they are: address, FAX number, a second code, all the rest."""

from voting.core.postal import heading_of, postal_field, postcode_of
from voting.sheets.cells import text_of
from voting.sheets.headers import Header
from voting.sheets.table_row import TableRow

# What a person may say that a column means, and what is kept under its heading all the same.
POSTAL = ("postcode", "address", "building", "fax")


class OtherColumns:
    """Where they stand in one table, made once for all rows."""

    def __init__(self, header: Header) -> None:
        named = [
            (place, heading_of(field, header.headings[place]), field)
            for field in POSTAL
            for place in header.columns.get(field, ())
        ]
        rest = [(place, heading, postal_field(heading)) for place, heading in header.other]
        self.places = (*named, *rest)
        codes = header.columns.get("code", ())
        self.codes = tuple((place, header.headings[place]) for place in codes) if len(codes) > 1 else ()

    @property
    def fields(self) -> frozenset[str]:
        """Those of ``POSTAL`` that there is a column for; and ``other`` where there is any at all."""
        found = {field for *_, field in self.places} - {""}
        return frozenset(found | ({"other"} if self.places else set()))

    def read(self, row: TableRow) -> tuple[tuple[str, str], ...]:
        """Heading and text of each that is filled; a second code counts where a first one stands."""
        found = []
        for place, heading, field in self.places:
            text = text_of(row.cells[place]).strip() if place < len(row.cells) else ""
            if text:
                found.append((heading, text))
                if field == "postcode" and not postcode_of(text):
                    row.report.warn("postcode-unsound", column=heading, text=text)
        filled = [(heading, text_of(row.at(place)).strip()) for place, heading in self.codes]
        found.extend([each for each in filled if each[1]][1:])
        return tuple(found)
