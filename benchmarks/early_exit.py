"""Measure whether it pays to end a beam search early: python -m benchmarks.early_exit WIRE.

WIRE is JSONL with stories whose paragraphs are lists of [German, English] pairs. The starter
translates their sentences on one thread with several beams, each with less and less patience: the
search of a text ends when beams times patience hypotheses have ended. `length_penalty=0` ends it
when the best one has.
"""

import json
import sys
import time
from pathlib import Path

from sacrebleu import corpus_bleu, corpus_chrf

from benchmarks.engines import Model
from pipeline.backends.architecture import Task
from pipeline.backends.starter import starter_folder

TRIED = (
    *((1, 1.0, 1.2), (2, 1.0, 1.2), (2, 0.5, 1.2)),
    *((4, 1.0, 1.2), (4, 0.5, 1.2), (4, 0.25, 1.2), (4, 1.0, 0.0)),
    *((8, 1.0, 1.2), (8, 0.5, 1.2), (8, 0.25, 1.2), (8, 0.125, 1.2)),
)
"""Beams, patience, length penalty."""


def main() -> None:
    """Print a row for each way."""
    import ctranslate2  # noqa: PLC0415

    stories = map(json.loads, Path(sys.argv[1]).read_text("utf-8").splitlines())
    pairs = [pair for story in stories for block in story["paragraphs"] for pair in block]
    model = Model(starter_folder(Task.translation), Task.translation, ("de", "en"), "float32")
    rows = [model.pieces.encode(german) for german, _ in pairs]
    translator = ctranslate2.Translator(
        str(model.converted), compute_type="float32", inter_threads=1, intra_threads=1
    )
    print(f"{len(pairs)} sentences\n\n| beams | patience | length penalty | CPU s | BLEU | chrF |")
    print("|---|---|---|---|---|---|")
    for beams, patience, penalty in TRIED:
        started = time.process_time()
        results = translator.translate_batch(
            rows,
            target_prefix=[model.pieces.target_prefix] * len(rows),
            max_batch_size=2048,
            batch_type="tokens",
            beam_size=beams,
            patience=patience,
            length_penalty=penalty,
            no_repeat_ngram_size=3,
        )
        seconds = time.process_time() - started
        found = [model.pieces.decode(result.hypotheses[0]) for result in results]
        english = [[english for _, english in pairs]]
        bleu, chrf = (score(found, english).score for score in (corpus_bleu, corpus_chrf))
        told = f"| {beams} | {patience:g} | {penalty:g} | {seconds:.1f} | {bleu:.1f} | {chrf:.1f} |"
        print(told, flush=True)


if __name__ == "__main__":
    main()
