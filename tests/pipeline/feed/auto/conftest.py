import io
import tarfile
import zipfile

import pytest

from pipeline.feed.auto import AutoReader
from pipeline.feed.settings import AutoFeed

RSS = (
    b"<rss version='2.0'><channel><title>Haus</title>"
    b"<item><guid>r-1</guid><description>Der Rat tagt.</description></item></channel></rss>"
)


@pytest.fixture
def rss():
    return RSS


@pytest.fixture
def read():
    """Return all that a path gives."""

    def read(path, **settings):
        return list(AutoReader(AutoFeed(path=str(path), **settings), "de").read())

    return read


@pytest.fixture
def told():
    """Return ids of articles, and reasons of faults with the end of their places."""

    def told(outcomes):
        return [
            f"{outcome.reason} {str(outcome.place).rpartition('/')[2]}"
            if hasattr(outcome, "reason")
            else outcome.id
            for outcome in outcomes
        ]

    return told


@pytest.fixture
def zipped():
    """Return a zip of files."""

    def zipped(files, method=zipfile.ZIP_DEFLATED):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return stream.getvalue()

    return zipped


@pytest.fixture
def tarred():
    """Return a tar of files; a text instead of bytes is what a symbolic link leads to."""

    def tarred(files, mode="w"):
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode=mode) as archive:
            for name, content in files.items():
                entry = tarfile.TarInfo(name)
                if isinstance(content, str):
                    entry.type, entry.linkname = tarfile.SYMTYPE, content
                    archive.addfile(entry)
                else:
                    entry.size = len(content)
                    archive.addfile(entry, io.BytesIO(content))
        return stream.getvalue()

    return tarred
