"""Throw mutated files at the wire formats: python -m tests.fuzz_formats --format rss --minutes 10.

Fixtures are cut, spliced, doubled, nested and flipped. Whatever comes out, a format gives items,
broken items or an `ArticleError`, the same ones each time, within two seconds. What does not is
made small and kept in tests/pipeline/feed/formats/crashers/FORMAT/, where a test replays it.
`--coverage` lets atheris choose the mutations, if it is installed; it stops at the first crash.
"""

import argparse
import hashlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.errors import ArticleError
from pipeline.feed.articles import ArticleMaker
from pipeline.feed.document import Document
from pipeline.feed.formats.format import Format
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.item import Broken, Item
from pipeline.records import Place

FIXTURES = Path(__file__).parent / "pipeline" / "feed" / "formats"
CRASHERS = FIXTURES / "crashers"
SHARED = Path(__file__).parents[2] / "shared" / "feeds"
SECONDS = 2.0
LARGEST = 200_000
TOKENS = [
    *(b"<", b">", b"&", b'"', b"'", b"</", b"/>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<?"),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"&#0;", b"&#xD800;", b"&nbsp;", b"{", b"}"),
    *(b"[", b"]", b",", b":", b"null", b"true", b"NaN", b"-1", b"1e999", b"\\u0000", b"\\ud800"),
    *(b"9" * 400, b"0" * 5000, b"\x00", b"\x01", b"\x02", b"\x03", b"\x04", b"\xff\xfe", b"\xef"),
    *(b"\xef\xbb\xbf", b"\r\n\r\n", b"\n" * 500, b" " * 2000, b"a" * 3000, b"=" * 500, b"(" * 500),
    *("ä".encode(), "\u00a0".encode(), "\u202e".encode(), b"\x80", b"9999-99-99T99:99:99Z"),
    *(b"0000-00-00", b"+99:99", b" (dpa) - ", b"<DE0005552004>", b"[mehr]"),
    *(b"- " * 300, b"/a" * 300),
]  # fmt: skip

Mutation = Callable[[bytearray, random.Random, Sequence[bytes]], None]


def flip(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    for _ in range(draw.choice((1, 1, 4, 32))):
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)


def cut(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    at = draw.randrange(len(content))
    del content[at : at + draw.choice((1, 10, 200, len(content)))]


def double(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    at = draw.randrange(len(content))
    piece = bytes(content[at : at + draw.choice((1, 8, 60, 500))])
    content[at:at] = piece * draw.choice((1, 2, 30, 1000))


def insert(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    at = draw.randrange(len(content))
    content[at : at + draw.choice((0, 0, 5))] = draw.choice(TOKENS) * draw.choice((1, 1, 1, 50))


def splice(content: bytearray, draw: random.Random, seeds: Sequence[bytes]) -> None:
    other = draw.choice(seeds)
    content[draw.randrange(len(content)) :] = other[draw.randrange(len(other)) :]


def nest(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    """Repeat the piece between two marks of one kind, such as an element."""
    mark = draw.choice((b"<", b"{", b"[", b'"', b"\n", b" "))
    start = content.find(mark, draw.randrange(len(content)))
    end = content.find(mark, start + 1)
    if 0 <= start < end:
        content[start:start] = bytes(content[start:end]) * draw.choice((2, 100, 3000))


def swap(content: bytearray, draw: random.Random, _: Sequence[bytes]) -> None:
    a, b = sorted(draw.randrange(len(content)) for _ in range(2))
    content[a:b] = bytes(content[b : 2 * b - a]) + bytes(content[a:b])


MUTATIONS: tuple[Mutation, ...] = (flip, cut, double, insert, insert, splice, nest, swap)


def mutated(seeds: Sequence[bytes], draw: random.Random) -> bytes:
    """Return a seed after one to five mutations."""
    content = bytearray(draw.choice(seeds))
    for _ in range(draw.choice((1, 1, 2, 3, 5))):
        if content:
            draw.choice(MUTATIONS)(content, draw, seeds)
    return bytes(content[:LARGEST])


def problem_of(form: Format, content: bytes) -> str | None:
    """Return what a format does wrong with a document, `None` if it does all right."""
    started = time.process_time()
    try:
        first = outcomes(form, content)
        if time.process_time() - started > SECONDS:
            return "takes too long"
        return None if outcomes(form, content) == first else "gives another result the second time"
    except Exception as error:  # noqa: BLE001 - the crashes are what is looked for
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = "" if place is None else f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
        return f"{type(error).__name__} in {where}"


def outcomes(form: Format, content: bytes) -> list[str]:
    """Return all that a format makes of a document, as articles."""
    document, maker, found = Document("fuzz", content), ArticleMaker("de"), []
    for known in FORMATS:
        known.recognises(document)
    try:
        for item in form.read(document):
            if isinstance(item, Broken):
                found.append(f"{item.error.reason} {item.error} {item.error.remedy}")
            elif isinstance(item, Item):
                found.append(repr((item, maker.make(item, Place("fuzz", item=item.index)))))
            else:
                raise TypeError(f"neither Item nor Broken: {type(item).__name__}")
    except ArticleError as error:
        found.append(f"{error.reason} {error} {error.remedy}")
    return found


def smaller(form: Format, content: bytes, problem: str, tries: int = 300) -> bytes:
    """Return the content without what the problem does not need."""
    size = len(content) // 2
    while size and tries:
        at = 0
        while at < len(content) and tries:
            tries -= 1
            shorter = content[:at] + content[at + size :]
            if problem_of(form, shorter) == problem:
                content = shorter
            else:
                at += size
        size //= 2
    return content


def seeds_of(form: Format, *, shared: bool) -> list[bytes]:
    """Return the fixtures of a format, and the collected files if they are wanted."""
    paths = [*(FIXTURES / form.name).rglob("*"), *(CRASHERS / form.name).glob("*")]
    paths += SHARED.rglob("*") if shared else []
    files = [path.read_bytes() for path in sorted(paths) if path.is_file()]
    return [content for content in files if content and form.recognises(Document("x", content))]


def keep(form: Format, content: bytes, problem: str) -> Path:
    """Save a crasher, and return where."""
    folder = CRASHERS / form.name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(content).hexdigest()[:12]}.bin"
    path.write_bytes(content)
    print(f"{form.name}: {problem}: {path}", flush=True)  # noqa: T201
    return path


def fuzz(form: Format, seeds: Sequence[bytes], minutes: float, seed: int) -> int:
    """Mutate for so long; return how many different problems there were."""
    draw, until = random.Random(seed), time.monotonic() + minutes * 60
    known, count, kinds, slowest = set[str](), 0, Counter[str](), 0.0
    while time.monotonic() < until:
        content = mutated(seeds, draw)
        started = time.process_time()
        problem = problem_of(form, content)
        slowest = max(slowest, (time.process_time() - started) / 2)
        count += 1
        if problem is not None and problem not in known:
            known.add(problem)
            keep(form, smaller(form, content, problem), problem)
        if count % 50 == 0:
            with suppress(Exception):
                kinds.update(
                    "item" if found[0] == "(" else "error" for found in outcomes(form, content)
                )
    share = ", ".join(f"{number} {kind}s" for kind, number in sorted(kinds.items()))
    told = f"{count:,} documents, {len(known)} problems, slowest {slowest:.2f} s"
    print(f"{form.name}: {told} ({share})", flush=True)  # noqa: T201
    return len(known)


def fuzz_by_coverage(form: Format, seeds: Sequence[bytes], minutes: float) -> None:
    """Let atheris mutate; the process ends with its verdict."""
    import tempfile

    import atheris

    folder = Path(tempfile.mkdtemp())
    for number, content in enumerate(seeds):
        (folder / str(number)).write_bytes(content)

    def one(content: bytes) -> None:
        problem = problem_of(form, content)
        if problem is not None:
            keep(form, smaller(form, content, problem), problem)
            raise SystemExit(problem)

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], f"-max_total_time={round(minutes * 60)}", str(folder)], one)
    atheris.Fuzz()


def main() -> None:
    """Fuzz one format, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [form.name for form in FORMATS]
    parser.add_argument("--format", choices=names, help="only this one")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each format")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shared", action="store_true", help="start from collected files, too")
    parser.add_argument("--coverage", action="store_true", help="let atheris choose")
    given = parser.parse_args()
    problems = 0
    for form in FORMATS:
        if given.format in {None, form.name}:
            seeds = seeds_of(form, shared=given.shared)
            if not seeds:
                print(f"{form.name}: no fixture in {FIXTURES / form.name}")  # noqa: T201
            elif given.coverage:
                fuzz_by_coverage(form, seeds, given.minutes)
            else:
                problems += fuzz(form, seeds, given.minutes, given.seed)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
