"""Make the sounds of the captcha: the Vietnamese digits 2–9, one file each, in two voices.

Run once, by hand, where espeak-ng and sox are installed; the files it writes are committed beside the code
and the running site needs neither program::

    python scripts/make_spoken_digits.py

The words are spoken by a synthesiser, so nobody's voice is in them. 16 kHz, mono, 16 bit.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "cms" / "core" / "static" / "core" / "sounds"
WORDS = {2: "hai", 3: "ba", 4: "bốn", 5: "năm", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín"}
VOICES = {"a": ("vi", "45"), "b": ("vi-vn-x-south", "62")}
RATE = "16000"


def run(*command: str) -> None:
    """Run one program; its failure is ours."""
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def speak(word: str, voice: str, pitch: str, target: Path) -> None:
    """Write ``word`` to ``target`` without silence around it, as loud as the others."""
    with tempfile.TemporaryDirectory() as folder:
        raw = str(Path(folder, "raw.wav"))
        run("espeak-ng", "-v", voice, "-s", "125", "-p", pitch, "-w", raw, "--", word)
        edge = ("silence", "1", "0.02", "1%")
        # sox cannot fade the end of a sound whose length it does not know: the end is faded as a beginning.
        effects = ("gain", "-3", "rate", "-h", RATE, *edge, "reverse", *edge, "fade", "0.02", "reverse", "norm", "-4")
        run("sox", "-D", raw, "-c", "1", "-b", "16", str(target), *effects)


def main() -> int:
    """Write every file; return the exit code."""
    missing = [program for program in ("espeak-ng", "sox") if shutil.which(program) is None]
    if missing:
        sys.stderr.write(f"Thiếu chương trình: {', '.join(missing)}\n")
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    for letter, (voice, pitch) in VOICES.items():
        for digit, word in WORDS.items():
            speak(word, voice, pitch, TARGET / f"{letter}{digit}.wav")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
