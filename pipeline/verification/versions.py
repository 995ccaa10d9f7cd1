"""Was the run scored by the same versions as are here?"""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from pipeline.verification.run_folder import RunFolder

_THAT_SCORE = ("wirebrief", "sacrebleu", "numpy")


def other_versions(run: RunFolder) -> Iterator[str]:
    """Yield a sentence for each package that scores, and is another version here."""
    recorded = run.section("versions")
    for name in _THAT_SCORE:
        theirs = recorded.get(name)
        try:
            ours = version(name)
        except PackageNotFoundError:
            continue
        if theirs is not None and theirs != ours:
            yield f"the run was made with {name} {theirs}, here is {ours}: scores may differ"
