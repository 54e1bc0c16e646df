"""Nodes with an address each, written as Turtle and JSON-LD in one order, whatever order they were said in.

The terms and their notation are rdflib's. Its writers are not used: they take 8 ms for a dataset, these 2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from rdflib import RDF, XSD, Literal, URIRef

Value = URIRef | Literal
Nodes = dict[URIRef, dict[URIRef, dict[Value, None]]]  # subject, property, values


def iri(address: str) -> URIRef:
    """An address as an IRI: what may not stand in one is written with percent signs."""
    return URIRef(quote(address, safe="%:/?#[]@!$&'()*+,;=~-._"))


def turtle(nodes: Nodes, prefixes: Mapping[str, str]) -> str:
    """The nodes as Turtle; names of properties and classes are shortened by the prefixes."""
    names = _Names(prefixes)
    parts = [f"@prefix {prefix}: <{prefixes[prefix]}> .\n" for prefix in sorted(prefixes)]
    for subject in sorted(nodes):
        said = nodes[subject]
        lines = []
        for name in sorted(said, key=_type_first):
            shown = "a" if name == RDF.type else _name(names, name)
            values = sorted(_name(names, one) if name == RDF.type else one.n3() for one in said[name])
            lines.append(f"    {shown} {', '.join(values)}")
        parts.append(f"\n{subject.n3()}\n" + " ;\n".join(lines) + " .\n")
    return "".join(parts)


def _name(names: _Names, address: Value) -> str:
    short = names.short(address)
    return address.n3() if short == str(address) else short


def json_ld(nodes: Nodes, prefixes: Mapping[str, str]) -> str:
    """The nodes as flattened JSON-LD, one after another; lists, which have no order there, are sorted."""
    names = _Names(prefixes)
    graph = []
    for subject in sorted(nodes):
        node: dict[str, Any] = {"@id": str(subject)}
        for name, values in sorted(nodes[subject].items(), key=lambda one: _type_first(one[0])):
            if name == RDF.type:
                node["@type"] = sorted(map(names.short, values))
            else:
                node[names.short(name)] = [_json(one, names) for one in _ordered(values)]
        graph.append(node)
    context = {prefix: str(prefixes[prefix]) for prefix in sorted(prefixes)}
    return json.dumps({"@context": context, "@graph": graph}, indent=1, ensure_ascii=False) + "\n"


def _type_first(name: URIRef) -> tuple[bool, str]:
    return name != RDF.type, str(name)


def _ordered(values: Iterable[Value]) -> list[Value]:
    return sorted(values, key=lambda one: one.n3())


def _json(value: Value, names: _Names) -> dict[str, str]:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    if value.language:
        return {"@language": value.language, "@value": str(value)}
    if value.datatype is None or value.datatype == XSD.string:
        return {"@value": str(value)}
    return {"@type": names.short(value.datatype), "@value": str(value)}


class _Names:
    """Addresses shortened by prefixes, each looked up once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = sorted(((str(space), prefix) for prefix, space in prefixes.items()), reverse=True)
        self.known: dict[str, str] = {}

    def short(self, address: Value) -> str:
        """An address as prefix:name; whole where no prefix fits."""
        text = str(address)
        if text not in self.known:
            found = (f"{prefix}:{text[len(space) :]}" for space, prefix in self.prefixes if text.startswith(space))
            self.known[text] = next((name for name in found if name.partition(":")[2].isalnum()), text)
        return self.known[text]
