"""Runs guiju over fixtures and hostile names and holds what it writes against validators; used by .ci/validators."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import junitparser
import xmlschema
from sarif import loader

ENGINE, TOOLS = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
FIXTURES = Path("fixtures/reports").resolve()
# Names that a shell, a URI, XML, JSON, CSV or a workflow command would trip over.
NAMES = [
    "区司法局 2024.txt", "引“号”'\"\".txt", "井#号?问&号.txt", "百分100%41.txt", "逗,号;分:号.txt", "换\n行.txt",
    "制\t表.txt", "=cmd|calc.txt", "<img src=x onerror=alert(1)>.txt", "]]>&amp;.txt", "::error::x.txt", "-rf.txt",
    "𠮷😀.txt", "\x1b[31m红.txt", "a" * 200 + ".txt",
]
BAD = "<script>alert(1)</script>区２０２４年法治政府建设年度报告\n\n一、成效\n优化法制化营商环境，开展督查督查，=1+1，\u2028“引号\n二、</script><img src=x onerror=alert(1)>\n空。\n"


def guiju(folder, *arguments):
    run = subprocess.run([ENGINE, "check", *arguments], cwd=folder, capture_output=True)
    assert run.returncode in (1, 2), (arguments, run.returncode, run.stderr.decode())
    return run.returncode


def corpus(root):
    """All fixtures, the nasty names, a file that cannot be read, a pack with rules of every outcome."""
    shutil.copytree(FIXTURES, root / "报告")
    (root / "怪 名").mkdir()
    sample = (FIXTURES / "qinghe-health-2024.txt").read_text()
    for at, name in enumerate(NAMES):
        (root / "怪 名" / name).write_text(BAD if at % 2 else sample)
    (root / "怪 名" / "坏 #1%.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01")


def tool(*command):
    run = subprocess.run([str(it) for it in command], capture_output=True, text=True)
    assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
    return run.stdout


def sarif(root, path, whole):
    tool(TOOLS / "venv/bin/check-jsonschema", "--regex-variant", "python", "--schemafile", TOOLS / "sarif-2.1.0.json", path)
    log = json.loads(path.read_text())
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    found = [it for it in run["results"] if "kind" not in it]
    assert len(found) == sum(whole["summary"]["findings"].values())
    assert all(("suppressions" in it) == ("suppressions" in found[0]) for it in run["results"])
    for result in run["results"]:
        for place in [*result["locations"], *result.get("relatedLocations", [])]:
            check_place(root, place["physicalLocation"])
    records = loader.load_sarif_file(str(path))
    records.init_default_line_number_1()
    assert records.get_result_count() == len(run["results"])
    multitool(path)


def check_place(root, place):
    """The decoded uri is the file, and line and column lead to the snippet in it."""
    file = root / unquote(place["artifactLocation"]["uri"])
    assert file.is_file(), file
    region = place.get("region")
    if not region or "snippet" not in region:
        return
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return  # The places of other encodings are held against the text in the program's own tests.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = lines[region["startLine"] - 1][region["startColumn"] - 1:]
    first = region["snippet"]["text"].rstrip("…").splitlines()[0]
    assert start.startswith(first), (file, region)


def multitool(path):
    """Its exit code says nothing, and its own launcher hands semicolons to a shell: the program itself is run."""
    out = path.with_suffix(".validated.sarif")
    program = next((TOOLS / "node_modules/@microsoft").glob("sarif-multitool-*/Sarif.Multitool*"))
    program = next(it for it in program.parent.iterdir() if it.name in ("Sarif.Multitool", "Sarif.Multitool.exe"))
    subprocess.run([program, "validate", path, "--output", out, "--rule-kind", "Sarif;Ghas", "--log", "ForceOverwrite",
                    "--level", "Error;Warning"], capture_output=True)
    said = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0]
    results = json.loads(path.read_text(encoding="utf-8"))["runs"][0]["results"]
    assert said["invocations"][0]["executionSuccessful"], said["invocations"]
    faults = {(it["ruleId"], it["message"].get("id")): it for it in said.get("results", [])
              if it.get("level", "warning") in ("error", "warning") and it["ruleId"] not in KNOWN
              and not of_whole_file(it, results)}
    assert not faults, json.dumps(list(faults.values())[:5], ensure_ascii=False, indent=1)


def of_whole_file(remark, results):
    """A rule that does not apply says so of the whole file, which has no region."""
    place = re.match(r"runs\[0\]\.results\[(\d+)\]", remark["message"].get("arguments", [""])[0])
    return remark["ruleId"] == "SARIF2017" and place and results[int(place[1])]["kind"] == "notApplicable"


# Remarks of the multitool that do not hold here.
KNOWN = {"SARIF2005": "the program has no home page yet that informationUri could name"}


def junit(root, path, whole):
    xmlschema.validate(str(path), str(TOOLS / "junit.xsd"))
    xml = junitparser.JUnitXml.fromfile(str(path))
    cases = [case for suite in xml for case in suite]
    names = [(case.classname, case.name) for case in cases]
    assert len(names) == len(set(names)), "equal names: GitLab keeps only the first"
    rules = len(whole["reports"][0]["verdicts"])
    assert len(cases) == rules * len(whole["reports"]) + len(whole["errors"])
    failed = sum(any(isinstance(it, junitparser.Failure) for it in case.result) for case in cases)
    verdicts = [it for report in whole["reports"] for it in report["verdicts"]]
    assert failed == sum(it["status"] == "fail" and it["severity"] == "error" for it in verdicts)
    for suite in xml:
        assert suite.tests == len(list(suite))


def github(root, path, whole):
    """The toolkit's own writer gives the same line for the same parts, and its reader the same parts."""
    lines = path.read_text().split("\n")
    assert lines.pop() == ""
    # The runner ends a line at a carriage return too; Python's own list of line ends is longer than its.
    assert not any("\r" in it for it in lines)
    kinds = [it.split(" ")[0] for it in lines]
    assert max(kinds.count(kind) for kind in ("::error", "::warning", "::notice")) <= 10
    assert lines[-1].startswith("::notice title=规矩 guiju::检查了 ")
    script = """
import { issueCommand } from '@actions/core/lib/command.js';
import { readFileSync } from 'node:fs';
const plain = text => text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\\r').replaceAll('%0A', '\\n').replaceAll('%25', '%');
const message = text => text.replaceAll('%0D', '\\r').replaceAll('%0A', '\\n').replaceAll('%25', '%');
for (const line of readFileSync(process.argv[2], 'utf8').trimEnd().split('\\n')) {
  const [, command, properties, rest] = line.match(/^::(\\w+) (.*?)::(.*)$/s);
  const parts = Object.fromEntries(properties.split(',').map(it => it.split('=')).map(([key, ...value]) => [key, plain(value.join('='))]));
  issueCommand(command, parts, message(rest));
}
"""
    program = TOOLS / "escape.mjs"
    program.write_text(script)
    again = tool("node", program, path)
    assert again.replace(os.linesep, "\n") == "\n".join(lines) + "\n", "the toolkit escapes otherwise"


def gitlab(root, path, whole):
    issues = json.loads(path.read_text())
    assert len(issues) == sum(whole["summary"]["findings"].values()) + len(whole["errors"])
    for it in issues:
        assert set(it) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert it["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not it["location"]["path"].startswith("./") and it["location"]["lines"]["begin"] >= 1
        assert it["check_name"] in it["description"] or "::" in it["check_name"]
    assert len({it["fingerprint"] for it in issues}) == len(issues)


def table(root, path, whole):
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(keepends=True)))
    assert all(None not in row and None not in row.values() for row in rows)
    count = lambda word: sum(row["结果"] == word for row in rows)
    assert count("不通过") == sum(whole["summary"]["findings"].values())
    assert count("未能检查") == len(whole["errors"])
    for row in rows:
        for cell in row.values():
            shown = cell.lstrip()
            assert not shown or shown[0] not in "=+-@|＝＋－＠", cell
            assert not any(unicodedata.category(it) == "Cc" for it in cell), cell


def html(root, path, whole):
    """Tags are closed, names are unique, links lead somewhere, and nothing of a report or a name is taken for markup."""
    page = Page(path.read_text())
    assert not page.open, page.open
    assert len(page.ids) == len(set(page.ids)), [it for it in page.ids if page.ids.count(it) > 1][:5]
    missing = [it for it in page.links if it[1:] not in page.ids]
    assert not missing, missing[:5]
    assert page.scripts == 1 and not page.fetched, page.fetched
    rows = page.text.count("✗ 未通过") + page.text.count("✓ 通过")
    assert rows >= len(whole["reports"])


class Page(HTMLParser):
    """What a page is made of."""

    VOID = {"meta", "input", "br", "link", "line", "circle", "polyline"}

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.fetched, self.scripts, self.text = [], [], [], [], 0, ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        assert not any(name.startswith("on") for name, _ in attributes), (tag, attributes)
        assert tag not in ("img", "iframe", "object", "embed", "link", "base"), (tag, attributes)
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            if name in ("src", "srcset", "data", "action") or (name == "href" and not value.startswith("#")):
                self.fetched.append((tag, name, value))
            if name == "href":
                self.links.append(value)
        self.scripts += tag == "script"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop() == tag, tag

    def handle_data(self, data):
        self.text += data


CHECKS = {"sarif": sarif, "junit": junit, "github": github, "gitlab": gitlab, "csv": table, "html": html}


def main():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        corpus(root)
        for evidence in ([], ["--evidence"]):
            guiju(root, "报告", "怪 名", "--format", "json=whole.json", *evidence)
            whole = json.loads((root / "whole.json").read_text())
            for name, check in CHECKS.items():
                guiju(root, "报告", "怪 名", "--format", f"{name}=out.{name}", *evidence)
                check(root, root / f"out.{name}", whole)
                print(f"{name:8} {'with evidence' if evidence else 'findings':14} ok")


main()
