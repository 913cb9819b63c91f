"""Which findings count, how many are shown, and how they are counted (docs/contracts/builder-integration.md 3.2 and 3.4)."""

import json
import os
import shutil
import subprocess

from harness.pictures import chunk, png
from harness.program import PRPACK
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest, artifacts_of

INVALID = os.path.join(ROOT, "corpus", "packs", "invalid")


class Findings(WorkspaceTest):
    def report(self, *arguments, code=0):
        ended = self.run_here(*arguments, "--format", "json")
        self.assertEqual(ended.code, code, ended.said)
        documents = ended.documents()
        self.assertEqual(len(documents), 1)
        return documents[0]

    def warned_workspace(self):
        """Two scenes; one lies beside a file that its asset.json does not name: one warning."""
        self.scene_workspace({"bay": b"a bay", "cave": b"a cave"})
        write(self.path("assets", "bay", "other.bin"), "not ours")

    def severities(self, report):
        return {finding["id"]: finding["severity"] for finding in report["diagnostics"]}

    def counts(self, report):
        return report["errors"], report["warnings"], report["ignored"]

    # ---- Warnings that are errors ----

    def test_a_strict_build_publishes_nothing(self):
        self.warned_workspace()
        for options in (["--strict"], ["--error", "input-undeclared"], ["--error=hash-mismatch,input-undeclared", "--verify"]):
            with self.subTest(options=options):
                report = self.report("build", *options, code=1)
                self.assertFalse(report["published"])
                self.assertEqual(self.severities(report), {"input-undeclared": "error"})
                self.assertEqual(self.counts(report), (1, 0, 0))
                self.assertFalse(os.path.exists(self.path("build", "assets.pa")))
                ended = self.run_here("build", *options)
                self.assertEqual(ended.code, 1)
                self.assertIn("assets/bay: error[input-undeclared] ", ended.err)
                self.assertIn("\n1 error in 1 asset\n", ended.err)
                self.assertIn("nothing was published", ended.err)
                self.assertFalse(self.report("build", "--check", *options, code=1)["would_publish"])
        self.assertEqual(self.severities(self.report("build", "--error", "hash-mismatch")), {"input-undeclared": "warning"})

    def test_a_strict_build_without_warnings_publishes(self):
        self.scene_workspace({"bay": b"a bay"})
        self.assertTrue(self.report("build", "--strict", "--verify")["published"])
        self.assertEqual(self.report("verify", "--strict", "--sources")["matches"], True)

    def test_what_is_unchanged_is_strict_too(self):
        self.warned_workspace()
        self.assertTrue(self.report("build")["published"])
        before = read_tree(self.path("build"))
        for options in ([], ["--verify"], ["--check"]):
            report = self.report("build", "--strict", *options, code=1)
            self.assertFalse(report["published"] or report["unchanged"] or report.get("would_publish"), report)
            self.assertEqual(read_tree(self.path("build")), before)
        self.assertTrue(self.report("build")["unchanged"])

    def test_a_warning_about_a_kept_asset_is_strict_too(self):
        palette = bytes((200, 0, 0, 0, 8, 200))
        indices = b"".join(b"\0" + bytes([0] + [1] * 7) for _ in range(8))  # a colour of entry 0, which is not drawn
        write(self.path("assets", "hero", "hero.png"), png(8, 8, 3, indices, chunk(b"PLTE", palette)))
        self.run_here("init")
        self.assertEqual(self.run_here("add", "assets/hero", "--tile-size", "8").code, 0)
        self.assertEqual(self.severities(self.report("build")), {"pixel-hidden": "warning"})
        before = artifacts_of(self.path("build"))
        for change in (lambda: None, self.add_level):  # all is kept; one asset is kept
            change()
            report = self.report("build", "--strict", code=1)
            self.assertEqual((self.severities(report), report["published"]), ({"pixel-hidden": "error"}, False))
            self.assertEqual(artifacts_of(self.path("build")), before)
        self.assertEqual(self.counts(self.report("build", "--ignore", "pixel-hidden")), (0, 0, 1))
        self.assertEqual(self.severities(self.report("build")), {"pixel-hidden": "warning"})  # ignoring it forgot nothing

    def add_level(self):
        write(self.path("assets", "level", "data.bin"), "level")
        self.assertEqual(self.run_here("add", "assets/level", "--type", "scene_bank").code, 0)

    def test_a_name_that_make_cannot_read_is_known_before_publishing(self):
        self.scene_workspace({"bay": b"a bay"})
        os.rename(self.path("assets", "bay", "data.bin"), self.path("assets", "bay", "a;b.bin"))
        self.edit_declaration("bay", lambda document: document["inputs"].update(sources=["a;b.bin"]))
        report = self.report("build", "--strict", "--depfile", "deps", code=1)
        self.assertEqual(self.severities(report), {"dependency-name": "error"})
        self.assertFalse(report["published"])
        self.assertTrue(os.path.exists(self.path("deps")))  # a build that fails writes it as well
        report = self.report("build", "--depfile", "deps")
        self.assertEqual(self.counts(report), (0, 1, 0))
        self.assertTrue(report["published"])

    def test_strict_examinations(self):
        self.warned_workspace()
        self.assertEqual(self.run_here("build").code, 0)
        os.makedirs(self.path("build", ".prpack-commit"))  # as a killed build leaves it
        shutil.copy(self.path("build", "assets.pa"), self.path("build", ".prpack-commit", "assets.pa"))
        for command in (["verify"], ["inspect", "build"], ["ids"]):
            with self.subTest(command=command):
                self.assertEqual(self.run_here(*command).code, 0)
                report = self.report(*command[:1], *command[1:], "--strict", code=1) if command != ["ids"] else None
                if report is not None:
                    self.assertEqual((report["loads"], report["conforms"]), (True, True))
                    self.assertEqual(self.severities(report), {"build-pending": "error"})
        ended = self.run_here("ids", "--strict", "--output", "ids.json")
        self.assertEqual((ended.code, ended.out), (1, ""))
        self.assertFalse(os.path.exists(self.path("ids.json")))

    def test_list_and_add(self):
        self.warned_workspace()
        write(self.path("assets", "dune", "asset.json"), read(self.path("assets", "bay", "asset.json")))
        listed = self.report("list", "--error", "anchor-unregistered", code=1)
        self.assertEqual(self.severities(listed)["anchor-unregistered"], "error")
        self.assertEqual(len(listed["assets"]), 2)
        self.assertEqual(self.report("list", "--only", "slice-gap")["diagnostics"], [])
        os.remove(self.path("assets", "dune", "asset.json"))
        registry = read(self.path("assets", ".prometeu", "index.json"))
        # With --anyway a truecolour sprite is added with a warning, for it does not have palettes.
        write(self.path("assets", "dune", "dune.png"), png(8, 8, 2, (b"\0" + bytes(range(24))) * 8))
        report = self.report("add", "dune", "--anyway", "--strict", code=1)
        self.assertIsNone(report["asset"])
        self.assertEqual(self.severities(report), {"palette-missing": "error"})
        self.assertEqual(read(self.path("assets", ".prometeu", "index.json")), registry)
        self.assertFalse(os.path.exists(self.path("assets", "dune", "asset.json")))
        report = self.report("add", "dune", "--anyway", "--ignore", "palette-missing")
        self.assertEqual(self.counts(report), (0, 0, 1))
        self.assertIsNotNone(report["asset"])

    # ---- What is ignored ----

    def test_ignored_warnings_are_counted(self):
        self.warned_workspace()
        for options in (["--ignore", "input-undeclared"], ["--only", "hash-mismatch"], ["--strict", "--ignore", "input-undeclared"],
                        ["--only", "hash-mismatch", "--ignore=hash-mismatch"]):
            with self.subTest(options=options):
                report = self.report("build", *options)
                self.assertEqual((report["diagnostics"], report["findings_by_file"]), ([], []))
                self.assertEqual(self.counts(report), (0, 0, 1))
                self.assertTrue(report["published"])
                self.assertEqual(self.run_here("build", *options).err, "1 finding ignored\n")
                self.assertEqual(self.run_here("build", "--quiet", *options).err, "")

    def test_a_pack_with_an_ignored_fault_conforms(self):
        pack = os.path.join(INVALID, next(name for name in sorted(os.listdir(INVALID)) if name.startswith("slice-gap.")))
        self.assertFalse(self.report("inspect", pack, code=1)["conforms"])
        report = self.report("inspect", pack, "--ignore", "slice-gap")
        self.assertEqual((report["loads"], report["conforms"], report["ignored"]), (True, True, 1))
        text = self.run_here("inspect", pack, "--ignore", "slice-gap").out
        self.assertIn("conforms: yes, 1 finding ignored  (", text)
        self.assertIn("loads: yes  (", text)
        self.assertTrue(text.endswith("\n\n1 finding ignored\n"), text)

    def test_each_operand_is_counted_by_itself(self):
        packs = [os.path.join(INVALID, name) for name in sorted(os.listdir(INVALID)) if name.startswith(("slice-gap.", "id-order."))]
        ended = self.run_here("inspect", "--format", "json", "--ignore", "slice-gap", *packs)
        self.assertEqual(ended.code, 1)
        for pack, report in zip(packs, ended.documents(), strict=True):
            gap = os.path.basename(pack).startswith("slice-gap.")
            self.assertEqual((report["ignored"] > 0, report["errors"] == 0), (gap, gap), pack)

    def test_a_class_l_finding_stays_beside_only(self):
        name = next(name for name in sorted(os.listdir(INVALID)) if name.startswith("json-syntax."))
        report = self.report("inspect", os.path.join(INVALID, name), "--only", "slice-gap", code=1)
        self.assertEqual(self.severities(report), {"json-syntax": "error"})
        self.assertFalse(report["loads"])

    def test_a_difference_from_the_workspace_may_be_ignored(self):
        self.scene_workspace({"bay": b"a bay"})
        self.assertEqual(self.run_here("build").code, 0)
        os.remove(self.path("assets", "bay", "data.bin"))
        ids = ",".join(self.severities(self.report("verify", "--sources", code=1)))
        self.assertTrue(ids)
        report = self.report("verify", "--sources", "--ignore", ids)
        self.assertEqual((report["conforms"], report["matches"], report["errors"]), (True, True, 0))
        self.assertGreater(report["ignored"], 0)
        self.assertIn("matches: yes, 1 finding ignored  (", self.run_here("verify", "--sources", "--ignore", ids).out)
        # The command that has to read the file cannot go on, whatever is ignored.
        refused = self.report("build", "--ignore", "input-missing", code=1)
        self.assertEqual((self.severities(refused), refused["ignored"]), ({"input-missing": "error"}, 0))
        self.assertEqual(self.report("build", "--only", "slice-gap", code=1)["errors"], 1)

    # ---- What may not be asked ----

    def test_refusals(self):
        self.warned_workspace()
        rows = (
            (["--error", "input-undeclard"], "input-undeclard", "input-undeclared", "--error"),
            (["--ignore", "nonsense"], "nonsense", None, "--ignore"),
            (["--only", "slice-gap,"], "", None, "--only"),
            (["--ignore", "json-syntax"], "json-syntax", None, "--ignore"),
            (["--ignore", "json-duplicate-key"], "json-duplicate-key", None, "--ignore"),
            (["--ignore", "slice-gap,environment-read"], "environment-read", None, "--ignore"),
            (["--ignore", "usage"], "usage", None, "--ignore"),
            (["--ignore", "slice-gap", "--error", "slice-gap"], "slice-gap", None, "--error"),
            (["--only", "slice-gap", "--error", "id-order"], "id-order", None, "--error"),
        )
        for command in ("build", "list", "verify", "ids"):
            for options, actual, expected, option in rows:
                with self.subTest(command=command, options=options):
                    ended = self.run_here(command, *options, "--format", "json") if command != "ids" else self.run_here(command, *options)
                    self.assertEqual(ended.code, 2, ended.said)
                    if command == "ids":
                        self.assertIn("error[usage]", ended.err)
                        continue
                    finding = ended.documents()[0]["diagnostics"][0]
                    self.assertEqual((finding["id"], finding["actual"], finding["expected"]), ("usage", actual, expected))
                    self.assertIn(option, finding["help"])
        self.assertFalse(os.path.exists(self.path("build")))
        for wrong in ("-1", "x", "", "1.5"):
            self.assertEqual(self.run_here("build", "--max-findings", wrong).code, 2)
        self.assertEqual(self.run_here("init", "--strict").code, 2)
        self.assertEqual(self.run_here("explain", "--max-findings", "3").code, 2)

    def test_lists_add_up(self):
        self.warned_workspace()
        write(self.path("assets", "dune", "asset.json"), "{}")
        report = self.report("build", "--error", "anchor-unregistered", "--error", "slice-gap,input-undeclared", code=1)
        self.assertEqual(self.severities(report), {"anchor-unregistered": "error", "input-undeclared": "error"})

    # ---- How many are shown ----

    def many(self):
        """500 assets whose declarations have 5,400 faults."""
        self.scene_workspace({f"a{number:03d}": b"1" for number in range(500)})
        for number in range(500):
            faults = 11 if number < 400 else 10
            self.edit_declaration(f"a{number:03d}", lambda document, faults=faults:
                                  document.update({f"unknown-{fault}": 1 for fault in range(faults)}))
        return [f"assets/a{number:03d}/asset.json" for number in range(500)]

    def test_every_file_is_named(self):
        files = self.many()
        ended = self.run_here("build", "--max-findings", "3")
        self.assertEqual(ended.code, 1)
        lines = ended.err.splitlines()
        shown = [line for line in lines if "error[" in line]
        self.assertEqual(len(shown), 3)
        self.assertEqual({line.split(":")[0] for line in shown}, {files[0]})
        self.assertIn("… and 5397 more of [declaration-shape]", lines)
        self.assertEqual([line for line in lines if line.endswith((": 10 errors", ": 11 errors"))],
                         [f"{file}: {11 if number < 400 else 10} errors" for number, file in enumerate(files)][1:])
        self.assertEqual(lines[-1], "5,400 errors in 500 assets")
        for jobs in ("1", "2", "7"):
            self.assertEqual(self.run_here("build", "--max-findings", "3", "--jobs", jobs).err, ended.err)

    def test_counts_do_not_depend_on_what_is_shown(self):
        files = self.many()
        reports = {}
        for options in ((), ("--max-findings", "0"), ("--max-findings", "3"), ("--max-findings", "250")):
            report = self.report("build", *options, code=1)
            reports[options] = report
            self.assertEqual(self.counts(report), (5400, 0, 0))
            self.assertEqual([row["file"] for row in report["findings_by_file"]], files)
            self.assertEqual({row["errors"] for row in report["findings_by_file"]}, {10, 11})
            listed = len(report["diagnostics"])
            self.assertEqual(listed, min(100, int(options[1])) if options else 100)
            self.assertEqual(report["diagnostics_not_listed"], {"declaration-shape": 5400 - listed})
        whole = reports[()]["diagnostics"]
        self.assertEqual(reports[("--max-findings", "3")]["diagnostics"], whole[:3])
        ended = self.run_here("build", "--format", "json").out
        for jobs in ("1", "2", "7"):
            self.assertEqual(self.run_here("build", "--format", "json", "--jobs", jobs).out, ended)

    def test_errors_come_first(self):
        self.warned_workspace()
        os.remove(self.path("assets", "cave", "data.bin"))
        report = self.report("build", code=1)
        self.assertEqual([finding["severity"] for finding in report["diagnostics"]], ["error", "warning"])
        self.assertEqual(report["findings_by_file"], [{"file": "assets/bay", "errors": 0, "warnings": 1},
                                                      {"file": "assets/cave/data.bin", "errors": 1, "warnings": 0}])
        lines = self.run_here("build").err.splitlines()
        self.assertTrue(lines[0].startswith("assets/cave/data.bin: error[input-missing] "), lines)
        self.assertTrue(lines[1].startswith("assets/bay: warning[input-undeclared] "), lines)
        self.assertEqual(lines[-1], "1 error and 1 warning in 2 assets")
        lines = self.run_here("build", "--max-findings", "1").err.splitlines()
        self.assertEqual(lines[1:3], ["… and 1 more of [input-undeclared]", "assets/bay: 1 warning"])
        self.assertEqual(lines[-1], "1 error and 1 warning in 2 assets")
        quiet = self.run_here("build", "--quiet", "--max-findings", "0").err.splitlines()
        self.assertIn("assets/cave/data.bin: 1 error", quiet)
        self.assertNotIn("assets/bay: 1 warning", quiet)
        self.assertFalse([line for line in quiet if line.startswith("1 error")])
        os.truncate(self.path("assets", "bay", "asset.json"), 0)
        merged = subprocess.run([PRPACK, "build"], cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertRegex(merged.stdout.splitlines()[-1], "^1 error in 1 asset$")

    def test_files_that_are_about_no_asset(self):
        self.warned_workspace()
        write(self.path("assets", "dune", "asset.json"), "{}")
        self.assertIn("\n2 warnings in 1 asset and 1 other file\n", self.run_here("build").err)
        pack = os.path.join(INVALID, next(name for name in sorted(os.listdir(INVALID)) if name.startswith("prelude-reserved.")))
        self.assertTrue(self.run_here("inspect", pack).out.endswith("\n1 error in 1 file\n"))
        self.assertEqual(self.run_here("frobnicate").err.count("\n"), 1)

    def test_without_a_finding_there_is_no_sum(self):
        self.scene_workspace({"bay": b"a bay"})
        self.assertEqual(self.run_here("build", "--verify").err, "")
        report = self.report("build")
        self.assertEqual((self.counts(report), report["findings_by_file"]), ((0, 0, 0), []))

    def test_the_line_of_a_text_begins_the_finding(self):
        self.scene_workspace({"bay": b"a bay"})
        write(self.path("assets", "bay", "asset.json"), json.dumps(json.loads(read(self.path("assets", "bay", "asset.json"))), indent=2)
              .replace('"scene_bank"', '"scenery"'))
        finding = self.report("build", code=1)["diagnostics"][0]
        line = self.run_here("build").err.splitlines()[0]
        self.assertTrue(line.startswith(f"assets/bay/asset.json:{finding['line']}:{finding['column']}: error[declaration-value] byte "), line)
        self.assertEqual(line.count(f"line {finding['line']}"), 0)
