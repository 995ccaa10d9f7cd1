"""Messages of serial wires: what is killed, held back or not for publication."""

import pytest

from tests.pipeline.feed.formats.iptc7901_messages import FIXTURES, FOLDER, articles, message, only

NOT_PUBLIC = ("nicht zur Veröffentlichung", "not intended for publication", "@", "Notizblock")


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_what_is_not_public_is_nowhere(path):
    for article in articles(path.read_bytes()):
        written = repr(article).replace("for publication were left out", "")
        assert not [words for words in NOT_PUBLIC if words in written]


@pytest.mark.parametrize(
    "block",
    [
        "(Achtung) Bitte verwenden Sie diese Meldung nicht.\nTitel",
        "(Achtung - Meldung wird\nzurückgezogen)\nTitel",
        "KILL KILL KILL",
        "*** ELIMINAR - ELIMINAR ***\nATENCION REDACCIONES",
    ],
)
def test_kills(block):
    assert only(message(block, "Ulm (dpa) - Text.")).status == "canceled"


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("(Sperrfrist 4. Januar 19.00 Uhr)\nTitel", "Ulm (dpa) - Text."),
        ("(Bericht Sperrfrist 4. Januar\n19.00 Uhr - Rede)\nTitel", "Ulm (dpa) - Text."),
        ("EMBARGOED\nTitel", "Ulm (dpa) - Text."),
        ("Titel", "SPERRFRIST: 19.00 Uhr\n\nUlm (dpa) - Text."),
        ("Titel", "Ulm (dpa) - Text.\n\n# Notizblock\n\n## Hinweise\n- Sperrfrist bis 19.00 Uhr"),
    ],
)
def test_an_embargo_is_kept_as_text_and_no_date_is_made_of_it(head, text):
    article = only(message(head, text))
    assert article.wire.embargo_text
    assert article.embargo is None


def test_a_story_on_driving_bans_has_no_embargo():
    text = (
        "Ulm (dpa) - Das Gericht verhängte eine\nSperrfrist von einem Jahr. Die Sperrfrist läuft."
    )
    assert only(message("Sperrfrist für Raser", text)).wire.embargo_text is None


def test_an_embargo_in_notes_that_are_not_public_holds_the_story_and_says_no_more():
    notes = (
        "* * * *\nDie folgenden Informationen sind nicht zur Veröffentlichung bestimmt\n\n## X\n"
    )
    article = only(
        message("T", f"Ulm (dpa) - Text.\n\n{notes}- Sperrfrist laut Petra, 0171 5550123")
    )
    assert article.wire.embargo_text == "Sperrfrist"
    assert "5550123" not in repr(article)


def test_a_message_cut_off_in_its_notebook_leaks_nothing():
    whole = (FOLDER / "story.iptc").read_bytes()
    for end in range(whole.index(b"# Notizblock") + 12, whole.index(b"\x03"), 7):
        article = only(whole[:end])
        assert "truncated_message" in [caution.code for caution in article.warnings]
        assert "@" not in repr(article.blocks)
        assert " 555" not in repr(article)


@pytest.mark.parametrize("lost", [" =", "\n\n", "\x02", "\x03", "(", ")"])
def test_a_message_that_lost_its_marks_leaks_nothing(lost):
    content = (FOLDER / "story.iptc").read_bytes().decode().replace("\r", "")
    article = only(content.replace(lost, "\n" if lost == "\n\n" else ""))
    assert "@" not in repr(article)
    assert " 555" not in repr(article)
