"""Which columns of feedback are searched by words; the sender's name stands in no other table than the sender's."""

from cms.core.search import WordColumn

CASE_WORDS = WordColumn("feedback_case", "search_text")
COPY_WORDS = WordColumn("feedback_publiccase", "search_text")
NAME_WORDS = WordColumn("feedback_sender", "folded_name")
WORD_COLUMNS = (CASE_WORDS, COPY_WORDS, NAME_WORDS)
