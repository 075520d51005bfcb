"""Packets: as many sentences to one request as an engine takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from expander.engines.protocol import EngineInfo, Segment


def packets(segments: Sequence[Segment], indices: Iterable[int], info: EngineInfo) -> Iterator[list[int]]:
    """``indices`` of ``segments`` in packets within the engine's limits; neighbours stay together, in order.

    A sentence that is by itself too long is left out: see :func:`fits`.
    """
    packet: list[int] = []
    size = 0
    for index in indices:
        own = info.measure(segments[index].text)
        if packet and (size + own > info.max_chars or len(packet) == info.max_segments):
            yield packet
            packet, size = [], 0
        packet.append(index)
        size += own
    if packet:
        yield packet


def fits(segment: Segment, info: EngineInfo) -> bool:
    """Whether the engine takes ``segment`` at all."""
    return info.measure(segment.text) <= info.max_chars
