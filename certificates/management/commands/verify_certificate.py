"""Say whether a certificate is genuine: its file, the text of its code, or its number."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.rules.numbering import NumberError, parse
from certificates.scanning import codes_in
from certificates.selectors import by_number
from certificates.services.verifying import (
    UNKNOWN,
    Answer,
    Verdict,
    verdict_of,
    verify_file,
    verify_text,
)

WORDS = {
    Answer.VALID: "有效",
    Answer.REVOKED: "已注销",
    Answer.UNKNOWN: "查无此证或内容被改动",
}
SHOWN = ("number", "name", "id_masked", "occupation", "job", "level", "centre")


def examine(text: str) -> tuple[Verdict, dict[str, Any]]:
    """The verdict on a path, a token or a number, and how it was reached."""
    path = Path(text)
    if len(text) < 256 and path.is_file():  # noqa: PLR2004 - longer texts are no names of files
        return _file(path.read_bytes())
    try:
        parse(text)
    except NumberError:
        return verify_text(text=text), {"by": "code"}
    found = by_number(text)
    return (verdict_of(found) if found else UNKNOWN), {"by": "number"}


def _file(content: bytes) -> tuple[Verdict, dict[str, Any]]:
    same = verify_file(content=content)
    if same.answer is not Answer.UNKNOWN:
        return same, {"by": "file", "unchanged": True}
    codes = codes_in(content) or [content.decode(errors="replace")]
    verdicts = [verify_text(text=code) for code in codes]
    known = next((each for each in verdicts if each.answer is not Answer.UNKNOWN), UNKNOWN)
    return known, {"by": "code", "unchanged": False}


class Command(BaseCommand):
    help = "查验证书：给出 PDF 文件、二维码文字或证书编号。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("subject", help="PDF 文件、二维码文字或证书编号")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["subject"].strip():
            raise CommandError("请给出 PDF 文件、二维码文字或证书编号。")
        verdict, how = examine(options["subject"].strip())
        face = verdict.face or {}
        told = {
            "answer": verdict.answer.value,
            **how,
            **{key: face[key] for key in SHOWN if key in face},
            "issued_on": verdict.issued_on.isoformat() if verdict.issued_on else None,
            "revoked_on": verdict.revoked_on.isoformat() if verdict.revoked_on else None,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(self._words(verdict, how))
        if verdict.answer is not Answer.VALID:
            sys.exit(1)

    def _words(self, verdict: Verdict, how: dict[str, Any]) -> str:
        lines = [f"{WORDS[verdict.answer]}"]
        if verdict.face:
            lines.append("，".join(verdict.face[key] for key in SHOWN if verdict.face.get(key)))
        if how.get("unchanged") is False and verdict.face:
            lines.append("二维码为真，但文件与发证时的不同：请以上面的内容为准核对纸面。")
        return "\n".join(lines)
