"""A digest of everything that decides what a run writes: the same digest, the same results."""

import hashlib
from collections.abc import Mapping

from pipeline.abstractive.settings import ModelAbstractive, NoAbstractive
from pipeline.assemble import Journey
from pipeline.errors import WirebriefError
from pipeline.extractive.settings import EmbeddingExtractive
from pipeline.feed.reader import feed_files
from pipeline.fingerprint import canonical_json, digest_code, digest_files
from pipeline.output.ledger import versions
from pipeline.records import Json
from pipeline.sample import with_sample
from pipeline.settings import Settings
from pipeline.translation.settings import ModelTranslation, NoTranslation, ReferenceTranslation

_WITHOUT_EFFECT = frozenset(
    {"log", "memo", "objective", "offline", "output_dir", "sweep", "tracking", "watch"}
)


def run_identity(
    settings: Settings, configuration: Mapping[str, Json], journey: Journey
) -> str | None:
    """Return a SHA-256 over configuration, code, packages, models, and the feed's content.

    Args:
        settings: of the run.
        configuration: the same as JSON values.
        journey: put together from them; no model is loaded.

    Returns:
        64 hexadecimal digits, or `None` where something cannot be known before the run: a feed
        that is no file here, a model behind an address, a model that is digested when it loads.
    """
    if not _is_known(settings):
        return None
    try:
        files = feed_files(with_sample(settings.feed))
        if files is None:
            return None
        content = digest_files([path for path in files if path.is_file()])
    except (OSError, WirebriefError):
        return None
    decides: dict[str, object] = {
        "configuration": {k: v for k, v in configuration.items() if k not in _WITHOUT_EFFECT},
        "feed": [[str(path) for path in files], content],
        "models": [backend.fingerprint() for backend in journey.backends],
        "versions": versions(),
        "code": digest_code(),
    }
    return hashlib.sha256(canonical_json(decides).encode(errors="surrogatepass")).hexdigest()


def _is_known(settings: Settings) -> bool:
    known = ModelTranslation | ReferenceTranslation | NoTranslation
    return (
        isinstance(settings.translation, known)
        and isinstance(settings.abstractive, ModelAbstractive | NoAbstractive)
        and not isinstance(settings.extractive, EmbeddingExtractive)
    )
