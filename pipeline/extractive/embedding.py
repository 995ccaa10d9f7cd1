"""Sentence embeddings from an encoder on the hub, ordered by MMR."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.backends.location import model_files
from pipeline.errors import BackendError
from pipeline.extractive.ranker import Candidates
from pipeline.extractive.relevance import marginal
from pipeline.fingerprint import digest_files, size_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ROWS = 32
_MOST_TOKENS = 512
_OFFSET = 2
"""Positions that RoBERTa-like encoders keep for padding."""


class EmbeddingRanker:
    """Mean-pooled embeddings of a transformers encoder (as in Reimers and Gurevych 2019), by MMR.

    Of a sentence longer than the encoder reads, its beginning counts.

    Args:
        model: name on the hub, or a local folder.
        revision: commit or tag.
        device: `cpu`, `cuda` or `auto`.
        balance: 1 is relevance alone, 0 is novelty alone.
        offline: open no connection.
    """

    name = "embedding"
    revision: str | None = None
    model_bytes: int | None = None

    def __init__(
        self, model: str, revision: str | None, device: str, balance: float, *, offline: bool
    ) -> None:
        self._model_name, self._revision, self._device = model, revision, device
        self._balance, self._offline = balance, offline
        self._model: Any = None
        self._tokenizer: Any = None
        self._most_tokens = _MOST_TOKENS

    def open(self) -> None:
        """Load the encoder.

        Raises:
            BackendError: if it is not there, or no encoder.
        """
        name = self._model_name
        try:
            self._load()
        except Exception as error:
            reason = str(error).strip().split("\n")[0]
            raise BackendError(
                f"{name}: this sentence encoder cannot be loaded ({type(error).__name__}: {reason})"
                f". Check extractive.model, extractive.device and the connection, or run `hf "
                f"download {name}` where there is one and give the folder; extractive=lexrank "
                "needs no model."
            ) from error
        if getattr(self._model.config, "is_encoder_decoder", False):
            raise BackendError(
                f"{name}: {type(self._model).__name__} is no sentence encoder. Set "
                "extractive.model to an encoder such as a sentence-transformers model."
            )
        try:
            self._embed(["Ein Satz zur Probe.", "Noch einer."])
        except Exception as error:
            raise BackendError(
                f"{name}: {type(self._model).__name__} gives no sentence vectors ({error}). Set "
                "extractive.model to an encoder such as a sentence-transformers model."
            ) from error

    def _load(self) -> None:
        import torch  # noqa: PLC0415
        from transformers import AutoModel, AutoTokenizer  # noqa: PLC0415
        from transformers.utils import logging  # noqa: PLC0415

        logging.disable_progress_bar()
        logging.set_verbosity_error()
        folder = Path(self._model_name).expanduser()
        name = str(folder) if folder.is_dir() else self._model_name
        local = self._offline or folder.is_dir()
        options = {
            "revision": self._revision,
            "local_files_only": local,
            "trust_remote_code": False,
        }
        self._tokenizer = AutoTokenizer.from_pretrained(name, **options)
        model = AutoModel.from_pretrained(
            name, dtype=torch.float32, use_safetensors=True, **options
        )
        if self._device == "auto":
            self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = model.to(self._device).eval()
        positions = getattr(model.config, "max_position_embeddings", None) or _MOST_TOKENS
        self._most_tokens = min(self._tokenizer.model_max_length, positions - _OFFSET)
        if folder.is_dir():
            files = model_files(folder)
            self.revision, self.model_bytes = digest_files(files), size_of(files)
        else:
            self.revision = getattr(model.config, "_commit_hash", None)

    def rank(self, candidates: Candidates) -> list[int]:
        """Order by MMR over the embeddings."""
        vectors = self._embed(list(candidates.texts))
        return marginal(vectors @ vectors.T, self._balance)

    def _embed(self, texts: list[str]) -> "NDArray[np.float64]":
        import numpy as np  # noqa: PLC0415
        import torch  # noqa: PLC0415

        parts = []
        for start in range(0, len(texts), _ROWS):
            rows = self._tokenizer(
                texts[start : start + _ROWS],
                padding=True,
                truncation=True,
                max_length=self._most_tokens,
                return_tensors="pt",
            ).to(self._device)
            with torch.inference_mode():
                hidden = self._model(**rows).last_hidden_state
            mask = rows["attention_mask"].unsqueeze(-1)
            mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
            parts.append(torch.nn.functional.normalize(mean, dim=1).double().cpu().numpy())
        return np.concatenate(parts) if parts else np.zeros((0, 1))
