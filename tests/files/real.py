"""The department's own files, when they lie in a folder ``shared/data`` beside the project or above it."""

from pathlib import Path

import pytest


def real_file(name):
    """Return the path of a real file; without the folder the test is skipped, saying which file it wanted."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "shared" / "data" / name).exists():
            return found
    return pytest.skip(f"không có thư mục shared/data bên cạnh dự án, nên không thử được với tệp thật {name}")
