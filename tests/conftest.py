"""Tiny real checkpoints on disk, no network, and caches of the tests' own."""

import os
from collections.abc import Iterator
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

LANGUAGES = ("en", "ha", "is", "ja", "cs", "ru", "zh", "de")
WHO = (
    ("Der Vorstand der Müller GmbH", "The board of Müller GmbH"),
    ("Die Bundesbank", "The Bundesbank"),
    ("Ein Sprecher des Ministeriums", "A ministry spokesman"),
    ("Die Gewerkschaft Verdi", "The union Verdi"),
    ("Der Dax-Konzern", "The blue-chip group"),
    ("Trainerin Änne Groß", "Coach Änne Groß"),
)
DID = (
    ("kündigte am Dienstag an", "announced on Tuesday"),
    ("bestätigte gegenüber dpa-AFX", "confirmed to dpa-AFX"),
    ("wies die Vorwürfe zurück und sagte", "rejected the accusations and said"),
    ("rechnet damit", "expects"),
)
WHAT = (
    ("dass 1.250 Stellen bis 2026 wegfallen.", "that 1,250 jobs will go by 2026."),
    ("dass der Umsatz um 3,5 Prozent steigt.", "that revenue will rise by 3.5 percent."),
    ("„das Spiel war größtenteils fair“.", "“the match was mostly fair”."),
    ("die Übernahme für 4,7 Mrd. Euro sei möglich.", "a takeover for 4.7bn euros is possible."),
    ("es gebe 17 Verletzte und 2 Vermisste.", "there are 17 injured and 2 missing."),
)


def pytest_configure() -> None:
    """Libraries read these at import."""
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["TOKENIZERS_PARALLELISM"] = "false"


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Block every socket that could leave the machine."""
    from pytest_socket import disable_socket, enable_socket

    disable_socket(allow_unix_socket=True)
    yield
    enable_socket()


@pytest.fixture(autouse=True)
def own_caches(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, conversions: Path
) -> Path:
    """Give each test an empty cache folder, except that converted models are kept."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    monkeypatch.setenv("HF_HOME", str(home / "huggingface"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(home / "huggingface"))
    cache = home / "wirebrief"
    cache.mkdir()
    (cache / "ctranslate2").symlink_to(conversions / "ctranslate2", target_is_directory=True)
    return cache


@pytest.fixture(scope="session")
def conversions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a cache folder that all tests share, for models converted to CTranslate2."""
    folder = tmp_path_factory.mktemp("conversions")
    (folder / "ctranslate2").mkdir()
    return folder


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory) -> Path:
    """Return a database with MLflow's tables, since it takes seconds to make them."""
    path = tmp_path_factory.mktemp("mlflow") / "mlflow.db"
    from pipeline.tracking.quiet import quiet_mlflow

    with quiet_mlflow():
        from mlflow.tracking import MlflowClient

        MlflowClient(f"sqlite:///{path}").search_experiments()
    return path


@pytest.fixture(scope="session")
def parallel_lines() -> tuple[list[str], list[str]]:
    """Return invented news sentences, German and English."""
    pairs = [
        (f"{who[0]} {did[0]}, {what[0]}", f"{who[1]} {did[1]} {what[1]}")
        for who in WHO
        for did in DID
        for what in WHAT
    ]
    return [german for german, _ in pairs], [english for _, english in pairs]


@pytest.fixture(scope="session")
def tiny_marian(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of opus-mt-de-en: two splitters, one vocabulary."""
    from transformers import MarianConfig, MarianMTModel

    folder = tmp_path_factory.mktemp("tiny-marian")
    pieces: dict[str, None] = {}
    for name, lines in zip(("source.spm", "target.spm"), parallel_lines, strict=True):
        trained = train(lines, folder / name, size=220)
        pieces.update(dict.fromkeys(trained.id_to_piece(i) for i in range(3, len(trained))))
    write_vocabulary(folder, ["</s>", "<unk>", *pieces, "<pad>"])
    size = len(pieces) + 3
    write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "MarianTokenizer", "source_lang": "de", "target_lang": "en"},
    )
    config = MarianConfig(
        vocab_size=size,
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        static_position_embeddings=True,
        activation_function="swish",
        pad_token_id=size - 1,
        eos_token_id=0,
        bos_token_id=0,
        decoder_start_token_id=size - 1,
        forced_eos_token_id=0,
    )
    model = seeded(MarianMTModel, config)
    model.generation_config.bad_words_ids = [[size - 1]]
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_m2m100(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of the starters."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    folder = tmp_path_factory.mktemp("tiny-m2m100")
    german, english = parallel_lines
    model_file = folder / "sentencepiece.bpe.model"
    trained = train(german + english, model_file, size=520, byte_fallback=True)
    words = [trained.id_to_piece(i) for i in range(3, len(trained))]
    write_vocabulary(folder, ["<s>", "<pad>", "</s>", "<unk>", *words])
    settings = {
        "tokenizer_class": "M2M100Tokenizer",
        "language_codes": "wmt21",
        "src_lang": "de",
        "tgt_lang": "en",
        "num_madeup_words": 0,
        "model_max_length": 512,
        "additional_special_tokens": [f"__{code}__" for code in LANGUAGES],
    }
    write_json(folder / "tokenizer_config.json", settings)
    config = M2M100Config(
        vocab_size=len(words) + 4 + len(LANGUAGES),
        **shape(),
        max_position_embeddings=128,
        scale_embedding=True,
        activation_function="relu",
        decoder_start_token_id=2,
    )
    model = seeded(M2M100ForConditionalGeneration, config)
    model.generation_config.forced_bos_token_id = len(words) + 4
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_bart(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of bart-large-cnn: byte-level BPE, forced first token."""
    from tokenizers import ByteLevelBPETokenizer
    from transformers import BartConfig, BartForConditionalGeneration, BartTokenizer

    folder = tmp_path_factory.mktemp("tiny-bart")
    trainer = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer.train_from_iterator(
        parallel_lines[1], vocab_size=420, special_tokens=special, show_progress=False
    )
    trainer.save_model(str(folder))
    tokenizer = BartTokenizer.from_pretrained(folder)
    tokenizer.save_pretrained(folder)
    config = BartConfig(
        vocab_size=len(tokenizer),
        **shape(),
        max_position_embeddings=128,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    model = seeded(BartForConditionalGeneration, config)
    model.generation_config.update(
        forced_bos_token_id=0, num_beams=4, min_length=20, max_length=60, no_repeat_ngram_size=3
    )
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_t5(tmp_path_factory, parallel_lines) -> Path:
    """Build a checkpoint in the shape of t5-small."""
    from transformers import T5Config, T5ForConditionalGeneration, T5Tokenizer

    folder = tmp_path_factory.mktemp("tiny-t5")
    ids = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1}
    lines = parallel_lines[0] + parallel_lines[1]
    plain = {"normalization_rule_name": "identity"}
    trained = train(lines, folder / "spiece.model", size=300, **ids, **plain)
    extra = [f"<extra_id_{i}>" for i in range(99, -1, -1)]
    pieces = [(trained.id_to_piece(i), trained.get_score(i)) for i in range(len(trained))]
    tokenizer = T5Tokenizer(vocab=[*pieces, *[(token, 0.0) for token in extra]])
    tokenizer.save_pretrained(folder)
    config = T5Config(
        vocab_size=len(tokenizer),
        d_model=WIDTH,
        d_kv=8,
        d_ff=64,
        num_layers=LAYERS,
        num_heads=4,
        n_positions=128,
        decoder_start_token_id=0,
    )
    model = seeded(T5ForConditionalGeneration, config)
    model.shared.weight.data[:1] = 0  # or it would write nothing but its start token
    return save(model, folder)


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory, parallel_lines) -> Path:
    """Build an encoder without decoder: unfit for generating, fit for sentence vectors."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny-bert")
    trainer = BertWordPieceTokenizer(lowercase=False)
    lines = parallel_lines[0] + parallel_lines[1]
    trainer.train_from_iterator(lines, vocab_size=400, show_progress=False)
    trainer.save_model(str(folder))
    tokenizer = BertTokenizerFast.from_pretrained(folder, do_lower_case=False)
    tokenizer.save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=128,
    )
    return save(seeded(BertModel, config), folder)
