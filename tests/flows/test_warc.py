import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from flows.cli import app
from flows.pipeline import run
from flows.storing import archive_in, opened
from flows.warc import export
from flows.warc_reading import read
from schemas.captures import Capture, Outcome
from schemas.errors import ArchiveError
from sources.archive import Archive
from tests.flows.documents import source_of, text_of

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
PAGE, SITE = "https://oldambt.nl/begroting", "https://oldambt.nl/"
SENT = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "31"), ("ETag", '"é"'))


def digest(content):
    return hashlib.sha256(content).hexdigest()


def archive_with(folder, *captures, contents=(b"<p>one</p>", b"<p>two</p>")):
    archive = Archive(folder)
    for content in contents:
        archive.store(content)
    archive.record_all(captures)
    return archive


def looks():
    """A capture of every kind, an hour apart."""
    one, two = digest(b"<p>one</p>"), digest(b"<p>two</p>")
    told = [
        ("web", PAGE, Outcome.NEW, one, PAGE, SITE, 200, SENT),
        ("web", PAGE, Outcome.UNCHANGED, one, PAGE, SITE, 304, (("ETag", '"é"'),)),
        ("web", PAGE, Outcome.UNCHANGED, one, PAGE, PAGE, 200, SENT),
        ("web", PAGE, Outcome.CHANGED, two, PAGE, PAGE, 200, SENT),
        ("web", PAGE, Outcome.VANISHED, None, PAGE, PAGE, 404, SENT, "vanished", "it is gone"),
        ("web", SITE, Outcome.FAILED, None, SITE, None, None, (), "connection", "no\nline"),
        ("file", "één begroting.txt", Outcome.NEW, two),
        ("file", "één begroting.txt", Outcome.UNCHANGED, two),
        ("other", "a.txt", Outcome.NEW, one),
    ]
    return [Capture(a, b, NOW + timedelta(hours=n), *more) for n, (a, b, *more) in enumerate(told)]


def records(file):
    with file.open("rb") as handle:
        return [
            (one.rec_type, dict(one.rec_headers.headers), one.http_headers, one.content_stream().read())
            for one in ArchiveIterator(handle)
        ]


@pytest.mark.parametrize("name", ["all.warc", "all.warc.gz"])
def test_a_round_trip_gives_the_same_captures_and_snapshots(tmp_path, name):
    archive = archive_with(tmp_path / "a", *looks())
    assert export(archive, tmp_path / name) == 9
    back = Archive(tmp_path / "b")
    assert read(tmp_path / name, back) == 9
    assert back.captures() == archive.captures() == looks()
    assert list(back.problems()) == []
    assert back.read(digest(b"<p>two</p>")) == b"<p>two</p>"
    assert export(back, tmp_path / f"again-{name}") == 9
    assert (tmp_path / f"again-{name}").read_bytes() == (tmp_path / name).read_bytes()


def test_each_kind_of_capture_has_the_record_that_other_tools_know(tmp_path):
    export(archive_with(tmp_path / "a", *looks()), tmp_path / "all.warc")
    found = records(tmp_path / "all.warc")
    assert [kind for kind, *_ in found] == [
        "warcinfo", "response", "metadata", "revisit", "metadata", "revisit", "metadata", "response", "metadata",
        "metadata", "metadata", "metadata", "metadata", "metadata",
    ]  # fmt: skip
    _, said, http, content = found[1]
    assert (said["WARC-Target-URI"], said["WARC-Date"]) == (SITE, "2026-01-05T09:00:00Z")
    assert said["WARC-Payload-Digest"] == f"sha256:{digest(content)}"
    assert content == b"<p>one</p>"
    assert (http.get_statuscode(), http.get_header("X-Archive-Orig-Content-Encoding")) == ("200", "gzip")
    assert http.get_header("Content-Length") == "10"
    assert http.get_header("Content-Encoding") is None
    assert found[3][1]["WARC-Profile"].endswith("server-not-modified")
    assert found[5][1]["WARC-Profile"].endswith("identical-payload-digest")
    assert found[5][1]["WARC-Refers-To-Date"] == "2026-01-05T09:00:00Z"


def test_the_bytes_of_a_local_file_are_a_resource_with_an_address_of_their_own(tmp_path):
    export(archive_with(tmp_path / "a", *looks()), tmp_path / "file.warc", "file")
    found = records(tmp_path / "file.warc")
    assert [kind for kind, *_ in found] == ["warcinfo", "resource", "metadata", "metadata"]
    assert found[1][1]["WARC-Target-URI"] == "file:///%C3%A9%C3%A9n%20begroting.txt"
    assert found[1][3] == b"<p>two</p>"


def test_every_digest_and_identifier_holds(tmp_path, capsys):
    twice = [looks()[0], looks()[0]]
    export(archive_with(tmp_path / "a", *twice, *looks()), tmp_path / "all.warc.gz")
    identifiers = [said["WARC-Record-ID"] for _, said, *_ in records(tmp_path / "all.warc.gz")]
    assert len(set(identifiers)) == len(identifiers)

    class Options:
        inputs, verbose = (str(tmp_path / "all.warc.gz"),), True

    assert Checker(Options()).exit_value == 0
    Checker(Options()).process_all()
    assert "fail" not in capsys.readouterr().out


def test_an_archive_goes_on_from_where_it_is_and_takes_nothing_twice(tmp_path):
    told = looks()
    export(archive_with(tmp_path / "a", *told), tmp_path / "all.warc")
    behind = archive_with(tmp_path / "b", *told[:2])
    assert read(tmp_path / "all.warc", behind) == 7
    assert read(tmp_path / "all.warc", behind) == 0
    assert behind.captures("web", PAGE) == [one for one in told if one.address == PAGE]


def test_a_file_that_tells_another_history_is_refused_whole(tmp_path):
    export(archive_with(tmp_path / "a", *looks()), tmp_path / "all.warc")
    other = archive_with(tmp_path / "b", looks()[3])
    with pytest.raises(ArchiveError, match="another history"):
        read(tmp_path / "all.warc", other)
    assert other.captures() == [looks()[3]]


def made(tmp_path, change, name="bad.warc"):
    export(archive_with(tmp_path / "a", *looks()), tmp_path / "all.warc")
    (tmp_path / name).write_bytes(change((tmp_path / "all.warc").read_bytes()))
    return tmp_path / name


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda whole: whole.replace(b"<p>one</p>", b"<p>0ne</p>"), "record 2: the bytes are not those"),
        (lambda whole: whole.replace(digest(b"<p>two</p>").encode(), b"../" * 21 + b"x"), "record"),
        (lambda whole: whole.replace(b'"outcome": "new"', b'"outcome": "odd"'), "'odd' is not a valid Outcome"),
        (lambda whole: whole.replace(b'"status": 304', b'"status": "3"'), "record"),
        (lambda whole: b"no warc at all" * 20, "record 1"),
        (lambda whole: b"", "no capture"),
        (lambda whole: whole[: whole.rindex(b"WARC/1.1")], "8 captures and should have 9"),
        (lambda whole: whole[: len(whole) // 2], "record|should have"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused_and_nothing_is_taken(tmp_path, change, why):
    archive = Archive(tmp_path / "b")
    with pytest.raises(ArchiveError, match=why):
        read(made(tmp_path, change), archive)
    assert archive.captures() == []


def test_a_file_without_the_bytes_of_a_capture_is_refused(tmp_path):
    whole = archive_with(tmp_path / "a", *looks())
    export(whole, tmp_path / "all.warc")
    found = (tmp_path / "all.warc").read_bytes().split(b"WARC/1.1\r\n")
    left = b"WARC/1.1\r\n".join(part for part in found if b"WARC-Type: response" not in part)
    (tmp_path / "less.warc").write_bytes(left)
    with pytest.raises(ArchiveError, match="lacks the bytes"):
        read(tmp_path / "less.warc", Archive(tmp_path / "b"))


def test_the_commands_carry_an_archive_over_and_a_run_from_it_publishes_the_same(tmp_path):
    source = source_of(tmp_path, "one", text_of())
    first = run([source], tmp_path / "out", NOW)
    arguments = ["archive", "export", "--output", str(tmp_path / "out"), "--warc", str(tmp_path / "all.warc.gz")]
    done = CliRunner().invoke(app, arguments)
    assert (done.exit_code, done.stdout) == (0, f"1 captures written to {tmp_path / 'all.warc.gz'}\n")
    arguments = ["archive", "import", "--output", str(tmp_path / "new"), "--warc", str(tmp_path / "all.warc.gz")]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert archive_in(tmp_path / "new").captures() == archive_in(tmp_path / "out").captures()
    second = run([source], tmp_path / "new", NOW)
    first_sums, second_sums = ((one.release / "SHA256SUMS").read_bytes() for one in (first, second))
    assert first_sums == second_sums


def test_an_archive_without_captures_is_no_warc(tmp_path):
    with opened(tmp_path / "out") as archive, pytest.raises(ArchiveError, match="no capture"):
        export(archive, tmp_path / "all.warc")
    assert not (tmp_path / "all.warc").exists()
