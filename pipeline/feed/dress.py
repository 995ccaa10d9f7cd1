"""Take the agency dress off a story, part by part; what is left is text."""

from dataclasses import dataclass, field, replace

from pipeline.feed.blocks import cut_blocks
from pipeline.feed.characters import tidy
from pipeline.feed.datelines import opens_certainly, take_dateline
from pipeline.feed.headline import take_head
from pipeline.feed.notebook import cut_notebook
from pipeline.feed.prefix import take_prefix
from pipeline.feed.signatures import take_signature
from pipeline.records import PROSE, Block


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


def undress_blocks(blocks: tuple[Block, ...], dateline: str | None = None) -> Dress:
    """Take the dress off a story whose blocks the format has told apart.

    The dateline opens the first paragraph, the signature closes the last one; a notebook ends the
    story.

    Args:
        blocks: as delivered.
        dateline: given beside the text; taken off if the text opens with it too.
    """
    tidied = [tidy(block.text) for block in blocks]
    repaired = any(changed for _, changed in tidied)
    kept: list[Block] = []
    notebook = False
    for block, (clean, _) in zip(blocks, tidied, strict=True):
        public, cut = cut_notebook(clean)
        if public.strip():
            kept.append(replace(block, text=public.strip()))
        notebook = notebook or cut
        if cut and not public.strip():
            break
    written = None
    if kept and kept[0].kind in PROSE:
        written, text = take_dateline(kept[0].text, dateline)
        kept[0] = replace(kept[0], text=text)
    signature, codes = None, []
    if kept and kept[-1].kind in PROSE:
        signed = take_signature(kept[-1].text)
        signature, codes = signed.signature, signed.codes
        kept[-1] = replace(kept[-1], text=signed.text)
    return Dress(
        blocks=tuple(block for block in kept if block.text.strip()),
        prefix=None,
        dateline=written or dateline,
        signature=signature,
        identifiers=(),
        repaired=repaired,
        codes=tuple(codes),
        notebook=notebook,
    )
