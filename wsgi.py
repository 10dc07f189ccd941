"""For a WSGI server of one's own: ``gunicorn --workers 2 wsgi:app``.  ``voting serve`` does the same."""

import os

from voting.app import create_app, runtime
from voting.config import read_config

_config = read_config(os.environ)
app = create_app(
    runtime(_config), secret=_config.secret, secure_cookies=_config.base_url.startswith("https:")
)
