"""Does README lead a newcomer to the first published post? Each step as it stands there, in a copy of the repository.

The local Telegram stands in for Telegram's own address; everything else is what README says.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import Sandbox, SandboxServer
from tests.e2e.owner import Owner, has, text_of
from tests.e2e.processes import ROOT, Running, free_port, wait_until_answers

pytestmark = pytest.mark.timeout(240)

_TOKEN = "900011:a-newcomers-own-token"
_README = (ROOT / "README.md").read_text(encoding="utf-8")
_IDEA = "В пятницу открываем второй магазин"


def steps() -> list[str]:
    """Return the numbered steps under "Use it"."""
    section = _README.partition("## Use it")[2].partition("\n## ")[0]
    return [
        re.sub(r"\s+", " ", one) for one in re.findall(r"^\d\. (.*?)(?=^\d\. |\n\n)", section, re.S | re.M)
    ]


def commands(step: str) -> list[str]:
    """Return what a step has one type."""
    return [one for one in re.findall(r"`([^`]+)`", step) if one.startswith(("make ", "cp ", ".venv/bin/"))]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The repository as git has it, with the packages that `make install` would put there."""
    folder = tmp_path / "a clone"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    _bring_packages(folder)
    return folder


def _bring_packages(folder: Path) -> None:
    """Do what `make install` does, from the environment the tests run in: a fresh one takes a minute."""
    made = folder / ".venv"
    made.mkdir()
    for one in Path(sys.prefix).iterdir():
        if one.name.startswith(".installed"):
            shutil.copy2(one, made)
        elif one.name != ".made-at":
            (made / one.name).symlink_to(one)
    (made / ".made-at").write_text(str(folder))


@asynccontextmanager
async def typed(command: str, folder: Path) -> AsyncGenerator[Running]:
    """Run ``command`` in a shell of its own; Ctrl-C for it and what it has started at the end."""
    log = folder.parent / "typed.log"
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_shell(
            f"exec {command}", cwd=folder, env=env, stdout=output, stderr=output, start_new_session=True
        )
    started = Running(process, log)
    try:
        yield started
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGINT)
            await asyncio.wait_for(process.wait(), 60)


async def test_every_step_leads_on_to_the_first_post(clone: Path) -> None:
    told = steps()
    assert [commands(step) for step in told] == [[], ["cp .env.example .env"], ["make run"], [], []]
    port = free_port()
    sandbox = Sandbox(_TOKEN)
    async with SandboxServer(sandbox) as telegram, aiohttp.ClientSession() as http:
        owner = await Owner.at(http, telegram.url)
        async with typed(commands(told[1])[0], clone) as copying:
            assert await copying.process.wait() == 0, copying.tail()
        _write(
            clone / ".env",
            TELEGRAM_BOT_TOKEN=_TOKEN,
            TELEGRAM_OWNER_IDS=str(owner.id),
            TELEGRAM_API_BASE=telegram.url,
            NEXUS_PORT=str(port),
        )
        async with typed(commands(told[2])[0], clone) as nexus:
            await wait_until_answers(f"http://127.0.0.1:{port}/readyz", nexus, 120)
            await _settle_in(owner)
            await _first_post(owner)
            await _looked_at_by_the_doctor(clone)
        assert "Traceback" not in nexus.log.read_text()
    sandbox.close()


def _write(file: Path, **values: str) -> None:
    """Fill in lines of the file, which it has to have, switched off or empty."""
    text = file.read_text(encoding="utf-8")
    for name, value in values.items():
        text, found = re.subn(rf"(?m)^(# )?{name}=.*$", f"{name}={value}", text)
        assert found == 1, f".env.example has no line for {name}"
    file.write_text(text, encoding="utf-8")


async def _settle_in(owner: Owner) -> None:
    await owner.send("/start")
    await owner.press(await owner.wait(has("Русский"), what="choice of language"), "Русский")
    await owner.wait(lambda message: "Где вы живёте" in text_of(message), what="question for the city")
    await owner.send("Казань")
    await owner.press(await owner.wait(has("Да"), what="city"), "Да")
    await owner.wait(lambda message: "называется" in text_of(message), what="question for the product")
    await owner.send("Чайная")
    await owner.wait(lambda message: "Чайная" in text_of(message), what="question for its description")
    await owner.send("Чай для тех, кто умеет ждать")
    await owner.wait(has("Подключить канал"), what="question for a channel")
    await owner.make_channel("Чайная", "tea_house")
    offered = await owner.wait(lambda message: "Меня добавили" in text_of(message), what="offer to connect")
    await owner.press(offered, "Подключить «Чайная»")
    found = await owner.wait(has("Тестовый пост и подключить"), what="channel with its rights")
    await owner.press(found, "Тестовый пост и подключить")
    await owner.wait(has("Удалить тестовый пост"), what="connected channel")


async def _first_post(owner: Owner) -> None:
    await owner.send(_IDEA)
    card = await owner.wait(has("Одобрить"), what="draft")
    await owner.press(card, "Одобрить")
    await owner.press(await owner.wait(has("Сейчас"), what="approved draft"), "Сейчас")
    channel = (await owner.channels())["Чайная"]
    await owner.wait(lambda message: _IDEA in text_of(message), chat=channel, seconds=60, what="post")
    await owner.wait(lambda message: "Опубликовано ·" in text_of(message), what="news of it")


async def _looked_at_by_the_doctor(clone: Path) -> None:
    (command,) = re.findall(r"`(\.venv/bin/nexus doctor)`", _README)
    async with typed(command, clone) as doctor:
        code = await asyncio.wait_for(doctor.process.wait(), 60)
    assert code == 0, doctor.tail()
