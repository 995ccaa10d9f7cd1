"""The `wirebrief` command: Hydra, exit codes, and nothing else."""

import os
import sys
from pathlib import Path

import hydra
from hydra.core.hydra_config import HydraConfig
from hydra.errors import HydraException
from hydra.types import RunMode
from omegaconf import DictConfig
from omegaconf.errors import OmegaConfBaseException

from pipeline.complaint import explain
from pipeline.errors import ConfigError, WirebriefError
from pipeline.settings import register_schemas, to_settings

_INTERRUPTED = 130


def main() -> None:
    """Run the command and exit: 0 done, 1 too many faults or nothing readable, 2 bad settings."""
    register_schemas()
    os.environ["HYDRA_FULL_ERROR"] = "1"  # else Hydra prints tracebacks and exits by itself
    statuses: list[int] = []

    @hydra.main(version_base="1.3", config_path="pkg://configs", config_name="pipeline")
    def job(config: DictConfig) -> None:
        statuses.append(_run(config))

    try:
        job()
    except (HydraException, OmegaConfBaseException) as error:
        _complain(explain(error))
        sys.exit(ConfigError.status)
    except KeyboardInterrupt:
        _complain("stopped; the same command goes on where it stopped")
        sys.exit(_INTERRUPTED)
    sys.exit(max(statuses, default=0))


def _run(config: DictConfig) -> int:
    try:
        settings = to_settings(config)
        hydra_config = HydraConfig.get()
        if hydra_config.mode is RunMode.MULTIRUN:
            name = hydra_config.job.override_dirname or str(hydra_config.job.num)
            settings.output_dir = str(Path(settings.output_dir) / name.replace("/", "_"))
        from pipeline.journey import run_in_terminal  # noqa: PLC0415 - keeps --help fast

        return run_in_terminal(settings)
    except WirebriefError as error:
        _complain(str(error))
        return error.status
    except OmegaConfBaseException as error:
        _complain(explain(error))
        return ConfigError.status
    except OSError as error:
        _complain(f"the system refused: {error}. Check space and permissions, and run again.")
        return 1


def _complain(message: str) -> None:
    print(f"wirebrief: {message}", file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
