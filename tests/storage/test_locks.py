import subprocess
import sys

import pytest

from storage.locks import take_lock

HOLDING = "import sys; from pathlib import Path; from storage.locks import take_lock; take_lock(Path(sys.argv[1]))"


def another(folder):
    """Whether a process of its own can take the lock."""
    done = subprocess.run([sys.executable, "-c", HOLDING, folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0 or "BlockingIOError" in done.stderr, done.stderr
    return done.returncode == 0


def test_a_folder_is_held_until_the_file_is_closed(tmp_path):
    with take_lock(tmp_path):
        with pytest.raises(BlockingIOError):
            take_lock(tmp_path)
        assert not another(tmp_path)
    assert another(tmp_path)
    take_lock(tmp_path).close()


def test_a_folder_that_is_not_there_is_an_error_of_its_own(tmp_path):
    with pytest.raises(FileNotFoundError):
        take_lock(tmp_path / "gone")
