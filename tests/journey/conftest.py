import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import load_settings
from pipeline.settings import Settings

SAMPLE = Path(__file__).parents[2] / "data" / "wire-sample.jsonl"


@pytest.fixture
def lines() -> Callable[[Path], list[dict[str, object]]]:
    """Return the records of a file of JSON lines."""

    def read(path):
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    return read


@pytest.fixture
def article() -> Callable[..., dict[str, object]]:
    """Make a record of a feed."""
    return lambda name, text, **more: {"id": name, "text": text, **more}


@pytest.fixture
def german() -> str:
    """Return a story of two paragraphs, a subhead between them."""
    return (
        "Der Vorstand der Müller GmbH kündigte am Dienstag an, dass 1.250 Stellen wegfallen. "
        "Ein Sprecher des Ministeriums bestätigte die Zahl. Die Gewerkschaft wies sie zurück.\n\n"
        "Kritik von allen Seiten\n\n"
        "Der Umsatz stieg im Jahr 2024 um 3,5 Prozent auf 4,7 Milliarden Euro."
    )


@pytest.fixture
def tiny(tmp_path, tiny_marian, tiny_bart) -> Callable[..., Settings]:
    """Settings for a run with tiny random models; quality is none, everything else is real."""

    def settings(*overrides, feed=None):
        chosen = SAMPLE
        if feed is not None:
            chosen = tmp_path / "feed.jsonl"
            text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in feed)
            chosen.write_text(text, encoding="utf-8")
        return load_settings(
            "feed=jsonl",
            f"feed.path={chosen}",
            "translation=opus_mt",
            f"translation.model={tiny_marian}",
            "translation.max_tokens=24",
            "translation.beams=1",
            "abstractive=bart_cnn",
            f"abstractive.model={tiny_bart}",
            "abstractive.beams=1",
            "abstractive.min_words=8",
            "abstractive.max_words=20",
            f"memo.path={tmp_path / 'memo.sqlite'}",
            f"output_dir={tmp_path / 'out'}",
            "scoring.samples=50",
            "offline=true",
            *overrides,
        )

    return settings
