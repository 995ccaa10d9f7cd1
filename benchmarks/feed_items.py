"""Make items of every format, from invented text.

NewsML-G2 is like that of dpa, five renditions in about 12 kilobytes; the other formats hold the
same story.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

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
