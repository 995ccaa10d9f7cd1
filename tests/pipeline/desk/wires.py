"""Deliveries of one invented story in the formats that agencies use."""

import json

URN = "urn:newsml:dpa.com:20090101:260304-930-000001"
TEXT = "Die Werft in Kiel stellt 200 Leute ein. Das teilte der Vorstand am Montag mit."


def digitalwires(version=1, status="usable", text=TEXT, **fields):
    item = {
        "format": "digitalwires@0.9.1",
        "urn": URN,
        "version": version,
        "version_created": f"2026-03-02T1{version or 0}:00:00+01:00",
        "pubstatus": status,
        "language": "de",
        "urgency": 4,
        "headline": "Werft stellt ein",
        "article_html": f'<section class="main"><p>{text}</p></section>',
        **fields,
    }
    return json.dumps(item).encode()


def newsml_g2(version=1, status="usable", text=TEXT):
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{URN}"
 version="{version}" standard="NewsML-G2" standardversion="2.12" xml:lang="de">
 <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:dpa"/>
 <versionCreated>2026-03-02T1{version}:00:00+01:00</versionCreated>
 <pubStatus qcode="stat:{status}"/></itemMeta>
 <contentMeta><urgency>4</urgency><headline>Werft stellt ein</headline></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml">
 <html xmlns="http://www.w3.org/1999/xhtml"><head><title>Werft</title></head>
 <body><p>{text}</p></body></html></inlineXML></contentSet></newsItem>""".encode()


def nitf(version=None, status="usable", text=TEXT, hour=10):
    key = "" if version is None else f'<du-key key="werft-1" version="{version}"/>'
    return f"""<nitf><head><docdata management-status="{status}">
 <doc-id id-string="werft-1" regsrc="Musteragentur"/>
 <date.issue norm="20260302T{hour}0000+0100"/>{key}</docdata></head>
 <body><body.head><hedline><hl1>Werft stellt ein</hl1></hedline></body.head>
 <body.content><p>{text}</p></body.content></body></nitf>""".encode()
