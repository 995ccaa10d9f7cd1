"""Translate texts without wirebrief around: bare CTranslate2, transformers, and a plain loop."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import platformdirs

from benchmarks.turns import Turn, timed
from pipeline.backends.architecture import Architecture, Task, read_architecture
from pipeline.backends.batching import plan_batches
from pipeline.backends.conversion import converted
from pipeline.backends.instruction import Instruction, Request, instruct
from pipeline.backends.tokenization import Pieces, load_pieces

BATCH_TOKENS = (1024, 2048, 4096)
_TRIED_TEXTS = 64


@dataclass(frozen=True, slots=True)
class Search:
    """How all sides generate: as the pipeline is set to."""

    beams: int
    candidates: int = 1
    length_penalty: float = 1.0
    no_repeat_ngram: int = 0
    least: int = 1
    most: int = 256

    def of_ctranslate2(self) -> dict[str, Any]:
        """Return it as CTranslate2 names it; no text is cut."""
        return {
            "beam_size": self.beams,
            "num_hypotheses": self.candidates,
            "length_penalty": self.length_penalty,
            "no_repeat_ngram_size": self.no_repeat_ngram,
            "min_decoding_length": self.least,
            "max_decoding_length": self.most,
            "max_input_length": 0,
        }


@dataclass(frozen=True, slots=True)
class Setting:
    """How CTranslate2 runs: batches at once, threads in each, tokens in one."""

    batches: int
    threads: int
    tokens: int

    def __str__(self) -> str:
        return f"inter_threads={self.batches} intra_threads={self.threads} tokens={self.tokens}"


class Model:
    """A checkpoint, and how its texts become pieces.

    Args:
        folder: in the transformers format.
        task: what it does.
        languages: ISO codes.
        compute_type: of CTranslate2.
    """

    def __init__(
        self, folder: Path, task: Task, languages: tuple[str, str], compute_type: str
    ) -> None:
        self.folder, self.compute_type = folder, compute_type
        self._request = Request(str(folder), task, languages, None)
        self._task = task

    @cached_property
    def architecture(self) -> Architecture:
        """Return what it is."""
        return read_architecture(self.folder, self._task)

    @cached_property
    def instruction(self) -> Instruction:
        """Return what it is told."""
        return instruct(self.folder, self.architecture, self._request)

    @cached_property
    def converted(self) -> Path:
        """Return its form for CTranslate2, in the same cache as the pipeline's."""
        cache = Path(platformdirs.user_cache_dir("wirebrief"))
        return converted(self.folder, self.compute_type, cache)

    @cached_property
    def pieces(self) -> Pieces:
        """Return its splitter."""
        return load_pieces(self.folder, self.architecture, self.converted, self.instruction)

    def count(self, outputs: Sequence[str]) -> int:
        """Return how many pieces outputs have."""
        return sum(map(self.pieces.count_target, outputs))


def settings_to_try() -> Iterator[Setting]:
    """Yield ways to run CTranslate2 on all cores."""
    cores = os.cpu_count() or 1
    for tokens in BATCH_TOKENS:
        yield Setting(cores, 1, tokens)
    yield Setting(1, cores, BATCH_TOKENS[1])


def best_setting(model: Model, texts: Sequence[str], search: Search) -> Setting:
    """Return the fastest way for some of the texts; each is tried once, after a warm-up."""
    some = texts[:: max(1, len(texts) // _TRIED_TEXTS)]
    tried = list(settings_to_try())
    by_ctranslate2(model, some[:8], search, tried[0])
    return max(tried, key=lambda setting: by_ctranslate2(model, some, search, setting)[0].speed)


def by_ctranslate2(
    model: Model,
    texts: Sequence[str],
    search: Search,
    setting: Setting,
    *,
    one_by_one: bool = False,
) -> tuple[Turn, list[str]]:
    """Load, split, translate with CTranslate2's own batching, and join.

    Args:
        model: which.
        texts: all of them in one call.
        search: how it generates.
        setting: how it runs.
        one_by_one: a call for each text instead.
    """
    import ctranslate2  # noqa: PLC0415

    outputs: list[str] = []
    prefix = model.pieces.target_prefix
    _ = model.converted

    def work() -> float:
        translator = ctranslate2.Translator(
            str(model.converted),
            compute_type=model.compute_type,
            inter_threads=setting.batches,
            intra_threads=setting.threads,
        )
        rows = [model.pieces.encode(text) for text in texts]
        for part in ([row] for row in rows) if one_by_one else [rows]:
            results = translator.translate_batch(
                part,
                target_prefix=[prefix] * len(part) if prefix else None,
                max_batch_size=setting.tokens,
                batch_type="tokens",
                **search.of_ctranslate2(),
            )
            outputs.extend(model.pieces.decode(result.hypotheses[0]) for result in results)
        return 0.0

    turn = timed(work)
    return Turn(model.count(outputs), turn.seconds), outputs


def by_transformers(
    model: Model, texts: Sequence[str], search: Search, *, one_by_one: bool = False
) -> tuple[Turn, list[str]]:
    """Load, and generate in fp32, batches sorted by length; of one text each if so wanted."""
    import torch  # noqa: PLC0415
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer  # noqa: PLC0415

    outputs = [""] * len(texts)

    def work() -> float:
        tokenizer = AutoTokenizer.from_pretrained(model.folder, local_files_only=True)
        loaded = AutoModelForSeq2SeqLM.from_pretrained(
            model.folder, local_files_only=True, dtype=torch.float32
        )
        rows = tokenizer(list(texts))["input_ids"]
        budget = 1 if one_by_one else BATCH_TOKENS[1]
        for places in plan_batches([len(row) for row in rows], budget):
            inputs = tokenizer.pad(
                {"input_ids": [rows[place] for place in places]}, return_tensors="pt"
            )
            found = _generate(loaded, inputs, search)
            decoded = tokenizer.batch_decode(found, skip_special_tokens=True)
            for place, text in zip(places, decoded, strict=True):
                outputs[place] = text
        return 0.0

    turn = timed(work)
    return Turn(model.count(outputs), turn.seconds), outputs


def _generate(loaded: Any, inputs: Any, search: Search) -> Any:
    import torch  # noqa: PLC0415

    with torch.inference_mode():
        return loaded.eval().generate(
            **inputs,
            num_beams=search.beams,
            do_sample=False,
            max_length=None,
            max_new_tokens=search.most,
            min_new_tokens=search.least,
            length_penalty=search.length_penalty,
            no_repeat_ngram_size=search.no_repeat_ngram,
            early_stopping=search.beams > 1,
        )
