"""Which key does what in the workbench: the codebook's keys, the page's own, a person's changes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from framing.scheme import Attribute, Device, Scheme, expand


@dataclass(frozen=True)
class Binding:
    """One thing that a key can do.

    The key acts while an annotation of the device ``scope`` is selected, everywhere when that is
    empty. ``key`` is empty where nothing is bound.
    """

    id: str
    name: str
    key: str
    group: str
    command: str
    device: str = ""
    target: str = ""
    value: str = ""
    scope: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: text for name, text in asdict(self).items() if text or name == "key"}


# What the workbench itself listens to: command, key, what it does, under which heading.
_OWN = (
    ("left", "ArrowLeft", "previous word", "Moving"),
    ("right", "ArrowRight", "next word", "Moving"),
    ("up", "ArrowUp", "previous sentence", "Moving"),
    ("down", "ArrowDown", "next sentence", "Moving"),
    ("extend-left", "Shift+ArrowLeft", "extend by a word to the left", "Moving"),
    ("extend-right", "Shift+ArrowRight", "extend by a word to the right", "Moving"),
    ("extend-up", "Shift+ArrowUp", "extend to the previous sentence", "Moving"),
    ("extend-down", "Shift+ArrowDown", "extend to the next sentence", "Moving"),
    ("start-left", "Alt+Shift+ArrowUp", "begin a letter earlier", "Moving"),
    ("start-right", "Alt+Shift+ArrowDown", "begin a letter later", "Moving"),
    ("end-left", "Alt+Shift+ArrowLeft", "end a letter earlier", "Moving"),
    ("end-right", "Alt+Shift+ArrowRight", "end a letter later", "Moving"),
    ("grow", "e", "grow: phrase, clause, sentence, paragraph", "Moving"),
    ("shrink", "Shift+E", "shrink again", "Moving"),
    ("hint", "f", "jump to a word by its two letters", "Moving"),
    ("find", "/", "find in the article", "Moving"),
    ("next-annotation", "]", "next annotation", "Moving"),
    ("previous-annotation", "[", "previous annotation", "Moving"),
    ("accept", "a", "accept the suggestion", "Suggestions"),
    ("reject", "x", "reject the suggestion", "Suggestions"),
    ("enter", "Enter", "edit the suggestion, take ghosts, close a group, select what is here",
     "Suggestions"),
    ("reopen", "Backspace", "re-open the last decision", "Suggestions"),
    ("next-suggestion", ".", "next suggestion", "Suggestions"),
    ("previous-suggestion", ",", "previous suggestion", "Suggestions"),
    ("delete", "Delete", "delete the selected annotation", "Annotations"),
    ("undo", "Ctrl+z", "undo", "Annotations"),
    ("redo", "Ctrl+Shift+Z", "redo", "Annotations"),
    ("join", "j", "open the selected group again: parts join it", "Annotations"),
    ("others", "m", "mark the other occurrences, confirm each", "Annotations"),
    ("discuss", "n", "flag for discussion", "Annotations"),
    ("discard", "Shift+D", "flag to be discarded", "Annotations"),
    ("confidence", "Shift+C", "say how sure one is", "Annotations"),
    ("note", "Shift+N", "write a note", "Annotations"),
    ("anchor", "g", "anchor the omission at the words selected, or after this sentence",
     "Annotations"),
    ("sibling", "w", "open a sibling article, the next one, and close", "Page"),
    ("codebook", "h", "what the label means", "Page"),
    ("chooser", "y", "find the label by questions", "Page"),
    ("submit", "Ctrl+Enter", "submit", "Page"),
    ("help", "?", "keys", "Page"),
    ("escape", "Escape", "leave: group, selection, annotation mode", "Page"),
)  # fmt: skip

# As the page names keys: held keys, then a printed character or the name of another key.
_CHARACTER = r"[^\s\x00-\x1f\x7f]"
_NAMED = r"Arrow(Left|Right|Up|Down)|Enter|Backspace|Delete|Insert|Home|End|Page(Up|Down)|F([1-9]|1[0-2])"  # noqa: E501
_KEY = re.compile(rf"(Ctrl\+)?(Alt\+)?(Shift\+)?({_CHARACTER}|{_NAMED})")


def bindings(scheme: Scheme) -> tuple[Binding, ...]:
    """Return what keys do with this codebook, its own gestures first: they win over the page's."""
    own = (Binding(command, name, key, group, command) for command, key, name, group in _OWN)
    return (*(binding for device in scheme.devices for binding in _of_device(device)), *own)


def find_problem(
    scheme: Scheme, keys: Mapping[str, str], *, changed: Collection[str]
) -> str | None:
    """Say what is wrong with a person's keys as far as the changed bindings go, None if nothing.

    ``keys`` holds a key for each binding that differs from the codebook's, "" for none.
    """
    known = bindings(scheme)
    for id in changed:
        if id in keys and (problem := _refusal(id, keys[id], known)):
            return problem
    taken = dict[tuple[str, str], Binding]()
    # What stays comes first, so that the sentence names it as the owner of the key.
    for binding in sorted(known, key=lambda binding: binding.id in changed):
        for key in _claims(binding, keys.get(binding.id, binding.key)):
            owner = taken.setdefault((binding.scope, key), binding)
            if owner is not binding and binding.id in changed:
                return (
                    f"The key {key} is taken: {owner.name} ({owner.group}). "
                    "Choose another key, or switch that one off first."
                )
    return None


def _refusal(id: str, key: str, known: Collection[Binding]) -> str | None:
    if id not in {binding.id for binding in known}:
        return f"There is no command {id!r} in this codebook. Reload the page to see its keys."
    if id == "escape" or key == "Escape":
        return "Escape always leaves what is open. It can be given to nothing else, nor taken away."
    if key and not _KEY.fullmatch(key):
        return f"{key!r} cannot be a key here. Choose a letter, a digit, a sign or an arrow."
    return None


def _claims(binding: Binding, key: str) -> Iterator[str]:
    if key:
        yield key
    # Shift with the digit of a label adds that label to words that have one.
    if binding.command == "label" and not binding.scope and re.fullmatch(r"\d", key):
        yield f"Shift+{key}"


def _of_device(device: Device) -> Iterator[Binding]:
    base: dict[str, Any] = {"group": device.name, "device": device.id}
    whole = device.unit == "document"
    for label in () if device.unit == "relation" else device.labels:
        if label.enabled:
            yield Binding(
                f"label:{label.id}", label.name, label.key, command="label", target=label.id,
                scope=device.id if whole else "", **base,
            )  # fmt: skip
    for role in () if device.unit == "span" else device.roles:
        if not role.sibling:
            yield Binding(
                f"part:{device.id}:{role.id}",
                f"add an {device.name.lower()}" if whole else role.name, role.key,
                command="omission" if whole else "part", target=role.id, **base,
            )  # fmt: skip
    for attribute in device.attributes:
        yield from _of_attribute(device, attribute)
    yield Binding(
        f"complete:{device.id}", "read, no more here", device.complete_key, command="complete",
        **base,
    )  # fmt: skip


def _of_attribute(device: Device, attribute: Attribute) -> Iterator[Binding]:
    """One key for the question, or one for each of its answers."""
    base: dict[str, Any] = {
        "group": device.name, "command": "attribute", "device": device.id,
        "target": attribute.id, "scope": device.id,
    }  # fmt: skip
    id = f"attribute:{device.id}:{attribute.id}"
    keys = expand(attribute.key)
    if len(keys) == 1:
        yield Binding(id, attribute.name, attribute.key, **base)
        return
    for key, value in zip(keys, attribute.values, strict=False):
        name = f"{attribute.name}: {value.name}"
        yield Binding(f"{id}:{value.id}", name, key, value=value.id, **base)
