#!/usr/bin/env python3
"""The task runner: needs Python alone, makes its own virtual environment in .venv.

python3 tasks.py demo      set everything up and run the demo (no network but a package index)
python3 tasks.py test      set everything up and run every check and test; this is what CI runs
python3 tasks.py TASK …    one of the tasks below; further arguments are passed on
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)


def run(*command: str, **environment: str) -> None:
    """Run a command of the virtual environment in the project's folder; its failure is ours."""
    program = BIN / command[0]
    line = [str(program) if program.exists() else command[0], *command[1:]]
    print("$", *command, flush=True)
    status = subprocess.run(line, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode
    if status:
        sys.exit(status)


def setup(extra: str = "") -> None:
    """Make .venv and install the project into it, unless that was done for this pyproject.toml already."""
    stamp = VENV / f".installed{extra}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted and BIN.is_dir():
        return
    if not BIN.is_dir():
        print("Making a virtual environment in .venv …", flush=True)
        try:
            venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt").create(VENV)
        except (subprocess.CalledProcessError, ImportError):
            sys.exit("This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv")
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", f".{extra}")
    stamp.write_text(wanted)


def demo(*arguments: str) -> None:
    """The whole journey on the sample article."""
    setup()
    run("expander", "demo", *arguments)


def lint(*arguments: str) -> None:
    """Style, types, and the direction of dependencies."""
    setup("[dev]")
    run("ruff", "format", "--check", ".")
    run("ruff", "check", ".")
    run("mypy")
    run("lint-imports")


def test(*arguments: str) -> None:
    """Every check and every test; arguments go to pytest."""
    if not arguments:
        lint()
    setup("[dev]")
    run("python", "-m", "pytest", *arguments)


def fix(*arguments: str) -> None:
    """Format the code and mend what ruff can mend."""
    setup("[dev]")
    run("ruff", "check", "--fix", ".")
    run("ruff", "format", ".")


def bench(*arguments: str) -> None:
    """Print every figure that the README and the gates name, training nothing; arguments choose benchmarks by name."""
    setup("[dev]")
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        if not script.stem.startswith(("_", "train")) and (not arguments or script.stem in arguments):
            run("python", "-m", f"benchmarks.{script.stem}")


def record(*arguments: str) -> None:
    """Record the sample's replies from three real MediaWikis into cache/sample."""
    setup("[dev]")
    run("python", "-m", "tests.farm", "record", *arguments)


def farm(*arguments: str) -> None:
    """Serve three real MediaWikis with the sample on loopback until interrupted."""
    setup("[dev]")
    run("python", "-m", "tests.farm", "serve", *arguments)


def wheel(*arguments: str) -> None:
    """Build the wheel into dist/."""
    setup("[dev]")
    run("python", "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", "dist", ".")


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task for task in (demo, test, lint, fix, bench, record, farm, wheel)
}


def main() -> None:
    """Run the task that the command line names."""
    if sys.version_info < OLDEST:
        sys.exit(f"expander needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    name, *arguments = sys.argv[1:] or ["help"]
    if name not in TASKS:
        print(__doc__)
        for task in TASKS.values():
            print(f"    {task.__name__:8}  {(task.__doc__ or '').splitlines()[0]}")
        sys.exit(0 if name in ("help", "-h", "--help") else 2)
    TASKS[name](*arguments)


if __name__ == "__main__":
    main()
