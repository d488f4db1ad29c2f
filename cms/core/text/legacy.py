"""Noticing text in the encodings from before Unicode, which shows as nonsense when pasted."""

import re
import unicodedata

# Letters and signs of Latin-1 that Vietnamese never uses inside a word; TCVN3, VNI and UTF-8 read as Latin-1 all do.
_ALIEN = "¡-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïñö÷øûüþÿ"
_ALIEN_IN_WORD = re.compile(f"[A-Za-zÀ-ÿ][{_ALIEN}]|[{_ALIEN}][A-Za-zÀ-ÿ]")
# Words with digits are left out: 25°C and 30m² are plain Vietnamese.
_WORD_WITH_LETTER = re.compile(r"(?<!\S)[^\s0-9]*[A-Za-zÀ-ÿ][^\s0-9]*(?!\S)")
# Letters that exist only in Unicode Vietnamese.
_VIETNAMESE_ONLY = re.compile("[ăđơưẠ-ỹ]", re.IGNORECASE)
MIN_WORDS, MIN_SHARE = 2, 0.25


def looks_like_legacy_encoding(value: str) -> bool:
    """Tell whether ``value`` seems pasted from TCVN3 (.VnTime), VNI or a wrongly decoded file.

    A guess for a warning, never for a refusal: short German or French text may trigger it.
    """
    text = unicodedata.normalize("NFC", value)
    words = _WORD_WITH_LETTER.findall(text)
    alien = sum(1 for word in words if _ALIEN_IN_WORD.search(word))
    genuine = sum(1 for word in words if _VIETNAMESE_ONLY.search(word))
    return alien >= MIN_WORDS and alien > genuine and alien >= MIN_SHARE * len(words)
