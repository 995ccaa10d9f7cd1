"""Tables stand for themselves, and what is passed on is not translated, whoever translates."""

from pipeline.backend import Decoding
from pipeline.backends.vetting import Vetting
from pipeline.records import Article, Block, Draft, Fault, Place, References, Sentence
from pipeline.sentences.clauses import split_long
from pipeline.sentences.english import EnglishSplitter
from pipeline.stage import Usage
from pipeline.translation.stage import TranslateStage
from pipeline.translation.without_model import KeepSource, UseReference

BLOCKS = (Block("Eins."), Block("a | 1\nb | 2", "table"), Block("Zwei."))


class Shouting:
    """A backend that writes in capitals, and counts."""

    model, engine, max_source_tokens = "shouting", "paper", 100
    model_bytes = None

    def __init__(self):
        self.usage = Usage()

    def fingerprint(self):
        return "shouting 1"

    def count_tokens(self, texts):
        return [len(text.split()) for text in texts]

    def generate(self, texts, decoding, advance=None, keep=None):
        self.usage.made += len(texts)
        return [f"ENGLISH {number}" for number, _ in enumerate(texts)]

    def hit_limit(self, outputs, decoding):
        return [False] * len(outputs)


def draft(treatment="brief", reference=None, extra=None, blocks=BLOCKS):
    article = Article(
        "a",
        blocks,
        Place("feed", 1),
        title="Titel",
        treatment=treatment,
        references=References(translation=reference),
        extra=extra or {},
    )
    sentences = tuple(Sentence(b.text, n, b.kind) for n, b in enumerate(blocks))
    return Draft(article, 0, sentences)


def translate(item, **options):
    backend = Shouting()
    stage = TranslateStage(
        backend, Vetting(backend, ("de", "en"), 0), Decoding(beams=1), split_long, **options
    )
    stage.open()
    (outcome,) = stage.process([item], lambda _: None)
    return outcome, backend.usage.made


def use(item):
    (outcome,) = UseReference(EnglishSplitter().split).process([item], lambda _: None)
    return outcome


def test_a_model_never_reads_a_table():
    outcome, made = translate(draft())
    assert outcome.translation.targets == ("ENGLISH 1", BLOCKS[1].text, "ENGLISH 2")
    assert made == 3


def test_what_is_passed_on_is_not_translated_and_nobody_s_work():
    texts = tuple(block.text for block in BLOCKS)
    outcome, made = translate(draft("pass"))
    assert made == 0
    for passed in (outcome, use(draft("pass"))):
        assert (passed.translation.title, passed.translation.targets) == ("Titel", texts)
        assert passed.translation.maker is None
    (kept,) = KeepSource().process([draft("pass")], lambda _: None)
    assert kept.translation == outcome.translation


def test_only_tables_without_a_title_are_nobody_s_work():
    item = draft(blocks=BLOCKS[1:2])
    bare = Draft(Article("a", BLOCKS[1:2], Place("f")), 0, item.sentences)
    outcome, made = translate(bare)
    assert (made, outcome.translation.maker) == (0, None)


def test_only_picks_leave_the_table_out():
    outcome, made = translate(draft(), only_picks=True)
    assert outcome.translation.targets == (None, None, None)
    assert made == 1


def test_a_headline_alone_is_translated():
    outcome, made = translate(draft("translate", blocks=()))
    assert (outcome.translation.title, outcome.translation.targets, made) == ("ENGLISH 0", (), 1)


def test_references_with_and_without_the_table():
    table = BLOCKS[1].text
    for reference in ("One.\n\na | 1\n\nTwo.", "One.\n\nTwo.", "One. Two."):
        outcome = use(draft(reference=reference))
        assert outcome.translation.targets == ("One.", table, "Two."), reference
        assert bool(outcome.cautions) == (reference == "One. Two.")


def test_a_headline_alone_needs_a_reference_title_only():
    found = use(draft("translate", extra={"reference_title": "Title"}, blocks=()))
    assert (found.translation.title, found.translation.targets) == ("Title", ())
    assert isinstance(use(draft("translate", blocks=())), Fault)
