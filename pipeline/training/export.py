"""Write a trained model as the folder that ships."""

import shutil
from pathlib import Path

import torch
from transformers import GenerationConfig, M2M100ForConditionalGeneration

from pipeline.training.vocabulary import Vocabulary

_TOKENIZER = ("sentencepiece.bpe.model", "vocab.json", "tokenizer_config.json")


def export(model: M2M100ForConditionalGeneration, vocabulary_folder: Path, target: Path) -> None:
    """Write weights in half precision, configuration and tokenizer into `target`.

    Half precision halves the download; at run time the weights are int8 or float32 anyway.
    """
    target.mkdir(parents=True, exist_ok=True)
    english = Vocabulary(vocabulary_folder).language("en")
    model.generation_config = GenerationConfig(
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_bos_token_id=english,
    )
    model.to(torch.float16).save_pretrained(target)
    if vocabulary_folder.resolve() != target.resolve():
        copy_vocabulary(vocabulary_folder, target)


def copy_vocabulary(source: Path, target: Path) -> None:
    """Copy the tokenizer of one model folder into another."""
    target.mkdir(parents=True, exist_ok=True)
    for name in _TOKENIZER:
        shutil.copyfile(source / name, target / name)
