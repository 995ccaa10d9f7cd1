"""Take the agency dress off a story, part by part; what is left is text."""

from dataclasses import dataclass, field

from pipeline.feed.blocks import cut_blocks
from pipeline.feed.characters import tidy
from pipeline.feed.datelines import opens_certainly, take_dateline
from pipeline.feed.headline import take_head
from pipeline.feed.notebook import cut_notebook
from pipeline.feed.prefix import take_prefix
from pipeline.feed.signatures import take_signature
from pipeline.records import Block


@dataclass(frozen=True, slots=True)
class Dress:
    """A story without its dress, and the dress.

    Attributes:
        blocks: paragraphs, subheads and items of lists.
        prefix: metadata in front of the dateline, as written.
        metadata: the same by key.
        title: a headline in front of the dateline.
        byline: who wrote the story.
        notes: notes in brackets between headline and dateline.
        dateline: as written, without the dash behind it.
        signature: as written.
        identifiers: company identifiers such as `ISIN DE0007100000`.
        codes: other codes and closing lines, as written.
        repaired: control characters were removed.
        notebook: a notebook or contacts for editors were left out.
    """

    blocks: tuple[Block, ...]
    prefix: str | None
    dateline: str | None
    signature: str | None
    identifiers: tuple[str, ...]
    repaired: bool
    metadata: dict[str, str] = field(default_factory=dict)
    title: str | None = None
    byline: str | None = None
    notes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    notebook: bool = False


def undress(text: str, dateline: str | None = None) -> Dress:
    """Take a story's dress off.

    Args:
        text: as delivered; blank lines part paragraphs.
        dateline: given beside the text; taken off if the text opens with it too.
    """
    clean, repaired = tidy(text)
    clean, notebook = cut_notebook(clean)
    prefix, metadata, clean = take_prefix(clean, opens_certainly)
    head = take_head(clean.strip())
    written, clean = take_dateline(head.text, dateline)
    signed = take_signature(clean)
    return Dress(
        blocks=cut_blocks(signed.text),
        prefix=prefix,
        dateline=written or dateline,
        signature=signed.signature,
        identifiers=tuple(signed.identifiers),
        repaired=repaired,
        metadata=metadata,
        title=head.title,
        byline=head.byline or signed.byline,
        notes=head.notes,
        codes=tuple(signed.codes),
        notebook=notebook,
    )
