"""One job of a sweep, in whichever process the launcher runs it."""

import hashlib
import json
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from textwrap import shorten

from hydra.core.hydra_config import HydraConfig
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from configs.interrupt import EndsAtOnce
from pipeline.errors import ConfigError, FailedRunError, WirebriefError
from pipeline.settings import VOCABULARY, Settings, register_schemas, to_settings
from pipeline.sweep.ledger import JobLine, alone, note
from pipeline.sweep.plan import HIDDEN, read_plan

with EndsAtOnce():
    from pipeline.journey import check_result, run
    from pipeline.logs.opening import logged
    from pipeline.sweep.reuse import is_finished
    from pipeline.terminal import Silent, watch_terminal

_IN_THIS_PROCESS = "hydra._internal.core_plugins.basic_launcher.BasicLauncher"


def run_job(config: DictConfig) -> float | None:
    """Run a job, tell in a line what became of it, and return what a search improves.

    Nothing that goes wrong in a job is raised: the others are to run.

    Returns:
        the objective; `None` without one, and for a job that failed.
    """
    register_schemas()
    output_dir = Path(config.output_dir)
    plan = read_plan(output_dir)
    hydra = HydraConfig.get()
    job = plan.job(tuple(hydra.overrides.task))
    line = JobLine(hydra.job.num + 1, job.overrides, job.folder)
    place = f"{line.number}/{plan.total}"
    print(f"{place} {plan.label(job)}", file=sys.stderr, flush=True)  # noqa: T201
    shows = sys.stderr.isatty() and hydra.launcher.get("_target_") == _IN_THIS_PROCESS
    started = time.perf_counter()
    digest = hashlib.sha256(job.folder.encode()).hexdigest()[:24]
    with alone(output_dir / HIDDEN / f"{digest}.lock"):  # a search may try the same twice at once
        line = _told(config, output_dir / job.folder, line, shows=shows)
    line = replace(line, seconds=round(time.perf_counter() - started, 1))
    note(output_dir, plan, line)
    why = f": {shorten(line.reason, 100, placeholder=' …')}" if line.reason else ""
    value = "" if line.value is None else f", {config.objective}={line.value:.4g}"
    print(f"{place} {line.status}, {line.seconds} s{value}{why}", flush=True)  # noqa: T201
    return line.value


def _told(config: DictConfig, folder: Path, line: JobLine, *, shows: bool) -> JobLine:
    """Do the job; turn whatever happens into its line."""
    try:
        settings = to_settings(config)
        settings.output_dir = str(folder)
        with logged(settings.log, settings.output_dir):
            return _done(settings, line, shows=shows)
    except FailedRunError as error:
        return replace(line, status="faulty", reason=str(error), exit_status=error.status)
    except WirebriefError as error:
        return replace(line, status="failed", reason=str(error), exit_status=error.status)
    except OmegaConfBaseException as error:
        reason = VOCABULARY.explain(error)
        return replace(line, status="failed", reason=reason, exit_status=ConfigError.status)
    except Exception as error:  # noqa: BLE001 whatever it is, the other jobs are to run
        traceback.print_exc()
        reason = f"{type(error).__name__}: {error}"
        return replace(line, status="failed", reason=reason, exit_status=1)


def _done(settings: Settings, line: JobLine, *, shows: bool) -> JobLine:
    if getattr(settings.feed, "path", None) == "-":
        raise ConfigError(
            "standard input can be read once, and a sweep reads its feed in every job: save it to "
            "a file, and name that with feed.path"
        )
    is_reused = is_finished(settings)
    if not is_reused:
        check_result(run(settings, watch_terminal if shows else Silent), settings)
    value = _objective(settings)
    return replace(line, status="reused" if is_reused else "done", value=value)


def _objective(settings: Settings) -> float | None:
    """Look the score up that a search improves.

    Raises:
        ConfigError: if the run has no such score.
    """
    if settings.objective is None:
        return None
    text = (Path(settings.output_dir) / "scores.json").read_text(encoding="utf-8")
    scores = {score["name"]: score["value"] for score in json.loads(text)}
    if settings.objective in scores:
        return float(scores[settings.objective])
    there = ", ".join(sorted(scores)) or "none: the feed has no references, or scoring is none"
    raise ConfigError(f"objective={settings.objective}: no such score. There are: {there}")
