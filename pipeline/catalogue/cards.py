"""What the YAML file of an option says about its model: keys, and the comment at its head.

The head has a line for each of the facts that no key holds:

# NLLB-200, distilled to 600 million parameters.
# licence: CC-BY-NC-4.0, no commercial use
# size: 2.5 GB
# languages: 200, any to any
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CONFIGS = Path(__file__).parents[2] / "configs"
GROUPS = ("translation", "extractive", "abstractive")
_OF_THE_USER = "???"


@dataclass(frozen=True, slots=True)
class Card:
    """A model that an option stands for.

    Attributes:
        option: as it is typed, such as `translation=nllb_600m`.
        title: what it is.
        model: `starter`, or its name on the hub.
        revision: commit or tag; `None` if it is not pinned.
        licence: of the weights.
        size: of what is downloaded.
        languages: that it knows.
    """

    option: str
    title: str
    model: str
    revision: str | None
    licence: str
    size: str
    languages: str


def read_cards() -> Iterator[Card]:
    """Yield a card for each option that names a model, in the order of the journey."""
    import yaml  # noqa: PLC0415

    root = yaml.safe_load((CONFIGS / "pipeline.yaml").read_text(encoding="utf-8"))
    for group in GROUPS:
        for path in sorted((CONFIGS / group).glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            keys = yaml.safe_load(text)
            if not isinstance(keys.get("model"), str) or keys["model"] == _OF_THE_USER:
                continue
            title, facts = _head(text)
            yield Card(
                option=f"{group}={path.stem}",
                title=title,
                model=_for_languages(keys["model"], root["languages"]),
                revision=keys.get("revision"),
                licence=facts.get("licence", ""),
                size=facts.get("size", ""),
                languages=facts.get("languages", ""),
            )


def _head(text: str) -> tuple[str, dict[str, str]]:
    """Return the first line of the comment at the head, and the facts of the others."""
    facts = {}
    title, *lines = text.splitlines()
    for line in lines:
        if not line.startswith("#"):
            break
        name, colon, value = line.removeprefix("#").partition(":")
        if colon:
            facts[name.strip()] = value.strip()
    return title.removeprefix("#").strip(), facts


def _for_languages(model: str, languages: Mapping[str, str]) -> str:
    """Fill the default languages into the name of a model that depends on them."""
    for side, code in languages.items():
        model = model.replace(f"${{languages.{side}}}", code)
    return model
