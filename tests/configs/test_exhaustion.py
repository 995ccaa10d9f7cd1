import pytest

from configs.exhaustion import ran_out


def raised_from(cause):
    error = RuntimeError("the job failed")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("libx.so: failed to map segment from shared object"),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("can't start new thread"),
        raised_from(raised_from(MemoryError())),
    ],
)
def test_memory_that_ran_out_is_told_from_its_messages(error):
    assert ran_out(error)


@pytest.mark.parametrize("error", [ValueError("no"), raised_from(OSError(28, "No space left"))])
def test_other_errors_are_not(error):
    assert not ran_out(error)
