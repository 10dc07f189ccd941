"""How long votes and what belongs to them are kept: whole years after the certification."""

from datetime import date, timedelta

# The scale of a public office's filing rules is 1, 3, 5, 10 or 30 years; 3 is the first that covers one year
# beyond the next yearly assembly.  Source: domain.md 6.3.2.
DEFAULT_YEARS = 3


def last_day_kept(certified_on: date, years: int) -> date:
    """The last day on which everything is still kept; from the next one on it may be erased.

    Shape   *certified_on* is the day in Japan of the last certification or correction.
    Ties    that day itself is not counted; where the last month has no such day, its last day ends the term.
    Source  Civil Code arts. 140, 143.
    """
    first = certified_on + timedelta(days=1)
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:
        # It began on 29 February, and that year has none.
        return date(first.year + years, 2, 28)
