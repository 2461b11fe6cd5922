"""The README tells the truth: every key of an address is in it, every verb of the command line, every setting."""

import re
from pathlib import Path

from loaders.cli import app
from ui.address_keys import KEYS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_every_key_of_an_address_is_explained():
    explained = set(re.findall(r"`(\w+)`", README.split("## Adresses et liens")[1].split("## ")[0]))
    assert set(KEYS) | {"v"} <= explained


def test_every_verb_of_the_command_line_is_shown():
    verbs = {command.name or command.callback.__name__ for command in app.registered_commands}
    verbs |= {group.name for group in app.registered_groups}
    assert {verb for verb in verbs if not re.search(rf"\b{verb}\b", README)} == set()


def test_every_setting_of_the_environment_is_explained():
    root = Path(__file__).parents[1]
    sources = [
        path.read_text(encoding="utf-8")
        for room in ("loaders", "ui", "web", "analysis")
        for path in (root / room).rglob("*.py")
    ]
    named = {name for text in sources for name in re.findall(r"NUAGES_[A-Z_]+", text)}
    assert {name for name in named if name not in README} == set()
