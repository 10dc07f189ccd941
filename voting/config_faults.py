"""What is wrong with a configuration: known also where none is read, as by most commands."""


class ConfigFaults(Exception):
    """The configuration cannot be used.  ``faults``: one sentence each, naming the key."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults
