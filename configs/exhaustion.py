"""Memory that ran out before or beside the work that knows what to do then."""

_PHRASES = (
    "allocate memory",  # of the system, MKL and torch
    "failed to map segment",  # of a library that is loaded
    "can't start new thread",
    "bad_alloc",
)

NEEDS_MEMORY = (
    "memory ran out ({reason}). Give the command more of it, or end other programs, and run again."
)


def ran_out(error: BaseException | None) -> bool:
    """Tell whether an error, or what led to it, means that memory ran out."""
    while error is not None:
        if isinstance(error, MemoryError) or any(said in str(error) for said in _PHRASES):
            return True
        error = error.__cause__ or error.__context__
    return False
