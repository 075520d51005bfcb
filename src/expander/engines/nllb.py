"""NLLB-200 on this machine through ctranslate2 (extra ``nllb``); Russian and Tajik, and some 150 others.

Settings: ``folder`` with a converted model (``ct2-transformers-converter --model facebook/nllb-200-distilled-600M
--quantization int8 --copy_files sentencepiece.bpe.model --output_dir FOLDER``), or ``download``, the address of a
folder that holds such a model; it is then fetched once. The weights are CC BY-NC 4.0.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from expander.engines.fetching import fetch_folder
from expander.engines.protocol import Answer, Carrier, EngineInfo, Segment, Translated, Untranslated
from expander.engines.settings import Settings
from expander.errors import EngineError

_FILES = ("model.bin", "config.json", "shared_vocabulary.json", "sentencepiece.bpe.model")
_END = "</s>"
_MOST_TOKENS = 1000  # the model was trained with 512 and can hold 1,024


class Nllb:
    """NLLB-200, a translation model, no language model."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.folder("nllb")

    @property
    def info(self) -> EngineInfo:
        """Packets are small, so that an interrupted run has little to do again; the batches are ctranslate2's."""
        return EngineInfo(
            name="nllb",
            title="NLLB-200 (local)",
            carrier=Carrier.LABELS,
            max_chars=4_000,
            max_segments=16,
            remote=False,
            may_use_llm=False,
            network=False,
            languages=tuple(sorted(_codes())),
            model=self._folder.name,
        )

    def supports(self, source: str, target: str) -> bool:
        """Whether the model knows both. Raises EngineError where there is no model."""
        codes = _codes()
        if source not in codes or target not in codes:
            return False
        vocabulary = self._vocabulary
        return not vocabulary or {codes[source], codes[target]} <= vocabulary

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """See Engine; each segment is one sentence to the model."""
        translator, pieces = self._model
        from_code, to_code = _codes()[source], _codes()[target]
        tokens = [[from_code, *pieces.encode(segment.text, out_type=str), _END] for segment in segments]
        short = [index for index, one in enumerate(tokens) if len(one) <= _MOST_TOKENS]
        answers: list[Answer] = [Untranslated("takes no sentence that long")] * len(segments)
        room = max((len(tokens[index]) for index in short), default=0) * 3 + 20
        results = translator.translate_batch(
            [tokens[index] for index in short],
            target_prefix=[[to_code]] * len(short),
            beam_size=4,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=room,
        )
        for index, result in zip(short, results, strict=True):
            words = [token for token in result.hypotheses[0] if token not in (to_code, _END)]
            if len(words) >= room - 1:
                answers[index] = Untranslated("went on and on without an end")
            else:
                text = str(pieces.decode(words)).strip()
                answers[index] = Translated(text, self.info.model) if text else Untranslated("answered nothing")
        return answers

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The model's tokens, as far as they are written down beside it."""
        path = self._ready_folder / "shared_vocabulary.json"
        try:
            return frozenset(msgspec.json.decode(path.read_bytes(), type=list[str]))
        except (OSError, msgspec.DecodeError):
            return frozenset()

    @cached_property
    def _ready_folder(self) -> Path:
        if not (self._folder / "model.bin").is_file():
            address = self._settings.text("download")
            if not address or self._settings.offline:
                raise EngineError(
                    f"NLLB finds no model in {self._folder}; set folder or download in [engines.nllb], see the manual."
                )
            fetch_folder(self._settings.client("NLLB's model", rate=5.0), address, _FILES, self._folder)
        return self._folder

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        try:
            ctranslate2, sentencepiece = import_module("ctranslate2"), import_module("sentencepiece")
        except ImportError as error:
            raise EngineError(f"NLLB needs {error.name}; install expander[nllb].") from None
        folder = self._ready_folder
        spelling = next(iter(sorted(folder.glob("*.model"))), None)
        if spelling is None:
            raise EngineError(f"NLLB finds no sentencepiece model (*.model) in {folder}; copy the original's there.")
        try:
            return ctranslate2.Translator(str(folder), device="auto"), sentencepiece.SentencePieceProcessor(
                model_file=str(spelling)
            )
        except (RuntimeError, ValueError, OSError) as error:
            said = " ".join(str(error).split())[:120]
            raise EngineError(
                f"NLLB's model in {folder} cannot be loaded ({said}); fetch or convert it anew."
            ) from None


@cache
def _codes() -> Mapping[str, str]:
    """Wikipedia's code → the model's (FLORES-200: language and script)."""
    return tomllib.loads(files("expander.engines").joinpath("nllb.toml").read_text("utf-8"))["codes"]  # type: ignore[no-any-return]
