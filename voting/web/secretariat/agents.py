"""Browsers by the names that people know them by, out of what a browser says of itself."""

# In this order: many browsers name those before them as well, so the most particular name comes first.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """The browser and its system, such as ``Chrome / Windows``; what is known of neither stays as it came."""
    known = [name for names in (_BROWSERS, _SYSTEMS) for name in _first(names, agent)]
    return " / ".join(known) or agent


def _first(names: tuple[tuple[str, str], ...], agent: str) -> tuple[str, ...]:
    return next(((name,) for mark, name in names if mark in agent), ())
