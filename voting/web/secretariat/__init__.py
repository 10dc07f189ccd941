"""The secretariat's part: the office behind a password and a second factor.

A module of views is imported here, so that its addresses exist.  How one writes a page: docs/office.md.
"""

from voting.web.secretariat import assemblies, me, officers, queue, sign_in
from voting.web.secretariat.blueprint import secretariat

__all__ = ["assemblies", "me", "officers", "queue", "secretariat", "sign_in"]
