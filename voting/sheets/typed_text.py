"""Files that somebody typed (TOML, a witness policy), as text: one decoder for every door they come in by."""


def typed_text(content: bytes) -> str:
    """*content* as text: UTF-8, else as Japanese Windows saves it.

    Never refuses: what is no text at all becomes signs that the file's own reader tells the place of.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932", "replace")
