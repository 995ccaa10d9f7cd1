"""Every line is one paragraph; ` | ` marks where it must be split, and nowhere else."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.sentences.german import GermanSplitter

ABBREVIATIONS = [
    "Das gilt z.B. Für Kinder nicht, z. B. Köche schon. | Der Rest zahlt.",
    "Gemeint sind z. B. Die Linke und die CSU, d.h. Parteien. | Mehr nicht.",
    "Prof. Dr. Ada Kuhn und Dr.-Ing. Max Roth kamen. | Sie redeten.",
    "Er wohnt in St. Pölten, Hauptstr. 5, nahe Haus Nr. 7. | Dort ist es ruhig.",
    "Es kostet 5 Mio. Euro, nicht 5 Mrd. Euro. | Das ist viel.",
    "Der Gewinn stieg auf 5 Mio. | Danach fiel er auf 3 Mio. | Im Vorjahr waren es 2 Mrd.",
    "Nach Art. 5 Abs. 1 und Ziff. 3 ist das erlaubt. | Diese Art. | Der Rest bleibt.",
    "Äpfel, Birnen usw. | Der Markt hat alles, Obst, Brot etc. | Deutschland isst gern.",
    "Sie kam inkl. Gepäck ca. 10 Minuten zu spät bzw. gar nicht. | Schade.",
    "Es siegte Köln vs. Bonn. | Das war klar.",
    "Die Möbel Kunz GmbH & Co. KG wächst. | Auch Kunz & Co. | Der Umsatz stieg.",
    "Gez. i. V. Karl Maier, z. Zt. Bonn. | Ende.",
    "Er lebt in Frankfurt a. M. | Dort ist die Bank.",
    "Gäste waren u. a. Peter Kraus, Udo Jürgens u. v. m. | Berlin jubelte.",
    "Rom wurde 753 v. Chr. gegründet, das Forum 500 v. Chr. | Das ist lange her.",
    "Das Geschäft in den U.S.A. läuft. | Die Firma Apple Inc. | Sie sitzt in Cupertino.",
    "Er sprach in Washington, D.C. (dpa) über Handel. | Danach flog er heim.",
]

NAMES = [
    "Die Autorin J. K. Rowling und George W. Bush trafen J.R.R. Tolkien. | Er schwieg.",
    "Angeklagt ist Franz-Josef S. | Der Prozess beginnt heute.",
    "Angeklagt ist Murat K. aus Bonn. | Murat K. schweigt.",
    "Gesucht wird Hannelore E. | 2019 war sie in Haft. | Im Jahr zuvor war Ina B. 30 Jahre alt.",
    "Es spielt H.-P. Müller. | Er ist 30.",
    "Sieger in Gruppe B. | Trainer Maier jubelt über Vitamin C. | Ärzte nicht.",
    "Er schrieb auf X. | Musk antwortete auf der Plattform X. | Trump nicht.",
    "Die Aktie von Yahoo! Deutschland fiel. | Bei Yahoo! | Der Rest stieg.",
    "König Friedrich II. von Preußen und Charles III. Windsor. | Es folgte Pius XII. | Er starb.",
    "Das iPhone ist da. | iPhone und iPad sind teuer. | eBay auch. | mRNA-Impfstoffe nicht.",
    "Infos auf Bahn.de, t-online.de, Booking.com und Node.js. | Schreiben Sie an a.b@c.de!",
    "Die Datei config.txt liegt unter www.Der-Name.de/Das.html bereit. | Laden Sie sie.",
]

NUMBERS = [
    "Am 5. November, am 3. und 4. Mai und im 19. Jahrhundert. | Es war einmal.",
    "Der 1. FC Köln spielt in der 2. Bundesliga, der FC Ulm in der 3. Liga. | Das ist so.",
    "1. FC Köln schlägt Bonn. | 1. Mai ist frei.",
    "Ein 3. Mann kam zum 2. Mal, Evas 3. Sieg. | Sie lachte.",
    "Der Leitzins stieg auf 5. | Danach fiel er auf 3. | Volkswirte staunten.",
    "Das war im Jahr 2024. | Der Konzern wuchs. | Bis 2025. | Konzernchef Maier dankte.",
    "Es gilt ab 1.1.2025. | Der Bund zahlt bis zum 31.12. | Die Länder nicht.",
    "Der Prozess läuft vom 1. 2. 2024 bis 3. 4. 2025. | Dann ist Schluss.",
    "Der Dax schloss bei 18.412,33. | Es war 12.30 Uhr. | Um 12.30. | Die Uhr schlug.",
    "Sie gewannen 3:1. | Trainer Maier lachte. | Bonn verlor 0:2. | 3.000 Fans gingen.",
    "Köln ist auf Platz 5. | Trainer Maier nicht. | Sieger ist die Nr. 1. | Favorit war er nicht.",
    "Sie war 42. | Ihr Mann war 43. | 2023 starb er. | 1.100 Menschen kamen.",
    "Es fehlen drei Punkte: 1. Die Steuer sinkt. | 2. Die Rente steigt. | 3. Alle lachen.",
    "Das Tor fiel früh (23.) und spät (81.). | Dann war Schluss.",
    "Er spielte sein 1.500. Pflichtspiel. | Die Zahl stieg auf 1.500. | Menschen kamen.",
    "Die 12- bis 13-Jährigen, das sind 31. | Kinder von 4 und 11. | Eltern nicht.",
    "ISIN: DE0007164600. | WKN: 716460. | Das Auto fuhr 180 km/h. | Erlaubt war weniger.",
    "Am Dienstag, 5., und Mittwoch, 6. Mai, ist zu. | Am 7. öffnet das Amt.",
    "Es waren minus 7 Grad C. | Meteorologen warnen.",
    "Die A 5. | Polizei war da. | Der Airbus A350. | Passagiere auch.",
]

QUOTES = [
    "„Das ist gut!“, rief er. | „Wirklich?“ fragte sie. | „Ja.“ | Er ging.",
    '"Das ist gut!", rief er. | "Wirklich?" fragte sie. | "Ja." | Er ging.',
    "»Das ist gut!«, rief er. | »Wirklich?« | Er ging.",
    "«Das ist gut!», rief er. | «Wirklich?» | Er ging.",
    "‚Das ist gut!‘, rief er. | ‚Wirklich?‘ | Er ging.",
    "„Wir haben viel vor. | Das schaffen wir“, sagte er. | „Nein!“ | „Doch!“",
    "Er sagte: „Das ist falsch.“ | Danach ging er.",
    "Er sprach von „Mio. Euro“ und „Dr. No“. | Das war alles.",
    "Es läuft „E.T. – Der Außerirdische“ um 20 Uhr. | Danach folgt „M – Mörder“.",
    "Sie fragte: Wann? | Er sagte: Nie.",
]

BRACKETS_AND_MARKS = [
    "Er kam (Motto: Alles wird gut! Wirklich.) und ging. | (Siehe Nr. 3.) | Ende.",
    "Er kam. | (Das war 2019. | Danach kam er nicht.) | So ist es.",
    "Er kam (?) Montag und sprach [...] Deutsch. | Gut.",
    "Er zögerte ... und ging. | Dann… | Er kam zurück... | Mutter lachte.",
    "Er suchte ... Arbeit. | Vergeblich ... | Er ging.",
    "Was?! | Nein!!! | Doch... | Gut.",
    "Es war spät. | - Die Polizei kam. | – Der Dieb floh.",
    "BERLIN (dpa) - Der Bund zahlt. | DORTMUND/BERLIN (dpa/lsw) - Köln zahlt.",
    "Toll! 🎉 | Der Konzern wächst. | Schön 🙂 Tag.",
    "Das kostet viel. | § 5 gilt. | €-Zeichen fehlen. | #Berlin ist toll.",
    "Sie rief: Nein! čisto und żur, éclair. | Émile kam. | Čapek nicht. | Ünal auch.",
    "Ein Satz . | Noch einer.",
]

MISSING_SPACE = [
    ("Das sagte er.Der Konzern schwieg.", ["Das sagte er.", "Der Konzern schwieg."]),
    ("„Das ist so.“Der Konzern schwieg.", ["„Das ist so.“", "Der Konzern schwieg."]),
    ("Er kam.„Das ist gut“, rief er.", ["Er kam.", "„Das ist gut“, rief er."]),
    ("Er mag Node.Js, Bahn.De, z.B.Die Welt und A.Der Film.", None),
    ("Es gibt Bild.Zeitung und Welt.Online dazu.", None),
    ("Mail an info@zeitung.Der Rest folgt.", None),
]

SPLITTER = GermanSplitter()
LINES = [*ABBREVIATIONS, *NAMES, *NUMBERS, *QUOTES, *BRACKETS_AND_MARKS]


@pytest.mark.parametrize("line", LINES)
def test_traps(line):
    assert SPLITTER.split(line.replace(" | ", " ")) == line.split(" | ")


@pytest.mark.parametrize(("text", "expected"), MISSING_SPACE)
def test_missing_space(text, expected):
    assert SPLITTER.split(text) == (expected or [text])


def test_blank_lines_end_sentences_and_single_line_breaks_do_not():
    text = "Er ging\nnach Hause.\nSie blieb.\n \nOhne Punkt\n\n\nNoch einer"
    assert SPLITTER.split(text) == [
        "Er ging\nnach Hause.",
        "Sie blieb.",
        "Ohne Punkt",
        "Noch einer",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\u2003\n"])
def test_white_space_holds_no_sentence(text):
    assert SPLITTER.split(text) == []


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\u200b", "\u200e", "\u200f", "\ufeff", "\u2066"])
def test_invisible_characters_hide_no_boundary_and_stay(mark):
    text = f"Er ging.{mark} {mark}Sie blieb."
    assert SPLITTER.split(text) == [f"Er ging.{mark}", f"{mark}Sie blieb."]


@pytest.mark.parametrize("space", ["\xa0", "\u202f", "\u2009", "\n", "  "])
def test_any_white_space_may_part_an_abbreviation(space):
    text = (
        f"Das gilt z.{space}B. für Prof.{space}Dr.{space}Kuhn am 5.{space}Mai.{space}Danach nicht."
    )
    assert len(SPLITTER.split(text)) == 2


def test_house_abbreviations_end_no_sentence():
    text = "Der Abg. Meier kam, die Frakt. d. Mitte nicht."
    assert len(SPLITTER.split(text.replace("d. Mitte", "Mitte"))) == 3
    assert GermanSplitter(["Abg.", "Frakt. d."]).split(text) == [text]


@pytest.mark.parametrize("entry", ["", " ", ".", "5."])
def test_an_empty_house_abbreviation_is_refused(entry):
    with pytest.raises(ConfigError, match=r"sentences\.abbreviations.*remove it"):
        GermanSplitter([entry])


ALPHABET = st.sampled_from(
    [
        *'aBz5 \n.!?…"„“»«()[]-–,:',
        " ",
        "\n\n",
        "Der ",
        "Dr. ",
        "z. B. ",
        "3. ",
        "Mai",
        "🎉",
        "\x00",
        "\u200b",
    ]
)


def squeeze(text):
    return "".join(text.split())


@given(st.one_of(st.text(), st.lists(ALPHABET, max_size=60).map("".join)))
def test_no_character_is_lost(text):
    sentences = SPLITTER.split(text)
    assert squeeze("".join(sentences)) == squeeze(text)
    assert all(sentence == sentence.strip() != "" for sentence in sentences)
    position = 0
    for sentence in sentences:
        position = text.index(sentence, position) + len(sentence)


def seconds(text):
    start = time.perf_counter()
    SPLITTER.split(text)
    return time.perf_counter() - start


@pytest.mark.parametrize(
    "unit",
    [
        "z. B. ",
        "Dr. ",
        "(Das. ",
        "5. ",
        ".",
        ". ",
        '."',
        "!(",
        "… ",
        "a.B",
        ". (",
        "\n",
        " ",
        "A. Der ",
        "🎉! ",
        "Gruppe B. ",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(unit):
    small, large = unit * 2_000, unit * 32_000
    assert min(seconds(large) for _ in range(2)) < 60 * max(
        0.001, min(seconds(small) for _ in range(3))
    )
