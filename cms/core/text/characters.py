"""Sets of code points that the other modules share; written as escapes because most of them cannot be seen."""

import re

# Tab, line feed and carriage return are the only controls that people type.
REFUSED_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
SURROGATE = re.compile("[\ud800-\udfff]")
NON_CHARACTER = re.compile(
    "[\ufdd0-\ufdef" + "".join(chr((plane << 16) + low) for plane in range(17) for low in (0xFFFE, 0xFFFF)) + "]"
)
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

# Soft hyphen, grapheme joiner, bidi marks, Hangul, Khmer and Braille fillers, Mongolian and text
# variation selectors, zero-width and invisible operators, annotation marks, tags.
INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_EMOJI = (
    "\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2934\u2935\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
# U+FE0F makes a picture of what stands before it; anywhere else it only hides.
STRAY_PICTURE_SELECTOR = re.compile(f"(?<![{_EMOJI}0-9#*])\ufe0f")
# U+200D joins two pictures into one (a family, a profession); anywhere else it only hides.
STRAY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")
PICTURE_PARTS = re.compile("[\u200d\ufe0f]")

HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
APOSTROPHES = "\u2018\u2019\u02b9\u02bb\u02bc"
# Icelandic eth and African d look like the Vietnamese letter and come from wrongly converted files.
FALSE_D = {"\xd0": "Đ", "\u0189": "Đ", "\xf0": "đ", "\u0256": "đ"}

GRAVE, ACUTE, TILDE, HOOK_ABOVE, DOT_BELOW = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
# In the order of Vietnamese dictionaries; no mark (ngang) comes first.
TONES = (GRAVE, HOOK_ABOVE, TILDE, ACUTE, DOT_BELOW)
