"""Say what a file is that no format recognises, by its first bytes."""

import re

from pipeline.feed.document import Document

_PICTURES = (
    (0, b"\xff\xd8\xff", "JPEG picture"), (0, b"\x89PNG\r\n", "PNG picture"),
    (0, b"GIF8", "GIF picture"), (0, b"II*\0", "TIFF picture"), (0, b"MM\0*", "TIFF picture"),
    (8, b"WEBP", "WebP picture"), (0, b"8BPS", "Photoshop picture"), (0, b"\0\0\1\0", "icon"),
    (4, b"ftyp", "film or sound (MP4)"), (8, b"AVI ", "film (AVI)"), (8, b"WAVE", "sound (WAV)"),
    (0, b"ID3", "sound (MP3)"), (0, b"\xff\xfb", "sound (MP3)"), (0, b"OggS", "sound (Ogg)"),
    (0, b"fLaC", "sound (FLAC)"), (0, b"\x1aE\xdf\xa3", "film (Matroska)"),
    (0, b"FORM", "sound (AIFF)"),
)  # fmt: skip
_OTHERS = (
    (b"%PDF", "a PDF document"), (b"PK\3\4", "a document of an office program"),
    (b"\xd0\xcf\x11\xe0", "an old document of an office program"), (b"{\\rtf", "an RTF document"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"), (b"\x28\xb5\x2f\xfd", "a zstd archive"), (b"PAR1", "Parquet"),
    (b"SQLite format 3", "an SQLite database"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"%!PS", "PostScript"), (b"From ", "a mailbox"),
)  # fmt: skip
_NO_ARTICLES = {
    ".csv", ".tsv", ".log", ".py", ".js", ".css", ".ini", ".cfg", ".conf", ".toml", ".yml", ".yaml",
    ".sql", ".sh", ".bat", ".xsd", ".dtd", ".rng", ".xsl", ".rtf", ".eml", ".ics", ".vcf", ".srt",
    ".md5", ".sha256", ".bib", ".tex", ".ipynb", ".c", ".h", ".java",
}  # fmt: skip
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_GUESSED = frozenset({"cp1252", "latin-1"})
"""Read what is no UTF-8; a quarter of other letters is more than any language has."""

_FRAMING = re.compile("[\x01-\x04\x07]")
_MOST_CONTROL = 0.005
_XML = re.compile(r"<(?:\?xml|!|[\w.:-]+(?:\s+[\w.:-]+\s*=\s*[\"']|>.*</|\s*/>))", re.DOTALL)
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\d\]]")
_KEY = re.compile(r'"([^"\\]{1,40})"\s*:')
_SAMPLE = 65_536


def medium_of(head: bytes) -> str | None:
    """Name a picture, film or sound; they lie beside texts, and hold none."""
    for at, mark, name in _PICTURES:
        if head.startswith(mark, at):
            return name
    return None


def is_data(document: Document) -> bool:
    """Tell what programs and machines write from what may hold a text."""
    marks = tuple(mark for mark, _ in _OTHERS)
    return document.content.startswith(marks) or medium_of(document.content) is not None


def is_json(document: Document) -> bool:
    """Tell JSON, also if it is broken, from a text that opens with a bracket."""
    return bool(_JSON.match(document.head.lstrip("\ufeff \t\r\n")))


def is_plain_text(document: Document, suffix: str) -> bool:
    """Tell a text without markup from data; `suffix` of its name is that of no other text."""
    if suffix in _NO_ARTICLES or is_data(document):
        return False
    sample = document.text[0][:_SAMPLE]
    if _XML.match(sample.lstrip("\ufeff \t\r\n")) or is_json(document):
        return False
    if document.text[1] in _GUESSED and len(_NOT_ASCII.findall(sample)) > len(sample) / 4:
        return False
    control = len(_CONTROL.findall(_FRAMING.sub("", sample)))
    return control <= _MOST_CONTROL * len(sample) and any(map(str.isalpha, sample))


def describe(document: Document, suffix: str) -> str:
    """Say what a document seems to be."""
    named = next((n for mark, n in _OTHERS if document.content.startswith(mark)), None)
    medium = medium_of(document.content)
    if named or medium:
        return named or f"a {medium}"
    if document.root is not None and _XML.match(document.head.lstrip("\ufeff \t\r\n")):
        is_page = document.root.lower() == "html"
        return "an HTML page" if is_page else f"XML with the root element <{document.root[:60]}>"
    if is_json(document):
        return _json(document)
    if suffix in _NO_ARTICLES:
        return f"text that is no article, as its ending {suffix} says"
    return f"no text: it begins with the bytes {document.content[:8].hex(' ')}"


def _json(document: Document) -> str:
    names = list(dict.fromkeys(map(str, _KEY.findall(document.head))))[:6]
    return f"JSON with the keys {', '.join(names)}" if names else "JSON without keys"
