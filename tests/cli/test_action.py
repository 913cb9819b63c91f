"""action.yml and the recipes for CI, as far as a shell can run them without their services."""

import os
import re

import yaml

from harness import annotations, junit, program, sarif
from harness.trees import read, write
from workspace import ROOT, WorkspaceTest

COMMANDS = ("build", "verify", "inspect", "doctor")
OWN = {"command", "paths", "report", "report-format", "upload", "program"}
NOT_INPUTS = {"format", "help", "version"}


class ActionTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.action = yaml.safe_load(read(os.path.join(ROOT, "action.yml")))
        self.steps = {step["name"]: step for step in self.action["runs"]["steps"]}

    def help_of(self, command):
        """{option: whether it takes a value}"""
        lines = re.findall(r"^  (?:-., |    )--([a-z-]+)( [A-Z]+)?", self.run_here(command, "--help").out, re.M)
        return {name: bool(value) for name, value in lines}

    def value(self, text, inputs):
        """An expression of the action: an input."""
        found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)
        self.assertIsNotNone(found, text)
        return inputs[found[1]]

    def run_action(self, **given):
        """Runs the step as GitHub's runner does; prpack is there already."""
        inputs = {name: facts["default"] for name, facts in self.action["inputs"].items()}
        inputs.update({"program": program.PRPACK, **{name.replace("_", "-"): value for name, value in given.items()}})
        step = self.steps["Run prpack"]
        files = {"GITHUB_OUTPUT": self.path("output"), "GITHUB_STEP_SUMMARY": self.path("summary.md")}
        for path in files.values():
            write(path, b"")
        environment = {**files, "GITHUB_ACTION_PATH": ROOT, "GITHUB_WORKSPACE": self.dir,
                       **{name: self.value(text, inputs) for name, text in step["env"].items()}}
        write(self.path("step.sh"), step["run"])
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", self.path("step.sh")]  # `shell: bash` of the runner
        ended = program.run(shell, self.dir, env=environment)
        self.output = read(files["GITHUB_OUTPUT"]).decode("utf-8")
        self.summary = read(files["GITHUB_STEP_SUMMARY"]).decode("utf-8")
        return ended

    def test_the_inputs_are_the_options(self):
        options = {}
        for command in COMMANDS:
            options.update(self.help_of(command))
        inputs = self.action["inputs"]
        self.assertEqual(set(inputs) - OWN, set(options) - NOT_INPUTS)
        passed = {self.value(text, {name: name for name in inputs}): name for name, text in self.steps["Run prpack"]["env"].items()}
        self.assertEqual(passed, {name: "INPUT_" + name.upper().replace("-", "_") for name in set(inputs) - {"upload"}})
        script = read(os.path.join(ROOT, "scripts/action")).decode("utf-8")
        for array, takes in (("flags", False), ("values", True)):
            listed = set(re.search(rf"^{array}=\((.*)\)$", script, re.M)[1].split())
            self.assertEqual(listed, {name for name, value in options.items() if value == takes} - NOT_INPUTS)
        self.assertEqual({facts["default"] for name, facts in inputs.items() if name not in OWN}, {""})

    def test_nothing_is_sent_unless_it_is_asked_for(self):
        users = [step["name"] for step in self.steps.values() if "uses" in step]
        self.assertEqual(users, ["Upload the report"])
        self.assertIn("inputs.upload == 'true'", self.steps["Upload the report"]["if"])
        self.assertEqual(self.action["inputs"]["upload"]["default"], "false")
        for step in self.steps.values():
            self.assertNotIn("${{", step.get("run", ""))  # an input would become a part of a command

    def test_a_program_and_a_directory_that_are_not_there(self):
        self.scene_workspace({"a": b"1"})
        for words, given in (("there is no program nowhere/prpack: correct the input program", {"program": "nowhere/prpack"}),
                             ("the directory of the input report, no/report.sarif, is not there", {"report": "no/report.sarif"})):
            ended = self.run_action(**given)
            self.assertEqual(ended.code, 2, ended)
            self.assertIn("::error title=prpack::" + words, ended.out)
            self.assertFalse(os.path.exists(self.path("build")))

    def test_a_build_that_passes(self):
        self.scene_workspace({"a": b"1"})
        ended = self.run_action(verify="true")
        self.assertEqual((ended.code, self.output), (0, "exit-code=0\n"), ended)
        self.assertTrue(os.path.exists(self.path("build/assets.pa")))
        self.assertIn("### prpack build build: passed", self.summary)

    def test_a_build_that_fails_in_a_directory_of_the_checkout(self):
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update(type="nothing"))
        os.mkdir(self.path("game"))
        os.rename(self.path("assets"), self.path("game/assets"))
        for form, reader in (("sarif", sarif), ("junit", junit)):
            ended = self.run_action(directory="game", report=form, report_format=form)
            self.assertEqual((ended.code, self.output), (1, "exit-code=1\n"), ended)
            (found,) = annotations.read(ended.out)
            self.assertEqual((found.path, found.title), ("game/assets/a/asset.json", "declaration-value"))
            report = reader.read(read(self.path(form)))
            if form == "sarif":
                self.assertEqual(sarif.path_of(report["results"][0]["locations"][0]), b"game/assets/a/asset.json")
        self.assertIn("declaration-value", self.summary)

    def test_options_and_paths_of_any_form(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(self.run_here("build", "-q").code, 0)
        write(self.path("-x $(touch owned);.pa"), read(self.path("build/assets.pa")) + b"more")
        ended = self.run_action(command="inspect", paths="build\n-x $(touch owned);.pa\n", max_findings="0")
        self.assertEqual(ended.code, 1, ended)
        self.assertEqual([each.title for each in annotations.read(ended.out) if each.level != "notice"], [])
        ended = self.run_action(command="inspect", paths="build\n-x $(touch owned);.pa\n", ignore="payload-trailing")
        self.assertEqual(ended.code, 0, ended)
        self.assertFalse(os.path.exists(self.path("owned")))

    def test_a_call_that_is_wrong(self):
        for given in ({"command": "list"}, {"strict": "yes"}, {"report_format": "html"}, {"command": "build", "sources": "true"}):
            ended = self.run_action(**given)
            self.assertEqual(ended.code, 2, ended)
            self.assertEqual([each.level for each in annotations.read(ended.out)], ["error"])

    def test_the_recipe_for_gitlab(self):
        document = read(os.path.join(ROOT, "docs/contracts/ci-formats.md")).decode("utf-8")
        recipe = yaml.safe_load("\n".join(line[4:] for line in re.search(r"GitLab.*?\n\n((?:    [^\n]*\n)+)", document, re.S)[1].splitlines()))
        self.scene_workspace({"a": b"1"})
        self.edit_declaration("a", lambda document: document.update(type="nothing"))
        os.mkdir(self.path("bin"))
        os.symlink(program.PRPACK, self.path("bin/prpack"))
        write(self.path("job.sh"), "\n".join(recipe["assets"]["script"]))
        ended = program.run(["bash", "-eo", "pipefail", self.path("job.sh")], self.dir,
                            env={"PATH": f"{self.path('bin')}:{os.environ['PATH']}"})
        self.assertEqual(ended.code, 1, ended)
        (suite,) = junit.read(read(self.path(recipe["assets"]["artifacts"]["reports"]["junit"])))
        self.assertIn("failed", [case.outcome for case in suite.cases])
