"""Sentences through engines, in order of preference, until each has a translation or every engine has said no."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from expander.engines.memory import MemoryEngine
from expander.engines.protocol import Answer, Carrier, Engine, Segment, Translated, Untranslated
from expander.translation.asking import Asker
from expander.translation.carriers import Decoded, Hints, decode, encode, no_hints
from expander.translation.finished import Finished
from expander.translation.layout import escape
from expander.translation.masked import Masked, Piece
from expander.translation.matches import by_model, similar, used
from expander.translation.memory import Memory
from expander.values import Finding

EXACT = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """A sentence to translate, with the paragraph that it stands in (plain text) and the article's title."""

    masked: Masked
    context: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """What became of a sentence.

    ``text`` is its translation in canonical masked form, None where there is none: ``failures`` then name each engine
    and why. ``engine`` and ``model`` made it; ``may_use_llm`` whether a language model may be inside (WP:LLM);
    ``match`` is the memory's similarity in per cent, None for machines. ``findings`` are about markup and matches.
    """

    source: str
    text: str | None = None
    engine: str = ""
    model: str = ""
    may_use_llm: bool = False
    match: int | None = None
    findings: tuple[Finding, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()

    @property
    def reason(self) -> str:
        """Why there is no translation, engine by engine."""
        return "; ".join(f"{engine}: {why.rstrip('.')}" for engine, why in self.failures) or "there is no engine to ask"


@dataclass
class _Job:
    """A sentence on its way."""

    masked: Masked
    segment: Segment
    done: Translation | None = None
    near: tuple[Engine, Translated] | None = None  # what the memory holds that is nearly the same
    failures: list[tuple[str, str]] = field(default_factory=list)


class Translator:
    """``memory`` first, then ``engines`` in order of preference; one that is given up stays so for this object's life.

    Finished translations are kept in ``cache_folder`` (None: nowhere) as soon as they come, so that an interrupted run
    loses nothing. ``offline`` asks no engine that opens a socket. ``progress(done, total)`` is told of each sentence.
    """

    def __init__(
        self,
        engines: Iterable[Engine],
        memory: Memory | None = None,
        cache_folder: Path | None = None,
        *,
        offline: bool = False,
        progress: Progress | None = None,
    ) -> None:
        own = () if memory is None else (MemoryEngine(memory),)
        self._askers = tuple(Asker(engine, offline=offline) for engine in (*own, *engines))
        self._folder = cache_folder
        self._offline = offline
        self._progress = progress or (lambda _done, _total: None)

    def translate(
        self, requests: Sequence[Request | Masked | str], source: str, target: str, hints: Hints = no_hints
    ) -> list[Translation]:
        """One translation a request, in order; ``hints`` tell what link labels may be in the target language.

        Raises StorageError where finished translations cannot be kept. Engines that fail are named in the results.
        """
        jobs = [_job(request, hints) for request in requests]
        finished = Finished(self._folder, readonly=self._only_reads()) if self._folder else None
        try:
            for asker in self._askers:
                asker.finished = finished
                if waiting := [job for job in jobs if job.done is None]:
                    _Run(asker, (source, target), hints).translate(waiting, lambda: self._tell(jobs))
        finally:
            if finished:
                finished.close()
        return [_result(job, target, hints) for job in jobs]

    def _only_reads(self) -> bool:
        """Whether no engine will be asked whose answers would have to be kept."""
        infos = [asker.engine.info for asker in self._askers]
        return self._offline and all(info.network or info.carrier is Carrier.EXACT for info in infos)

    def _tell(self, jobs: Sequence[_Job]) -> None:
        self._progress(sum(job.done is not None for job in jobs), len(jobs))


class _Run:
    """One engine's turn."""

    def __init__(self, asker: Asker, languages: tuple[str, str], hints: Hints) -> None:
        self._asker, self._engine, self._languages, self._hints = asker, asker.engine, languages, hints

    def translate(self, jobs: Sequence[_Job], tell: Callable[[], None]) -> None:
        carrier = self._engine.info.carrier
        segments = [replace(job.segment, text=_sendable(encode(job.masked, carrier))) for job in jobs]
        lost: dict[int, tuple[Translated, Decoded]] = {}

        def answered(index: int, answer: Answer) -> None:
            job = jobs[index]
            if isinstance(answer, Untranslated):
                job.failures.append((self._engine.info.name, answer.reason))
                return
            if answer.match is not None and answer.match < EXACT:
                job.near = self._engine, answer
                job.failures.append((self._engine.info.name, f"holds only a sentence that is {answer.match} % like it"))
                return
            decoded = decode(answer.text, job.masked, carrier, self._hints, self._languages[1])
            job.done = _translation(job, self._engine, answer, decoded)
            if decoded.lost and answer.match is None:
                lost[index] = answer, decoded
            tell()

        self._asker.ask(segments, carrier, *self._languages, answered)
        if lost:
            self._find_labels({index: jobs[index] for index in lost}, lost)

    def _find_labels(self, jobs: Mapping[int, _Job], lost: Mapping[int, tuple[Translated, Decoded]]) -> None:
        """Labels that were not found in the translation are translated by themselves, and looked for again."""
        carrier = self._engine.info.carrier
        labels = dict.fromkeys(
            job.masked.label(job.masked.pieces[number - 1])
            for index, job in jobs.items()
            for number in lost[index][1].lost
            if job.masked.pieces[number - 1].paired
        )
        wanted = [label for label in labels if any(map(str.isalpha, label))]
        wordings: dict[str, str] = {}

        def answered(index: int, answer: Answer) -> None:
            if isinstance(answer, Translated):
                wordings[wanted[index]] = decode(answer.text, Masked(escape(wanted[index])), carrier).text

        segments = [Segment(_sendable(encode(Masked(escape(label)), carrier))) for label in wanted]
        self._asker.ask(segments, carrier, *self._languages, answered)
        for index, job in jobs.items():
            answer, before = lost[index]
            hints = _with(self._hints, wordings, job.masked)
            after = decode(answer.text, job.masked, carrier, hints, self._languages[1])
            if len(after.lost) < len(before.lost):
                job.done = _translation(job, self._engine, answer, after)


def _job(request: Request | Masked | str, hints: Hints) -> _Job:
    if isinstance(request, str):
        request = Masked(escape(request))
    if isinstance(request, Masked):
        request = Request(request)
    masked = request.masked
    terms = {masked.label(piece): next(iter(hints(piece)), "") for piece in masked.pieces if piece.paired}
    glossary = tuple((label, wording) for label, wording in terms.items() if label and wording)
    job = _Job(masked, Segment("", _sendable(request.context), request.topic, glossary))
    if not any(map(str.isalnum, masked.plain)):  # nothing that could be translated
        job.done = Translation(masked.text, masked.text)
    return job


def _sendable(text: str) -> str:
    """``text`` without halves of surrogate pairs, which no protocol can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _with(hints: Hints, wordings: Mapping[str, str], masked: Masked) -> Hints:
    def more(piece: Piece) -> Sequence[str]:
        own = wordings.get(masked.label(piece), "")
        return (*hints(piece), own) if own else hints(piece)

    return more


def _translation(job: _Job, engine: Engine, answer: Translated, decoded: Decoded) -> Translation:
    info = engine.info
    return Translation(
        source=job.masked.text,
        text=decoded.text,
        engine=info.name,
        model=answer.model,
        may_use_llm=info.may_use_llm,
        match=answer.match,
        findings=(*decoded.findings, *((by_model(answer.model),) if info.is_llm else ())),
        failures=tuple(job.failures),
    )


def _result(job: _Job, target: str, hints: Hints) -> Translation:
    """The job's translation; a near match of the memory where no engine had one."""
    if job.near is None:
        return job.done or Translation(job.masked.text, failures=tuple(job.failures))
    engine, answer = job.near
    if job.done is not None:
        return replace(job.done, findings=(*job.done.findings, similar(answer, job.masked.text)))
    decoded = decode(answer.text, job.masked, engine.info.carrier, hints, target)
    near = _translation(job, engine, answer, decoded)
    return replace(near, findings=(*near.findings, used(answer, job.masked.text)))
