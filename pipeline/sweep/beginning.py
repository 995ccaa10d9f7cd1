"""Before the first job: look at the sweep as a whole, and leave the plan for its jobs."""

import sys
import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from hydra.errors import HydraException
from omegaconf import DictConfig

from pipeline.errors import ConfigError, WirebriefError
from pipeline.output.lock import FolderLock
from pipeline.sweep.closing import Sweep, goes_on
from pipeline.sweep.ledger import forget_lines
from pipeline.sweep.naming import folder_name, key_of
from pipeline.sweep.plan import HIDDEN, Plan, PlannedJob, write_plan

_BASIC = f"{BasicSweeper.__module__}.{BasicSweeper.__qualname__}"


def begin(config: DictConfig) -> None:
    """Plan a sweep and take its folder.

    Args:
        config: composed without what is swept, with the node `hydra`.

    Raises:
        SystemExit: if the sweep as a whole cannot be done; the user is told why.
    """
    try:
        plan = _plan(config)
    except HydraException:  # Hydra finds the same in a moment, and raises it
        return
    except WirebriefError as error:
        _stop(error)
    output_dir = Path(config.output_dir)
    hidden = output_dir / HIDDEN
    lock = FolderLock(hidden)
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        lock.take()
        forget_lines(output_dir)
        write_plan(output_dir, plan)
    except OSError as error:
        _stop(ConfigError(f"output_dir={output_dir}: cannot be written ({error.strerror})"))
    except WirebriefError as error:
        _stop(error)
    if "submitit" in config.hydra.launcher.get("_target_", ""):
        where = config.hydra.launcher.submitit_folder
        print(f"{plan.total} jobs by submitit; what they say goes to {where}", file=sys.stderr)  # noqa: T201
    goes_on(Sweep(output_dir, plan, lock, compares=config.sweep.compare))


def _stop(error: WirebriefError) -> None:
    print(f"wirebrief: {error}", file=sys.stderr)  # noqa: T201
    sys.exit(error.status)


def _plan(config: DictConfig) -> Plan:
    parser = OverridesParser.create(config_loader=GlobalHydra.instance().config_loader())
    sweeper = config.hydra.sweeper
    texts = [f"{key}={value}" for key, value in (sweeper.get("params") or {}).items()]
    parsed = parser.parse_overrides([*texts, *config.hydra.overrides.task])
    swept = {key_of(o.get_key_element()) for o in parsed if o.is_sweep_override()}
    if "output_dir" in swept:
        raise ConfigError(
            "output_dir is one folder for the whole sweep, with a folder in it for each job: "
            "give it a single value"
        )
    unnamed = tuple(config.hydra.job.config.override_dirname.exclude_keys)
    chooses = sweeper.get("_target_") != _BASIC
    if chooses and config.objective is None:
        raise ConfigError(
            "a sweeper that searches needs to know which score to improve: name it, for example "
            "objective=abstractive.rouge2.f, and set hydra.sweeper.direction=maximize"
        )
    jobs = () if chooses else _jobs(parsed, swept, unnamed)
    by_flag = any(text.startswith("hydra.mode=") for text in config.hydra.overrides.hydra)
    return Plan(
        identity=uuid.uuid4().hex,
        total=int(sweeper.get("n_trials", 0)) if chooses else len(jobs),
        swept=tuple(sorted(swept)),
        unnamed=unnamed,
        alone=() if by_flag else ("hydra.mode=RUN",),
        jobs=jobs,
    )


def _jobs(
    parsed: Sequence[Override], swept: Collection[str], unnamed: Collection[str]
) -> tuple[PlannedJob, ...]:
    """Return the jobs that Hydra's own sweeper makes.

    Raises:
        ConfigError: if two jobs are the same one.
    """
    (batch,) = BasicSweeper.split_arguments(list(parsed), None)
    jobs = tuple(PlannedJob(tuple(o), folder_name(o, swept, unnamed)) for o in batch)
    for folder, count in Counter(job.folder for job in jobs).items():
        if count > 1:
            same = next(job for job in jobs if job.folder == folder)
            raise ConfigError(
                f"{count} jobs of the sweep are the same, {' '.join(same.overrides)}: name each "
                "value once"
            )
    return jobs
