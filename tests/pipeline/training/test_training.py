"""Training from the shell: fine-tuning, resuming, reproducing, and what it leaves behind."""

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from hydra import compose, initialize_config_module
from omegaconf import OmegaConf

from configs.ranges import out_of_range
from pipeline.backend import Decoding
from pipeline.backends.architecture import Task
from pipeline.backends.loading import make_backend
from pipeline.backends.settings import Engine, ModelSettings
from pipeline.training.command import prepare
from pipeline.training.settings import TrainingSettings

ROOT = Path(__file__).parents[3]
QUICK = (
    *("fit.steps=6", "fit.evaluate_every=2", "fit.batch_tokens=200", "fit.average=2"),
    *("fit.beams=1", "fit.learning_rate=0.001", "fit.warmup_steps=1", "data.dev_pairs=4"),
    *("data.max_target_tokens=60", "device=cpu", "offline=true"),
)

pytestmark = [pytest.mark.timeout(300), pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def pairs(tmp_path, parallel_lines):
    path = tmp_path / "pairs.tsv"
    rows = zip(*parallel_lines, strict=True)
    path.write_text("".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf-8")
    return path


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.training", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(autouse=True)
def one_thread():
    """Threads wait for each other longer than a tiny model computes."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def train(capsys):
    """Train in this process, as the command does once Hydra has composed the configuration."""

    def run(*arguments, status=0):
        work = prepare()
        with initialize_config_module("configs", version_base="1.3"):
            config = compose("training", overrides=[str(argument) for argument in arguments])
        capsys.readouterr()
        assert work.job(config) == status
        return capsys.readouterr().err

    return run


def outputs(folder, task, text, cache):
    settings = ModelSettings(
        model=str(folder), engine=Engine.transformers, compute_type="float32", beams=1
    )
    languages = ("de", "en") if task is Task.translation else ("en", "en")
    backend = make_backend(settings, task, languages, cache, offline=True)
    return backend.generate([text], Decoding(beams=1, max_tokens=30))


def test_a_marian_model_is_adapted_and_loads(tmp_path, tiny_marian, pairs, own_caches, train):
    folder = tmp_path / "house"
    told = train(f"model={tiny_marian}", f"data.pairs=[{pairs}]", f"output_dir={folder}", *QUICK)
    assert f"done: use it with translation.model={folder}" in told
    assert "step 6: dev bleu" in told
    assert len(outputs(folder, Task.translation, "Die Bundesbank.", own_caches)) == 1
    card = (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"Started from: {tiny_marian}" in card
    for part in ("pairs.tsv | 116 |", "| 6 |", "nrefs:1|case:mixed", "→", "Licence: not stated"):
        assert part in card
    again = train(f"model={tiny_marian}", f"data.pairs=[{pairs}]", f"output_dir={folder}", *QUICK)
    assert "finished before" in again


def test_the_example_of_the_docs_runs(tmp_path, tiny_marian, train):
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    (archive,) = re.findall(r"```tsv\n(.*?)```", page, flags=re.DOTALL)
    command = re.search(r"^wirebrief-train (.*)$", page, flags=re.MULTILINE).group(1)
    (tmp_path / "archive.tsv").write_text(archive, encoding="utf-8")
    filled = (
        command.replace("Helsinki-NLP/opus-mt-de-en", str(tiny_marian))
        .replace("archive.tsv", str(tmp_path / "archive.tsv"))
        .replace("fit.steps=2000", "fit.steps=2")
        .replace("house-mt", str(tmp_path / "house-mt"))
    )
    train(*filled.split(), "device=cpu", "offline=true")
    assert (tmp_path / "house-mt" / "model.safetensors").exists()


def test_bart_learns_summaries_from_jsonl(tmp_path, tiny_bart, parallel_lines, own_caches, train):
    path = tmp_path / "briefs.jsonl"
    texts = parallel_lines[1]
    rows = ({"text": f"{a} {b}", "brief": a} for a, b in itertools.pairwise(texts))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    folder = tmp_path / "house"
    told = train(
        *("job=summarization", f"model={tiny_bart}", "languages.source=en"),
        *(f"data.pairs=[{path}]", "data.source_field=text", "data.target_field=brief"),
        *(f"output_dir={folder}", *QUICK),
    )
    assert f"abstractive.model={folder}" in told
    assert "dev rouge1" in told
    assert len(outputs(folder, Task.summarization, texts[0], own_caches)) == 1
    assert "rouge1.f" in (folder / "MODEL_CARD.md").read_text(encoding="utf-8")


def test_a_new_model_is_made_the_same_twice(tmp_path, pairs, own_caches, train):
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        train(
            *("training=scratch", f"data.pairs=[{pairs}]", f"output_dir={folder}", *QUICK),
            *("shape.vocabulary=420", "shape.width=64", "shape.encoder_layers=1"),
            *("shape.decoder_layers=1", "weights=float16"),
        )
    for name in ("model.safetensors", "sentencepiece.bpe.model", "vocab.json"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert len(outputs(folders[0], Task.translation, "Die Bundesbank.", own_caches)) == 1


def test_a_killed_run_goes_on_and_ends_like_one_in_a_single_go(tmp_path, tiny_m2m100, pairs, train):
    options = (
        *(f"model={tiny_m2m100}", f"data.pairs=[{pairs}]", *QUICK, "fit.steps=40"),
        *("data.sample_pieces=0.5", "data.substitute_numbers=0.5"),
    )
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    train(*options, f"output_dir={whole}")
    process = start(*options, f"output_dir={killed}")
    deadline = time.monotonic() + 300
    while not list(killed.glob("checkpoints/*/trainer_state.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (killed / "MODEL_CARD.md").exists()
    half = killed / "checkpoints" / "checkpoint-39"
    half.mkdir()
    (half / "trainer_state.json").write_text("{", encoding="utf-8")
    told = train(*options, f"output_dir={killed}")
    assert "goes on at step" in told
    assert not half.exists()
    weights = [folder / "model.safetensors" for folder in (whole, killed)]
    assert weights[0].read_bytes() == weights[1].read_bytes()


def test_other_settings_do_not_go_on_in_the_same_folder(tmp_path, tiny_marian, pairs, train):
    folder = tmp_path / "house"
    options = (f"model={tiny_marian}", f"data.pairs=[{pairs}]", f"output_dir={folder}", *QUICK)
    train(*options)
    told = train(*options, "fit.learning_rate=0.5", status=2)
    assert "other settings (fit.learning_rate)" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fit.steps=0"], "fit.steps=0: must be 1 or more"),
        (["model=starter"], "data.pairs names no file"),
        (["model=./nowhere", "data.pairs=[{pairs}]"], "./nowhere: there is no such folder"),
        (["model={bart}", "data.pairs=[{pairs}]"], "unfit for translation"),
        (["training=translation_starter", "data.corpus=nowhere"], "no wire/train.jsonl there"),
        (
            ["model={bart}", "job=summarization", "data.pairs=[{pairs}]", "data.sample_pieces=1"],
            "no SentencePiece model",
        ),
        (
            ["model={marian}", "data.pairs=[{pairs}]", "data.max_target_tokens=4"],
            "every pair is longer than",
        ),
    ],
)
def test_mistakes_are_told_in_one_line(
    tmp_path, tiny_bart, tiny_marian, pairs, arguments, told, train
):
    names = {"pairs": pairs, "bart": tiny_bart, "marian": tiny_marian}
    filled = [argument.format(**names) for argument in arguments]
    said = train(
        *filled, "data.dev_pairs=4", "offline=true", f"output_dir={tmp_path / 'x'}", status=2
    )
    assert told in said.splitlines()[-1]
    assert "Traceback" not in said


@pytest.mark.parametrize("preset", sorted((ROOT / "configs/training").glob("*.yaml")))
def test_every_preset_composes(preset):
    prepare()
    with initialize_config_module("configs", version_base="1.3"):
        config = compose("training", overrides=[f"training={preset.stem}"])
    settings = OmegaConf.to_object(config)
    assert isinstance(settings, TrainingSettings)
    assert not list(out_of_range(settings))


def test_every_setting_stands_in_the_yaml_with_a_comment():
    text = (ROOT / "configs" / "training.yaml").read_text(encoding="utf-8")
    body = text.partition("hydra/hydra_logging: none\n")[2].partition("hydra:")[0]
    written = OmegaConf.create(body)
    merged = OmegaConf.merge(OmegaConf.structured(TrainingSettings), written)
    assert OmegaConf.to_object(merged) == TrainingSettings()
    assert set(written) == set(merged)
    for group in ("data", "fit", "shape", "languages"):
        assert set(written[group]) == set(merged[group])
    obvious = {"data", "fit", "encoder_layers", "decoder_layers"}
    for above, line in itertools.pairwise(body.splitlines()):
        key = line.strip().partition(":")[0]
        if key and not key.startswith("#") and key not in obvious:
            assert above.strip().startswith("#"), key


def test_the_command_tells_a_mistyped_key():
    process = start("fit.stepps=3")
    _, said = process.communicate()
    assert process.returncode == 2
    assert "there is no setting 'fit.stepps'. Did you mean fit.steps" in said


def test_the_starters_recipes_follow_each_other(
    tmp_path, make_corpus, make_story, own_caches, train
):
    sentences = [
        ("Der Dax stieg am Montag um 2,5 Prozent.", "The Dax rose 2.5 percent on Monday."),
        ("Das teilte die Börse in Frankfurt mit.", "The Frankfurt stock exchange said so."),
    ]
    dev = make_story([("Die Zinsen bleiben, wie sie sind.", "Rates remain.")], "2", "Rates remain.")
    folder = make_corpus([make_story(sentences)], [dev])
    first, second = tmp_path / "translation", tmp_path / "summarization"
    shared = (f"data.corpus={folder}", f"data.held_out={ROOT / 'data'}", *QUICK)
    train(
        *("training=translation_starter", "model=starter", "fit.optimizer=adamw", *shared),
        f"output_dir={first}",
    )
    train("training=summarization_starter", f"model={first}", *shared, f"output_dir={second}")
    (row,) = map(json.loads, (second / "machine.jsonl").read_text(encoding="utf-8").splitlines())
    assert (row["id"], len(row["sentences"])) == ("1", 2)
    assert outputs(first, Task.translation, sentences[0][0], own_caches)[0]
    assert outputs(second, Task.summarization, sentences[0][1], own_caches)[0]
