"""The department's own files, when they lie in a folder ``shared/data`` beside the project or above it."""

from pathlib import Path
from unittest import SkipTest


def real_file(name):
    """Return the path of a real file; without the folder the test is skipped, saying which file it wanted."""
    for folder in Path(__file__).resolve().parents:
        if (found := folder / "shared" / "data" / name).exists():
            return found
    # Not pytest.skip: it is no Exception, and Django's TestCase would leave its transaction open behind it.
    raise SkipTest(f"không có thư mục shared/data bên cạnh dự án, nên không thử được với tệp thật {name}")
