"""All frauds, in the order of the table in docs/trust.md."""

from tests.frauds import battery, history, rules, sheets, votes

_ORDER = (votes.__name__, rules.__name__, history.__name__, sheets.__name__)

FRAUDS = tuple(sorted(battery.FRAUDS, key=lambda each: _ORDER.index(each.act.__module__)))
