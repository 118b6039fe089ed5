"""One person before a browser: goes to pages, fills forms, presses buttons."""

import io
import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from assessment_center.accounts.models import User

DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LARGEST = 200_000
WAIT = 20_000
REFUSED = 422


class Desk:
    """A browser window of its own; `complaints` gathers what the console said."""

    def __init__(self, browser: Any, base: str, size: dict[str, int]) -> None:
        phone = size is PHONE
        self.context = browser.new_context(
            viewport=size, locale="zh-CN", is_mobile=phone, has_touch=phone, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(WAIT)
        self.base = base
        self.complaints: list[str] = []
        self.barriers: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sit_down(self, user: User) -> "Desk":
        """Take up a session of this user, as after signing in."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.context.add_cookies([{"name": name, "value": value, "url": self.base}])
        return self

    def go(self, name: str, *args: Any, query: str = "") -> "Desk":
        return self.visit(reverse(name, args=args) + query)

    def visit(self, path: str) -> "Desk":
        answer = self.page.goto(self.base + path)
        assert answer.status < 400, f"{path}: {answer.status}"
        self.quiet()
        return self

    def press(self, label: str, *, nth: int = 0, form: str = "") -> "Desk":
        """Press the button and wait for the page it leads to; `form` as in `fill`."""
        within = self.page.locator(f"form[action*='{form}']") if form else self.page
        button = within.get_by_role("button", name=label, exact=True).nth(nth)
        with self.page.expect_navigation():
            button.click()
        self.page.wait_for_load_state()
        self.quiet()
        return self

    def refused(self, label: str) -> "Desk":
        """Press where the site must say no: the answer is 422, of which the console tells once."""
        button = self.page.get_by_role("button", name=label, exact=True).first
        with self.page.expect_navigation() as answered:
            button.click()
        self.page.wait_for_load_state()
        assert answered.value.status == REFUSED
        assert [one for one in self.complaints if f"status of {REFUSED}" not in one] == []
        self.complaints.clear()
        self.quiet()
        return self

    def follow(self, label: str, *, nth: int = 0) -> "Desk":
        link = self.page.get_by_role("link", name=label, exact=True).nth(nth)
        with self.page.expect_navigation():
            link.click()
        self.page.wait_for_load_state()
        self.quiet()
        return self

    def fill(self, form: str = "", **values: Any) -> "Desk":
        """Fill fields by their names; `form` narrows them to the form that posts there."""
        for name, value in values.items():
            self._field(form, name, value)
        return self

    def _field(self, form: str, name: str, value: Any) -> None:
        within = f"form[action*='{form}'] " if form else ""
        field = self.page.locator(f"{within}[name='{name}']").first
        kind = field.get_attribute("type")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(
                **({"index": value} if isinstance(value, int) else {"value": value})
            )
        elif kind == "file":
            title, content = value
            field.set_input_files({"name": title, "mimeType": "", "buffer": content})
        elif kind in {"radio", "checkbox"}:
            at = (
                f"{within}[name='{name}'][value='{value}']"
                if kind == "radio"
                else f"{within}[name='{name}']"
            )
            self.page.locator(at).first.check()
        else:
            field.fill(str(value))

    def send_photo(self, content: bytes) -> "Desk":
        """Choose a portrait, leave it as it is cut, and send it; the page stays where it is."""
        self.fill(photo=("p.jpg", content))
        self.page.get_by_role("button", name="上传这张照片").click()
        self.page.get_by_text("照片已保存").wait_for()
        self.quiet()
        return self

    def tick_all(self, form: str, name: str) -> "Desk":
        for box in self.page.locator(f"form[action*='{form}'] [name='{name}']").all():
            box.check()
        return self

    def download(self, label: str) -> bytes:
        """The file behind a link or button."""
        with self.page.expect_download() as waiting:
            self.page.get_by_text(label, exact=True).first.click()
        return Path(waiting.value.path()).read_bytes()

    def sees(self, *words: str) -> "Desk":
        text = self.page.locator("body").inner_text()
        for one in words:
            assert one in text, f"{self.page.url} does not say {one}:\n{text}"
        return self

    def quiet(self) -> None:
        """The console said nothing, and the page does not scroll sideways."""
        assert self.complaints == [], self.complaints
        wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 1, f"{self.page.url} is {wide} px too wide"

    def accessible(self) -> None:
        """What axe finds serious or critical on the page; the walk ends with none."""
        found = Axe().run(self.page, options={"resultTypes": ["violations"]}).response["violations"]
        self.barriers += [
            f"{self.page.url} {one['id']}: {node['html'][:160]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]

    def shot(self, name: str, *, whole: bool = False) -> "Desk":
        """A main page: open to everybody's tools; a picture is kept when pictures are wanted."""
        self.accessible()
        self.page.evaluate("scrollTo(0, 0)")
        if pictures_wanted():
            keep_picture(name, self.page.screenshot(full_page=whole))
        return self


def pictures_wanted() -> bool:
    """`SCREENSHOTS=1` writes them into the checkout; a plain run leaves it as it is."""
    return bool(os.environ.get("SCREENSHOTS"))


def keep_picture(name: str, content: bytes) -> None:
    """A palette keeps the pictures of the pages small."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    for colours in (256, 128, 64):
        out = io.BytesIO()
        picture.quantize(colours, method=Image.Quantize.MEDIANCUT).save(out, "PNG", optimize=True)
        if out.tell() < LARGEST:
            break
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(out.getvalue())


class Desks:
    """The windows of a test, closed at its end; who comes back finds his own again."""

    def __init__(self, browser: Any, base: str) -> None:
        self.browser, self.base = browser, base
        self.open: list[Desk] = []
        self.taken: dict[tuple[Any, bool], Desk] = {}

    def at(self, user: User | None = None, *, phone: bool = False) -> Desk:
        if user is None:
            return self._new(phone=phone)
        if (user.pk, phone) not in self.taken:
            self.taken[user.pk, phone] = self._new(phone=phone)
        return self.taken[user.pk, phone].sit_down(user)

    def _new(self, *, phone: bool) -> Desk:
        desk = Desk(self.browser, self.base, PHONE if phone else DESKTOP)
        self.open.append(desk)
        return desk

    @property
    def barriers(self) -> list[str]:
        return [one for desk in self.open for one in desk.barriers]

    def close(self) -> None:
        for desk in self.open:
            desk.context.close()
