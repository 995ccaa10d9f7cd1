"""Measure the readers of feeds: python benchmarks/feeds.py [--items 10000] [--format NAME ...].

Makes items of every format itself, from invented text: dpa-like NewsML-G2 with five renditions of
about 12 kilobytes, and the same story in the other formats. Each reading is a process of its own,
so that the peak of its memory is its own: bytes to items (`items`, of wire formats), and bytes to
articles (`articles`), one document after the other as they would lie in a folder, and the same from
one zip archive through `feed=auto` (`archive`). A format that is not registered is only generated.
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path

from pipeline.feed.contents import ContentReader
from pipeline.feed.document import Document
from pipeline.feed.formats.registry import FORMATS
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import AutoFeed
from pipeline.records import Article

ROOT = Path(__file__).parent.parent
PLACES = ("Kleinstadt", "Musterhausen", "Neudorf", "Bergheim", "Seestadt", "Talheim")
SUBJECTS = ("Der Stadtrat", "Die Muster AG", "Das Ministerium", "Die Polizei", "Der Verband")
VERBS = ("berät über", "kritisiert", "verteidigt", "veröffentlicht", "verschiebt", "prüft")
OBJECTS = ("den neuen Haushalt", "die Pläne für die Brücke", "den Bericht", "höhere Gebühren")
ENDS = ("am Montag", "nach langem Streit", "trotz Kritik", "mit knapper Mehrheit", "in aller Ruhe")
PARAGRAPHS, SENTENCES = 9, 5
PER_FEED = 20

Make = Callable[["Story"], str]


@dataclass(frozen=True, slots=True)
class Story:
    """An invented story.

    Attributes:
        number: of the item.
        place: of the dateline.
        title: headline.
        paragraphs: without dateline.
    """

    number: int
    place: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def time(self) -> str:
        """Return an ISO time that grows with the number."""
        return f"2024-10-{1 + self.number % 28:02}T{self.number % 24:02}:12:00+02:00"

    @property
    def html(self) -> str:
        """Return the story as the inner part of a page."""
        first, *others = (escape(paragraph, quote=False) for paragraph in self.paragraphs)
        dateline = (
            f'<span class="dateline">{self.place} <span class="credit">(dpa)</span> - </span>'
        )
        return f"<p>{dateline}{first}</p>" + "".join(f"<p>{text}</p>" for text in others)

    @property
    def text(self) -> str:
        """Return the story as plain text."""
        return f"{self.place} (dpa) - " + "\n\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement.

    Attributes:
        form: name of the format.
        what: `items`, `articles` or `archive`.
        items: what came out.
        megabytes_in: bytes that were read.
        per_second: items a second; none if the format is not registered.
        peak_megabytes: resident memory at its peak, and before reading.
    """

    form: str
    what: str
    items: int
    megabytes_in: float
    per_second: float | None
    peak_megabytes: float
    base_megabytes: float


def story(number: int) -> Story:
    """Return an invented story, the same one for the same number."""
    draw = random.Random(number)

    def sentence() -> str:
        words = (draw.choice(SUBJECTS), draw.choice(VERBS), draw.choice(OBJECTS), draw.choice(ENDS))
        return (
            f"{' '.join(words)}; {draw.randint(2, 900)} Menschen aus {draw.choice(PLACES)} kamen."
        )

    paragraphs = tuple(" ".join(sentence() for _ in range(SENTENCES)) for _ in range(PARAGRAPHS))
    title = f"{draw.choice(SUBJECTS)} {draw.choice(VERBS)} {draw.choice(OBJECTS)}"
    return Story(number, draw.choice(PLACES), title, paragraphs)


def newsml_g2(item: Story) -> str:
    """Return a message as dpa sends them: XHTML and four plain renditions of the same text."""
    plain = escape(item.text, quote=False)
    renditions = "".join(
        f'<inlineData contenttype="text/plain" rendition="dpa7901rendition:{name}">'
        f"{text}</inlineData>"
        for name, text in (
            *(("headline", item.title), ("teaser", item.paragraphs[0]), ("text", plain)),
            *(("public", "Orte: Rathaus"), ("nonpublic", "Kontakt: nur für Redaktionen")),
        )
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>{item.time}</sent></header>
<itemSet><newsItem guid="urn:newsml:dpa.example:20241001:{item.number}"
 version="{1 + item.number % 7}"
 standard="NewsML-G2" standardversion="2.29" conformance="power" xml:lang="de">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:dpa"/>
<versionCreated>{item.time}</versionCreated><firstCreated>{item.time}</firstCreated>
<pubStatus qcode="stat:usable"/><signal qcode="sig:update"/></itemMeta>
<contentMeta><urgency>4</urgency><located><name>{item.place}</name></located>
<language tag="de"/><genre qcode="dpatextgenre:2"><name xml:lang="de">Meldung</name></genre>
<subject qcode="medtop:11000000"><name xml:lang="de">Politik</name></subject>
<headline>{item.title}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>{item.title}</title></head>
<body><section class="main">{item.html}</section></body></html>
</inlineXML>{renditions}</contentSet></newsItem></itemSet></newsMessage>"""


def newsml_1_2(item: Story) -> str:
    """Return a message as AFP sends them."""
    day = item.time[:10].replace("-", "")
    body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in item.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>{day}T101200Z</DateAndTime></NewsEnvelope>
<NewsItem><Identification><NewsIdentifier><ProviderId>afp.example</ProviderId><DateId>{day}</DateId>
<NewsItemId>doc-{item.number}</NewsItemId><RevisionId PreviousRevision="0" Update="N">1</RevisionId>
<PublicIdentifier>urn:newsml:afp.example:{day}:doc-{item.number}:1</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><NewsItemType FormalName="News"/>
<FirstCreated>{day}T101200Z</FirstCreated><ThisRevisionCreated>{day}T101200Z</ThisRevisionCreated>
<Status FormalName="Usable"/><Urgency FormalName="4"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{item.title}</HeadLine><DateLine>{item.place} (AFP) -</DateLine>
</NewsLines><DescriptiveMetadata><Language FormalName="de"/></DescriptiveMetadata>
<ContentItem><DataContent>{body}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""


def nitf(item: Story) -> str:
    """Return a NITF document."""
    body = "".join(f"<p>{escape(text, quote=False)}</p>" for text in item.paragraphs)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf><head><title>{item.title}</title><docdata management-status="usable">
<doc-id id-string="urn:nitf:{item.number}"/><urgency ed-urg="4"/>
<date.issue norm="{item.time[:19].replace("-", "").replace(":", "")}+0200"/></docdata></head><body>
<body.head><hedline><hl1>{item.title}</hl1></hedline>
<dateline><location><city>{item.place}</city></location></dateline></body.head>
<body.content>{body}</body.content></body></nitf>"""


def digitalwires(item: Story) -> str:
    """Return an item as dpa's wireQ gives it."""
    return json.dumps(
        {
            "format": "digitalwires@0.9.1",
            "type": "composite",
            "entry_id": f"entry-{item.number}",
            "urn": f"urn:newsml:dpa.example:20241001:{item.number}",
            "version": 1 + item.number % 7,
            "version_created": item.time,
            "updated": item.time,
            "language": "de",
            "pubstatus": "usable",
            "urgency": 4,
            "headline": item.title,
            "dateline": item.place,
            "article_html": f'<section class="main">{item.html}</section>',
            "categories": [
                {"type": "dpasubject", "qcode": "dpasubject:1", "name": "Politik", "rank": 1}
            ],
            "ednotes": [],
            "associations": [],
        },
        ensure_ascii=False,
    )


def ninjs(item: Story) -> str:
    """Return an item of ninjs 1."""
    return json.dumps(
        {
            "uri": f"urn:ninjs:{item.number}",
            "type": "text",
            "version": "1",
            "versioncreated": item.time,
            "language": "de",
            "pubstatus": "usable",
            "headline": item.title,
            "body_xhtml": item.html,
        },
        ensure_ascii=False,
    )


def iptc7901(item: Story) -> str:
    """Return a message of a serial wire."""
    return (
        f"\x01bdt{item.number % 10_000:04} 4 pl 110  dpa {item.number % 10_000:04}\r\n\r\n"
        f"Stadt/Politik/\r\n\x02{item.title} =\r\n\r\n"
        + "\r\n\r\n".join(_wrapped(text) for text in item.text.split("\n\n"))
        + f"\r\n\r\ndpa abc yydd n1 sku\r\n\x03{item.number % 28 + 1:02}1037 Okt 24"
        + "\r\n\x7f\x7f\x04\r\n"
    )


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > 68:
            lines.append(line.strip())
            line = ""
        line += f"{word} "
    return "\r\n".join([*lines, line.strip()])


def rss(item: Story) -> str:
    """Return an entry of a feed."""
    return f"""<item><title>{item.title}</title><guid>https://haus.example/{item.number}</guid>
<link>https://haus.example/{item.number}?utm_source=rss</link>
<pubDate>Fri, 25 Oct 2024 06:12:00 +0200</pubDate><description>{item.paragraphs[0]}</description>
<content:encoded><![CDATA[{item.html}]]></content:encoded></item>"""


def jsonl(item: Story) -> str:
    """Return a record of our own."""
    record = {"id": f"own-{item.number}", "title": item.title, "text": item.text, "version": 1}
    return json.dumps(record, ensure_ascii=False) + "\n"


def plaintext(item: Story) -> str:
    """Return a text file."""
    return f"{item.title}\n\n{item.text}\n"


MAKERS: dict[str, tuple[str, Make]] = {
    "newsml_g2": (".xml", newsml_g2),
    "newsml_1_2": (".xml", newsml_1_2),
    "nitf": (".xml", nitf),
    "digitalwires": (".json", digitalwires),
    "ninjs": (".json", ninjs),
    "iptc7901": (".iptc", iptc7901),
    "rss": (".xml", rss),
    "jsonl": (".jsonl", jsonl),
    "plaintext": (".txt", plaintext),
}


def documents(form: str, count: int) -> Iterator[tuple[str, str]]:
    """Yield names and contents; feeds have 20 entries a document, JSONL is one."""
    ending, make = MAKERS[form]
    if form == "rss":
        for start in range(0, count, PER_FEED):
            entries = "".join(make(story(n)) for n in range(start, min(start + PER_FEED, count)))
            space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
            head = f'<rss version="2.0" {space}><channel><title>Haus</title><language>de</language>'
            yield f"{start:06}{ending}", f"{head}{entries}</channel></rss>"
    elif form == "jsonl":
        yield f"feed{ending}", "".join(make(story(number)) for number in range(count))
    else:
        for number in range(count):
            yield f"{number:06}{ending}", make(story(number))


def measure(form: str, what: str, path: Path) -> Row:
    """Read an archive in this process."""
    base = _peak()
    with zipfile.ZipFile(path) as archive:
        length = sum(entry.file_size for entry in archive.infolist())
    started = time.perf_counter()
    spent, items = 0.0, 0
    if what == "archive":
        reader = open_feed(AutoFeed(path=str(path)), "de")
        items = sum(isinstance(outcome, Article) for outcome in reader.read())
        spent = time.perf_counter() - started
    else:
        for seconds, found in _documents(form, what, path):
            spent, items = spent + seconds, items + found
    rate = items / spent if items else None
    return Row(form, what, items, length / 1e6, rate, _peak(), base)


def _documents(form: str, what: str, path: Path) -> Iterator[tuple[float, int]]:
    """Yield seconds and items of each document; unpacking is not counted."""
    known = next((known for known in FORMATS if known.name == form), None)
    contents = ContentReader(AutoFeed(path="-"), "de")
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            content = archive.read(entry)
            started = time.perf_counter()
            if what == "items" and known is not None:
                found = sum(1 for _ in known.read(Document(entry.filename, content)))
            else:
                outcomes = (
                    contents.lines(io.BytesIO(content), entry.filename, content[:65_536])
                    if form == "jsonl"
                    else contents.document(
                        Document(entry.filename, content), entry.filename, MAKERS[form][0]
                    )
                )
                found = sum(isinstance(outcome, Article) for outcome in outcomes)
            yield time.perf_counter() - started, found


def _peak() -> float:
    """Return the peak of this program alone; `ru_maxrss` starts with that of its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource  # noqa: PLC0415 - not on every system

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measured_apart(form: str, what: str, path: Path) -> Row:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--measure", form, what, str(path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return Row(**json.loads(result.stdout))


def main() -> None:
    """Measure all formats and print a table, and the same as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--format", choices=MAKERS, nargs="*", default=list(MAKERS))
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        form, what, path = given.measure
        print(json.dumps(asdict(measure(form, what, Path(path)))))
        return
    known = {form.name for form in FORMATS} | {"jsonl", "plaintext"}
    rows = []
    print("| format | reading | items | MB in | items/s | MB/s | peak MB | of it before reading |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    for form in given.format:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{form}.zip"
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, content in documents(form, given.items):
                    archive.writestr(name, content)
            if form not in known:
                print(f"| {form} | not registered | | | | | | |", flush=True)
                continue
            whats = ["articles", "archive"]
            for what in whats if form in {"jsonl", "plaintext"} else ["items", *whats]:
                rows.append(measured_apart(form, what, path))
                print(_line(rows[-1]), flush=True)
    figures = json.dumps([asdict(row) for row in rows], indent=1)
    print(f"\n{figures}")
    if given.json:
        given.json.write_text(figures + "\n", encoding="utf-8")


def _line(row: Row) -> str:
    rate = row.per_second or 0.0
    volume = rate * row.megabytes_in / row.items if row.items else 0.0
    cells = (
        *(row.form, row.what, f"{row.items:,}", f"{row.megabytes_in:.1f}", f"{rate:,.0f}"),
        *(f"{volume:.1f}", f"{row.peak_megabytes:.0f}", f"{row.base_megabytes:.0f}"),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
