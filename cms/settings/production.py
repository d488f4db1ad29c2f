"""The real site: what ``make run`` and every server use. All differences come by environment."""

from .base import *
