"""Number words of German and English up to a hundred, with ordinals and halves."""


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DE_ONES = _list("null ein zwei drei vier fünf sechs sieben acht neun")
_DE_TEENS = _list("zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn")
_DE_TENS = _list("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
_DE_ORDINALS = {3: "dritt", 7: "siebt", 8: "acht"}
_DE_ENDINGS = ("e", "en", "er", "es", "em")
_EN_ONES = _list("zero one two three four five six seven eight nine")
_EN_TEENS = _list("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_EN_TENS = _list("twenty thirty forty fifty sixty seventy eighty ninety")
_EN_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip


def german() -> dict[str, str]:
    """Return values by word. `eins` and `erste` are left out: they are rarely counts."""
    found = {}
    cardinals = dict(enumerate([*_DE_ONES, *_DE_TEENS]))
    for tens, word in enumerate(_DE_TENS, start=2):
        cardinals[10 * tens] = word
        for ones in range(1, 10):
            cardinals[10 * tens + ones] = f"{_DE_ONES[ones]}und{word}"
    for value, word in cardinals.items():
        if value == 1:
            continue
        found[word] = str(value)
        stem = _DE_ORDINALS.get(value, word + ("t" if value < 20 else "st"))
        found |= {stem + ending: str(value) for ending in _DE_ENDINGS}
    for ones in range(2, 10):
        found[f"{_DE_ONES[ones]}einhalb"] = f"{ones}.5"
    return found | {"eineinhalb": "1.5", "anderthalb": "1.5", "hundert": "100", "tausend": "1000"}


def english() -> dict[str, str]:
    """Return values by word. `first` is left out; `one` is counted in front of a scale only."""
    found = {}
    for value, word in enumerate([*_EN_ONES, *_EN_TEENS]):
        if value != 1:
            found[word] = found[_ordinal(word)] = str(value)
    for tens, word in enumerate(_EN_TENS, start=2):
        found[word] = found[_ordinal(word)] = str(10 * tens)
        for ones in range(1, 10):
            for end in (_EN_ONES[ones], _ordinal(_EN_ONES[ones])):
                found[f"{word}-{end}"] = found[f"{word} {end}"] = str(10 * tens + ones)
    for ones in range(1, 10):
        found[f"{_EN_ONES[ones]} and a half"] = found[f"{_EN_ONES[ones]}-and-a-half"] = f"{ones}.5"
    return found | {"a hundred": "100", "one hundred": "100", "hundred": "100"}


def decades() -> dict[str, dict[str, str]]:
    """Return the last two digits of a decade by its word."""
    german_words = {f"{word}er": str(10 * n) for n, word in enumerate(_DE_TENS, start=2)}
    english_words = {word[:-1] + "ies": str(10 * n) for n, word in enumerate(_EN_TENS, start=2)}
    return {"de": german_words, "en": english_words}


def _ordinal(word: str) -> str:
    if word in _EN_ORDINALS:
        return _EN_ORDINALS[word]
    return word[:-1] + "ieth" if word.endswith("y") else word + "th"


COUNTS = {
    "de": {word: n for n, word in enumerate([*_DE_ONES, *_DE_TEENS[:3]]) if n},
    "en": {word: n for n, word in enumerate([*_EN_ONES, *_EN_TEENS[:3]]) if n},
}
"""One to twelve."""
WORDS = {"de": german(), "en": english()}
DECADES = decades()
