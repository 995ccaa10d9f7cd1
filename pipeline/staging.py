"""From settings to stages; here every settings type meets the part that it stands for."""

from collections.abc import Callable
from pathlib import Path

from pipeline.abstractive.choice import FactChooser as SummaryFacts
from pipeline.abstractive.length import LengthLimits
from pipeline.abstractive.settings import (
    ChatAbstractive,
    InstructAbstractive,
    ModelAbstractive,
)
from pipeline.abstractive.stage import AbstractStage
from pipeline.abstractive.writing import AbstractPlan
from pipeline.backend import CountedBackend
from pipeline.backends.architecture import Task
from pipeline.backends.loading import decoding_of, make_backend
from pipeline.backends.settings import ModelSettings
from pipeline.backends.vetting import Vetting
from pipeline.chat_stages import ChatStages
from pipeline.errors import BackendError
from pipeline.extractive.settings import (
    LeadExtractive,
    NoExtractive,
    RankedExtractive,
)
from pipeline.extractive.stage import ExtractStage, RenderStage
from pipeline.feed.language_codes import short_code
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import MemoStore
from pipeline.scoring.settings import RougeScoring
from pipeline.scoring.stage import ScoreStage
from pipeline.sentences.clauses import split_long
from pipeline.sentences.english import EnglishSplitter
from pipeline.sentences.german import GermanSplitter
from pipeline.sentences.stage import SplitStage
from pipeline.settings import Order, Settings, Step
from pipeline.stage import Stage
from pipeline.translation.choice import FactChooser as TranslationFacts
from pipeline.translation.settings import (
    ChatTranslation,
    InstructTranslation,
    ModelTranslation,
    NoTranslation,
)
from pipeline.translation.stage import TranslateStage
from pipeline.translation.without_model import KeepSource, UseReference


def incoming_language(settings: Settings) -> str:
    """Return the ISO code of the articles that are let in."""
    as_it_is = isinstance(settings.translation, NoTranslation)
    return settings.languages.target if as_it_is else settings.languages.source


class StageBuilder:
    """Builds the stages that the settings ask for.

    Args:
        settings: all of them.
        store: the memo.
        cache: folder for converted models and the like.

    Attributes:
        missing: what was not found.
        backends: the models of the stages, in order, but for those that answer in words.
    """

    def __init__(self, settings: Settings, store: MemoStore, cache: Path) -> None:
        self._settings, self._store, self._cache = settings, store, cache
        self._steps = set(settings.stages)
        self.missing: list[str] = []
        self.backends: list[CountedBackend] = []
        extra = settings.sentences.abbreviations
        english = incoming_language(settings) == "en"
        self._incoming = EnglishSplitter() if english else GermanSplitter(extra)
        self._extract_first = settings.order is Order.extract_first
        self._extract = self._make_extract()

    def build(self) -> tuple[Stage, ...]:
        """Return the stages in order, without those whose models are missing."""
        stages: list[Stage] = [SplitStage(self._incoming)]
        extract = [self._extract] if self._writes_extract() else []
        if self._extract_first:
            stages += [*extract, *self._translate(), RenderStage()]
        else:
            stages += [*self._translate(), *extract]
        stages += self._abstract()
        scoring = self._settings.scoring
        if Step.score in self._steps and isinstance(scoring, RougeScoring):
            german = not isinstance(self._settings.translation, NoTranslation)
            target = self._settings.languages.target
            stages.append(ScoreStage(scoring, target, source_is_german=german))
        return tuple(stages)

    def _writes_extract(self) -> bool:
        wanted = not isinstance(self._settings.extractive, NoExtractive)
        return Step.extract in self._steps and wanted

    def _make_extract(self) -> ExtractStage:
        """Make the ranker; without one, the lead ranks for extract-then-abstract."""
        settings = self._settings
        chosen = settings.extractive
        ranks = bool({Step.extract, Step.abstract} & self._steps)
        ranker = chosen if ranks and isinstance(chosen, RankedExtractive) else LeadExtractive()
        ranks_source = self._extract_first or Step.translate not in self._steps
        language = settings.languages.source if ranks_source else settings.languages.target
        return ExtractStage(ranker, language, offline=settings.offline)

    def _translate(self) -> list[Stage]:
        if Step.translate not in self._steps:
            return []
        chosen = self._settings.translation
        if isinstance(chosen, NoTranslation):
            return [KeepSource()]
        if isinstance(chosen, ChatTranslation | InstructTranslation):
            return self._made(lambda: self._chat().translate(chosen))
        if not isinstance(chosen, ModelTranslation):
            return [UseReference(EnglishSplitter().split)]
        backend = self._backend(chosen, Task.translation, chosen.prefix)
        if backend is None:
            return []
        decoding = decoding_of(chosen, chosen.max_tokens)
        return [
            TranslateStage(
                backend,
                self._vetting(backend, chosen, Task.translation),
                decoding,
                split_long,
                chosen.max_source_tokens,
                only_picks=self._extract_first,
                repairs=chosen.repair_copies,
            )
        ]

    def _abstract(self) -> list[Stage]:
        chosen = self._settings.abstractive
        if Step.abstract not in self._steps:
            return []
        if isinstance(chosen, ChatAbstractive | InstructAbstractive):
            return self._made(lambda: self._chat().abstract(chosen))
        if not isinstance(chosen, ModelAbstractive):
            return []
        backend = self._backend(chosen, Task.summarization)
        if backend is None:
            return []
        plan = AbstractPlan(
            limits=LengthLimits(chosen.min_words, chosen.max_words, chosen.max_share),
            long_articles=chosen.long_articles,
            max_source_tokens=chosen.max_source_tokens,
            prefix=chosen.prefix,
            german_feed=not isinstance(self._settings.translation, NoTranslation),
            guards_facts=chosen.guard_facts,
        )
        split = EnglishSplitter().split
        decoding = decoding_of(chosen, max_tokens=256)
        vetting = self._vetting(backend, chosen, Task.summarization)
        order = self._extract.order
        return [AbstractStage(backend, vetting, decoding, plan, order, split, split_long)]

    def _chat(self) -> ChatStages:
        return ChatStages(self._settings, self._store, self._extract.order)

    def _made(self, make: Callable[[], Stage]) -> list[Stage]:
        try:
            return [make()]
        except BackendError as error:
            self.missing.append(str(error))
            return []

    def _pair(self, task: Task) -> tuple[str, str]:
        languages = self._settings.languages
        source = languages.source if task is Task.translation else languages.target
        return source, languages.target

    def _vetting(self, backend: CountedBackend, model: ModelSettings, task: Task) -> Vetting:
        source, target = map(short_code, self._pair(task))
        return Vetting(backend, (source, target), model.retries)

    def _backend(
        self, model: ModelSettings, task: Task, prefix: str | None = None
    ) -> CountedBackend | None:
        pair = self._pair(task)
        chooser = TranslationFacts() if task is Task.translation else SummaryFacts()
        settings = self._settings
        options = {"offline": settings.offline, "strict": settings.batching.strict}
        try:
            backend = make_backend(
                model, task, pair, self._cache, chooser=chooser, prefix=prefix, **options
            )
        except BackendError as error:
            self.missing.append(str(error))
            return None
        self.backends.append(MemoisedBackend(backend, self._store))
        return self.backends[-1]
