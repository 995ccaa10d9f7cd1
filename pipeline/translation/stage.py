"""Translate sentences, subheads and titles with a model, batched over articles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.backend import CountedBackend, Decoding, describe, within_positions
from pipeline.backends.vetting import REJECTED, Output, Vetting, cautions_of
from pipeline.records import FIXED, Caution, Draft, Fault, Maker, Sentence, Translation
from pipeline.stage import Usage
from pipeline.translation.passing import untouched
from pipeline.translation.repair import Repair, repair
from pipeline.treatments import is_passed

SplitLong = Callable[[str, Callable[[str], bool]], list[str]]
"""Split a sentence into pieces that satisfy a test, losing nothing."""

_TITLE = -1


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text for the model, and where its translation belongs."""

    draft: int
    sentence: int
    text: str


class TranslateStage:
    """Fill `Draft.translation`.

    Args:
        backend: the translation model.
        vetting: asks it, and again for defective outputs.
        decoding: how it generates.
        split_long: splits sentences that the model cannot read whole.
        max_source_tokens: what counts as over-long; `None` means the model's limit.
        only_picks: translate the title and the extract's sentences, nothing else.
        repairs: put back numbers and names that the model garbled.
    """

    name = "translate"

    def __init__(
        self,
        backend: CountedBackend,
        vetting: Vetting,
        decoding: Decoding,
        split_long: SplitLong,
        max_source_tokens: int | None = None,
        *,
        only_picks: bool = False,
        repairs: bool = False,
    ) -> None:
        self._backend = backend
        self._vetting = vetting
        self._decoding = within_positions(backend, decoding)
        self._split_long = split_long
        self._limit = max_source_tokens
        self._only_picks = only_picks
        self._repairs = repairs
        self._maker: Maker | None = None

    @property
    def usage(self) -> Usage:
        """Count sentences made and remembered."""
        return self._backend.usage

    def open(self) -> None:
        """Identify the model; its weights are loaded when the first text needs them."""
        self._maker = describe(self._backend, self._decoding)

    def process(
        self, drafts: Sequence[Draft], advance: Callable[[int], None]
    ) -> Sequence[Draft | Fault]:
        """Translate all drafts' sentences together and put them back in order."""
        pieces = self._split(
            [piece for i, draft in enumerate(drafts) for piece in self._pieces(i, draft)]
        )
        counter = _ArticleCounter(pieces, len(drafts), advance)
        texts = [piece.text for piece in pieces]
        outputs = self._vetting.generate(texts, self._decoding, counter.advance)
        counter.finish()
        grouped: list[dict[int, list[tuple[str, Output]]]] = [{} for _ in drafts]
        for piece, output in zip(pieces, outputs, strict=True):
            grouped[piece.draft].setdefault(piece.sentence, []).append((piece.text, output))
        return [self._finish(draft, parts) for draft, parts in zip(drafts, grouped, strict=True)]

    def close(self) -> None:
        """Release the model."""
        self._backend.close()

    def _pieces(self, index: int, draft: Draft) -> list[_Piece]:
        if is_passed(draft):
            return []
        picked = draft.extract.picks if self._only_picks and draft.extract else None
        if self._only_picks and picked is None:
            picked = ()
        pieces = [
            _Piece(index, number, sentence.text)
            for number, sentence in enumerate(draft.sentences)
            if sentence.kind not in FIXED and (picked is None or number in picked)
        ]
        if draft.article.title:
            pieces.insert(0, _Piece(index, _TITLE, draft.article.title))
        return pieces

    def _split(self, pieces: list[_Piece]) -> list[_Piece]:
        limit = self._backend.max_source_tokens
        if self._limit is not None:
            limit = min(limit, self._limit)

        def fits(text: str) -> bool:
            return self._backend.count_tokens([text])[0] <= limit

        counts = self._backend.count_tokens([piece.text for piece in pieces])
        result = []
        for piece, count in zip(pieces, counts, strict=True):
            texts = [piece.text] if count <= limit else self._split_long(piece.text, fits)
            result += [replace(piece, text=text) for text in texts]
        return result

    def _finish(self, draft: Draft, parts: dict[int, list[tuple[str, Output]]]) -> Draft | Fault:
        if is_passed(draft):
            return untouched(draft)
        cautions: list[Caution] = []
        texts: dict[int, str] = {}
        for number, found in parts.items():
            source = draft.article.title or "" if number == _TITLE else draft.sentences[number].text
            bare = number == _TITLE or draft.sentences[number].kind == "subhead"
            target = " ".join(text for _, output in found if (text := output.text.strip()))
            if self._repairs:
                repaired = repair(source, target)
                target = repaired.text
                cautions += _repair_cautions(repaired)
            texts[number] = without_added_stop(source, target) if bare else target
            cautions += _cautions(source, target, found)
        rejected = [caution for caution in cautions if caution.code == REJECTED]
        if rejected and not any(texts.values()):
            return _rejected(draft, rejected[0].message)
        translation = Translation(
            title=texts.get(_TITLE),
            targets=tuple(
                self._kept(sentence) if number not in texts else texts[number]
                for number, sentence in enumerate(draft.sentences)
            ),
            maker=self._maker if parts else None,
        )
        return replace(draft, translation=translation, cautions=(*draft.cautions, *cautions))

    def _kept(self, sentence: Sentence) -> str | None:
        """Return what stands for a sentence that was not translated: itself, in tables."""
        return sentence.text if sentence.kind in FIXED and not self._only_picks else None


def without_added_stop(source: str, target: str) -> str:
    """Drop a full stop that the model put behind a title or subhead that has none."""
    if target.endswith(".") and not target.endswith("...") and source[-1:].isalnum():
        return target[:-1]
    return target


def _rejected(draft: Draft, message: str) -> Fault:
    return Fault(
        place=draft.article.place,
        stage=TranslateStage.name,
        reason="no_usable_answer",
        message=f"the model gave no usable translation of anything: {message}",
        remedy="Try another model or prompt, or more reasks; docs/chat.md says what is examined.",
        article_id=draft.article.id,
    )


def _cautions(source: str, target: str, parts: Sequence[tuple[str, Output]]) -> list[Caution]:
    found = []
    if len(parts) > 1:
        message = f"over-long sentence translated in {len(parts)} pieces: {_short(source)}"
        found.append(Caution("sentence_split", "translate", message))
    if any(output.cut for _, output in parts):
        message = f"translation reached max_tokens and may be cut: {_short(source)}"
        found.append(Caution("output_cut", "translate", message))
    if not target:
        message = f"the model gave no translation: {_short(source)}"
        found.append(Caution("empty_translation", "translate", message))
    for text, output in parts:
        if target or output.rejected is not None:
            found += cautions_of(output, _short(text), "translate")
    return found


def _repair_cautions(repaired: Repair) -> list[Caution]:
    if not repaired.changes:
        return []
    changes = ", ".join(f"{before!r} -> {after!r}" for before, after in repaired.changes)
    message = f"restored from the source: {changes} in {_short(repaired.text)}"
    return [Caution("copy_repaired", "translate", message)]


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


class _ArticleCounter:
    """Turn counts of finished pieces into counts of finished articles, in proportion."""

    def __init__(self, pieces: list[_Piece], drafts: int, advance: Callable[[int], None]) -> None:
        self._pieces, self._drafts, self._report = len(pieces), drafts, advance
        self._done = self._told = 0

    def advance(self, count: int) -> None:
        self._done += count
        self._tell(self._drafts * self._done // max(1, self._pieces))

    def finish(self) -> None:
        self._tell(self._drafts)

    def _tell(self, articles: int) -> None:
        if articles > self._told:
            self._report(articles - self._told)
            self._told = articles
