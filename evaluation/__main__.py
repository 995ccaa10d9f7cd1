"""The `wirebrief-score` command."""

from configs.interrupt import EndsAtOnce


def main() -> None:
    """Run the command and exit: 0 done, 2 a mistake, or files that cannot be scored."""
    with EndsAtOnce():
        from evaluation.command import COMMAND, prepare  # noqa: PLC0415
    COMMAND.run(prepare)


if __name__ == "__main__":
    main()
