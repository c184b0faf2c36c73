"""The command line as a contract: exit codes, streams, and what each command may cost."""

import argparse
import json
import subprocess
import sys
from importlib import import_module
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from framing import scheme as schemes
from framing.__main__ import available, main

SMALL = Path(__file__).with_name("small_scheme.toml")

Captured = pytest.CaptureFixture[str]


def framing(*words: str, input: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "framing", *words], input=input,
                          capture_output=True, check=False)


def test_the_shipped_codebooks_are_listed(capsys: Captured) -> None:
    assert main(["schemes"]) == 0
    assert capsys.readouterr().out.startswith("framing-1  version 1  Framing devices in news")
    assert main(["schemes", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert row["id"] == "framing-1"
    assert row["devices"] == ["loaded_terms", "attribution", "omission"]
    assert row["presets"] == ["core", "full"]


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_codebook_is_printed_as_json(capsys: Captured, option: list[str]) -> None:
    assert main(["scheme", "framing-1", *option]) == 0
    assert schemes.from_dict(json.loads(capsys.readouterr().out)) == schemes.load()


def test_a_codebook_is_printed_as_the_toml_to_begin_ones_own_with(capsys: Captured) -> None:
    assert main(["scheme", "framing-1", "--toml"]) == 0
    assert schemes.parse(capsys.readouterr().out) == schemes.load()


def test_ones_own_codebook_is_read_from_a_file(capsys: Captured) -> None:
    assert main(["scheme", str(SMALL)]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "small-1"


def test_ones_own_codebook_is_read_from_standard_input(
        capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xef\xbb\xbf" + SMALL.read_bytes())))
    assert main(["scheme", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "small-1"


@pytest.mark.parametrize(("content", "words"), [
    (b"", "mine.toml, devices: this field is missing. Add devices ="),
    (b"id = ", "mine.toml: this is not TOML"),
    (b"\xff\xfe", "mine.toml: byte 1 is not UTF-8. Save the file as UTF-8."),
    (SMALL.read_bytes().replace(b'key = "2"', b'key = "1"'),
     "mine.toml, devices.tone.labels[2].key: the key '1' is used at"),
])
def test_a_broken_codebook_is_refused_on_standard_error(
        capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        content: bytes, words: str) -> None:
    tmp_path.joinpath("mine.toml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert main(["scheme", "mine.toml"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err


@pytest.mark.parametrize("name", ["nobody", "no/such/file", "a\0b", "../tests", "\udcff"])
def test_a_name_that_leads_nowhere_is_refused(capsys: Captured, name: str) -> None:
    assert main(["scheme", name]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "." in err
    assert "Traceback" not in err


@pytest.mark.parametrize("words", [
    [], ["nothing"], ["scheme"], ["scheme", "a", "b"], ["schemes", "--xml"],
    ["scheme", "framing-1", "--json", "--toml"],
])
def test_wrong_usage_ends_with_2(capsys: Captured, words: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: python -m framing")


@pytest.mark.parametrize("command", available())
def test_every_command_explains_itself(capsys: Captured, command: str) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: python -m framing {command}")


def test_the_help_lists_every_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = " ".join(capsys.readouterr().out.split())
    for command, (_, summary) in available().items():
        assert f"{command} {summary}" in listed


@pytest.mark.parametrize("command", available())
def test_a_command_and_the_list_describe_it_in_the_same_words(command: str) -> None:
    module, summary = available()[command]
    parser = argparse.ArgumentParser()
    import_module(f"framing.cli.{module}").add_parser(parser.add_subparsers())
    assert summary in " ".join(parser.format_help().split())


def test_output_is_utf8_whatever_the_terminal_says() -> None:
    done = subprocess.run([sys.executable, "-m", "framing", "scheme", "framing-1"],
                          env={"PYTHONIOENCODING": "ascii", "PATH": ""}, capture_output=True,
                          check=False)
    assert done.returncode == 0
    assert "“reform”" in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_a_reader_that_has_enough_is_not_an_error() -> None:
    command = f"{sys.executable} -m framing scheme framing-1 | head -c 20; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout == b'{\n  "id": "framing-1'
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_in_a_sentence() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-m", "framing", "scheme", "framing-1"],
                              stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"standard output: No space left on device.")
    assert b"Traceback" not in done.stderr


def test_light_commands_do_not_load_the_parser() -> None:
    code = ("import sys; from framing.__main__ import main; main(['schemes']); "
            "print(sorted({'spacy', 'numpy', 'scipy', 'django'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[]"


def test_the_exit_code_reaches_the_shell() -> None:
    assert framing("schemes").returncode == 0
    assert framing("scheme", "-", input=b"x").returncode == 1
    assert framing("nothing").returncode == 2
