"""``python -m voting`` is ``voting``."""

from voting.cli import main

raise SystemExit(main())
