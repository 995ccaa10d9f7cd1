"""A sentence that the model fails at is translated again, and the brief names it."""

import pytest

from pipeline.backend import Decoding
from pipeline.backends.vetting import Vetting
from pipeline.records import Article, Block, Draft, Place, Sentence
from pipeline.sentences.clauses import split_long
from pipeline.stage import Usage
from pipeline.translation.stage import TranslateStage

SOURCES = ("Der Umsatz stieg.", "Der Vorstand ist am Montag sehr zufrieden gewesen.")
ENGLISH = "Sales rose."


class Scripted:
    """A backend that fails at the second sentence in its first way of decoding, or always."""

    model, engine, max_source_tokens = "scripted", "paper", 100
    model_bytes = None

    def __init__(self, bad, *, always=False):
        self.usage = Usage()
        self._bad, self._always = bad, always

    def fingerprint(self):
        return "scripted 1"

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]

    def generate(self, texts, decoding, advance=None, keep=None):
        fails = self._always or decoding.repetition_penalty == 1.0
        return [self._bad if text == SOURCES[1] and fails else ENGLISH for text in texts]

    def hit_limit(self, outputs, decoding):
        return [False] * len(outputs)


def translate(backend, retries=2):
    stage = TranslateStage(
        backend, Vetting(backend, ("de", "en"), retries), Decoding(beams=1), split_long
    )
    stage.open()
    article = Article("a", tuple(map(Block, SOURCES)), Place("feed", 1))
    sentences = tuple(Sentence(text, place) for place, text in enumerate(SOURCES))
    (outcome,) = stage.process([Draft(article, 0, sentences)], lambda _: None)
    return outcome


@pytest.mark.parametrize(
    ("bad", "wrong"),
    [
        ("", "is empty"),
        ("The board the board the board", "repeats 'the board'"),
        (SOURCES[1], "is the de source"),
        ("Er ist mit dem Vertrag sehr zufrieden gewesen.", "is de, not en"),
    ],
)
def test_a_retry_mends_it_and_the_brief_says_so(bad, wrong):
    outcome = translate(Scripted(bad))
    assert outcome.translation.targets == (ENGLISH, ENGLISH)
    (caution,) = outcome.cautions
    assert (caution.code, caution.stage) == ("output_retried", "translate")
    assert caution.message.startswith(f"the model's output {wrong}; written again with ")
    assert caution.message.endswith(SOURCES[1])


@pytest.mark.parametrize("retries", [0, 2])
@pytest.mark.parametrize(
    ("bad", "code"),
    [("", "empty_translation"), (SOURCES[1], "defective_output"), ("no no no", "defective_output")],
)
def test_what_no_retry_mends_is_told(bad, code, retries):
    outcome = translate(Scripted(bad, always=True), retries)
    assert outcome.translation.targets == (ENGLISH, bad)
    (caution,) = outcome.cautions
    assert caution.code == code
    assert caution.message.endswith(SOURCES[1])
