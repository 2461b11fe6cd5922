"""One folder in the place of another, in one step or in two that can be repaired."""

import pytest

from loaders import swap


@pytest.fixture
def folders(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    return one, other


def names(*folders):
    return [(folder / "name").read_text() for folder in folders]


@pytest.fixture(params=["in one step", "in two"])
def system(request, monkeypatch):
    """With and without a system that exchanges."""
    if request.param == "in two":
        monkeypatch.setattr(swap, "_exchanged", lambda *_: False)


@pytest.mark.usefixtures("system")
def test_each_stands_where_the_other_stood(folders, tmp_path):
    swap.exchange(*folders)
    assert names(*folders) == ["other", "one"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other"]


@pytest.mark.usefixtures("system")
def test_what_cannot_be_exchanged_stays(folders, tmp_path):
    with pytest.raises(OSError, match="No such file"):
        swap.exchange(tmp_path / "absent", folders[1])
    assert names(*folders) == ["one", "other"]


def test_a_swap_killed_half_way_is_repaired(folders, tmp_path):
    one, other = folders
    other.replace(tmp_path / ".other.replaced")
    swap.restore(other)
    assert names(other) == ["other"]
    one.replace(tmp_path / ".other.replaced")
    swap.restore(other)
    assert names(other) == ["other"]
    assert [path.name for path in tmp_path.iterdir()] == ["other"]
