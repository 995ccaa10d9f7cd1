"""Convert a starter to CTranslate2 without torch, so that the first brief ever comes in seconds.

Starters are of one shape (M2M100) with their vocabulary in one file, so their weights can be put
where CTranslate2 wants them by name. The result is what its own converter makes, byte for byte.
"""

import json
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.backends.starter import STARTERS

if TYPE_CHECKING:
    import numpy as np

_POSITIONS = STARTERS / "positions.safetensors"
"""The waves that tell positions, which no checkpoint holds, as torch computed them for training.
Computed anew they can differ in the last bit, from one processor to the next."""


def is_starter(folder: Path) -> bool:
    """Tell whether a model folder is one that ships."""
    return folder.resolve().parent == STARTERS.resolve()


def convert_starter(folder: Path, target: Path, compute_type: str) -> None:
    """Write the CTranslate2 form of a starter; to be called in a process that is for this only."""
    sys.modules["torch"] = None  # type: ignore[assignment]  # CTranslate2 then does without
    from ctranslate2.specs import Activation, TransformerSpec  # noqa: PLC0415
    from safetensors.numpy import load_file  # noqa: PLC0415

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    spec = TransformerSpec.from_config(
        (config["encoder_layers"], config["decoder_layers"]),
        config["encoder_attention_heads"],
        pre_norm=True,
        activation=Activation.RELU,
    )
    weights = _Weights(load_file(folder / "model.safetensors"), "model")
    (positions,) = load_file(_POSITIONS).values()
    for side, layers in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        layers.scale_embeddings = math.sqrt(config["d_model"])
        layers.position_encodings.encodings = positions
        weights.at(side).fill(layers)
    shared = weights.at("shared").get("weight")
    spec.encoder.embeddings[0].weight = shared
    spec.decoder.embeddings.weight = shared
    spec.decoder.projection.weight = shared
    tokens = _tokens(folder)
    spec.register_source_vocabulary(tokens)
    spec.register_target_vocabulary(tokens)
    spec.config.decoder_start_token = tokens[config["decoder_start_token_id"]]
    spec.validate()
    spec.optimize(quantization=compute_type)
    target.mkdir(parents=True)
    spec.save(str(target))


class _Weights:
    """The weights of a checkpoint below one name.

    Args:
        arrays: all of them.
        name: where this part begins.
    """

    def __init__(self, arrays: "dict[str, np.ndarray[Any, Any]]", name: str) -> None:
        self._arrays = arrays
        self._name = name

    def at(self, *names: str) -> "_Weights":
        """Return a part of this part."""
        return _Weights(self._arrays, ".".join((self._name, *names)))

    def get(self, name: str) -> "np.ndarray[Any, Any]":
        """Return one array."""
        return self._arrays[f"{self._name}.{name}"]

    def fill(self, spec: Any) -> None:
        """Set the layers of an encoder or a decoder."""
        self.at("layer_norm").set_norm(spec.layer_norm)
        for number, layer in enumerate(spec.layer):
            self.at("layers", str(number)).set_layer(layer)

    def set_layer(self, spec: Any) -> None:
        """Set all of one layer."""
        own = self.at("self_attn")
        own.set_linear(spec.self_attention.linear[0], "q_proj", "k_proj", "v_proj")
        own.set_linear(spec.self_attention.linear[1], "out_proj")
        self.at("self_attn_layer_norm").set_norm(spec.self_attention.layer_norm)
        if hasattr(spec, "attention"):
            other = self.at("encoder_attn")
            other.set_linear(spec.attention.linear[0], "q_proj")
            other.set_linear(spec.attention.linear[1], "k_proj", "v_proj")
            other.set_linear(spec.attention.linear[2], "out_proj")
            self.at("encoder_attn_layer_norm").set_norm(spec.attention.layer_norm)
        self.set_linear(spec.ffn.linear_0, "fc1")
        self.set_linear(spec.ffn.linear_1, "fc2")
        self.at("final_layer_norm").set_norm(spec.ffn.layer_norm)

    def set_linear(self, spec: Any, *names: str) -> None:
        """Set a linear layer; several of the checkpoint are one in CTranslate2."""
        import numpy as np  # noqa: PLC0415

        parts = [self.at(name) for name in names]
        spec.weight = np.concatenate([part.get("weight") for part in parts])
        spec.bias = np.concatenate([part.get("bias") for part in parts])

    def set_norm(self, spec: Any) -> None:
        """Set a normalization."""
        spec.gamma = self.get("weight")
        spec.beta = self.get("bias")


def _tokens(folder: Path) -> list[str]:
    """Return the vocabulary in the order of its numbers; languages are the last."""
    numbers = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    return [*sorted(numbers, key=numbers.get), *tokenizer["additional_special_tokens"]]
