"""Each command writes its own section of docs/performance.md and leaves the others."""

from benchmarks import report
from benchmarks.report import Figure, as_markdown, write_section


def test_a_section_replaces_itself_and_leaves_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "ROOT", tmp_path)
    monkeypatch.setattr(report, "PAGE", tmp_path / "performance.md")
    write_section("loaders", "first")
    write_section("serve", "other")
    write_section("loaders", "second")
    text = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "first" not in text
    assert text.count("second") == text.count("other") == 1
    assert text.startswith("# Performance")


def test_a_missed_target_is_said():
    table = as_markdown([Figure("reading", "70 MB/s", "≥ 80 MB/s", holds=False), Figure("size", "3 M")])
    assert "| reading | 70 MB/s | ≥ 80 MB/s | **missed** | – |  |" in table
    assert "| size | 3 M | – |  | – |  |" in table
