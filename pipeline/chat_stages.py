"""Put together the stages that ask an instruct model."""

from collections.abc import Callable

from pipeline.abstractive.length import LengthLimits
from pipeline.abstractive.settings import ChatAbstractive, InstructAbstractive
from pipeline.abstractive.stage import AbstractStage
from pipeline.abstractive.writing import AbstractPlan
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.chat.answers import is_lasting
from pipeline.backends.chat.loading import CHUNK_CHARACTERS, Assignment, make_chat
from pipeline.backends.chat.reader import AnswerReader
from pipeline.backends.chat.settings import ChatSettings
from pipeline.backends.vetting import Vetting
from pipeline.feed.language_codes import short_code
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import MemoStore
from pipeline.records import Draft
from pipeline.sentences.clauses import split_long
from pipeline.sentences.english import EnglishSplitter
from pipeline.settings import Order, Settings
from pipeline.translation.settings import ChatTranslation, InstructTranslation, NoTranslation
from pipeline.translation.stage import TranslateStage

_TOKENS_PER_WORD = 4
"""Room for a summary; models count badly, and write more words than they are asked for."""


class ChatStages:
    """Makes the stages; finds no model that they need not.

    Args:
        settings: of the whole run.
        store: the memo.
        preference: ranks sentences for extract-then-abstract.
    """

    def __init__(
        self, settings: Settings, store: MemoStore, preference: Callable[[Draft], list[int]]
    ) -> None:
        self._settings, self._store, self._preference = settings, store, preference

    def translate(self, chosen: ChatTranslation | InstructTranslation) -> TranslateStage:
        """Return the stage that translates.

        Raises:
            ConfigError: if a template or an address is wrong.
            BackendError: if what is needed is not there.
        """
        languages = self._settings.languages
        pair = (languages.source, languages.target)
        backend = self._backend(
            chosen,
            Assignment(Task.translation, "translation", pair, chosen.max_tokens),
        )
        return TranslateStage(
            backend,
            _vetting(backend, pair),
            Decoding(beams=1, max_tokens=chosen.max_tokens),
            split_long,
            only_picks=self._settings.order is Order.extract_first,
        )

    def abstract(self, chosen: ChatAbstractive | InstructAbstractive) -> AbstractStage:
        """Return the stage that summarizes.

        Raises:
            ConfigError: if a template or an address is wrong.
            BackendError: if what is needed is not there.
        """
        pair = (self._settings.languages.target, self._settings.languages.target)
        answer = chosen.max_words * _TOKENS_PER_WORD
        limits = LengthLimits(chosen.min_words, chosen.max_words, chosen.max_share)
        backend = self._backend(
            chosen,
            Assignment(Task.summarization, "abstractive", pair, answer, limits),
        )
        plan = AbstractPlan(
            limits,
            chosen.long_articles,
            chosen.max_source_tokens,
            prefix="",
            german_feed=not isinstance(self._settings.translation, NoTranslation),
            guards_facts=False,
        )
        return AbstractStage(
            backend,
            _vetting(backend, pair),
            Decoding(beams=1, max_tokens=answer),
            plan,
            self._preference,
            EnglishSplitter().split,
            split_long,
        )

    def _backend(self, model: ChatSettings, assignment: Assignment) -> AnswerReader:
        strict = self._settings.batching.strict
        backend = make_chat(model, assignment, offline=self._settings.offline, strict=strict)
        return AnswerReader(MemoisedBackend(backend, self._store, CHUNK_CHARACTERS, is_lasting))


def _vetting(backend: AnswerReader, languages: tuple[str, str]) -> Vetting:
    """Return what looks at outputs; the backend has asked again by itself where it could."""
    source, target = map(short_code, languages)
    return Vetting(backend, (source, target), retries=0, why_empty=backend.why_empty)
