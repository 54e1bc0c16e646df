"""Mappings of a YAML file whose every key is known, used once, and named with its line where it is wrong."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import yaml

from schemas.errors import SourcesError

_DEEPEST = 20  # levels of nesting; libyaml's composer recurses in C and takes the process down with it
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def composed(text: str, name: str) -> yaml.Node | None:
    """The nodes of a YAML text.

    Raises:
        SourcesError: with the line, where it is no YAML or nested too deep.
    """
    try:
        _check_depth(text, name)
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{name}, line {mark.line + 1}" if mark else name
        raise SourcesError(f"{place}: is not YAML: {getattr(error, 'problem', error)}") from error
    return root


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise SourcesError(f"{name}: is nested more than {_DEEPEST} deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class Entry:
    """The values of one mapping; each is asked for by name. `what` it is says messages: the source, the settings."""

    def __init__(self, node: yaml.Node, name: str, known: Collection[str], what: str) -> None:
        self.name, self.what = name, what
        self.line = node.start_mark.line + 1
        self.values: dict[str, tuple[Any, int]] = {}
        if not isinstance(node, yaml.MappingNode):
            raise SourcesError(f"{name}, line {self.line}: {what} is a mapping of keys to values")
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.value not in known:
                shown = ", ".join(sorted(known))
                raise SourcesError(f"{name}, line {line}: the key {key.value!r} is not known; known: {shown}")
            if key.value in self.values:
                raise SourcesError(f"{name}, line {line}: the key {key.value!r} stands twice in one {what}")
            self.values[key.value] = (self._value(value), line)

    @staticmethod
    def _value(node: yaml.Node) -> Any:  # noqa: ANN401
        if isinstance(node, yaml.ScalarNode):
            return None if node.tag.endswith(":null") else node.value
        if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
            return [item.value for item in node.value]
        return node

    def text(self, key: str) -> str | None:
        """A text, or None where the key is missing or empty."""
        value, line = self.values.get(key, (None, 0))
        if value is not None and not isinstance(value, str):
            raise self.wrong(key, "must be text", line)
        return value or None

    def needed(self, key: str) -> str:
        """A text that must be there."""
        value = self.text(key)
        if value is None:
            raise SourcesError(f"{self.name}, line {self.line}: the {self.what} has no `{key}`")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list too."""
        value, line = self.values.get(key, (None, 0))
        if value is None or value == "":
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            raise self.wrong(key, "must be a text or a list of texts", line)
        return tuple(value)

    def yes(self, key: str) -> bool:
        """Whether a key says true."""
        value = self.text(key)
        if value not in (None, "true", "false"):
            raise self.wrong(key, f"{value!r} is not true or false")
        return value == "true"

    def number(self, key: str, otherwise: float, least: float, most: float) -> float:
        """A number within bounds, or the one that holds where the key is missing."""
        value = self.text(key)
        if value is None:
            return otherwise
        if not re.fullmatch(r"\d{1,12}(?:\.\d{1,6})?", value) or not least <= float(value) <= most:
            raise self.wrong(key, f"{value!r} is no number from {least:g} to {most:g}")
        return float(value)

    def mapping(self, key: str) -> yaml.MappingNode | None:
        """A mapping below this one."""
        value, line = self.values.get(key, (None, 0))
        if value is not None and not isinstance(value, yaml.MappingNode):
            raise self.wrong(key, "must be a mapping of keys to values", line)
        return value

    def wrong(self, key: str, what: str, line: int | None = None) -> SourcesError:
        """The error that a key's value is not what it must be."""
        place = line or self.values.get(key, (None, self.line))[1]
        return SourcesError(f"{self.name}, line {place}: {key} {what}")
