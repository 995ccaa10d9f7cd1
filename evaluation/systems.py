"""Which systems are scored: `predictions` is a file, a list of files, or a mapping of names."""

from collections.abc import Mapping

from evaluation.text_files import TextError


def named_systems(predictions: object) -> dict[str, str]:
    """Return the file of each system, by name; the first one is the baseline.

    Raises:
        TextError: if two have the same name, or something is no file's name.
    """
    if isinstance(predictions, Mapping):
        found = {str(name): file for name, file in predictions.items()}
    else:
        files = predictions if isinstance(predictions, list | tuple) else [predictions]
        found = {str(file): file for file in files}
        if len(found) < len(files):
            raise TextError(
                f"predictions={predictions}: a file is there twice; name systems, as in "
                "predictions={first:a.txt,second:b.txt}"
            )
    wrong = [file for file in found.values() if not isinstance(file, str) or not file]
    if wrong or not found:
        raise TextError(
            f"predictions={predictions}: must be a file, a list of files, or a mapping of names "
            "to files"
        )
    return {name: str(file) for name, file in found.items()}
