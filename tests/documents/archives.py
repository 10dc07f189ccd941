"""What an independent validator says against a paper, by the standards for reading aloud and for archives."""

from page import validate_pdf_bytes


def failures(pdf: bytes, profile: str) -> list[str]:
    """The rules that *pdf* breaks.  Shape: *profile* is ua1, 2a or 3a."""
    return [each.rule_id for each in validate_pdf_bytes(pdf, profile=profile).failures]
