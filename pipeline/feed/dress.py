"""Take the agency dress off a story, part by part; what is left is text."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.feed.blocks import cut_blocks
from pipeline.feed.characters import tidy
from pipeline.feed.datelines import opens_certainly, take_dateline
from pipeline.feed.headline import Head, take_head, take_head_blocks
from pipeline.feed.identifiers import take_identifiers
from pipeline.feed.notebook import closing_line, cut_notebook, opens_notebook
from pipeline.feed.prefix import take_prefix
from pipeline.feed.releases import take_frame
from pipeline.feed.signatures import Signed, sign_paragraphs, take_signature
from pipeline.records import FIXED, PROSE, Block
from pipeline.wire import Note


@dataclass(frozen=True, slots=True)
class Dress:
    """A story without its dress, and the dress.

    Attributes:
        blocks: paragraphs, subheads and items of lists.
        prefix: metadata in front of the dateline, as written.
        dateline: as written, without the dash behind it.
        signature: as written.
        identifiers: company identifiers such as `ISIN DE0007100000`.
        repaired: control characters were removed.
        metadata: the prefix by key.
        title: a headline in front of the text.
        byline: who wrote the story.
        teaser: a lead-in above the dateline.
        notes: notes in brackets, and on embargoes, above the text.
        notices: who answers for a text that is not the agency's.
        codes: other codes and closing lines, as written.
        notebook: a notebook or contacts were left out.
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
    teaser: str | None = None
    notes: tuple[str, ...] = ()
    notices: tuple[Note, ...] = ()
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
    dress = _dressed(cut_blocks(signed.text), head, signed)
    return replace(
        dress,
        prefix=prefix,
        metadata=metadata,
        dateline=written or dateline,
        repaired=repaired,
        notebook=dress.notebook or notebook,
    )


def undress_blocks(blocks: tuple[Block, ...], dateline: str | None = None) -> Dress:
    """Take the dress off a story whose blocks the format has told apart.

    Args:
        blocks: as delivered.
        dateline: given beside the text; taken off if the text opens with it too.
    """
    tidied = [_tidied(block) for block in blocks]
    repaired = any(changed for _, changed in tidied)
    kept, closing, notebook = _without_notebook([block for block, _ in tidied])
    count, head = take_head_blocks([_prose(block) for block in kept])
    kept = kept[count:]
    written = None
    if kept and kept[0].kind in PROSE:
        written, text = take_dateline(kept[0].text, dateline)
        kept[0] = replace(kept[0], text=text)
    texts, signed = sign_paragraphs([_prose(block) for block in kept])
    if closing is not None:
        signed.codes += [signed.signature] if signed.signature else []
        signed.signature = closing
    pairs = zip(kept, texts, strict=True)
    kept = [block if block.kind in FIXED else replace(block, text=text) for block, text in pairs]
    dress = _dressed([block for block in kept if block.text.strip()], head, signed)
    return replace(
        dress,
        dateline=written or dateline,
        repaired=repaired,
        notebook=dress.notebook or notebook,
    )


def _dressed(blocks: Sequence[Block], head: Head, signed: Signed) -> Dress:
    """Put together what both ways of undressing found, and take off what stands in the text."""
    frame = take_frame(blocks)
    taken = [
        (block.text, ()) if block.kind in FIXED else take_identifiers(block.text)
        for block in frame.blocks
    ]
    pairs = zip(frame.blocks, taken, strict=True)
    inline = [identifier for _, found in taken for identifier in found]
    return Dress(
        blocks=tuple(replace(block, text=text) for block, (text, _) in pairs),
        prefix=None,
        dateline=None,
        signature=signed.signature,
        identifiers=tuple(dict.fromkeys((*inline, *frame.identifiers, *signed.identifiers))),
        repaired=False,
        title=head.title,
        byline=head.byline or signed.byline,
        teaser=head.teaser,
        notes=head.notes,
        notices=frame.notes,
        codes=tuple(signed.codes),
        notebook=frame.contacts,
    )


def _tidied(block: Block) -> tuple[Block, bool]:
    text, changed = tidy(block.text)
    rows = tuple(tuple(tidy(cell)[0] for cell in row) for row in block.rows)
    return replace(block, text=text, rows=rows), changed


def _without_notebook(blocks: Sequence[Block]) -> tuple[list[Block], str | None, bool]:
    """Return what stands in front of a notebook, the closing line behind it, if there was one."""
    kept, cuts = list[Block](), False
    for number, block in enumerate(blocks):
        public, cut = cut_notebook(block.text)
        cuts = cuts or cut
        if opens_notebook(block.text):
            behind = [closing_line(later.text) for later in blocks[number:]]
            kept += [replace(block, text=public.strip())] if public.strip() else []
            return kept, next((line for line in reversed(behind) if line), None), True
        if public.strip():
            kept.append(replace(block, text=public.strip()))
    return kept, None, cuts


def _prose(block: Block) -> str:
    return "" if block.kind in FIXED else block.text
