"""Families beyond the four of test_engines: both engines write the same text."""

import pytest

from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.errors import BackendError

TRANSLATORS = ("opus_mul", "nllb", "mbart50", "mbart", "flan", "madlad", "mt5")
SUMMARIZERS = ("pegasus", "mbart50", "mbart", "mt5")
EXACT = (
    Decoding(beams=1, max_tokens=24),
    Decoding(beams=1, max_tokens=24, no_repeat_ngram=3, repetition_penalty=1.3, min_tokens=10),
    Decoding(beams=4, max_tokens=24, length_penalty=2.0),
)


@pytest.fixture
def make(request, conversions, converted_here):
    def build(name, engine, task, languages, **options):
        folder = request.getfixturevalue(f"tiny_{name}")
        settings = ModelSettings(
            model=str(folder), engine=engine, **{"compute_type": "float32", **options}
        )
        return make_backend(settings, task, languages, conversions, offline=True)

    return build


@pytest.fixture
def agree(make):
    def compare(name, task, languages, texts):
        fast, reference = (
            make(name, engine, task, languages)
            for engine in (Engine.ctranslate2, Engine.transformers)
        )
        assert fast.count_tokens(texts) == reference.count_tokens(texts)
        outputs = []
        for decoding in EXACT:
            outputs = fast.generate(texts, decoding)
            assert outputs == reference.generate(texts, decoding)
            assert len(set(outputs)) > 1
            assert fast.hit_limit(outputs, decoding) == reference.hit_limit(outputs, decoding)
        return outputs

    return compare


@pytest.mark.parametrize("name", TRANSLATORS)
def test_engines_translate_alike(name, agree, parallel_lines):
    agree(name, Task.translation, ("de", "en"), parallel_lines[0][::9])


@pytest.mark.parametrize("name", SUMMARIZERS)
def test_engines_summarize_alike(name, agree, parallel_lines):
    german = name != "pegasus"
    language = "de" if german else "en"
    agree(name, Task.summarization, (language, language), parallel_lines[not german][::9])


@pytest.mark.parametrize("name", ["nllb", "mbart50", "mbart", "opus_mul", "madlad"])
def test_another_target_gives_another_text(name, make, parallel_lines):
    target = "zh" if name == "opus_mul" else "fr"
    texts = parallel_lines[0][::9]
    english, other = (
        make(name, Engine.ctranslate2, Task.translation, ("de", language))
        for language in ("en", target)
    )
    assert english.fingerprint() != other.fingerprint()
    assert english.generate(texts, EXACT[0]) != other.generate(texts, EXACT[0])


def test_scores_of_beams_are_those_of_transformers(make, parallel_lines):
    """FLAN-T5, mT5 and MADLAD do not scale their outputs, or long beams would be favoured."""
    texts = parallel_lines[0][::9]
    several = Decoding(beams=4, candidates=4, max_tokens=12)
    for name in ("flan", "mt5", "madlad"):
        found = []
        for engine in (Engine.ctranslate2, Engine.transformers):
            backend = make(name, engine, Task.translation, ("de", "en"))._engine
            backend.open()
            found.append(backend.submit(backend.encode(texts), several)())
        assert found[0] == found[1]


class TestLed:
    TEXTS = (
        "The board of Müller GmbH announced that 1,250 jobs will go by 2026. " * 4,
        "The union.",
    )

    def led(self, make, engine=Engine.auto, **options):
        return make("led", engine, Task.summarization, ("en", "en"), **options)

    def test_auto_takes_transformers_in_float32(self, make):
        backend = self.led(make, compute_type="int8")
        assert (backend.engine, backend.max_source_tokens) == ("transformers", 512)
        outputs = backend.generate(self.TEXTS, EXACT[2])
        assert len(set(outputs)) == 2
        same = self.led(make, Engine.transformers)
        assert same.fingerprint() == backend.fingerprint()
        assert same.generate(self.TEXTS, EXACT[2]) == outputs

    def test_ctranslate2_refuses_and_names_the_engine(self, make):
        message = r"led.*: CTranslate2 cannot run .*led.* engine=auto, or engine=transformers comp"
        with pytest.raises(BackendError, match=message):
            self.led(make, Engine.ctranslate2)

    def test_limits_are_those_of_the_shorter_decoder(self, make):
        long = Decoding(beams=1, max_tokens=400, min_tokens=300)
        backend = self.led(make)
        outputs = backend.generate(self.TEXTS[:1], long)
        assert backend.hit_limit(["word " * 200], long) == [True]
        assert backend.hit_limit(outputs, Decoding(max_tokens=4)) == [True]

    def test_first_token_sees_all(self, make, tiny_led):
        """As its authors do: the output is that of generate() with this global attention."""
        import torch
        from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

        model = AutoModelForSeq2SeqLM.from_pretrained(tiny_led)
        tokenizer = AutoTokenizer.from_pretrained(tiny_led)
        inputs = tokenizer(self.TEXTS[0], return_tensors="pt")
        attention = torch.zeros_like(inputs["input_ids"])
        options = {"max_new_tokens": 24, "num_beams": 1, "do_sample": False, "min_new_tokens": 1}
        expected = []
        for first in (1, 0):
            attention[:, 0] = first
            ids = model.generate(**inputs, global_attention_mask=attention, **options)
            expected.append(tokenizer.decode(ids[0], skip_special_tokens=True).strip())
        assert self.led(make).generate(self.TEXTS[:1], EXACT[0]) == expected[:1]
        assert expected[0] != expected[1]


def test_auto_takes_ctranslate2_where_it_can(make):
    backend = make("pegasus", Engine.auto, Task.summarization, ("en", "en"), compute_type="int8")
    assert backend.engine == "ctranslate2"
    assert '"compute_type":"int8"' in backend.fingerprint()


def test_prefix_is_part_of_the_text_and_of_the_key(request, conversions, converted_here):
    folder = request.getfixturevalue("tiny_flan")
    settings = ModelSettings(str(folder), compute_type="float32")
    made = [
        make_backend(
            settings, Task.translation, ("de", "en"), conversions, offline=True, prefix=prefix
        )
        for prefix in (None, "", "de>en: ")
    ]
    assert len({backend.fingerprint() for backend in made}) == 3
    derived, bare, own = (backend.count_tokens(["Der Umsatz"])[0] for backend in made)
    assert bare < own < derived
