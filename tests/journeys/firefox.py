"""Firefox as it is installed, driven by its own remote protocol (Marionette).

Playwright drives only a Firefox of its own making. The protocol is one TCP connection:
`LENGTH:[0, id, command, parameters]` there, `LENGTH:[1, id, error, result]` back.
https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.stack.site import wait_until

FIREFOX = (
    os.environ.get("FRAMING_FIREFOX")
    or shutil.which("firefox-esr")
    or shutil.which("firefox")
    or ""
)
# A profile that asks nobody home; port 0 takes a free one and writes it into the profile.
PREFERENCES = {
    "marionette.port": 0,
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}
# The keys of the WebDriver standard that are no letters.
KEYS = {
    "Enter": "\ue007", "Escape": "\ue00c", "Shift": "\ue008", "Control": "\ue009",
    "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014", "ArrowDown": "\ue015",
}  # fmt: skip


class PageLeft(Exception):
    """The page went away before it answered."""


class Firefox:
    """One window without a screen."""

    def __init__(self, profile: Path) -> None:
        profile.mkdir()
        lines = (
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
            for name, value in PREFERENCES.items()
        )
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self.process = subprocess.Popen(
            [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = wait_until(lambda: _port(profile), seconds=60, what="Firefox")
            self.connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            self.stream = self.connection.makefile("rb")
            self._read()  # what it says of itself
            self("WebDriver:NewSession")
            self("WebDriver:SetWindowRect", width=1440, height=900)
        except BaseException:
            self.process.kill()
            raise

    def __call__(self, command: str, **parameters: Any) -> Any:
        """Send a command and return its result; what Firefox refuses is a failure."""
        message = json.dumps([0, 1, command, parameters]).encode()
        self.connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        assert error is None, f"{command}: {error}"
        return result

    def _read(self) -> Any:
        digits = b""
        while (sign := self.stream.read(1)) != b":":
            assert sign, "Firefox hung up"
            digits += sign
        return json.loads(self.stream.read(int(digits)))

    def close(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait(timeout=30)

    def go(self, address: str) -> None:
        self("WebDriver:Navigate", url=address)

    def run(self, function: str, *arguments: Any) -> Any:
        """Call a function of JavaScript on the page, and wait for what it promises."""
        script = f"""const [run, ...given] = [{function}, ...arguments], tell = given.pop();
            Promise.resolve(run(...given)).then((value) => tell([true, value ?? null]),
                                                (error) => tell([false, String(error)]));"""
        answer = self("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments))
        if answer["value"] is None:
            raise PageLeft(function)
        done, value = answer["value"]
        assert done, value
        return value

    def wait(self, function: str, *arguments: Any, seconds: float = 20) -> Any:
        """Return the first true answer of the page, or of the one that it goes to."""

        def look() -> Any:
            try:
                return self.run(function, *arguments)
            except PageLeft:
                return None

        return wait_until(look, seconds=seconds, what=f"{function} {arguments}")

    def press(self, *keys: str) -> None:
        """Press keys as Playwright names them, like `Control+z`."""
        for key in keys:
            names = [KEYS.get(name, name) for name in key.split("+")] if key != "+" else [key]
            down = [{"type": "keyDown", "value": name} for name in names]
            up = [{"type": "keyUp", "value": name} for name in reversed(names)]
            self._act("key", [*down, *up])

    def type(self, words: str) -> None:
        self.press(*words)

    def drag(self, left: float, top: float, right: float, bottom: float) -> None:
        where = [(left, top), ((left + right) / 2, (top + bottom) / 2), (right, bottom)]
        moves = [
            {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 20} for x, y in where
        ]
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        self._act("pointer", [moves[0], down, *moves[1:], up])

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source: dict[str, Any] = {"type": kind, "id": kind, "actions": actions}
        self("WebDriver:PerformActions", actions=[source])


def _port(profile: Path) -> int:
    try:
        return int((profile / "MarionetteActivePort").read_text())
    except (OSError, ValueError):
        return 0
