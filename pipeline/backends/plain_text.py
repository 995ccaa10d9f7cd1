"""Make plain text of what a model wrote."""

import re

_BREAK = re.compile(r"\s*<n>\s*")
_BYTES = re.compile(r"(?:<0x[0-9A-F]{2}>)+")


def plain_text(kind: str, text: str) -> str:
    """Return a model's output without what only its tokenizer understands.

    PEGASUS writes `<n>` between sentences. T5's kin writes rare characters byte by byte, and their
    tokenizers in transformers leave the bytes as they are.

    Args:
        kind: `model_type` of the model.
        text: as its tokenizer joined it.
    """
    if kind == "pegasus":
        text = _BREAK.sub(" ", text)
    if kind in {"t5", "mt5"}:
        text = _BYTES.sub(lambda found: _characters(found[0]), text)
    return text.strip()


def _characters(written: str) -> str:
    return bytes.fromhex(written[3:-1].replace("><0x", "")).decode("utf-8", "replace")
