"""Nothing of a notebook gets into the outputs, and an editor is told that there was one."""

import pytest

from pipeline.feed.dress import undress
from pipeline.feed.notebook import cut_notebook
from pipeline.feed.reader import open_feed
from pipeline.feed.settings import PlaintextFeed
from pipeline.records import Block

STORY = "Kleinstadt (dpa) - Der Zoo öffnet wieder.\n\nDie Tiere freuen sich."
BLOCKS = (Block("Der Zoo öffnet wieder."), Block("Die Tiere freuen sich."))
INSIDE = """## Internet
- [Zoo](https://zoo.example)

## Orte
- [Zoo](Am Wald 1, Kleinstadt)

* * * *
Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt

## Ansprechpartner
- Petra Muster, +49 30 0000-1234, <muster.petra@agentur.example>

## dpa-Kontakte
- Autor: Hans Beispiel, +49 30 0000-5678, <beispiel.hans@agentur.example>
- Redaktion: Erika Musterfrau, +49 30 0000-9999
"""
SECRETS = ("Muster", "0000", "agentur.example", "Beispiel", "zoo.example", "Am Wald", "Internet")


@pytest.mark.parametrize(
    "head", ["# dpa-Notizblock", "# Notizblock", "#Notizblock", "# Notebook", "dpa-Notizblock", ""]
)
@pytest.mark.parametrize("closing", ["", "\ndpa abc yydd n1 xy\n"])
def test_a_notebook_goes_to_its_last_line(head, closing):
    dress = undress(f"{STORY}\n\n* * * *\n\n{head}\n\n{INSIDE}{closing}")
    assert dress.notebook
    assert dress.blocks == BLOCKS
    assert dress.signature == (closing.strip() or None)
    assert not any(secret in repr(dress) for secret in SECRETS)


@pytest.mark.parametrize(
    "notice",
    [
        "Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt",
        "* * * *\nDie folgenden Informationen sind nicht zur\nVeröffentlichung bestimmt:",
        "(Nicht zur Veröffentlichung bestimmt)",
        "The following information is not intended for publication",
        "## Redaktionelle Hinweise",
    ],
)
def test_a_notice_alone_is_enough(notice):
    dress = undress(f"{STORY}\n\n{notice}\n\nPetra Muster, +49 30 0000-1234")
    assert (dress.blocks, dress.notebook) == (BLOCKS, True)
    assert "Muster" not in repr(dress)


@pytest.mark.parametrize(
    "line",
    [
        "Autorin: Petra Muster, +49 30 0000-1234, muster.petra@agentur.example",
        "- Redaktion: Petra Muster, 030 0000-1234",
        "Kontakt zum Autor: muster@agentur.example",
        "Ihre Ansprechpartnerin: Petra Muster, Tel. (030) 0000-1234",
    ],
)
def test_contacts_go_wherever_they_stand(line):
    for text in (f"{STORY}\n\n{line}", STORY.replace("\n\n", f"\n\n{line}\n\n")):
        dress = undress(text)
        assert (dress.blocks, dress.notebook) == (BLOCKS, True)


@pytest.mark.parametrize(
    "last",
    [
        "Das Papier sei nicht zur Veröffentlichung bestimmt gewesen, sagte er.",
        "Er zog einen Notizblock aus der Tasche.",
        "Die Redaktion: ein Haus mit Geschichte.",
        "Das Internet ist nicht zur Veröffentlichung von allem da.",
    ],
)
def test_ordinary_sentences_stay(last):
    dress = undress(f"{STORY}\n\n{last}")
    assert (dress.blocks, dress.notebook) == ((*BLOCKS, Block(last)), False)


def test_a_text_that_is_all_notebook_is_left_empty():
    assert undress(f"# dpa-Notizblock\n\n{INSIDE}").blocks == ()


def test_the_article_says_that_a_notebook_was_left_out(tmp_path):
    (tmp_path / "a.txt").write_text(f"{STORY}\n\n# dpa-Notizblock\n\n{INSIDE}", encoding="utf-8")
    (article,) = open_feed(PlaintextFeed(path=str(tmp_path / "a.txt")), "de").read()
    assert [caution.code for caution in article.warnings] == ["notebook_left_out"]
    assert not any(secret in repr(article) for secret in SECRETS)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["#" * 1_000_000, "\n" * 500_000, ("\n" + " " * 1000) * 1000, "Desk: " + "1" * 500_000],
)
def test_long_text_takes_no_long_time(text):
    assert len(cut_notebook(text)[0]) <= len(text)
