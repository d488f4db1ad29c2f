"""Build the Vietnamese catalogue of the admin from what the installed packages leave untranslated.

Wagtail, Django and the smaller packages speak Vietnamese only in part. This collects every text of theirs that has
no Vietnamese in the packages themselves, keeps the translations already in ``cms/locale/vi``, leaves new texts
empty for a person to fill, drops what no package says any more, and compiles the ``.mo`` files. It needs nothing
but Python and the installed packages::

    python scripts/build_catalogue.py            # after an upgrade: then fill the empty msgstr, then run again
    python scripts/build_catalogue.py --check    # what is missing, by package; exit code 1 when anything is

A translation of ours stands above the package's own, so a text a package translates badly is simply added to our
``.po`` by hand; it stays as long as some package uses it.
"""

import argparse
import importlib.util
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "cms" / "locale" / "vi" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
# The packages whose words people of the office or citizens can meet, the most visible first.
PACKAGES = (
    "wagtail.admin",
    "wagtail",
    "wagtail.users",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "captcha",
    "django_filters",
    "taggit",
    "axes",
)
# Wagtail calls these without their being installed apps, so that Django never reads their own Vietnamese.
NOT_INSTALLED = {"django.contrib.humanize"}
# What a template translates from the database, so that no package lists it: the names of permissions.
FOUND_AT_RUN_TIME = {
    "django": {
        "wagtail.users": tuple(f"Can {verb}" for verb in ("add", "change", "delete", "lock", "publish", "unlock"))
    }
}
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: vi\n"
    "Plural-Forms: nplurals=1; plural=0;\n"
)
LINE = re.compile(r'^(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?\s*"(.*)"$')
ESCAPES = {"\\": "\\", '"': '"', "n": "\n", "t": "\t", "r": "\r"}
Key = tuple[str | None, str]


@dataclass
class Entry:
    """One text: what the code says, what people read, and who says it."""

    msgid: str = ""
    context: str | None = None
    plural: str | None = None
    text: str = ""
    fuzzy: bool = False
    packages: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Return what tells two texts apart."""
        return (self.context, self.msgid)


def _unescape(quoted: str) -> str:
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[0]), quoted)


def _escape(text: str) -> str:
    for character, name in (("\\", "\\"), ('"', '"'), ("\n", "n"), ("\t", "t"), ("\r", "r")):
        text = text.replace(character, "\\" + name)
    return text


def _paragraphs(source: str) -> Iterator[list[str]]:
    """Yield the lines of each entry; a new one starts where a comment or msgid follows a msgstr."""
    lines: list[str] = []
    translated = False
    for line in map(str.strip, source.splitlines()):
        starts = line.startswith(("#", "msgctxt", "msgid "))
        if lines and (not line or (translated and starts)):
            yield lines
            lines, translated = [], False
        if line and not line.startswith("#~"):
            lines.append(line)
            translated = translated or line.startswith("msgstr")
    if lines:
        yield lines


def _entry(lines: Iterable[str]) -> Entry | None:
    fields: dict[str, str] = {}
    entry, name = Entry(), ""
    for line in lines:
        if line.startswith("#"):
            entry.fuzzy = entry.fuzzy or (line.startswith("#,") and "fuzzy" in line)
            if line.startswith("#:"):
                entry.packages.extend(line[2:].split())
        elif found := LINE.match(line):
            name = found[1] or name
            fields[name] = fields.get(name, "") + _unescape(found[2])
    if "msgid" not in fields:
        return None
    entry.msgid, entry.context, entry.plural = fields["msgid"], fields.get("msgctxt"), fields.get("msgid_plural")
    # Vietnamese has one form for every number: the first is the only one.
    entry.text = fields.get("msgstr") or fields.get("msgstr[0]") or ""
    return entry


def read(path: Path) -> dict[Key, Entry]:
    """Return the entries of a ``.po`` file without its header; a file that is not there has none."""
    if not path.exists():
        return {}
    found = (_entry(lines) for lines in _paragraphs(path.read_text(encoding="utf-8")))
    return {entry.key: entry for entry in found if entry and entry.msgid}


def _locale(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if not (spec and spec.submodule_search_locations):
        return None
    folder = Path(next(iter(spec.submodule_search_locations)), "locale")
    return folder if folder.is_dir() else None


def _sources(folder: Path, domain: str) -> Iterator[Path]:
    """Yield the files that list a package's texts: its English template, or else each of its translations."""
    template = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
    yield from [template] if template.exists() else sorted(folder.glob(f"*/LC_MESSAGES/{domain}.po"))


def said(domain: str) -> dict[Key, Entry]:
    """Return every text of the packages, with the packages that say it; ``text`` is their own Vietnamese, if any."""
    texts: dict[Key, Entry] = {}
    for package in PACKAGES:
        folder = _locale(package)
        if folder is None:
            continue
        translated = {} if package in NOT_INSTALLED else read(folder / "vi" / "LC_MESSAGES" / f"{domain}.po")
        for key, entry in (item for path in _sources(folder, domain) for item in read(path).items()):
            kept = texts.setdefault(key, Entry(entry.msgid, entry.context))
            kept.plural = kept.plural or entry.plural
            own = translated.get(key)
            if own and own.text and not own.fuzzy and not kept.text:
                kept.text = own.text
            if package not in kept.packages:
                kept.packages.append(package)
    for package, names in FOUND_AT_RUN_TIME.get(domain, {}).items():
        texts |= {(None, name): Entry(name, packages=[package]) for name in names}
    return texts


def merge(texts: dict[Key, Entry], ours: dict[Key, Entry]) -> list[Entry]:
    """Return our catalogue: what lacks Vietnamese, and what we say otherwise, in the packages' order."""
    merged = []
    for key, theirs in texts.items():
        kept = ours.get(key)
        if kept or not theirs.text:
            text = kept.text if kept else ""
            merged.append(Entry(theirs.msgid, theirs.context, theirs.plural, text, False, theirs.packages))
    return merged


def missing(domain: str) -> tuple[dict[str, list[str]], int]:
    """Return the texts without Vietnamese, by the first package that says them, and how many texts there are."""
    texts, ours = said(domain), read(TARGET / f"{domain}.po")
    lacking: dict[str, list[str]] = {}
    for key, entry in texts.items():
        if not entry.text and not (key in ours and ours[key].text):
            lacking.setdefault(entry.packages[0], []).append(entry.msgid)
    return lacking, len(texts)


def _quoted(name: str, text: str) -> str:
    parts = text.splitlines(keepends=True)
    if len(parts) < 2:
        return f'{name} "{_escape(text)}"'
    return "\n".join([f'{name} ""', *(f'"{_escape(part)}"' for part in parts)])


def written(entries: Iterable[Entry]) -> str:
    """Return the ``.po`` file of ``entries``."""
    blocks = [_quoted("msgid", "") + "\n" + _quoted("msgstr", HEADER)]
    for entry in entries:
        lines = ["#: " + " ".join(entry.packages)]
        if entry.context is not None:
            lines.append(_quoted("msgctxt", entry.context))
        lines.append(_quoted("msgid", entry.msgid))
        if entry.plural is not None:
            lines.append(_quoted("msgid_plural", entry.plural))
        lines.append(_quoted("msgstr" if entry.plural is None else "msgstr[0]", entry.text))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def compiled(entries: Iterable[Entry]) -> bytes:
    """Return the ``.mo`` file of the translated ``entries``: GNU's format, sorted, without a hash table."""
    pairs = {b"": HEADER.encode()}
    for entry in entries:
        if entry.text:
            name = entry.msgid if entry.context is None else f"{entry.context}\x04{entry.msgid}"
            name += "" if entry.plural is None else f"\0{entry.plural}"
            pairs[name.encode()] = entry.text.encode()
    names = sorted(pairs)
    tables, strings = [b"", b""], b""
    start = 28 + 16 * len(names)
    for number, column in enumerate((names, [pairs[name] for name in names])):
        for value in column:
            tables[number] += struct.pack("<2I", len(value), start + len(strings))
            strings += value + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(names), 28, 28 + 8 * len(names), 0, start)
    return head + tables[0] + tables[1] + strings


def report() -> int:
    """Print what lacks Vietnamese, by package; return how many texts do."""
    total = 0
    for domain in DOMAINS:
        lacking, everything = missing(domain)
        count = sum(map(len, lacking.values()))
        total += count
        print(f"{domain}: {everything - count} of {everything} texts are Vietnamese")
        for package, texts in lacking.items():
            print(f"  {package}: {len(texts)}", *(f"    {text!r}" for text in texts), sep="\n")
    return total


def build() -> None:
    """Write the ``.po`` and ``.mo`` files anew."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for domain in DOMAINS:
        path = TARGET / f"{domain}.po"
        entries = merge(said(domain), read(path))
        path.write_text(written(entries), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(entries))


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(description="Vietnamese catalogue of the admin")
    parser.add_argument("--check", action="store_true", help="write nothing, only say what is missing")
    check = parser.parse_args().check
    if not check:
        build()
    return 1 if report() and check else 0


if __name__ == "__main__":
    sys.exit(main())
