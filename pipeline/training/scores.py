"""Decode and score pairs: quickly while training, with intervals at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import GenerationConfig

from evaluation.article_numbers import scores
from evaluation.finished_texts import collect, item_scorer
from evaluation.pairs import Item
from evaluation.rouge import Rouge
from evaluation.score import Score
from evaluation.settings import Kind, ScoreSettings
from pipeline.training.encoder import PairEncoder
from pipeline.training.pairs import Pair
from pipeline.training.settings import Job

PICKS = {Job.translation: "chrf", Job.summarization: "rouge1"}
"""The dev score that picks the checkpoint."""
_ROWS = 64
_SAMPLES = 1000


class Scorer:
    """Scores a model in training.

    Args:
        encoder: of the model.
        job: translation gets BLEU and chrF, summarization ROUGE.
        max_tokens: of an output.
    """

    def __init__(self, encoder: PairEncoder, job: Job, max_tokens: int) -> None:
        self._encoder, self._job, self._max_tokens = encoder, job, max_tokens

    def quick(self, model: Any, pairs: Sequence[Pair], beams: int) -> dict[str, float]:
        """Return corpus scores from 0 to 100 by name, without intervals."""
        outputs = self.decode(model, [pair.source for pair in pairs], beams)
        if self._job is Job.translation:
            import sacrebleu  # noqa: PLC0415

            references = [[pair.target for pair in pairs]]
            return {
                "bleu": sacrebleu.corpus_bleu(outputs, references).score,
                "chrf": sacrebleu.corpus_chrf(outputs, references).score,
            }
        rouge = Rouge(metrics=("rouge1", "rouge2"))
        found = [
            rouge.score(output, [pair.target]) for output, pair in zip(outputs, pairs, strict=True)
        ]
        return {name: 100 * sum(prf[name].f for prf in found) / len(found) for name in found[0]}

    def full(
        self, model: Any, pairs: Sequence[Pair], beams: int, seed: int
    ) -> tuple[list[Score], list[str]]:
        """Return scores with intervals over the pairs, and the outputs."""
        outputs = self.decode(model, [pair.source for pair in pairs], beams)
        items = [
            Item(str(place), place, (output,), (pair.target,))
            for place, (output, pair) in enumerate(zip(outputs, pairs, strict=True))
        ]
        kind = Kind.translations if self._job is Job.translation else Kind.summaries
        scorer = item_scorer(ScoreSettings(kind=kind), is_line=False)
        (numbers,) = collect(items, ["model"], scorer)
        recipes = scorer.recipes(f"unit:article|bs:{_SAMPLES}|seed:{seed}")
        found = scores(numbers, recipes, _SAMPLES, seed)
        kept = [score for score in found if not score.name.endswith((".p", ".r"))]
        return kept, outputs

    @torch.inference_mode()
    def decode(self, model: Any, sources: Sequence[str], beams: int) -> list[str]:
        """Return one output per source, in order."""
        was_training = model.training
        model.eval()
        rows = [self._encoder.source(source) for source in sources]
        order = sorted(range(len(rows)), key=lambda index: len(rows[index]))
        outputs = [""] * len(rows)
        for start in range(0, len(order), _ROWS):
            indices = order[start : start + _ROWS]
            inputs = self._encoder.pad_sources([rows[index] for index in indices])
            ids = model.generate(
                input_ids=inputs["input_ids"].to(model.device),
                attention_mask=inputs["attention_mask"].to(model.device),
                generation_config=self._generation(model, beams),
            )
            for index, text in zip(indices, self._encoder.decode(ids), strict=True):
                outputs[index] = text
        model.train(was_training)
        return outputs

    def _generation(self, model: Any, beams: int) -> GenerationConfig:
        ids: Mapping[str, Any] = model.generation_config.to_dict()
        kept = ("bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id")
        given = {name: ids[name] for name in kept}
        if self._encoder.start is not None:
            given["decoder_start_token_id"] = self._encoder.start
        elif self._encoder.first is not None:
            given["forced_bos_token_id"] = self._encoder.first
        else:
            given["forced_bos_token_id"] = ids.get("forced_bos_token_id")
        return GenerationConfig(
            **given,
            num_beams=beams,
            do_sample=False,
            max_new_tokens=self._max_tokens,
            early_stopping=beams > 1,
        )
