"""The `wirebrief-train` command."""

from configs.interrupt import EndsAtOnce


def main() -> None:
    """Run the command and exit: 0 done, 1 a failed run, 2 a mistake in the command, 130 stopped."""
    with EndsAtOnce():
        from pipeline.training.command import COMMAND, prepare  # noqa: PLC0415
    COMMAND.run(prepare)


if __name__ == "__main__":
    main()
