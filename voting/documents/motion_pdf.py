"""議案書: one motion as a paper of its own, from plain text."""

from voting.documents.page import Paper


def render_motion_paper(body_name: str, assembly_title: str, number: int, title: str, text: str) -> bytes:
    """The motion as a PDF.

    Shape   *text* is plain; a line break begins a new paragraph, an empty line leaves one free.
    Raises  NoGlyph.
    """
    label = f"第{number}号議案"
    paper = Paper(title=f"{label} {title}", author=body_name, foot=f"{body_name}　{assembly_title}　議案書")
    paper.text_line(assembly_title)
    paper.gap(6)
    paper.title(f"{label}\n{title}")
    for part in text.split("\n"):
        if part.strip():
            paper.paragraph(part)
        else:
            paper.gap(9)
    paper.gap(18)
    paper.right(f"提案者　{body_name}")
    return paper.finish()
