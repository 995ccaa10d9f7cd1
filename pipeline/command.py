"""What the `wirebrief` command does. Large modules are imported late, so that `--help` is quick."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from configs.command import Command, Subcommand, Work
from configs.interrupt import EndsAtOnce

if TYPE_CHECKING:
    from omegaconf import DictConfig


def _models(arguments: Sequence[str]) -> int:
    from pipeline.catalogue.command import show_models  # noqa: PLC0415

    return show_models(arguments)


COMMAND = Command(
    name="wirebrief",
    root="pipeline",
    purpose="German newswire in, English briefs out: translation, summaries, scores, a report.",
    examples=(
        (
            "wirebrief feed=jsonl feed.path=feed.jsonl output_dir=out",
            "brief your own stories with the models that ship",
        ),
        (
            "wirebrief feed=plaintext feed.path='spool/*.txt' translation=opus_mt",
            "text files, translated with a real model from the hub",
        ),
        (
            "wirebrief --multirun extractive=lead,lexrank,mmr offline=true",
            "compare configurations on the sample stories, without a network",
        ),
    ),
    interrupted="stopped; the same command goes on where it stopped",
    subcommands=(
        Subcommand("models", "the models that options stand for, and which are here", _models),
    ),
)


def prepare() -> Work:
    """Import what the work needs."""
    from pipeline.settings import VOCABULARY, register_schemas  # noqa: PLC0415

    register_schemas()
    return Work(_job, VOCABULARY.explain)


def _job(config: "DictConfig") -> int:
    from pipeline.errors import WirebriefError  # noqa: PLC0415
    from pipeline.settings import to_settings  # noqa: PLC0415

    try:
        settings = to_settings(config)
        settings.output_dir = _folder(settings.output_dir)
        with EndsAtOnce():
            from pipeline.journey import run_in_terminal  # noqa: PLC0415

        return run_in_terminal(settings)
    except WirebriefError as error:
        COMMAND.complain(str(error))
        return error.status
    except BrokenPipeError:
        raise
    except OSError as error:
        COMMAND.complain(
            f"the system refused: {error}. Check space and permissions, and run again."
        )
        return 1


def _folder(output_dir: str) -> str:
    """Give each job of a multirun a folder of its own."""
    from pathlib import Path  # noqa: PLC0415

    from hydra.core.hydra_config import HydraConfig  # noqa: PLC0415
    from hydra.types import RunMode  # noqa: PLC0415

    found = HydraConfig.get()
    if found.mode is not RunMode.MULTIRUN:
        return output_dir
    name = found.job.override_dirname or str(found.job.num)
    return str(Path(output_dir) / name.replace("/", "_"))
