"""What the `wirebrief` command does. Large modules are imported late, so that `--help` is quick."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from configs.command import Command, JobSubcommand, Multirun, Subcommand, Work
from configs.interrupt import EndsAtOnce

if TYPE_CHECKING:
    from omegaconf import DictConfig


def _models(arguments: Sequence[str]) -> int:
    from pipeline.catalogue.command import show_models  # noqa: PLC0415

    return show_models(arguments)


def _retry(arguments: Sequence[str]) -> int:
    from pipeline.desk.command import take_up_again  # noqa: PLC0415

    return _told(lambda: take_up_again(arguments))


def _verify(arguments: Sequence[str]) -> int:
    from pipeline.verification.command import verify  # noqa: PLC0415

    return verify(arguments)


def _track(arguments: Sequence[str]) -> int:
    from pipeline.tracking.command import log_finished_runs  # noqa: PLC0415

    return _told(lambda: log_finished_runs(arguments))


def _watch() -> Work:
    from pipeline.settings import VOCABULARY, register_schemas  # noqa: PLC0415

    register_schemas()
    return Work(_follow, VOCABULARY.explain)


_WATCH_HELP = """wirebrief watch: follow a spool folder, and brief what comes, urgent things first.

Usage: wirebrief watch feed.path=FOLDER output_dir=FOLDER [key=value]...

Examples:
  wirebrief watch feed.path=spool/ output_dir=desk
      follow a folder until the process is stopped; another start goes on
  wirebrief watch feed.path=spool/ output_dir=desk watch.until_idle=true
      work off what is there, and end

All settings of wirebrief hold, beside those of the group watch: see wirebrief --help and
wirebrief watch --cfg job. docs/watch.md says what is left in output_dir and what is guaranteed."""

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
    flags="  --profile=FILE   write a flame graph, profile.svg by itself; watch takes it, too\n",
    interrupted="stopped; the same command goes on where it stopped",
    subcommands=(
        JobSubcommand(
            "watch",
            "follow a spool folder, and brief what comes, urgent things first",
            _WATCH_HELP,
            _watch,
            ("feed=auto", "hydra.mode=RUN"),
        ),
        Subcommand("retry", "take up again what watch could not read or brief", _retry),
        Subcommand("track", "log finished runs with MLflow", _track),
        Subcommand("models", "the models that options stand for, and which are here", _models),
        Subcommand("verify", "say whether finished runs can be trusted", _verify),
    ),
)


def prepare() -> Work:
    """Import what the work needs."""
    from pipeline.settings import VOCABULARY, register_schemas  # noqa: PLC0415

    register_schemas()
    return Work(_job, VOCABULARY.explain, Multirun(_job_of_sweep, _conclude))


def _job(config: "DictConfig") -> int:
    def job() -> int:
        from pipeline.settings import to_settings  # noqa: PLC0415

        settings = to_settings(config)
        with EndsAtOnce():
            from pipeline.journey import run_in_terminal  # noqa: PLC0415

        return run_in_terminal(settings)

    return _told(job)


def _job_of_sweep(config: "DictConfig") -> float | None:
    from pipeline.sweep.job import run_job  # noqa: PLC0415

    return run_job(config)


def _conclude(*, is_interrupted: bool) -> int | None:
    from pipeline.sweep.closing import conclude  # noqa: PLC0415

    return conclude(is_interrupted=is_interrupted)


def _follow(config: "DictConfig") -> int:
    def job() -> int:
        from hydra.core.hydra_config import HydraConfig  # noqa: PLC0415

        from pipeline.settings import to_settings  # noqa: PLC0415

        settings = to_settings(config)
        with EndsAtOnce():
            from pipeline.desk.command import follow  # noqa: PLC0415

        return follow(settings, list(HydraConfig.get().overrides.task))

    return _told(job)


def _told(job: Callable[[], int]) -> int:
    """Do a job; tell in one line what the user can mend."""
    from pipeline.errors import WirebriefError  # noqa: PLC0415

    try:
        return job()
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
