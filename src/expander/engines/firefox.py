"""Firefox's translation models on this machine through fxtranslate (extra ``firefox``); Russian, not Tajik.

Settings: ``folder`` with the models' files, as they are or a folder a pair (``ru-en``); without it fxtranslate fetches
the pair once from Mozilla's model service into its own cache.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from expander.engines.protocol import Answer, Carrier, EngineInfo, Segment, Translated, Untranslated
from expander.engines.settings import Settings
from expander.errors import EngineError


class Firefox:
    """Firefox Translations: small translation models, no language models."""

    def __init__(self, settings: Settings) -> None:
        self._offline = settings.offline
        self._folder = Path(settings.text("folder")).expanduser() if settings.text("folder") else None
        self._loaded: dict[tuple[str, str], Any] = {}

    @property
    def info(self) -> EngineInfo:
        """One sentence at a time."""
        return EngineInfo(
            name="firefox",
            title="Firefox Translations (local)",
            carrier=Carrier.LABELS,
            max_chars=4_000,
            max_segments=8,
            remote=False,
            may_use_llm=False,
            network=False,
            languages=("ru",),
            model=self._folder.name if self._folder else "",
        )

    def supports(self, source: str, target: str) -> bool:
        """Whether there is a model, or one can be fetched. Raises EngineError where that cannot be told."""
        if self._folder is not None:
            return bool(_model_files(self._folder, source, target))
        library = _library()
        if any(entry["name"] == f"{source}-{target}" for entry in library.Cache().list_cached()):
            return True
        if self._offline:
            return False
        try:
            records = library.discovery.fetch_records_body()
        except ValueError:
            raise EngineError(
                "Firefox's list of models cannot be fetched; check the network or set a folder."
            ) from None
        try:
            return bool(library.discovery.resolve_route(records, source, target))
        except ValueError:
            return False

    def translate(self, segments: Sequence[Segment], source: str, target: str) -> list[Answer]:
        """See Engine."""
        if (source, target) not in self._loaded:
            self._loaded[source, target] = self._load(source, target)
        model = self._loaded[source, target]
        with _understood(source, target):
            # translate_long: translate cuts off silently what is beyond the model's reach
            texts = [str(model.translate_long(segment.text)).strip() for segment in segments]
        return [Translated(text) if text else Untranslated("answered nothing") for text in texts]

    def _load(self, source: str, target: str) -> Any:
        library = _library()
        found = _model_files(self._folder, source, target) if self._folder else {}
        if self._folder is None and self._offline:
            found = {kind: Path(path) for kind, path in _cached(library, source, target).items()}
        with _understood(source, target):
            if not found:
                return library.Translator.load(source, target)
            return library.Translator(*(found[kind].read_bytes() for kind in _KINDS if kind in found))


_KINDS = ("model", "source", "target", "shortlist")


def _model_files(folder: Path, source: str, target: str) -> dict[str, Path]:
    """The files of a pair's model by kind; {} where one is missing."""
    within = folder / f"{source}-{target}"
    return _by_kind(sorted((within if within.is_dir() else folder).glob(f"*.{source}{target}.*")))


def _cached(library: Any, source: str, target: str) -> dict[str, Path]:
    return _by_kind([Path(path) for _, _, path in library.Cache().pair_files(f"{source}-{target}")])


def _by_kind(paths: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for path in paths:
        kind = path.name.split(".")[0]
        if kind == "vocab":
            found["source"] = found["target"] = path
        else:
            found[{"srcvocab": "source", "trgvocab": "target", "lex": "shortlist"}.get(kind, kind)] = path
    return found if {"model", "source", "target"} <= found.keys() else {}


def _library() -> Any:
    try:
        return import_module("fxtranslate")
    except ImportError:
        raise EngineError("Firefox's models need fxtranslate; install expander[firefox].") from None


@contextmanager
def _understood(source: str, target: str) -> Iterator[None]:
    """Turns what fxtranslate throws at a file that makes no sense to it into EngineError."""
    try:
        yield
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"  # Rust's, and no Exception
        if not is_panic and not isinstance(error, ValueError | OSError):
            raise
        said = " ".join(str(error).split())[:120]
        raise EngineError(f"Firefox's model {source}–{target} cannot be used ({said}); fetch it anew.") from None
