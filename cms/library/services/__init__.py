"""Writing the library. Editors write materials through Wagtail; the catalogue of topics comes through here."""

from .topics import FIRST_TOPICS, topic_delete, topic_save, topics_seed

__all__ = ["FIRST_TOPICS", "topic_delete", "topic_save", "topics_seed"]
