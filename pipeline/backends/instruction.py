"""What a model is told about the languages, each family in its own way."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.backends.architecture import Architecture, Task, read_json
from pipeline.backends.languages import english_name, family_code, name_choices, same_language
from pipeline.errors import BackendError

_LISTING = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json")
_MBART = (
    "ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT "
    "lv_LV my_MM ne_NP nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN"
)
_MBART50 = (
    "af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL ps_AF "
    "pt_XX sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI"
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a model is told besides the text.

    Attributes:
        source: its own code of the source language, such as `deu_Latn`; `None` if it takes none.
        target: likewise of the target language.
        prefix: put in front of every source text, such as `<2en> `.
    """

    source: str | None = None
    target: str | None = None
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a model.

    Attributes:
        model: name as configured, for messages.
        task: what for.
        languages: ISO codes of source and target.
        prefix: text in front of every source; `None` for what the family wants.
    """

    model: str
    task: Task
    languages: tuple[str, str]
    prefix: str | None = None


def instruct(folder: Path, architecture: Architecture, request: Request) -> Instruction:
    """Put languages and task into the words of a model's family.

    Raises:
        BackendError: if the model does not know a language; it lists those that it knows.
    """
    if architecture.kind in {"m2m_100", "mbart"}:
        source, target = _pair(request, _codes(folder, architecture))
        return Instruction(source, target, request.prefix or "")
    if request.prefix is not None or request.task is Task.summarization:
        return Instruction(prefix=request.prefix or "")
    if architecture.kind == "marian":
        return Instruction(prefix=_marian_prefix(folder, request))
    if targets := _madlad_codes(folder):
        return Instruction(prefix=f"<2{_target(request, targets)}> ")
    return Instruction(prefix=_t5_prefix(request) if architecture.kind == "t5" else "")


def _codes(folder: Path, architecture: Architecture) -> list[str]:
    """Return the languages that a model's tokenizer lists; none where it lists none."""
    if architecture.tokenizer == "MBartTokenizer":
        return _MBART.split()
    if architecture.tokenizer == "MBart50Tokenizer":
        return f"{_MBART} {_MBART50}".split()
    nllb = architecture.tokenizer == "NllbTokenizer"
    written = "".join(json.dumps(read_json(folder / name) or "") for name in _LISTING)
    found = re.findall(r'"([a-z]{3}_[A-Z][a-z]{3})"' if nllb else r"__([a-z]{2,3})__", written)
    if nllb and not found:
        raise BackendError(
            f"{folder}: an NLLB model whose tokenizer_config.json and special_tokens_map.json list "
            "no languages. Write its tokenizer there with save_pretrained."
        )
    return sorted(set(found))


def _pair(request: Request, known: list[str]) -> tuple[str, str]:
    if not known:
        return request.languages
    source, target = (family_code(language, known) for language in request.languages)
    if source is None or target is None:
        both = zip(request.languages, (source, target), strict=True)
        missing = sorted({language for language, code in both if code is None})
        raise BackendError(
            f"{request.model}: this model does not know {', '.join(missing)}; it knows "
            f"{name_choices(missing, known)}. Set languages.source and languages.target to two of "
            "these."
        )
    return source, target


def _target(request: Request, known: list[str]) -> str:
    wanted = request.languages[1]
    found = family_code(wanted, known)
    if found is None:
        raise BackendError(
            f"{request.model}: this model does not translate into {wanted}; it translates into "
            f"{name_choices([wanted], known)}. Set languages.target to one of these."
        )
    return found


def _marian_prefix(folder: Path, request: Request) -> str:
    """Return `>>eng<< ` if the model writes several languages; else check its only pair."""
    vocabulary = read_json(folder / "vocab.json") or {}
    targets = [token[2:-2] for token in vocabulary if re.fullmatch(r">>\w+<<", token)]
    if targets:
        return f">>{_target(request, targets)}<< "
    written = read_json(folder / "tokenizer_config.json") or {}
    for side, wanted in zip(("source", "target"), request.languages, strict=True):
        declared = written.get(f"{side}_lang")
        if isinstance(declared, str) and same_language(wanted, declared) is False:
            pair = f"{written.get('source_lang')} to {written.get('target_lang')}"
            raise BackendError(
                f"{request.model}: this model translates {pair}, as its tokenizer_config.json "
                f"says, not {' to '.join(request.languages)}. Set languages.{side}={declared}, or "
                "name another model."
            )
    return ""


def _madlad_codes(folder: Path) -> list[str]:
    """Return the targets of a T5 model whose vocabulary has tokens like `<2en>`, as MADLAD's."""
    for name in ("tokenizer.json", "spiece.model"):
        path = folder / name
        if path.exists():
            found = re.findall(rb"<2([A-Za-z]{2,3}(?:_\w+)?)>", path.read_bytes())
            return sorted({code.decode() for code in found})
    return []


def _t5_prefix(request: Request) -> str:
    names = [english_name(language) for language in request.languages]
    for language, name in zip(request.languages, names, strict=True):
        if name is None:
            raise BackendError(
                f"{request.model}: a T5 model is told languages by their English names, and "
                f"{language} is no ISO 639-1 code. Give one, or set translation.prefix."
            )
    return f"translate {names[0]} to {names[1]}: "
