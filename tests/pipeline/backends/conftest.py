"""Tiny checkpoints of more families, with the files that the hub has of each."""

import warnings
from pathlib import Path

import pytest

from tests.tiny_checkpoints import (
    LAYERS,
    WIDTH,
    save,
    seeded,
    shape,
    train,
    write_json,
    write_vocabulary,
)

T5_IDS = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}


@pytest.fixture
def converted_here(monkeypatch) -> None:
    """Convert in the process of the tests, which has loaded torch already."""
    from pipeline.backends import conversion

    def convert(folder: Path, target: Path, compute_type: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            conversion._convert(str(folder), str(target), compute_type)

    monkeypatch.setattr(conversion, "_convert_apart", convert)


@pytest.fixture(scope="session")
def tiny_opus_mul(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of opus-mt-gem-roa: many targets, told by `>>fra<<`."""
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("tiny-opus-mul")
    pieces: dict[str, None] = {}
    for name, lines in zip(("source.spm", "target.spm"), parallel_lines, strict=True):
        trained = train(lines, folder / name, size=220)
        pieces.update(dict.fromkeys(trained.id_to_piece(i) for i in range(3, len(trained))))
    targets = [f">>{code}<<" for code in ("eng", "fra", "cmn_Hans", "cmn_Hant", "pt_br")]
    write_vocabulary(folder, ["</s>", "<unk>", *pieces, *targets, "<pad>"])
    size = len(pieces) + len(targets) + 3
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "MarianTokenizer", "source_lang": "gem", "target_lang": "mul"},
    )
    config = MarianConfig(
        vocab_size=size,
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        activation_function="swish",
        pad_token_id=size - 1,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=size - 1,
    )
    model = seeded(MarianMTModel, config)
    model.generation_config.bad_words_ids = [[size - 1]]
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_nllb(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of nllb-200-distilled-600M."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer
    from transformers.models.nllb.tokenization_nllb import FAIRSEQ_LANGUAGE_CODES

    folder = tmp_path_factory.mktemp("tiny-nllb")
    lines = parallel_lines[0] + parallel_lines[1]
    train(lines, folder / "sentencepiece.bpe.model", size=420, model_type="bpe")
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "NllbTokenizer", "extra_special_tokens": FAIRSEQ_LANGUAGE_CODES},
    )
    tokenizer = NllbTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = M2M100Config(
        vocab_size=len(tokenizer),
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        activation_function="relu",
        decoder_start_token_id=2,
        tokenizer_class="NllbTokenizer",
    )
    return save(seeded(M2M100ForConditionalGeneration, config), folder)


@pytest.fixture(scope="session")
def tiny_mbart50(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of mbart-large-50-many-to-many-mmt."""
    return _mbart(tmp_path_factory.mktemp("tiny-mbart50"), parallel_lines, "MBart50Tokenizer", 2)


@pytest.fixture(scope="session")
def tiny_mbart(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of mbart-large-cc25: its decoder starts with a language."""
    return _mbart(tmp_path_factory.mktemp("tiny-mbart"), parallel_lines, "MBartTokenizer", None)


def _mbart(folder: Path, parallel_lines, tokenizer_class: str, start: int | None) -> Path:
    from transformers import AutoTokenizer, MBartConfig, MBartForConditionalGeneration

    lines = parallel_lines[0] + parallel_lines[1]
    train(lines, folder / "sentencepiece.bpe.model", size=300)
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": tokenizer_class})
    write_json(folder / "config.json", {"model_type": "mbart"})
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = MBartConfig(
        vocab_size=len(tokenizer),
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        decoder_start_token_id=start or tokenizer.convert_tokens_to_ids("ro_RO"),
        forced_eos_token_id=2,
        normalize_before=True,
        tokenizer_class=tokenizer_class,
    )
    model = seeded(MBartForConditionalGeneration, config)
    codes = tokenizer.convert_tokens_to_ids(tokenizer.extra_special_tokens)
    model.final_logits_bias[0, codes] = -20  # a trained one writes no languages within a text
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_pegasus(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of pegasus-xsum: no tokenizer.json."""
    from transformers import AutoTokenizer, PegasusConfig, PegasusForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-pegasus")
    train(parallel_lines[1], folder / "spiece.model", size=300, **T5_IDS)
    settings = {"mask_token": "<mask_2>", "mask_token_sent": "<mask_1>", "offset": 103}
    write_json(
        folder / "tokenizer_config.json", {"tokenizer_class": "PegasusTokenizer", **settings}
    )
    write_json(folder / "config.json", {"model_type": "pegasus"})
    config = PegasusConfig(
        vocab_size=len(AutoTokenizer.from_pretrained(folder)),
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        activation_function="relu",
        decoder_start_token_id=0,
        pad_token_id=0,
        eos_token_id=1,
        forced_eos_token_id=1,
    )
    return save(seeded(PegasusForConditionalGeneration, config), folder)


@pytest.fixture(scope="session")
def tiny_mt5(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of mT5_multilingual_XLSum: SentencePiece, untied outputs."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-mt5")
    lines = parallel_lines[0] + parallel_lines[1]
    trained = train(lines, folder / "spiece.model", size=360, byte_fallback=True, **T5_IDS)
    settings = {"extra_ids": 0, "additional_special_tokens": None}
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer", **settings})
    return _t5(folder, MT5Config, MT5ForConditionalGeneration, len(trained) + 12)


@pytest.fixture(scope="session")
def tiny_flan(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of flan-t5-small: gated, untied outputs."""
    from transformers import AutoTokenizer, T5Config, T5ForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-flan")
    lines = parallel_lines[0] + parallel_lines[1]
    train(lines, folder / "spiece.model", size=360, **T5_IDS)
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer"})
    write_json(folder / "config.json", {"model_type": "t5"})
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return _t5(folder, T5Config, T5ForConditionalGeneration, len(tokenizer) + 28)


@pytest.fixture(scope="session")
def tiny_madlad(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of madlad400-3b-mt: T5 with `<2en>` in its vocabulary."""
    from transformers import AutoTokenizer, T5Config, T5ForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-madlad")
    lines = parallel_lines[0] + parallel_lines[1]
    targets = ["<2en>", "<2de>", "<2fr>", "<2iw>", "<2zh>", "<2zh_Latn>", "<2fil>"]
    ids = {"pad_id": 1, "eos_id": 2, "unk_id": 0, "bos_id": -1, "byte_fallback": True}
    train(lines, folder / "spiece.model", size=360, user_defined_symbols=targets, **ids)
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "T5Tokenizer"})
    write_json(folder / "config.json", {"model_type": "t5"})
    tokenizer = AutoTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    special = {"pad_token_id": 1, "eos_token_id": 2}
    return _t5(folder, T5Config, T5ForConditionalGeneration, len(tokenizer), **special)


def _t5(folder: Path, kind, model_kind, size: int, **options) -> Path:
    import torch

    config = kind(
        vocab_size=size,
        d_model=WIDTH,
        d_kv=8,
        d_ff=64,
        num_layers=LAYERS,
        num_heads=4,
        n_positions=128,
        decoder_start_token_id=0,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        **options,
    )
    model = seeded(model_kind, config)
    with torch.random.fork_rng():  # outputs of their own
        torch.manual_seed(12)
        model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.shared.weight))
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_led(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of led-base-16384: a long encoder, a shorter decoder."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import LEDConfig, LEDForConditionalGeneration, LEDTokenizer

    folder = tmp_path_factory.mktemp("tiny-led")
    trainer = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer.train_from_iterator(
        parallel_lines[1], vocab_size=420, special_tokens=special, show_progress=False
    )
    trainer.save_model(str(folder))
    tokenizer = LEDTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = LEDConfig(
        vocab_size=len(tokenizer),
        **shape(),
        max_encoder_position_embeddings=512,
        max_decoder_position_embeddings=128,
        attention_window=[8] * LAYERS,
        decoder_start_token_id=2,
    )
    return save(seeded(LEDForConditionalGeneration, config), folder)
