"""Lay an article's translation beside the reference translation."""

from evaluation.translation import align, paragraphs
from pipeline.records import Draft


def reference_pairs(draft: Draft) -> list[tuple[str, str]]:
    """Return aligned lines; none without a reference, or if no model translated every sentence."""
    reference, translation = draft.article.references.translation, draft.translation
    if not reference or translation is None or translation.maker is None:
        return []
    if translation.maker.engine == "human" or None in translation.targets:
        return []
    blocks: dict[int, list[str]] = {}
    for sentence, target in zip(draft.sentences, translation.targets, strict=True):
        blocks.setdefault(sentence.block, []).append(target or "")
    if not blocks:
        return []
    return align([" ".join(texts) for _, texts in sorted(blocks.items())], paragraphs(reference))
