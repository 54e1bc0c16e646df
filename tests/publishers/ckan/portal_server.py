"""A CKAN on loopback that really answers its action API, as far as publishing goes: its JSON, its errors, its rules.

Rules as of CKAN 2.10: names are unique, deleted datasets keep theirs and no search finds them; private ones are seen
with a key of their organisation; an update leaves out what it does not name, a patch keeps it; the DataStore refuses
files' resources without `force`, values of another type and keys that stand twice. `fail` makes an action refuse.
"""

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

KEY = "secret-key-of-the-test"
_NAME = re.compile(r"[a-z0-9_-]{2,100}")
_TAG = re.compile(r"[\w .-]{2,100}")
_READING = ("_show", "_search", "_list_for_user")
_PAGE = 2  # datasets that one search gives at most


class ApiError(Exception):
    """An error as CKAN writes it."""

    def __init__(self, status, kind, **said):
        super().__init__(kind)
        self.status, self.body = status, {"__type": kind, **said}


def invalid(**faults):
    return ApiError(409, "Validation Error", **{name: [text] for name, text in faults.items()})


def missing(message="Not found"):
    return ApiError(404, "Not Found Error", message=message)


@dataclass
class Store:
    """What the portal keeps."""

    organisations: dict = field(default_factory=lambda: {"oldambt": "org-1", "andere": "org-2"})
    packages: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    tables: dict = field(default_factory=dict)
    calls: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    closed: list = field(default_factory=list)
    count: int = 0
    busy: int = 0

    def fail(self, action, about, error=None, times=10_000):
        """Refuse an action whose data hold a text; `error` None answers a page that is no JSON."""
        self.faults.append([action, about, error, times])

    def writes(self):
        """The actions that change something, in their order."""
        return [name for name, _ in self.calls if not name.endswith(_READING)]

    def package(self, name):
        """A dataset by name."""
        return next(one for one in self.packages.values() if one["name"] == name)

    def resource(self, package, name):
        """A resource by the name of its dataset and its own."""
        return next(one for one in self.package(package)["resources"] if one["name"] == name)

    def extras(self, name):
        """The extras of a dataset."""
        return {one["key"]: one["value"] for one in self.package(name)["extras"]}


class Actions:
    """The actions, by name; each takes what was sent, the file that was uploaded, and whether the key is right."""

    def __init__(self, store):
        self.store = store

    def organization_show(self, said, upload, known):
        for name, key in self.store.organisations.items():
            if said["id"] in (name, key):
                return {"id": key, "name": name, "state": "active"}
        raise missing()

    def organization_list_for_user(self, said, upload, known):
        """As CKAN does, a key that is not known is taken for none, and none may do nothing."""
        assert said["permission"] == "create_dataset"
        own = self.store.organisations.items() if known else ()
        return [{"id": key, "name": name} for name, key in own if name not in self.store.closed]

    def package_search(self, said, upload, known):
        wanted = re.search(r'organization:"([^"]*)"', said.get("fq", ""))
        found = [
            one
            for one in self.store.packages.values()
            if one["state"] == "active"
            and (not wanted or self.store.organisations.get(wanted[1]) == one["owner_org"])
            and (not one["private"] or (known and said.get("include_private")))
        ]
        found.sort(key=lambda one: one["name"])
        start = int(said.get("start", 0))
        rows = min(int(said.get("rows", 10)), _PAGE)
        return {"count": len(found), "results": found[start : start + rows]}

    def package_show(self, said, upload, known):
        one = self._package(said["id"])
        if (one["private"] or one["state"] == "deleted") and not known:
            raise ApiError(403, "Authorization Error", message="Access denied: not authorized to read package")
        return one

    def package_create(self, said, upload, known):
        one = {"private": False, "state": "active", "resources": [], "extras": [], "tags": [], **said}
        self._check(one)
        if any(other["name"] == one["name"] for other in self.store.packages.values()):
            raise invalid(name="That URL is already in use.")
        one["id"] = self._new("package")
        self.store.packages[one["id"]] = one
        return one

    def package_update(self, said, upload, known):
        before = self._package(said["id"])
        after = {"private": False, "state": "active", "resources": [], "extras": [], "tags": [], **said}
        after["id"] = before["id"]
        self._check(after)
        self.store.packages[before["id"]] = after
        return after

    def package_patch(self, said, upload, known):
        return self.package_update({**self._package(said["id"]), **said}, upload, known)

    def package_delete(self, said, upload, known):
        self._package(said["id"])["state"] = "deleted"

    def resource_create(self, said, upload, known):
        package = self._package(said["package_id"])
        one = {"url": "", **said, "id": self._new("resource")}
        self._uploaded(package, one, upload)
        package["resources"].append(one)
        return one

    def resource_update(self, said, upload, known):
        package, before = self._resource(said["id"])
        after = {"url": before["url"], **said}
        self._uploaded(package, after, upload)
        package["resources"][package["resources"].index(before)] = after
        return after

    def resource_patch(self, said, upload, known):
        return self.resource_update({**self._resource(said["id"])[1], **said}, upload, known)

    def resource_delete(self, said, upload, known):
        package, one = self._resource(said["id"])
        package["resources"].remove(one)
        self.store.tables.pop(one["id"], None)

    def datastore_create(self, said, upload, known):
        self._writable(said)
        names = [one["id"] for one in said["fields"]]
        strange = [one["type"] for one in said["fields"] if one["type"] not in CONVERT]
        if strange or len(set(names)) != len(names) or not {*said["primary_key"]} <= {*names}:
            raise invalid(fields=f"types {strange} or names are wrong")
        known_table = self.store.tables.get(said["resource_id"])
        if known_table and [(f["id"], f["type"]) for f in known_table["fields"]] != [
            (f["id"], f["type"]) for f in said["fields"]
        ]:
            raise invalid(fields="The column types differ from those that are there")
        self.store.tables[said["resource_id"]] = {"fields": said["fields"], "key": said["primary_key"], "rows": {}}
        return {"resource_id": said["resource_id"]}

    def datastore_upsert(self, said, upload, known):
        self._writable(said)
        table = self.store.tables.get(said["resource_id"])
        if table is None:
            raise missing('Resource "{}" was not found.'.format(said["resource_id"]))
        types = {one["id"]: one["type"] for one in table["fields"]}
        for record in said["records"]:
            try:
                row = {name: None if v is None else CONVERT[types[name]](v) for name, v in record.items()}
            except (KeyError, ValueError, TypeError, InvalidOperation) as error:
                raise invalid(records=f"{error}") from None
            key = tuple(row[name] for name in table["key"])
            if key in table["rows"]:
                raise invalid(records="duplicate key value violates unique constraint")
            table["rows"][key] = row
        return {"method": said["method"]}

    def datastore_delete(self, said, upload, known):
        self._writable(said)
        if self.store.tables.pop(said["resource_id"], None) is None:
            raise missing('Resource "{}" was not found.'.format(said["resource_id"]))

    def _writable(self, said):
        self._resource(said["resource_id"])
        if said.get("force") is not True:
            raise invalid(read_only='Cannot edit read-only resource. Either pass "force":true or change url-type')

    def _new(self, what):
        self.store.count += 1
        return f"{what}-{self.store.count:04}"

    def _package(self, key):
        for one in self.store.packages.values():
            if key in (one["id"], one["name"]):
                return one
        raise missing()

    def _resource(self, key):
        for package in self.store.packages.values():
            for one in package["resources"]:
                if one["id"] == key:
                    return package, one
        raise missing("Resource was not found.")

    def _uploaded(self, package, one, upload):
        if upload is not None:
            name, content = upload
            one |= {"url_type": "upload", "url": f"/dataset/{package['id']}/resource/{one['id']}/download/{name}"}
            self.store.files[one["url"]] = content

    def _check(self, one):
        if not _NAME.fullmatch(one.get("name", "")):
            raise invalid(name="Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_")
        owner = one.get("owner_org")
        one["owner_org"] = self.store.organisations.get(owner, owner)
        if one["owner_org"] not in self.store.organisations.values():
            raise invalid(owner_org="Organization does not exist")
        keys = [extra["key"] for extra in one["extras"]]
        if len(set(keys)) != len(keys):
            raise invalid(extras="There is a schema field with the same name, or keys stand twice")
        if not all(isinstance(extra["value"], str) for extra in one["extras"]):
            raise invalid(extras="Must be a text")
        if not all(_TAG.fullmatch(tag["name"]) for tag in one["tags"]):
            raise invalid(tags="Tag must be alphanumeric characters or symbols: -_.")


def _boolean(value):
    if not isinstance(value, bool):
        raise TypeError("no boolean")
    return value


def _whole(value):
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("no whole number")
    return value


def _text(value):
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


CONVERT = {
    "text": _text, "int": _whole, "numeric": Decimal, "bool": _boolean,
    "date": date.fromisoformat, "timestamp": datetime.fromisoformat,
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        content = self.server.store.files.get(unquote(self.path))
        self._answer(404 if content is None else 200, content or b"", "application/octet-stream")

    def do_POST(self):
        store = self.server.store
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if store.busy:
            store.busy -= 1
            self._answer(503, b"<html>busy</html>", "text/html")
            return
        action = self.path.removeprefix("/api/action/")
        said, upload = self._said(body)
        known = self.headers.get("Authorization") == KEY
        with self.server.lock:
            store.calls.append((action, said))
            store.headers.append(dict(self.headers))
            try:
                result = self._done(store, action, said, upload, known)
                self._json(200, {"help": action, "success": True, "result": result})
            except ApiError as error:
                self._json(error.status, {"help": action, "success": False, "error": error.body})
            except ConnectionAbortedError:
                self.close_connection = True
            except InterruptedError:
                self._answer(500, f"<html>oops {dict(self.headers)}</html>".encode(), "text/html")

    def _done(self, store, action, said, upload, known):
        for fault in store.faults:
            name, about, error, times = fault
            if times and name == action and about in json.dumps(said):
                fault[3] -= 1
                raise error or InterruptedError
        run = getattr(Actions(store), action, None) if not action.startswith("_") else None
        if run is None:
            raise ApiError(400, "Bad request", message=f"Action name not known: {action}")
        if not known and not action.endswith(_READING):
            raise ApiError(403, "Authorization Error", message=f"Access denied: not authorized to {action}")
        return run(said, upload, known)

    def _said(self, body):
        kind = self.headers.get("Content-Type", "")
        if not kind.startswith("multipart/form-data"):
            return json.loads(body or b"{}"), None
        message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=policy.HTTP)
        said, upload = {}, None
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if part.get_filename():
                upload = (part.get_filename(), content)
            else:
                said[name] = content.decode()
        return said, upload

    def _json(self, status, said):
        self._answer(status, json.dumps(said).encode(), "application/json")

    def _answer(self, status, content, kind):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@contextmanager
def serving():
    """A portal; gives its address and what it keeps."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.store, server.lock = Store(), threading.Lock()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
