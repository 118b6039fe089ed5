"""Catalogues of translations without outside tools: gather, keep, compile.

Chinese has no plural, so no message has two forms; the English is worded to fit any number.

The sources are Chinese; `locale/en` holds the English of every one of them, `locale/zh_Hans` only
what the theme and the framework say in English.
"""

import ast
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "assessment_center",
    "candidates",
    "questionbank",
    "exams",
    "scoring",
    "certificates",
    "archives",
)
SINGLE = {"_", "_lazy", "gettext", "gettext_lazy", "gettext_noop"}
CALL = re.compile(
    r"\b(?:gettext|_)\(u?(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\)", re.DOTALL
)
HEADER = (
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Language: {language}\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
MAGIC = 0x950412DE
ENTRY = re.compile(
    r'^msgid (?P<id>(?:"(?:\\.|[^"\\])*"\s*)+)^msgstr (?P<text>(?:"(?:\\.|[^"\\])*"\s*)+)',
    re.MULTILINE,
)
QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"')


def gathered() -> dict[str, list[str]]:
    """Every message of code and templates, with the files where it stands."""
    found: dict[str, list[str]] = {}
    for path in sorted(_sources()):
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        messages = _of_code(text) if path.suffix == ".py" else _of_template(text, place)
        for message in dict.fromkeys(messages):
            found.setdefault(message, []).append(place)
    found.pop("", None)
    return found


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path
    yield from (ROOT / "templates").rglob("*.html")


def _of_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SINGLE and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def _of_template(text: str, place: str) -> Iterator[str]:
    """A percent sign stays doubled: so the template asks for the message when it is shown."""
    for call in CALL.finditer(templatize(text, origin=place)):
        yield str(ast.literal_eval(call["text"]))


def read(path: Path) -> dict[str, str]:
    """The messages of a .po file and their translations; an absent file holds none."""
    if not path.exists():
        return {}
    entries = ENTRY.finditer(path.read_text("utf-8"))
    found = {_unquoted(entry["id"]): _unquoted(entry["text"]) for entry in entries}
    found.pop("", None)
    return found


def _unquoted(text: str) -> str:
    raw = "".join(QUOTED.findall(text))
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), raw)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + escaped.replace("\n", "\\n") + '"'


def write(path: Path, entries: dict[str, str], places: dict[str, list[str]], language: str) -> None:
    """A .po file ordered by message, each with the files it comes from."""
    lines = ['msgid ""', f"msgstr {_quoted(HEADER.format(language=language))}", ""]
    for message in sorted(entries):
        lines += [f"#: {place}" for place in places.get(message, ())]
        lines += [f"msgid {_quoted(message)}", f"msgstr {_quoted(entries[message])}", ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), "utf-8")


def compiled(entries: dict[str, str], language: str) -> bytes:
    """The .mo file of what is translated."""
    table = {"": HEADER.format(language=language)} | {k: v for k, v in entries.items() if v}
    pairs = sorted((k.encode(), v.encode()) for k, v in table.items())
    start = 28
    texts_at = start + 16 * len(pairs)
    originals = _placed((key for key, _value in pairs), texts_at)
    after = texts_at + sum(len(key) + 1 for key, _value in pairs)
    translations = _placed((value for _key, value in pairs), after)
    head = struct.pack("<7I", MAGIC, 0, len(pairs), start, start + 8 * len(pairs), 0, 0)
    body = b"".join(k + b"\0" for k, _v in pairs) + b"".join(v + b"\0" for _k, v in pairs)
    return head + originals + translations + body


def _placed(texts: Iterable[bytes], at: int) -> bytes:
    table = b""
    for text in texts:
        table += struct.pack("<2I", len(text), at)
        at += len(text) + 1
    return table


def catalogue(language: str) -> Path:
    """The .po file of a language; the .mo lies beside it."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def update() -> tuple[int, list[str]]:
    """Bring the English catalogue up to the sources, keep what is translated, compile all.

    Returns how many messages there are and which have no translation yet.
    """
    places, known = gathered(), read(catalogue("en"))
    entries = {message: known.get(message, "") for message in places}
    write(catalogue("en"), entries, places, "en")
    for language in ("en", "zh_Hans"):
        path = catalogue(language)
        path.with_suffix(".mo").write_bytes(compiled(read(path), language))
    return len(entries), [message for message, text in entries.items() if not text]
