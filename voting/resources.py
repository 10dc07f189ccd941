"""Where the files that are not Python lie: templates, style sheets, migrations, the sample.

They stand at the top of the checkout, where a reader looks for them, and are packed into the package for a
wheel (setup.cfg, package_dir). In an editable install importlib.resources finds none of them.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def resource(name: str, *, package: Path = PACKAGE) -> Path:
    """The folder *name*, from the wheel or else from the checkout around the package.

    Order   The wheel first: beside an installed package may lie anybody's "static" folder.
    Raises  FileNotFoundError, when the installation is incomplete.
    """
    for folder in (package / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no folder {name!r} in {package} or beside it")


def templates() -> Path:
    """Jinja templates of pages and mails."""
    return resource("templates")


def static() -> Path:
    """Style sheets, scripts and pictures, served as they are."""
    return resource("static")


def migrations() -> Path:
    """Alembic's script folder."""
    return resource("migrations")


def sample() -> Path:
    """The invented assembly of the demonstration."""
    return PACKAGE / "sample"
