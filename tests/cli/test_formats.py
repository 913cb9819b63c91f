"""--format sarif, junit and github: docs/contracts/ci-formats.md."""

import json
import os
import shutil

from harness import annotations, junit, sarif
from harness.pictures import png
from harness.places import faults
from harness.trees import read, write
from workspace import ROOT, WorkspaceTest

HOSTILE = "a\nb%0A,x:y]]>&<\"'::error::#[{0}](u) \u202e\x1b"
RED = b"".join(b"\0" + b"\xff\0\0" * 8 for _ in range(8))
FORMATS = ("sarif", "junit", "github")


class FormatTest(WorkspaceTest):
    """The environment of the tests says nothing about a job of GitHub."""

    def run_format(self, form, *arguments, env=None, **options):
        clean = {"GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": "", **(env or {})}
        return self.run_here(*arguments, "--format", form, env=clean, **options)

    def sarif(self, *arguments, code=1, **options):
        result = self.run_format("sarif", *arguments, **options)
        self.assertEqual(result.code, code, result.said)
        return sarif.read(result.out)

    def junit(self, *arguments, code=1):
        result = self.run_format("junit", *arguments)
        self.assertEqual(result.code, code, result.said)
        return junit.read(result.out.encode("utf-8"))

    def outcomes(self, *arguments, code=1):
        """{(group, name up to its blank): outcome} of one suite"""
        (suite,) = self.junit(*arguments, code=code)
        return {(case.group, case.name.split(" ")[0]): case.outcome for case in suite.cases}

    def annotations(self, *arguments, code=1, **options):
        result = self.run_format("github", *arguments, **options)
        self.assertEqual(result.code, code, result.said)
        return annotations.read(result.out)


class Sarif(FormatTest):
    def only_result(self, *arguments, **options):
        (result,) = self.sarif(*arguments, **options)["results"]
        return result

    def test_a_declaration_is_named_with_line_column_and_bytes(self):
        self.scene_workspace({"a": b"1"})
        document = json.loads(read(self.path("assets/a/asset.json")))
        text = json.dumps({"name": "\U0001f3ae ä", "type": "ä", **{key: document[key] for key in document if key not in ("name", "type")}},
                          ensure_ascii=False)
        write(self.path("assets/a/asset.json"), "\n" + text)
        result = self.only_result("build")
        path, place = sarif.place_of(result, self.dir)
        self.assertEqual(os.path.relpath(path, self.dir), "assets/a/asset.json")
        self.assertEqual(faults(place, path), [])
        self.assertEqual(read(path)[place["byte_offset"]:place["byte_offset"] + place["length"]].decode("utf-8"), "ä")
        self.assertEqual((place["json_pointer"], place["line"], place["character_utf16"]), ("/type", 2, len(text[:text.index('"ä"') + 1].encode("utf-16-le")) // 2))
        (found,) = self.annotations("build")
        self.assertEqual((found.line, found.column), (2, place["character_utf16"] + 1))

    def test_a_finding_is_the_same_wherever_it_is(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.edit_declaration("b", lambda document: document.update(type="nothing"))
        first = self.only_result("build")["partialFingerprints"]
        write(self.path("assets/b/asset.json"), b"\n\n\n" + read(self.path("assets/b/asset.json")))
        self.assertEqual(self.only_result("build")["partialFingerprints"], first)
        index = json.loads(read(self.path("assets/.prometeu/index.json")))
        uuid = index["assets"][1]["asset_uuid"]
        self.assertEqual(first, {"prpack/v1": f"declaration-value:{uuid}:/type"})
        os.rename(self.path("assets/b"), self.path("assets/c"))
        index["assets"][1]["root"] = "c"
        write(self.path("assets/.prometeu/index.json"), json.dumps(index))
        self.assertEqual(self.only_result("doctor")["partialFingerprints"], first)
        self.edit_declaration("c", lambda document: document.update(type="scene_bank", preload=7))
        self.assertNotEqual(self.only_result("build")["partialFingerprints"], first)

    def test_sources_of_one_asset_are_told_apart(self):
        self.scene_workspace({"a": b""})
        for name in ("x.png", "y.png"):
            write(self.path("assets/a", name), png(8, 8, 2, RED))
        self.edit_declaration("a", lambda document: document.update(
            type="glyph_bank", inputs={"sprites": ["x.png", "y.png"]},
            output={"format": "GLYPH/indexed_v1", "codec": "NONE", "metadata": {"tile_size": 8}}))
        write(self.path("assets/a/x.png"), b"no picture")
        write(self.path("assets/a/y.png"), b"no picture")
        os.remove(self.path("assets/a/data.bin"))
        results = [each for each in self.sarif("build")["results"] if each["ruleId"] == "image-invalid"]
        ends = [each["partialFingerprints"]["prpack/v1"].split(":")[2] for each in results]
        self.assertEqual(ends, ["x.png", "y.png"])

    def test_a_built_set_has_the_uuids_of_its_companions(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        pack = bytearray(read(self.path("build/assets.pa")))
        pack[-1] ^= 1
        write(self.path("build/assets.pa"), bytes(pack))
        uuid = json.loads(read(self.path("assets/.prometeu/index.json")))["assets"][0]["asset_uuid"]
        identities = [each["partialFingerprints"]["prpack/v1"] for each in self.sarif("verify")["results"]]
        self.assertTrue(any(f":{uuid}:" in identity for identity in identities), identities)

    def test_uris_are_relative_to_where_prpack_was_started(self):
        write(self.path("game/x y/p%.pa"), b"")
        cases = (((), "game/x y/p%.pa", "game/x%20y/p%25.pa"), (("-C", "game"), "x y/p%.pa", "game/x%20y/p%25.pa"),
                 (("-C", self.path("game")), "./x y//p%.pa", "game/x%20y/p%25.pa"),
                 ((), self.path("game/x y/p%.pa"), "game/x%20y/p%25.pa"),
                 (("-C", "game"), self.path("game/x y/p%.pa"), "game/x%20y/p%25.pa"))
        for options, path, uri in cases:
            with self.subTest(options=options, path=path):
                result = self.only_result("inspect", path, *options)
                self.assertEqual(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], uri)
        outside = self.only_result("inspect", self.path("game/x y/p%.pa"), "-C", "/")
        self.assertEqual(os.path.join(self.dir.encode(), sarif.path_of(outside["locations"][0])), self.path("game/x y/p%.pa").encode())
        result = self.run_format("sarif", "inspect", "../x y/p%.pa", "-C", "game/x y")
        self.assertEqual(sarif.path_of(sarif.read(result.out)["results"][0]["locations"][0]), b"game/x y/../x y/p%.pa")

    def test_a_failure_is_no_result(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        run = self.sarif("inspect", "build/assets.pa", "missing.pa", code=3)
        self.assertEqual(run["results"], [])
        self.assertFalse(run["invocations"][0]["executionSuccessful"])
        failures = [each for each in sarif.notifications(run) if "descriptor" in each]
        self.assertEqual([each["descriptor"]["id"] for each in failures], ["environment-read"])
        self.assertEqual(sarif.path_of(failures[0]["locations"][0]), b"missing.pa")
        run = self.sarif("verify", "build", "--max-decoded", "1", code=2)
        self.assertEqual([each["descriptor"]["id"] for each in sarif.notifications(run)], ["usage"])

    def test_what_is_left_out_is_said(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update(type="nothing"))
        run = self.sarif("build", "--max-findings", "0")
        self.assertEqual(run["results"], [])
        self.assertEqual([sarif.words(each["message"]) for each in sarif.notifications(run)],
                         ["1 more finding of declaration-value is not listed"])
        self.assertTrue(run["invocations"][0]["executionSuccessful"])

    def test_a_workspace_that_is_missing_has_a_place(self):
        result = self.only_result("build")
        self.assertEqual(result["ruleId"], "workspace-missing")

    def test_rules_are_the_catalogue(self):
        self.scene_workspace({"a": b"1"})
        rules = self.sarif("doctor", code=0)["tool"]["driver"]["rules"]
        explained = json.loads(self.run_here("explain", "--format", "json").out)["explanations"]
        self.assertEqual([(rule["id"], sarif.words(rule["fullDescription"]), sarif.words(rule["help"]), rule["properties"]["class"])
                          for rule in rules], [(each["id"], each["meaning"], each["help"], each["class"]) for each in explained])


class Junit(FormatTest):
    def test_what_was_built_passes_and_what_was_not_asked_is_skipped(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.assertEqual(self.run_here("exclude", "b").code, 0)
        expected = {("workspace", "build"): "passed", ("declaration", "build"): "passed", ("declaration", "a"): "passed",
                    ("declaration", "b"): "skipped", ("packing", "build"): "passed", ("packing", "a"): "passed",
                    ("packing", "b"): "skipped", ("pack", "build"): "skipped"}
        self.assertEqual(self.outcomes("build", code=0), expected)
        self.assertEqual(self.outcomes("build", "--check", code=0), expected)
        expected[("pack", "build")] = "passed"
        for _ in range(2):
            found = self.outcomes("build", "--verify", code=0)
            self.assertEqual({key: found[key] for key in expected}, expected)

    def test_what_a_fault_keeps_from_being_read_is_skipped(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.edit_declaration("a", lambda document: document.update(type="nothing"))
        for command in ("build", "doctor"):
            found = self.outcomes(command)
            self.assertEqual((found["declaration", "a"], found["declaration", "b"]), ("failed", "passed"))
            self.assertEqual((found["packing", "a"], found["packing", "b"]), ("skipped", "skipped"))
        os.remove(self.path("assets/.prometeu/index.json"))
        self.assertNotIn("passed", self.outcomes("build").values())

    def test_other_assets_are_packed_in_spite_of_one(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        os.remove(self.path("assets/a/data.bin"))
        os.mkdir(self.path("assets/a/data.bin"))
        found = self.outcomes("build")
        self.assertEqual((found["packing", "a"], found["packing", "b"]), ("failed", "passed"))

    def test_nothing_passes_whose_errors_are_not_listed(self):
        self.scene_workspace({f"a{number}": b"1" for number in range(120)})
        for number in range(110):
            self.edit_declaration(f"a{number}", lambda document: document.update(type="nothing"))
        found = self.outcomes("build")
        states = [outcome for (group, name), outcome in found.items() if group == "declaration" and name.startswith("a")]
        self.assertEqual((states.count("failed"), states.count("passed"), states.count("skipped")), (100, 0, 20))
        found = self.outcomes("build", "--max-findings", "0")
        self.assertNotIn("passed", [outcome for (group, _), outcome in found.items() if group == "declaration"])

    def test_a_set_and_its_sources(self):
        self.scene_workspace({"a": b"1", "b": b"2"})
        self.assertEqual(self.run_here("build").code, 0)
        found = self.outcomes("verify", code=0)
        self.assertEqual({outcome for (group, _), outcome in found.items() if group not in ("sources", "not-checked")}, {"passed"})
        self.assertEqual({outcome for (group, _), outcome in found.items() if group == "sources"}, {"skipped"})
        found = self.outcomes("verify", "--sources", code=0)
        self.assertEqual({outcome for (group, _), outcome in found.items() if group != "not-checked"}, {"passed"})
        write(self.path("assets/b/data.bin"), b"3")
        found = self.outcomes("verify", "--sources")
        self.assertEqual((found["sources", "a"], found["sources", "b"], found["payload", "b"]), ("passed", "failed", "passed"))
        os.remove(self.path("build/preload.json"))
        found = self.outcomes("verify")
        self.assertEqual((found["companions", "build"], found["companions", "a"]), ("failed", "skipped"))
        found = self.outcomes("inspect", "build/assets.pa", code=0)
        self.assertEqual((found["payload", "a"] if ("payload", "a") in found else found["payload", "build/assets.pa"]), "passed")
        self.assertEqual(found["companions", "build/assets.pa"], "skipped")

    def test_failures_of_the_environment_are_errors(self):
        (suite,) = self.junit("inspect", "missing.pa", code=3)
        self.assertEqual({case.outcome for case in suite.cases}, {"skipped", "error"})
        self.assertEqual([case.outcome for case in suite.group("run")], ["error"])

    def test_warnings_pass_and_are_said(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("assets/new/asset.json"), read(self.path("assets/a/asset.json")))
        (suite,) = self.junit("build", code=0)
        (case,) = suite.group("workspace")
        self.assertEqual(case.outcome, "passed")
        self.assertIn("warning[anchor-unregistered]", case.out)
        self.assertEqual(self.outcomes("build", "--strict")["workspace", "build"], "failed")


class Github(FormatTest):
    def test_paths_are_relative_to_the_checkout(self):
        write(self.path("game/x.pa"), b"")
        for options, env, path in (((), {}, "game/x.pa"), ((), {"GITHUB_WORKSPACE": self.path("game")}, "x.pa"),
                                   ((), {"GITHUB_WORKSPACE": os.path.dirname(self.dir)}, os.path.basename(self.dir) + "/game/x.pa"),
                                   ((), {"GITHUB_WORKSPACE": "game"}, "game/x.pa")):
            with self.subTest(env=env):
                (found,) = [each for each in self.annotations("inspect", "game/x.pa", *options, env=env) if each.level == "error"]
                self.assertEqual((found.path, found.line, found.title), (path, 1, "file-truncated"))
        run = sarif.read(self.run_format("sarif", "inspect", "game/x.pa", env={"GITHUB_WORKSPACE": self.path("game")}).out)
        self.assertEqual(sarif.path_of(run["results"][0]["locations"][0]), b"game/x.pa")

    def test_quiet_leaves_errors(self):
        self.scene_workspace({"a": b"1"})
        write(self.path("assets/new/asset.json"), read(self.path("assets/a/asset.json")))
        self.assertEqual([each.level for each in self.annotations("build", code=0)], ["warning"])
        self.assertEqual(self.annotations("build", "--quiet", code=0), [])

    def summary(self, *arguments, code=1, path="summary.md", **options):
        result = self.run_format("github", *arguments, env={"GITHUB_STEP_SUMMARY": self.path(path)}, **options)
        self.assertEqual(result.code, code, result.said)
        return result

    def test_the_summary_is_appended(self):
        write(self.path("summary.md"), b"before\n")
        write(self.path("x.pa"), b"")
        self.scene_workspace({"a": b"1"})
        self.summary("build", "--verify", code=0)
        self.summary("inspect", "build/assets.pa", "x.pa")
        text = read(self.path("summary.md")).decode("utf-8")
        self.assertTrue(text.startswith("before\n### prpack build"), text)
        self.assertEqual([line for line in text.splitlines() if line.startswith("#")],
                         ["### prpack build build: passed", "### prpack inspect build/assets&#46;pa: passed",
                          "### prpack inspect x&#46;pa: failed"])
        self.assertIn("| error | file-truncated | x&#46;pa, byte 0 |", text)
        self.assertEqual(text.count("1 error, 0 warnings"), 1)

    def test_only_this_format_writes_a_summary(self):
        write(self.path("x.pa"), b"")
        for form in ("text", "json", "sarif", "junit"):
            self.run_here("inspect", "x.pa", "--format", form, env={"GITHUB_STEP_SUMMARY": self.path("summary.md")})
        self.run_here("--help", "--format", "github", env={"GITHUB_STEP_SUMMARY": self.path("summary.md")})
        self.run_here("build", "--help", "--format", "github", env={"GITHUB_STEP_SUMMARY": self.path("summary.md")})
        self.assertFalse(os.path.exists(self.path("summary.md")))

    def test_a_summary_is_a_regular_file(self):
        write(self.path("x.pa"), b"")
        write(self.path("target"), b"mine")
        os.symlink("target", self.path("link"))
        os.mkfifo(self.path("pipe"))
        os.mkdir(self.path("folder"))
        for path in ("link", "pipe", "folder", "none/summary.md"):
            with self.subTest(path=path):
                result = self.summary("inspect", "x.pa", code=3, path=path)
                self.assertEqual([each.title for each in annotations.read(result.out) if each.level == "error"], ["file-truncated"])
                self.assertIn("error[environment-write]", result.err)
                self.assertIn(path, result.err)
        self.assertEqual(read(self.path("target")), b"mine")
        self.assertEqual(self.run_format("github", "inspect", "x.pa", env={"GITHUB_STEP_SUMMARY": "/dev/full"}).code, 3)

    def test_a_summary_ends_before_github_refuses_it(self):
        paths = [os.path.join(ROOT, "corpus/packs/invalid", name) for name in
                 sorted(os.listdir(os.path.join(ROOT, "corpus/packs/invalid")))]
        self.summary("inspect", *(paths * 6))
        size = os.path.getsize(self.path("summary.md"))
        self.assertTrue(512 << 10 <= size < 1 << 20, size)
        self.assertIn(b"the log of the step has those that are not listed here", read(self.path("summary.md")))


class Hostile(FormatTest):
    def hostile_pack(self):
        """A pack with a name that every format would obey, below a directory of such a name."""
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build").code, 0)
        pack = read(self.path("build/assets.pa"))
        folder = os.path.join(os.fsencode(self.dir), HOSTILE.encode("utf-8") + b"\xff")
        os.mkdir(folder)
        path = os.path.join(folder, b"x.pa")
        with open(path, "wb") as file:
            file.write(pack + b"more")
        return os.path.relpath(path, os.fsencode(self.dir))

    def test_paths(self):
        path = self.hostile_pack()
        self.assertEqual(sarif.path_of(self.sarif("inspect", path)["results"][0]["locations"][0]), path)
        found = self.annotations("inspect", path)[0]
        self.assertEqual(found.path, HOSTILE.replace("\u202e\x1b", "\\u{202e}\\x1b") + "\\xff/x.pa")
        (suite,) = self.junit("inspect", path)
        self.assertIn("\\x0ab%0A,x:y]]>&<\"'::error::#[{0}](u) \\u{202e}\\x1b\\xff/x.pa", suite.name)

    def test_text(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update(type=HOSTILE))
        finding = json.loads(self.run_here("build", "--format", "json").out)["diagnostics"][0]
        (result,) = self.sarif("build")["results"]
        self.assertIn("#[{0}](u)", sarif.words(result["message"]))
        (found,) = self.annotations("build")
        self.assertIn("::error::#[{0}](u)", found.message)
        self.assertIn("]]>&<", finding["actual"])
        (suite,) = self.junit("build")
        self.assertTrue(any("]]>&<\"'::error::" in case.text for case in suite.cases) or "]]>" in str(suite.cases))

    def test_summary(self):
        path = self.hostile_pack()
        result = self.run_format("github", "inspect", path, env={"GITHUB_STEP_SUMMARY": self.path("s.md")})
        self.assertEqual(result.code, 1)
        text = read(self.path("s.md")).decode("utf-8")
        for markup in ("<", "[", "](", "`", "*", "_", "\u202e", "\x1b"):
            self.assertNotIn(markup, text)
        rows = [line for line in text.splitlines() if line.startswith("| error")]
        self.assertEqual([row.count("|") for row in rows], [5])


class Calls(FormatTest):
    def test_other_commands_do_not_have_the_formats(self):
        self.scene_workspace({"a": b"1"})
        for form in FORMATS:
            for command in (["list"], ["watch"], ["add", "assets/a"], ["explain"]):
                self.assert_one_line(self.run_here(*command, "--format", form), 2, "usage", "text or json", form)
            self.assert_one_line(self.run_here("--format", form), 2, "usage", "text or json")
        self.assertNotIn("sarif", self.run_here("list", "--help").out)
        self.assertIn("sarif", self.run_here("verify", "--help").out)

    def test_a_call_that_is_wrong_is_told_in_the_format(self):
        run = self.sarif("inspect", code=2)
        self.assertEqual([each["descriptor"]["id"] for each in sarif.notifications(run)], ["usage"])
        (suite,) = self.junit("inspect", code=2)
        self.assertEqual([(case.group, case.outcome) for case in suite.cases], [("run", "error")])
        (found,) = self.annotations("inspect", code=2)
        self.assertEqual((found.level, found.title, found.path), ("error", "usage", None))

    def test_help_is_help(self):
        for form in FORMATS:
            result = self.run_here("build", "--help", "--format", form)
            self.assertTrue(result.out.startswith("usage: prpack build"), result.out)
            self.assertNotIn("}]}", result.out)

    def test_the_same_bytes_each_time(self):
        demo = self.copy_demo()
        os.remove(self.path("demo/assets/.prometeu/index.json"))
        other = shutil.copytree(demo, self.path("other/demo"))
        invalid = os.path.join(ROOT, "corpus", "packs", "invalid")
        paths = [os.path.join(invalid, name) for name in sorted(os.listdir(invalid))[::20]]
        for form in FORMATS:
            outs = {self.run_format(form, "inspect", *paths, "--jobs", jobs).out for jobs in ("1", "3")}
            self.assertEqual(len(outs), 1)
            outs = set()
            for self.dir in (demo, other):
                outs.add(self.run_format(form, "build").out)
            self.assertEqual(len(outs), 1)
