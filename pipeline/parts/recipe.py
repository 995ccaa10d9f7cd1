"""A digest of what decides how a part is made, beside its records."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict

from pipeline.backend import CountedBackend
from pipeline.fingerprint import canonical_json, digest_code
from pipeline.output.ledger import versions
from pipeline.settings import Settings

_DECIDES = (
    *("sentences", "translation", "extractive", "abstractive", "scoring", "languages", "batching"),
)


def recipe_of(settings: Settings, backends: Sequence[CountedBackend]) -> str:
    """Digest settings, code, packages and models.

    What reading decides is in the records; a model behind an address is what its settings say.

    Args:
        settings: of the run.
        backends: the models of the stages; none is loaded.
    """
    decides = {
        "settings": {name: asdict(getattr(settings, name)) for name in _DECIDES},
        "steps": [step.value for step in settings.stages],
        "order": settings.order,
        "models": [backend.fingerprint() for backend in backends],
        "versions": versions(),
        "code": digest_code(),
    }
    return hashlib.sha256(canonical_json(decides).encode(errors="surrogatepass")).hexdigest()
