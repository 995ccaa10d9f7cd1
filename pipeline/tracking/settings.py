"""Settings of the `tracking` group, one class per option."""

from dataclasses import dataclass, field


@dataclass
class TrackingSettings:
    """What every option of the group is."""


@dataclass
class NoTracking(TrackingSettings):
    """Log runs nowhere."""


@dataclass
class MlflowTracking(TrackingSettings):
    """Log each finished run with MLflow.

    Attributes:
        uri: the store; empty means `MLFLOW_TRACKING_URI`, or else `sqlite:///mlflow.db`.
        experiment: name of the experiment; made if it is not there.
        run_name: what the run is called; empty means the name of `output_dir`.
        tags: more tags.
        artifacts: files of `output_dir`; empty means `report.html`, `scores.json`, `run.json` and
            `faults.jsonl` for a store on this machine, `scores.json` and `run.json` for others.
    """

    uri: str | None = None
    experiment: str = "wirebrief"
    run_name: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    artifacts: list[str] | None = None
