"""The key changes with everything that can change output, and with nothing else."""

from dataclasses import replace
from hashlib import sha256

from pipeline.backend import Decoding
from pipeline.memo.key import Keys

DECODING = Decoding()


def test_a_key_is_the_same_in_every_process():
    """Memos outlive the program: another way of making keys forgets everything."""
    decoding = (
        '{"beams":4,"candidates":1,"length_penalty":1.0,"max_tokens":256,"min_tokens":0,'
        '"no_repeat_ngram":0,"repetition_penalty":1.0}'
    )
    expected = sha256(f"model\0{decoding}\0Der Dax fällt.".encode()).digest()
    assert Keys("model", DECODING).of("Der Dax fällt.") == expected


def test_every_setting_of_the_decoding_counts():
    changed = [
        replace(DECODING, beams=1),
        replace(DECODING, max_tokens=17),
        replace(DECODING, min_tokens=3),
        replace(DECODING, length_penalty=2.0),
        replace(DECODING, no_repeat_ngram=3),
        replace(DECODING, repetition_penalty=1.2),
        replace(DECODING, candidates=4),
    ]
    keys = {Keys("model", decoding).of("Text.") for decoding in (DECODING, *changed)}
    assert len(keys) == len(changed) + 1 == len(Decoding.__slots__) + 1


def test_model_and_text_count_and_do_not_run_into_each_other():
    assert Keys("model", DECODING).of("Text.") != Keys("other", DECODING).of("Text.")
    assert Keys("model", DECODING).of("Text.") != Keys("model", DECODING).of("Text. ")
    assert Keys("a", DECODING).of("b") != Keys("ab", DECODING).of("")


def test_half_a_surrogate_pair_has_a_key():
    assert Keys("model", DECODING).of("\ud83d") != Keys("model", DECODING).of("\ud83e")
