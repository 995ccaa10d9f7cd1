from collections.abc import Callable

import pytest

from pipeline.abstractive.choice import FactChooser
from pipeline.abstractive.length import LengthLimits
from pipeline.abstractive.settings import LongArticles
from pipeline.abstractive.stage import AbstractStage
from pipeline.abstractive.writing import AbstractPlan
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.backends.vetting import Vetting
from pipeline.memo.memoised import MemoisedBackend
from pipeline.memo.store import NoStore
from pipeline.records import Article, Block, Draft, Place, Sentence, Translation
from pipeline.sentences.clauses import split_long
from pipeline.sentences.english import EnglishSplitter
from pipeline.stage import Usage

GREEDY = Decoding(beams=1)
PLAN = {
    "long_articles": LongArticles.extract_then_abstract,
    "max_source_tokens": None,
    "prefix": "",
    "german_feed": True,
    "guards_facts": False,
}


class Notebook:
    """A backend that notes what it reads, and writes what it is told.

    Words have so many tokens, a text two special ones more. What is too long is refused, as by all.
    """

    model, engine, model_bytes = "notebook", "paper", None

    def __init__(self, write, most, tokens):
        self.max_source_tokens = most
        self.usage = Usage()
        self.calls: list[tuple[list[str], Decoding]] = []
        self.closed = False
        self._write = write
        self._tokens = tokens

    def fingerprint(self):
        return "notebook 1"

    def open(self):
        pass

    def count_tokens(self, texts):
        return [len(text.split()) * self._tokens + 2 for text in texts]

    def generate(self, texts, decoding, advance=None, keep=None):
        if max(self.count_tokens(texts)) > self.max_source_tokens:
            raise ValueError("too long")
        self.calls.append((list(texts), decoding))
        self.usage.made += len(texts)
        return [self._write(text) for text in texts]

    def hit_limit(self, outputs, decoding):
        return [count >= decoding.max_tokens for count in self.count_tokens(outputs)]

    def close(self):
        self.closed = True

    @property
    def read(self) -> list[str]:
        """All texts that it read, in order."""
        return [text for texts, _ in self.calls for text in texts]


class Watched(MemoisedBackend):
    """A real backend that notes what it read and wrote."""

    def __init__(self, backend):
        super().__init__(backend, NoStore())
        self.read: list[str] = []
        self.written: list[str] = []

    def generate(self, texts, decoding, advance=None, keep=None):
        outputs = super().generate(texts, decoding, advance, keep)
        self.read += texts
        self.written += outputs
        return outputs


@pytest.fixture
def notebook() -> Callable[..., Notebook]:
    """Make a backend that notes what it reads; it repeats that if not told what to write."""
    return lambda write=str, most=512, tokens=1: Notebook(write, most, tokens)


@pytest.fixture
def real(conversions) -> Callable[..., Watched]:
    """Make a backend of a checkpoint on disk."""

    def make(folder, *, engine=Engine.ctranslate2, chooser=None):
        settings = ModelSettings(model=str(folder), engine=engine, compute_type="float32")
        pair = ("en", "en")
        chosen = chooser or FactChooser()
        return Watched(
            make_backend(
                settings, Task.summarization, pair, conversions, offline=True, chooser=chosen
            )
        )

    return make


@pytest.fixture
def stage() -> Callable[..., AbstractStage]:
    """Make a stage that is open; its ranker fails if it is not given and asked all the same."""

    def nobody(draft):
        raise AssertionError(f"the ranker was asked for {draft.article.id}")

    def make(
        backend,
        least=5,
        most=40,
        share=None,
        *,
        preference=nobody,
        decoding=GREEDY,
        retries=0,
        **options,
    ):
        plan = AbstractPlan(LengthLimits(least, most, share), **{**PLAN, **options})
        split = EnglishSplitter().split
        vetting = Vetting(backend, ("en", "en"), retries)
        made = AbstractStage(backend, vetting, decoding, plan, preference, split, split_long)
        made.open()
        return made

    return make


@pytest.fixture
def draft() -> Callable[..., Draft]:
    """Make a translated article of sentences; those in `subheads` are subheads."""

    def make(targets, *, name="a", subheads=(), sources=None, **parts):
        kinds = ["subhead" if place in subheads else "text" for place in range(len(targets))]
        texts = sources or [f"Satz {place} auf Deutsch." for place in range(len(targets))]
        return Draft(
            article=Article(name, tuple(map(Block, texts)), Place("feed", 1), **parts),
            position=0,
            sentences=tuple(
                Sentence(text, place, kind)
                for place, (text, kind) in enumerate(zip(texts, kinds, strict=True))
            ),
            translation=Translation("An English title", tuple(targets), None),
        )

    return make


@pytest.fixture
def words() -> Callable[[int], str]:
    """Make a sentence of so many words, no two alike."""

    def make(count, start=0):
        return " ".join(f"w{number}" for number in range(start, start + count)).capitalize() + "."

    return make


@pytest.fixture
def summarize() -> Callable[..., list[Draft]]:
    """Send drafts through a stage together."""
    return lambda stage, *drafts: list(stage.process(drafts, lambda _: None))


@pytest.fixture
def codes() -> Callable[[Draft], list[str]]:
    """Return the codes of a draft's cautions."""
    return lambda draft: [caution.code for caution in draft.cautions]
