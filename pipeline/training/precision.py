"""Compute in bfloat16 where that is fast."""

import torch


def half_precision() -> torch.autocast:
    """Return a context of bfloat16, or of nothing where the processor lacks its instructions."""
    features = torch.cpu.get_capabilities()
    enabled = bool(features.get("avx512_bf16") or features.get("amx_bf16"))
    return torch.autocast("cpu", torch.bfloat16, enabled=enabled)
