"""A token bucket per host: short bursts are fine, a steady rate is kept."""

from __future__ import annotations

from dataclasses import dataclass, field

BURST = 5


@dataclass
class Pace:
    """``rate`` tokens a second flow into a bucket that holds ``burst``; each request takes one."""

    rate: float
    burst: int = BURST
    _tokens: float = field(default=float("inf"), repr=False)
    _last: float = field(default=0.0, repr=False)

    def take(self, now: float) -> float:
        """Take a token; 0 where there was one, else the seconds after which to come again (and none is taken)."""
        self._tokens = min(float(self.burst), self._tokens + max(0.0, now - self._last) * self.rate)
        self._last = now
        if self._tokens >= 1.0 - 1e-9:
            self._tokens -= 1.0
            return 0.0
        return (1.0 - self._tokens) / self.rate


_hosts: dict[str, Pace] = {}


def pace_of(host: str, rate: float) -> Pace:
    """The bucket of ``host``, shared by all engines that ask it; the slowest rate that one of them wants holds."""
    pace = _hosts.setdefault(host, Pace(rate))
    pace.rate = min(pace.rate, rate)
    return pace
