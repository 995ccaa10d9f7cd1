"""Recognise that memory ran out, whichever library says so. Imports none of them."""

_PHRASES = (
    "out of memory",  # CUDA, in torch and CTranslate2
    "can't allocate memory",  # torch on a CPU
    "not enough memory",  # torch on a CPU, under Windows
    "cannot allocate memory",  # the operating system
    "failed to allocate",  # CTranslate2 on a CPU
    "bad_alloc",
    "alloc_failed",  # cuBLAS and cuDNN
)


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether an error means that memory ran out."""
    if isinstance(error, MemoryError):
        return True
    if not isinstance(error, RuntimeError | OSError):
        return False
    text = str(error).lower()
    return any(phrase in text for phrase in _PHRASES)
