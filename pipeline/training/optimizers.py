"""What turns gradients into steps: AdamW, or Muon for hidden matrices with AdamW for the rest."""

from typing import Any

import torch

from pipeline.errors import ConfigError
from pipeline.training.precision import has_bfloat16
from pipeline.training.settings import Fit, Optimizer

_BETAS = (0.9, 0.98)
"""As in Vaswani et al. 2017; the usual 0.999 remembers the loud beginning for too long."""


class _Together(torch.optim.Optimizer):
    """Several optimizers, each with its own parameters, that look like one."""

    def __init__(self, parts: list[torch.optim.Optimizer]) -> None:
        self._parts = parts
        super().__init__([group for part in parts for group in part.param_groups], {})

    def step(self, closure: Any = None) -> Any:
        """Let each one step; schedulers write the rates into the groups that all share."""
        if closure is not None:
            raise ValueError("no closure: the parts would call it once each")
        for part in self._parts:
            part.step()

    def state_dict(self) -> dict[str, Any]:
        return {"parts": [part.state_dict() for part in self._parts]}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        for part, state in zip(self._parts, state_dict["parts"], strict=True):
            part.load_state_dict(state)
        self.param_groups = [group for part in self._parts for group in part.param_groups]


def make_optimizer(model: torch.nn.Module, fit: Fit, device: str) -> torch.optim.Optimizer:
    """Return the optimizer of the settings.

    Raises:
        ConfigError: if this machine cannot run it.
    """
    weights = [weight for weight in model.parameters() if weight.requires_grad]
    if fit.optimizer is Optimizer.adamw:
        return _adam(weights, fit)
    if not has_bfloat16(device):
        raise ConfigError(
            "fit.optimizer=muon computes in bfloat16, which this processor does 90 times slower "
            "than float32: set fit.optimizer=adamw, with more steps"
        )
    embedded = {id(module.weight) for module in model.modules() if _is_embedding(module)}
    matrices = [weight for weight in weights if weight.ndim == 2 and id(weight) not in embedded]
    chosen = {id(weight) for weight in matrices}
    rest = [weight for weight in weights if id(weight) not in chosen]
    muon = torch.optim.Muon(matrices, lr=fit.matrix_rate, weight_decay=fit.weight_decay)
    return _Together([muon, _adam(rest, fit)])


def _adam(weights: list[torch.nn.Parameter], fit: Fit) -> torch.optim.AdamW:
    return torch.optim.AdamW(
        weights, lr=fit.learning_rate, betas=_BETAS, weight_decay=fit.weight_decay, fused=True
    )


def _is_embedding(module: torch.nn.Module) -> bool:
    """Tell embeddings and the output layer that shares their weights."""
    return isinstance(module, torch.nn.Embedding)
