"""What the `wirebrief-train` command does. Large modules are imported late."""

from typing import TYPE_CHECKING

from configs.command import Command, Work
from configs.interrupt import EndsAtOnce

if TYPE_CHECKING:
    from omegaconf import DictConfig

COMMAND = Command(
    name="wirebrief-train",
    root="training",
    purpose="trains a translation or summarization model on pairs of yours.",
    examples=(
        (
            "wirebrief-train model=Helsinki-NLP/opus-mt-de-en allow_pickle=true data.pairs=[a.tsv]",
            "adapt OPUS-MT to your own archive of German and English",
        ),
        (
            "wirebrief-train job=summarization model=DIR languages.source=en 'data.pairs=[a.tsv]'",
            "teach BART your house style",
        ),
        (
            "wirebrief-train training=translation_starter data.corpus=CORPUS output_dir=starter",
            "make the starter again",
        ),
    ),
    interrupted="stopped; the same command goes on from the last checkpoint",
)


def prepare() -> Work:
    """Import what the work needs."""
    from hydra.core.config_store import ConfigStore  # noqa: PLC0415

    from configs.complaint import Vocabulary  # noqa: PLC0415
    from pipeline.training.settings import TrainingSettings  # noqa: PLC0415

    ConfigStore.instance().store(name="training_schema", node=TrainingSettings)
    return Work(_job, Vocabulary(TrainingSettings, {}).explain)


def _job(config: "DictConfig") -> int:
    from pipeline.errors import WirebriefError  # noqa: PLC0415

    try:
        return _train(config)
    except WirebriefError as error:
        COMMAND.complain(str(error))
        return error.status


def _train(config: "DictConfig") -> int:
    from omegaconf import OmegaConf  # noqa: PLC0415

    from configs.ranges import out_of_range  # noqa: PLC0415
    from pipeline.errors import ConfigError  # noqa: PLC0415
    from pipeline.training.settings import TrainingSettings  # noqa: PLC0415

    settings = OmegaConf.to_object(config)
    if not isinstance(settings, TrainingSettings):
        raise TypeError(f"the configuration is no TrainingSettings but {type(settings).__name__}")
    if wrong := "; ".join(out_of_range(settings)):
        raise ConfigError(wrong)
    with EndsAtOnce():
        try:
            import accelerate  # noqa: F401, PLC0415
        except ImportError:
            raise ConfigError(
                "training needs the package accelerate: pip install 'wirebrief[train]'"
            ) from None
        from pipeline.training.train import train  # noqa: PLC0415
    folder = train(settings, COMMAND.complain)
    setting = {"translation": "translation.model", "summarization": "abstractive.model"}
    COMMAND.complain(f"done: use it with {setting[settings.job.value]}={folder}")
    return 0
