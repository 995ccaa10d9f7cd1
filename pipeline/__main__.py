"""The `wirebrief` command."""

import sys

from configs.interrupt import EndsAtOnce


def main() -> None:
    """Run the command and exit: 0 done, 1 a failed run, 2 a mistake in the command, 130 stopped."""
    if any(text.partition("=")[0] == "--profile" for text in sys.argv[1:]):
        from pipeline.profiling import profiled  # noqa: PLC0415

        profiled(_main)
    else:
        _main()


def _main() -> None:
    with EndsAtOnce():
        from pipeline.command import COMMAND, prepare  # noqa: PLC0415
    COMMAND.run(prepare)


if __name__ == "__main__":
    main()
