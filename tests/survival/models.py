"""Models that go or change: the checkpoint, and what is kept of it in CTranslate2's form."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.backends.starter import STARTERS
from tests.survival.kills import wait_for
from tests.survival.lab import Case, Lab, Trial, contents
from tests.survival.runs import answer_of

Harm = Callable[[Path], None]


def _cut(path: Path) -> None:
    with path.open("r+b") as stream:
        stream.truncate(stream.seek(0, 2) // 2)


def _flip(path: Path) -> None:
    """Change a byte in the middle: the size stays."""
    with path.open("r+b") as stream:
        stream.seek(path.stat().st_size // 2)
        (byte,) = stream.read(1)
        stream.seek(-1, 1)
        stream.write(bytes([byte ^ 0x55]))


MOMENTS = ("before", "as it starts", "while it translates")
HARMS: dict[str, Harm] = {
    "folder removed": shutil.rmtree,
    "weights removed": lambda folder: (folder / "model.safetensors").unlink(),
    "weights cut to a half": lambda folder: _cut(folder / "model.safetensors"),
    "a byte of the weights changed": lambda folder: _flip(folder / "model.safetensors"),
    "vocabulary removed": lambda folder: (folder / "sentencepiece.bpe.model").unlink(),
}
CONVERTED: dict[str, Harm] = {
    "model.bin cut to a half": lambda folder: _cut(folder / "model.bin"),
    "a byte of model.bin changed": lambda folder: _flip(folder / "model.bin"),
    "vocabulary cut": lambda folder: _cut(folder / "shared_vocabulary.json"),
    "config.json removed": lambda folder: (folder / "config.json").unlink(),
}


def gone_models(
    lab: Lab, names: tuple[str, ...] = (), moments: tuple[str, ...] = MOMENTS
) -> Iterator[Trial]:
    """Harm the translation model before a run, and at two moments of a run; then put it back."""
    untouched = _with_model(lab)
    if problems := untouched.finish().problems(0):
        raise AssertionError(f"the untouched run with a local model: {problems}")
    whole = contents(untouched.out)
    for what in names or tuple(HARMS):
        for moment in moments:
            if (what, moment) == ("a byte of the weights changed", "before"):
                continue  # it is another model then, as good as any
            case = _with_model(lab)
            case.whole = whole
            yield _harm(case, what, case.folder / "model", moment)


def _with_model(lab: Lab) -> Case:
    """Return a folder with a copy of the translation model; its name is the same in all."""
    case = lab.case("half")
    shutil.copytree(STARTERS / "translation", case.folder / "model")
    case.overrides = ("translation.model=./model",)
    return case


def _harm(case: Case, what: str, model: Path, moment: str) -> Trial:
    kept = shutil.copytree(model, case.folder / "kept")
    if moment == "before":
        HARMS[what](model)
        process = case.start()
    else:
        process = case.start()
        unfinished = case.out / ".unfinished" / "briefs.jsonl"
        sights = {
            "as it starts": unfinished.parent.exists,
            "while it translates": lambda: unfinished.exists() and unfinished.stat().st_size > 0,
        }
        wait_for(sights[moment], process)
        HARMS[what](model)
    answer = answer_of(process)
    problems = [*answer.problems(0, 1, 2), *case.spoiled()]
    if answer.status == 0 and moment != "before":
        problems += case.differences()
    shutil.rmtree(model, ignore_errors=True)
    shutil.copytree(kept, model)
    then, others = case.recover()
    return Trial(f"model: {what}", moment, str(answer), then, (*problems, *others))


def damaged_conversions(
    lab: Lab, draw: random.Random, names: tuple[str, ...] = ()
) -> Iterator[Trial]:
    """Harm what is kept of a model in the cache: it is set aside and made again."""
    for what in names or tuple(CONVERTED):
        case = lab.case("half")
        cache = case.folder / "cache"
        shutil.copytree(
            lab.cache / "wirebrief" / "ctranslate2", cache / "wirebrief" / "ctranslate2"
        )
        case.environment = {"XDG_CACHE_HOME": str(cache)}
        place = cache / "wirebrief" / "ctranslate2"
        chosen = draw.choice(sorted(place.glob("[!.]*")))
        CONVERTED[what](chosen)
        answer = case.finish()
        problems = [*answer.problems(0), *case.differences()]
        aside = [path.name for path in place.iterdir() if "damaged" in path.name]
        if not aside:
            problems.append("what was damaged is not set aside")
        then, others = case.recover()
        yield Trial(
            f"converted model: {what}", "between two runs", str(answer), then, (*problems, *others)
        )
