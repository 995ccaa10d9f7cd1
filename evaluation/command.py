"""What the `wirebrief-score` command does: score finished texts without running a model."""

from typing import TYPE_CHECKING

from configs.command import MISTAKE, Command, Work

if TYPE_CHECKING:
    from omegaconf import DictConfig

COMMAND = Command(
    name="wirebrief-score",
    root="evaluation",
    purpose="scores finished summaries or translations against references; runs no model.",
    examples=(
        (
            "wirebrief-score predictions=out/briefs.jsonl references=feed.jsonl",
            "ROUGE of the abstractive summaries of a run",
        ),
        (
            "wirebrief-score predictions=out/briefs.jsonl references=feed.jsonl kind=translations",
            "BLEU, chrF and TER of its translations",
        ),
        (
            "wirebrief-score predictions=hyp.txt references=ref.txt kind=translations",
            "text files, line by line, exactly as sacrebleu counts",
        ),
        (
            "wirebrief-score 'predictions={old:a.txt,new:b.txt}' 'references=[r1.txt,r2.txt]'",
            "two systems, the second one compared with the first; two references a line",
        ),
        (
            "cat hyp.txt | wirebrief-score predictions=- references=ref.txt output=scores.json",
            "predictions from standard input; the scores as JSON, too",
        ),
    ),
)


def prepare() -> Work:
    """Import what the work needs."""
    from configs.complaint import Vocabulary  # noqa: PLC0415
    from evaluation.settings import ScoreSettings, register_schema  # noqa: PLC0415

    register_schema()
    return Work(_job, Vocabulary(ScoreSettings, {}).explain)


def _job(config: "DictConfig") -> int:
    from omegaconf import OmegaConf  # noqa: PLC0415

    from configs.ranges import out_of_range  # noqa: PLC0415
    from evaluation.finished_texts import score_files  # noqa: PLC0415
    from evaluation.settings import ScoreSettings  # noqa: PLC0415
    from evaluation.text_files import TextError  # noqa: PLC0415
    from evaluation.translation_options import wrong_options  # noqa: PLC0415

    settings = OmegaConf.to_object(config)
    if not isinstance(settings, ScoreSettings):
        raise TypeError(f"the configuration is no ScoreSettings but {type(settings).__name__}")
    if wrong := "; ".join([*out_of_range(settings), *wrong_options(settings)]):
        COMMAND.complain(wrong)
        return MISTAKE
    try:
        score_files(settings)
    except TextError as error:
        COMMAND.complain(str(error))
        return MISTAKE
    return 0
