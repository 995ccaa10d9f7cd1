"""The `wirebrief-compare` command."""

import os
import sys

from configs.interrupt import INTERRUPTED, EndsAtOnce

_PIPE_CLOSED = 141


def main() -> None:
    """Run the command and exit: 0 done, 1 files cannot be written, 2 nothing to compare."""
    with EndsAtOnce():
        from evaluation.compare.command import complain, run  # noqa: PLC0415
    try:
        status = run(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt:
        complain("stopped")
        status = INTERRUPTED
    except BrokenPipeError:  # who read along has closed the pipe, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = _PIPE_CLOSED
    sys.exit(status)


if __name__ == "__main__":
    main()
