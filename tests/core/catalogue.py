"""The script that builds the catalogue, as a module: it lives outside every package."""

import importlib.util
import sys
from types import ModuleType

from tests.architecture import house


def _loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_catalogue", house.ROOT / "scripts" / "build_catalogue.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass asks for its own module
    spec.loader.exec_module(module)
    return module


script = _loaded()
