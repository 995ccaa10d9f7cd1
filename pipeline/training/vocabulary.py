"""Train a joint subword vocabulary and write it as an M2M100 tokenizer folder."""

import itertools
import json
import random
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

from pipeline.errors import ConfigError
from pipeline.training.material import Material

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
LANGUAGES = ("en", "ha", "is", "ja", "cs", "ru", "zh", "de")
"""Language tokens of the tokenizer's `wmt21` code set."""
_REQUIRED = (
    "0123456789äöüÄÖÜßéèêëáàâãåçíìîïñóòôõøúùûæÉÅØğışŞćčłńśšžŽřýőű€$£%&/()[]„“”‚‘’\"'-–—+:;,.!?@§°"
)


def train_vocabulary(material: Material, folder: Path, size: int, pairs: int, seed: int) -> None:
    """Write `sentencepiece.bpe.model`, `vocab.json` and `tokenizer_config.json` into `folder`.

    Digits are split one by one: a model that sees every number as digits can copy any number.
    Rare characters fall back to bytes, so that no character of a name is ever unknown.

    Args:
        material: gives the texts, as training shows them.
        folder: where the files go.
        size: pieces.
        pairs: how many pairs are looked at.
        seed: of their choice.

    Raises:
        ConfigError: if the texts do not hold so many pieces.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "sentencepiece.bpe.model"
    temporary = model.with_suffix(".making")
    try:
        with temporary.open("wb") as stream:
            sentencepiece.SentencePieceTrainer.train(
                sentence_iterator=_texts(material, pairs, seed),
                model_writer=stream,
                vocab_size=size,
                model_type="unigram",
                character_coverage=0.99998,
                split_digits=True,
                byte_fallback=True,
                normalization_rule_name="nmt_nfkc",
                input_sentence_size=400_000,
                shuffle_input_sentence=True,
                num_threads=2,
                required_chars=_REQUIRED,
                minloglevel=2,
            )
    except RuntimeError as error:
        temporary.unlink(missing_ok=True)
        raise ConfigError(
            f"shape.vocabulary={size} does not fit the data ({error}): lower it, or add pairs"
        ) from error
    temporary.replace(model)
    _write_tokenizer(folder, model)


def _write_tokenizer(folder: Path, model: Path) -> None:
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model))
    words = [pieces.id_to_piece(i) for i in range(3, pieces.get_piece_size())]
    vocabulary = {token: index for index, token in enumerate([*SPECIAL, *words])}
    settings = {
        "tokenizer_class": "M2M100Tokenizer",
        "language_codes": "wmt21",
        "src_lang": "de",
        "tgt_lang": "en",
        "num_madeup_words": 0,
        "model_max_length": 512,
        "additional_special_tokens": [f"__{code}__" for code in LANGUAGES],
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    # Last, since its presence says that the vocabulary is whole.
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")


def _texts(material: Material, pairs: int, seed: int) -> Iterator[str]:
    for pair in itertools.islice(material.epoch(random.Random(seed)), pairs):
        yield pair.source
        yield pair.target
