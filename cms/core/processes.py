"""Child processes that live and end together, each in a session of its own."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _stop_with_parent() -> None:
    """Linux: the kernel sends SIGTERM to the child when its parent is gone, even by SIGKILL."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process. A session of its own keeps Ctrl-C, which the terminal sends to all, from it."""

    name: str
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, name: str, *arguments: str, folder: Path) -> "Child":
        """Run this Python with ``arguments`` in ``folder``."""
        process = subprocess.Popen(  # noqa: S603 - the arguments are ours
            [sys.executable, *arguments],
            cwd=folder,
            start_new_session=True,
            preexec_fn=_stop_with_parent,  # noqa: PLW1509 - the parent has one thread
        )
        return cls(name, process)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        """Signal the main process alone: granian signalled as a group may stay up."""
        if self.alive:
            self.process.terminate()

    def end(self, deadline: float) -> bool:
        """Wait until ``deadline`` (monotonic seconds); after it end the session by force and return False."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.sweep()
            self.process.wait()
            return False
        return True

    def sweep(self) -> None:
        """End by force whatever is left of the session, such as web workers whose main process was killed."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Household:
    """Children of which none stays when one has gone."""

    patience: float  # seconds that a child has to end what it has in hand
    children: list[Child] = field(default_factory=list)
    stopping: bool = False

    def listen(self) -> None:
        """Take Ctrl-C and SIGTERM as the wish to stop; call it before the first child starts."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def watch(self, until: Callable[[], bool] = lambda: False) -> Child | None:
        """Return None when a stop was asked for or ``until`` has come true, or the child that ended by itself."""
        while not (self.stopping or until()):
            for child in self.children:
                if not child.alive and not self.stopping:
                    child.sweep()
                    return child
            time.sleep(0.2)
        return None

    def stop(self) -> Sequence[Child]:
        """Stop all; return those that had to be ended by force."""
        self.stopping = True
        deadline = time.monotonic() + self.patience
        for child in self.children:
            child.ask_to_stop()
        return [child for child in self.children if not child.end(deadline)]
