"""``python -m voting`` is ``voting``."""


def main() -> int:
    """Run one command: as ``voting.cli.main``, which Ctrl-C may stop before it is even loaded."""
    try:
        from voting import cli

        return cli.main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
