import pytest

from pipeline.backends.plain_text import plain_text


@pytest.mark.parametrize(
    ("kind", "written", "text"),
    [
        ("pegasus", "The board met .<n>It said no .", "The board met . It said no ."),
        ("pegasus", "<n>One<n>", "One"),
        ("bart", "a <n> b", "a <n> b"),
        ("mt5", "4 <0xE2><0x82><0xAC> mehr", "4 € mehr"),
        ("t5", "<0xE2><0x82>.", "�."),
        ("marian", "<0xE2>", "<0xE2>"),
        ("t5", " <0x41>x<0x42> ", "AxB"),
    ],
)
def test_what_only_a_tokenizer_understands(kind, written, text):
    assert plain_text(kind, written) == text


def test_bytes_are_those_of_sentencepiece(tiny_mt5):
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(tiny_mt5 / "spiece.model"))
    pieces = model.encode("Zeichen 中 ½ 🙂", out_type=str)
    written = "".join(pieces).replace("▁", " ")
    assert "<0x" in written
    assert plain_text("mt5", written) == model.decode(pieces)
