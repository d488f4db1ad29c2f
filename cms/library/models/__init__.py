"""The library of materials for teaching and for telling people: by topic, school and audience (S28, S56)."""

from .index import MaterialIndexPage
from .materials import MaterialPage
from .parts import MaterialFile, MaterialFileVersion, MaterialLink
from .topics import MaterialTopic

__all__ = [
    "MaterialFile",
    "MaterialFileVersion",
    "MaterialIndexPage",
    "MaterialLink",
    "MaterialPage",
    "MaterialTopic",
]
