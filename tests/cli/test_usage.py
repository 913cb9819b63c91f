"""The command line itself: what is understood, what is refused, what help says."""

import os

from harness import program
from harness.trees import read, read_tree, write
from workspace import ROOT, WorkspaceTest, prpack


class Usage(WorkspaceTest):
    def test_no_command_is_refused(self):
        self.assert_one_line(prpack(), 2, "usage", "prpack --help")

    def test_unknown_command_is_refused(self):
        self.assert_one_line(prpack("bild"), 2, "usage", '"bild"')

    def test_unknown_option_is_refused(self):
        self.assert_one_line(prpack("build", "--verfy"), 2, "usage", "--verfy")

    def test_option_of_another_command_is_refused(self):
        self.assert_one_line(prpack("list", "--sources"), 2, "usage", "prpack list has no option --sources")

    def test_missing_operand_is_refused(self):
        self.assert_one_line(prpack("inspect"), 2, "usage", "PATH")

    def test_extra_operand_is_refused(self):
        self.assert_one_line(prpack("verify", "a", "b"), 2, "usage", '"b"')

    def test_missing_value_is_refused(self):
        self.assert_one_line(prpack("build", "--output"), 2, "usage", "--output needs a value")

    def test_bad_numbers_are_refused(self):
        for value in ["0", "-1", "1025", "4x", "", "99999999999999999999"]:
            self.assert_one_line(prpack("build", f"--jobs={value}"), 2, "usage", "--jobs")
        self.assert_one_line(prpack("add", "x", "--slot", "16"), 2, "usage", "--slot")
        self.assert_one_line(prpack("add", "x", "--tile-size", "12"), 2, "usage", "--tile-size")

    def test_bad_format_is_refused(self):
        self.assert_one_line(prpack("list", "--format", "xml"), 2, "usage", "xml")

    def test_usage_error_as_json(self):
        for arguments in (["--format", "json", "bild"], ["bild", "--format=json"]):
            result = prpack(*arguments)
            self.assertEqual(result.code, 2)
            self.assertEqual(result.err, "")
            self.assertEqual(result.documents()[0]["diagnostics"][0]["id"], "usage")

    def test_options_stand_anywhere(self):
        self.scene_workspace({"a": b"1"})
        forms = (["--verify", "build", "-o", "out"], ["build", "-oout", "--verify"], ["-q", "build", "--output=out",
                 "--verify", "-j2"])
        for form in forms:
            self.assertEqual(self.run_here(*form).code, 0, form)
            self.assertTrue(os.path.exists(self.path("out", "assets.pa")))
        pack = self.path("out", "assets.pa")
        self.assertEqual(prpack("inspect", pack, "--quiet").out, "")
        self.assertEqual(prpack("--quiet", "inspect", "--", pack).out, "")

    def test_help_names_every_command_and_option(self):
        result = prpack("--help")
        self.assertEqual(result.code, 0)
        self.assertEqual(result.err, "")
        for word in ("init", "add ROOT", "list", "build", "verify [BUILD_DIR]", "inspect PATH", "explain", "--format",
                     "--quiet", "exit codes"):
            self.assertIn(word, result.out)
        for command, option in (("build", "--output DIR"), ("verify", "--sources"), ("add", "--tile-size N"), ("build", "--wait"),
                                ("add", "--wait"), ("verify", "--wait"), ("inspect", "--wait")):
            self.assertIn(option, prpack(command, "--help").out)

    def test_help_is_a_command_too(self):
        for words, option in ((("help",), "--help"), (("help", "add"), "add --help"), (("help", "help"), "--help"), (("help", "-q", "list"), "list --help")):
            result = prpack(*words)
            self.assertEqual((result.code, result.err), (0, ""), words)
            self.assertEqual(result.out, prpack(*option.split()).out)
        self.assert_one_line(prpack("help", "buld"), 2, "usage", 'there is no command "buld"', "build")

    def test_version(self):
        self.assertRegex(prpack("--version").out, r"^prpack \d+\.\d+\.\d+ ")

    def test_explain(self):
        result = prpack("explain", "slice-range")
        self.assertEqual(result.code, 0)
        self.assertIn("the console would not load it", result.out)
        self.assertIn("remedy", result.out)

    def test_explain_unknown_suggests(self):
        self.assert_one_line(prpack("explain", "slice-rnge"), 2, "usage", "slice-range", "slice-rnge")

    def test_diagnostics_document_is_the_catalogue(self):
        document = read(os.path.join(ROOT, "docs", "contracts", "diagnostics.md")).decode("utf-8")
        self.assertEqual(prpack("explain", "--markdown").out, document,
                         "run: prpack explain --markdown > docs/contracts/diagnostics.md")

    def test_directory_option(self):
        self.scene_workspace({"a": b"1"})
        self.assertEqual(prpack("-C", self.dir, "build", "-q").code, 0)
        self.assertTrue(os.path.exists(self.path("build", "assets.pa")))
        self.assert_one_line(prpack("-C", self.path("nowhere"), "list"), 3, "environment-read", "nowhere")

    def test_with_a_directory_nothing_is_looked_for_elsewhere(self):
        """Two workspaces; the commands are about one of them and run in the other one."""
        self.scene_workspace({"here/a": b"1"})
        os.rename(self.path("assets"), self.path("spare"))
        self.scene_workspace({"there/b": b"2", "there/c": b"3"})
        os.makedirs(self.path("project"))
        os.rename(self.path("assets"), self.path("project", "assets"))
        os.rename(self.path("spare"), self.path("assets"))
        self.assertEqual(self.run_here("build").code, 0)
        before = read_tree(self.path("assets"), with_cache=True), read_tree(self.path("build"))
        write(self.path("project", "assets", "new", "data.bin"), b"4")
        there = ["-C", "project"]
        for arguments, shown in ((["add", "assets/new", "--type", "scene_bank"], "assets/new"), (["list"], "there/b"), (["build", "--verify"], "build/assets.pa: 3 assets"),
                                 (["build"], "build/assets.pa: unchanged"), (["verify", "--sources"], "build\n"),
                                 (["inspect", "build/assets.pa", "build"], "build/assets.pa\n"),
                                 (["build", "--output", "out/x"], "out/x/assets.pa: 3 assets")):
            result = self.run_here(*there, *arguments)
            self.assertEqual(result.code, 0, result)
            self.assertIn(shown, result.out)
            self.assertNotIn("project", result.said)
        self.assertTrue(os.path.exists(self.path("project", "out", "x", "assets.pa")))
        self.assert_one_line(self.run_here(*there, "init"), 1, "workspace-exists", "assets/.prometeu/index.json")
        self.assert_one_line(self.run_here(*there, "inspect", "../project/nothing.pa", "-q"), 3, "environment-read", "../project/nothing.pa")
        os.mkdir(self.path("empty"))
        self.assertEqual(self.run_here("-C", "empty", "init", "--assets", "assets").code, 0)
        self.assertTrue(os.path.exists(self.path("empty", "assets", ".prometeu", "index.json")))
        self.assertEqual((read_tree(self.path("assets"), with_cache=True), read_tree(self.path("build"))), before)
        self.assertEqual(sorted(os.listdir(self.dir)), ["assets", "build", "empty", "project"])

    def test_a_directory_is_enough_where_the_current_one_is_gone(self):
        self.scene_workspace({"a": b"1"})
        gone = self.path("gone")
        os.mkdir(gone)
        script = f'cd "{gone}" && rmdir "{gone}" && exec "{program.PRPACK}" -C "{self.dir}" build --verify -q'
        self.assertEqual(program.run(["bash", "-c", script]).code, 0)

    def test_no_colour_without_a_terminal(self):
        self.scene_workspace({"a": b"1"})
        result = self.run_here("build", "--verify", env={"TERM": "xterm"})
        self.assertNotIn("\033", result.out + result.err)

    def test_a_closed_pipe_is_no_error(self):
        self.scene_workspace({f"a{index:04}": b"1" for index in range(400)})
        build = self.run_here("build", "--verify", "--quiet")
        self.assertEqual(build.code, 0, build.said)
        for command, code in (("inspect build/assets.pa", 0), ("inspect --format json build", 0), ("list", 0), ("build --no-cache", 0),
                              ("inspect build/preload.json build/assets.pa", 1)):
            with self.subTest(command=command):
                script = f'"{program.PRPACK}" {command} 2>err | true; echo "${{PIPESTATUS[0]}}"'
                ended = program.run(["bash", "-c", script], self.dir)
                self.assertEqual(ended.out, f"{code}\n", ended.said)
                self.assertNotIn("standard output", read(self.path("err")).decode())

    def test_what_was_done_is_told_when_its_report_is_lost(self):
        with open("/dev/full", "wb") as full:
            made = self.run_here("init", stdout=full)
            self.assertEqual(made.code, 3)
            self.assertIn("the workspace is changed as asked", made.err)
            self.scene_workspace({"a": b"1"})
            built = self.run_here("build", stdout=full)
            self.assertEqual(built.code, 3)
            self.assertIn("error[environment-write] standard output", built.err)
            self.assertIn("the set is published", built.err)
            self.assertEqual(self.run_here("verify").code, 0)
            listed = self.run_here("list", stdout=full)
            self.assertEqual(listed.code, 3)
            self.assertNotIn("only the report", listed.err)
            again = self.run_here("add", "a", "--format", "json", stdout=full)
            self.assertEqual(again.code, 3)
            self.assertNotIn("only the report", again.err)

    def test_full_output_device_is_noticed(self):
        with open("/dev/full", "wb") as full:
            self.assertEqual(prpack("--help", stdout=full).code, 3)
