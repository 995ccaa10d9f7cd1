"""Train a joint subword vocabulary and write it as an M2M100 tokenizer folder."""

import json
from collections.abc import Iterator
from pathlib import Path

import sentencepiece

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
LANGUAGES = ("en", "ha", "is", "ja", "cs", "ru", "zh", "de")
"""Language tokens of the tokenizer's `wmt21` code set; only `de` and `en` are used."""


def train_vocabulary(texts: Iterator[str], folder: Path, size: int) -> None:
    """Write `sentencepiece.bpe.model`, `vocab.json` and `tokenizer_config.json` into `folder`.

    Digits are split one by one: a model that sees every number as digits can copy any number.
    Rare characters fall back to bytes, so that no character of a name is ever unknown.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = folder / "sentencepiece.bpe.model"
    with model.open("wb") as stream:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=texts,
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
            required_chars="0123456789äöüÄÖÜßéèêëáàâãåçíìîïñóòôõøúùûæÉÅØğışŞćčłńśšžŽřýőű€$£%&/()[]„“”‚‘’\"'-–—+:;,.!?@§°",
        )
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model))
    words = [pieces.id_to_piece(i) for i in range(3, pieces.get_piece_size())]
    vocabulary = {token: index for index, token in enumerate([*SPECIAL, *words])}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
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


class Vocabulary:
    """The trained pieces as ids, with subword sampling for training."""

    def __init__(self, folder: Path) -> None:
        self._pieces = sentencepiece.SentencePieceProcessor(
            model_file=str(folder / "sentencepiece.bpe.model")
        )
        self._ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        self._words = {index: token for token, index in self._ids.items()}
        self.pad, self.end, self.unknown = self._ids["<pad>"], self._ids["</s>"], self._ids["<unk>"]
        self.size = len(self._ids) + len(LANGUAGES)

    def language(self, code: str) -> int:
        """Return the id of a language token."""
        return len(self._ids) + LANGUAGES.index(code)

    def encode(self, text: str, sample: bool = False) -> list[int]:
        """Turn text into ids; `sample` draws one of the likely splits instead of the best."""
        if sample:
            tokens = self._pieces.encode(
                text, out_type=str, enable_sampling=True, alpha=0.2, nbest_size=-1
            )
        else:
            tokens = self._pieces.encode(text, out_type=str)
        return [self._ids.get(token, self.unknown) for token in tokens]

    def decode(self, ids: list[int]) -> str:
        """Turn ids into text, leaving special tokens out."""
        tokens = [self._words[i] for i in ids if len(SPECIAL) <= i < len(self._ids)]
        return str(self._pieces.decode(tokens))
