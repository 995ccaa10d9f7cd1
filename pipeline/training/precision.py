"""Compute in bfloat16 where that is fast."""

import torch


def has_bfloat16(device: str) -> bool:
    """Tell whether bfloat16 is fast; on a processor without its instructions it crawls.

    Args:
        device: `cpu`, `cuda`, or `auto` for a GPU where there is one.
    """
    if device != "cpu" and torch.cuda.is_available():
        return bool(torch.cuda.is_bf16_supported())
    features = torch.cpu.get_capabilities()
    return bool(features.get("avx512_bf16") or features.get("amx_bf16"))
