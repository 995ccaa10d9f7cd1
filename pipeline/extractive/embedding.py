"""Sentence embeddings from an encoder on the hub, ordered by MMR."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import BackendError
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.relevance import marginal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS = 32


class EmbeddingRanker:
    """Mean-pooled embeddings of a transformers encoder (as in Reimers and Gurevych 2019), by MMR.

    Args:
        model: name on the hub, or a local folder.
        revision: commit or tag.
        device: `cpu` or `cuda`.
        balance: 1 is relevance alone, 0 is novelty alone.
        offline: open no connection.
    """

    name = "embedding"

    def __init__(
        self, model: str, revision: str | None, device: str, balance: float, *, offline: bool
    ) -> None:
        self._model_name, self._revision, self._device = model, revision, device
        self._balance, self._offline = balance, offline
        self._model: Any = None
        self._tokenizer: Any = None

    def open(self) -> None:
        """Load the encoder.

        Raises:
            BackendError: if it is not there, or no encoder.
        """
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415

        name = self._model_name
        local = self._offline or Path(name).is_dir()
        try:
            options = {"revision": self._revision, "local_files_only": local}
            self._tokenizer = AutoTokenizer.from_pretrained(name, **options)
            self._model = AutoModel.from_pretrained(name, **options).to(self._device).eval()
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).strip().split("\n")[0]
            raise BackendError(
                f"{name}: this sentence encoder cannot be loaded ({reason}). Check "
                f"extractive.model and the connection, or run `hf download {name}` where there is "
                "one and give the folder; extractive=lexrank needs no model."
            ) from error
        if getattr(self._model.config, "is_encoder_decoder", False):
            raise BackendError(
                f"{name}: {type(self._model).__name__} is no sentence encoder. Set "
                "extractive.model to an encoder such as a sentence-transformers model."
            )

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by MMR over the embeddings."""
        return marginal(self._embed(list(candidates.texts)), self._balance)

    def _embed(self, texts: list[str]) -> "NDArray[np.float64]":
        import numpy as np  # noqa: PLC0415
        import torch  # noqa: PLC0415

        parts = []
        for start in range(0, len(texts), _ROWS):
            rows = self._tokenizer(
                texts[start : start + _ROWS], padding=True, truncation=True, return_tensors="pt"
            ).to(self._device)
            with torch.inference_mode():
                hidden = self._model(**rows).last_hidden_state
            mask = rows["attention_mask"].unsqueeze(-1)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
            parts.append(torch.nn.functional.normalize(mean, dim=1).double().cpu().numpy())
        return np.concatenate(parts) if parts else np.zeros((0, 1))
