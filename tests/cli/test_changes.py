"""include, exclude, rename, forget: docs/contracts/workspace.md 8."""

import fcntl
import json
import os
import shutil

from harness.trees import commit_edit, read, read_tree, without, write
from operation import OperationTest
from workspace import prpack

INDEX = "assets/.prometeu/index.json"
HISTORY = "assets/.prometeu/history.jsonl"


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


class ChangeTest(OperationTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})

    def tree(self):
        """What a plan speaks of: all but the history."""
        return without(read_tree(self.dir, with_cache=True), HISTORY)

    def registry(self):
        return json.loads(read(self.path(INDEX)))

    def records(self):
        return {record["root"]: (record["asset_id"], record["included_in_build"]) for record in self.registry()["assets"]}

    def document(self, *words, code=0, cwd="."):
        return super().document("-C", self.path(cwd), *words, code=code)

    def change(self, *words, code=0):
        """A dry run and the real run. Both say the same; the files of the plan change and no other. Returns the document of the real run."""
        before, stamps = self.tree(), self.stamps()
        dry = self.document(*words, "--dry-run", code=code)
        text = self.run_here(*words, "--dry-run")
        self.assertEqual(text.code, code)
        self.assertEqual(self.run_here(*words, "--dry-run", "--quiet").out, "")
        self.assertEqual(self.stamps(), stamps)
        real = self.document(*words, code=code)
        self.assertEqual({**dry, "dry_run": False}, real)
        self.assertTrue(dry["dry_run"])
        after = self.tree()
        self.assertEqual([step["to"] for step in real["plan"]], [key for key in after if after[key] != before.get(key)])
        self.assertEqual(before.keys(), after.keys())
        for step in real["plan"]:
            self.assertEqual((step["action"], step["from"]), ("write", None))
            self.assertIn(f"would write {step['to']}: {step['reason']}\n", text.out)
        if not real["plan"]:
            self.assertEqual(self.document(*words, code=code), real)
        return real

    def refuse(self, ids, *words, code=1):
        before = self.tree()
        document = self.change(*words, code=code)
        self.assertEqual([finding["id"] for finding in document["diagnostics"]], ids)
        self.assertEqual((document["assets"], document["plan"]), ([], []))
        self.assertEqual(self.tree(), before)
        return document["diagnostics"]


class Assets(ChangeTest):
    """How an asset is named."""

    def test_by_id_uuid_name_and_root(self):
        os.makedirs(self.path("sub"))
        for at, typed in ((".", "2"), (".", uuid(2)), (".", "ui_bat"), (".", "ui/bat"), (".", "assets/ui/bat"), (".", "assets/ui/bat/"),
                          (".", self.path("assets/ui/bat")), (".", "sub/../assets/ui/bat"), (".", "./assets//ui/./bat")):
            with self.subTest(typed=typed):
                self.assertEqual([asset["root"] for asset in self.document("exclude", typed, cwd=at)["assets"]], ["ui/bat"])
                self.assertEqual(self.records()["ui/bat"], (2, False))
                self.document("include", typed, cwd=at)

    def test_from_a_directory_of_the_project(self):
        for at, typed in (("assets/ui", "bat"), ("assets/ui/bat", "."), ("assets/hero", "../ui/bat"), ("assets", "ui/bat"), ("assets/ui", "ui/bat")):
            with self.subTest(cwd=at):
                ended = prpack("exclude", typed, "--dry-run", "--format", "json", cwd=self.path(at))
                self.assertEqual([asset["asset_id"] for asset in ended.documents()[0]["assets"]], [2], ended.said)
        shutil.rmtree(self.path("assets/ui/bat"))
        self.assertEqual(prpack("exclude", "bat", cwd=self.path("assets/ui")).code, 0)

    def test_a_root_that_is_gone_is_found_by_every_spelling_but_its_name(self):
        shutil.rmtree(self.path("assets/ui"))
        for typed in ("2", uuid(2), "ui/bat", "assets/ui/bat", self.path("assets/ui/bat"), "./assets/ui/bat", "assets/hero/../ui/bat"):
            with self.subTest(typed=typed):
                asset, = self.document("exclude", typed, "--dry-run")["assets"]
                self.assertEqual((asset["asset_id"], asset["name"]), (2, None))
        self.refuse(["asset-unknown"], "exclude", "ui_bat")
        self.refuse(["asset-unknown"], "exclude", "assets/nowhere/bat")

    def test_a_root_that_is_gone_is_found_by_the_name_of_the_last_build(self):
        self.edit_declaration("hero", lambda document: document.update(name="the hero"))
        self.assertEqual(self.run_here("build", "-q").code, 0)
        shutil.rmtree(self.path("assets/hero"))
        self.assertEqual([asset["asset_id"] for asset in self.change("exclude", "the hero")["assets"]], [1])
        self.assertIsNone(self.document("show", "the hero", code=1)["asset"]["name"])
        finding, = self.refuse(["asset-unknown"], "exclude", "the her")
        self.assertIn("the hero", finding["help"])
        # A name of today counts more than one of the past.
        self.edit_declaration("cave", lambda document: document.update(name="the hero"))
        self.assertEqual([asset["asset_id"] for asset in self.change("exclude", "the hero")["assets"]], [3])
        self.edit_declaration("cave", lambda document: document.update(name="cave"))
        # A set that is damaged records nothing, and neither does one of another asset.
        pack = self.path("build/assets.pa")
        whole = read(pack)
        write(pack, whole.replace(b"the hero", b"our hero"))
        for name in ("the hero", "our hero"):
            self.refuse(["asset-unknown"], "exclude", name)
        write(pack, whole)
        # A dry run takes no lock, and another process may hold that of the set.
        holder = os.open(self.path("build"), os.O_RDONLY)
        self.addCleanup(os.close, holder)
        fcntl.flock(holder, fcntl.LOCK_EX)
        self.assertEqual(self.document("exclude", "the hero", "--dry-run")["assets"][0]["asset_id"], 1)
        fcntl.flock(holder, fcntl.LOCK_UN)
        registry = self.registry()
        registry["assets"][0]["asset_uuid"] = "00000000-0000-4000-8000-0000000000ff"
        write(self.path(INDEX), json.dumps(registry))
        self.refuse(["asset-unknown"], "exclude", "the hero")

    def test_a_text_that_several_assets_have_is_refused_with_the_candidates(self):
        self.edit_declaration("cave", lambda document: document.update(name="1"))
        for command in (["exclude", "1"], ["forget", "1"], ["rename", "1", "x"]):
            finding, = self.refuse(["asset-unknown"], *command)
            self.assertIn("asset 1 (assets/hero), asset 3 (assets/cave)", finding["actual"])
        self.edit_declaration("cave", lambda document: document.update(name="hero"))
        self.assertIn("asset 3", self.refuse(["asset-unknown"], "exclude", "hero")[0]["actual"])
        self.change("exclude", "assets/hero")

    def test_a_directory_of_assets_and_a_file_of_one_name_them(self):
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "ui/owl": b"3", "far/cave": b"4"})
        for typed in ("ui", "assets/ui", "assets/ui/"):
            finding, = self.refuse(["asset-unknown"], "exclude", typed)
            self.assertIn("2 assets are in this directory", finding["message"])
            self.assertEqual(finding["actual"].count("asset "), 2)
            self.assertNotIn("Did you mean", finding["help"])
        for typed, meant, said in (("assets/hero/asset.json", "assets/hero", "in the directory of asset 1"), ("ui/bat/x/y", "assets/ui/bat", "of asset 2"),
                                   ("assets/far", "assets/far/cave", "a directory with asset 4")):
            finding, = self.refuse(["asset-unknown"], "exclude", typed)
            self.assertIn(said, finding["message"])
            self.assertIn(f"{meant}?", finding["help"])
        finding, = self.refuse(["asset-unknown"], "exclude", "her")
        self.assertIn("Did you mean hero?", finding["help"])

    def test_all_or_none(self):
        findings = self.refuse(["asset-unknown"] * 2, "exclude", "nix", "hero", "nox")
        self.assertEqual([finding["file"] for finding in findings], ["nix", "nox"])
        self.refuse(["asset-unknown"], "forget", "hero", "herp")
        self.assertIn("Did you mean hero?", self.run_here("forget", "herp").err)

    def test_an_asset_that_is_named_twice_counts_once(self):
        document = self.change("exclude", "cave", "hero", "3", "assets/hero")
        self.assertEqual([asset["asset_id"] for asset in document["assets"]], [1, 3])

    def test_the_broken_declaration_of_another_asset_makes_no_difference(self):
        write(self.path("assets/cave/asset.json"), b"{")
        self.change("exclude", "hero")
        self.change("include", "hero")
        self.change("rename", "hero", "cave")
        self.change("forget", "hero")

    def test_no_workspace(self):
        os.remove(self.path(INDEX))
        for command in (["include", "hero"], ["exclude", "hero"], ["forget", "hero"], ["rename", "hero", "x"]):
            self.refuse(["workspace-missing"], *command)

    def test_a_workspace_between_two_states(self):
        commit_edit(self.path("assets", ".prometeu"))
        for command in (["include", "hero"], ["exclude", "hero"], ["forget", "hero"], ["rename", "hero", "x"]):
            stamps = self.stamps()
            self.assert_one_line(self.run_here(*command, "--dry-run"), 3, "edit-pending")
            self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.run_here("exclude", "hero").code, 0)
        self.assertFalse(os.path.exists(self.path("assets/.prometeu/.prpack-edit-commit")))

    def test_another_directory_in_place_of_assets(self):
        os.rename(self.path("assets"), self.path("art"))
        self.document("exclude", "art/hero", "--assets", "art")
        self.document("exclude", "hero", "--assets", "art")
        self.assertEqual(self.run_here("exclude", "hero").code, 1)

    def test_operands(self):
        for words in (["include"], ["exclude"], ["forget"], ["rename"], ["rename", "hero"], ["rename", "hero", "a", "b"], ["rename", "hero", "--name", "x"]):
            self.assertEqual(self.run_here(*words).code, 2, words)
        self.assertIn("takes two operands; found \"b\"", self.run_here("rename", "hero", "a", "b").err)


class Membership(ChangeTest):
    def test_excluded_assets_are_not_built(self):
        document = self.change("exclude", "hero", "cave")
        self.assertEqual([asset["changed"] for asset in document["assets"]], [True, True])
        self.assertEqual(self.records(), {"hero": (1, False), "ui/bat": (2, True), "cave": (3, False)})
        self.assertEqual(self.run_here("build", "--verify").code, 0)
        self.assertEqual([row["asset_id"] for row in self.document("inspect", "build")["assets"]], [2])
        document = self.change("include", "hero", "ui/bat")
        self.assertEqual([asset["changed"] for asset in document["assets"]], [True, False])
        self.assertEqual(self.records(), {"hero": (1, True), "ui/bat": (2, True), "cave": (3, False)})

    def test_nothing_is_written_where_nothing_changes(self):
        stamps = self.stamps()
        self.assertEqual(self.change("include", "hero", "cave")["plan"], [])
        self.assertEqual(self.stamps(), stamps)
        self.assertIn('asset 1 "hero" (assets/hero) is included already', self.run_here("include", "hero").out)

    def test_exclude_looks_at_the_registry_alone(self):
        shutil.rmtree(self.path("assets/hero"))
        write(self.path("assets/cave/asset.json"), b"{")
        self.assertEqual(self.run_here("build").code, 1)
        self.change("exclude", "hero", "cave")
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_what_could_not_be_built_is_not_included(self):
        self.run_here("exclude", "1", "2", "3")
        shutil.rmtree(self.path("assets/hero"))
        write(self.path("assets/cave/asset.json"), b"{")
        self.refuse(["root-invalid", "declaration-syntax"], "include", "1", "2", "3")
        os.remove(self.path("assets/cave/asset.json"))
        self.refuse(["anchor-missing"], "include", "3")
        self.change("include", "2")

    def test_a_name_that_the_build_set_has(self):
        self.run_here("exclude", "hero", "cave")
        self.edit_declaration("cave", lambda document: document.update(name="ui_bat"))
        finding, = self.refuse(["declaration-value"], "include", "hero", "3")
        self.assertEqual((finding["json_pointer"], finding["asset_id"]), ("/name", 3))
        self.assertIn("prpack rename assets/cave NAME", finding["help"])
        self.edit_declaration("cave", lambda document: document.update(name="hero"))
        self.refuse(["declaration-value"], "include", "1", "3")
        self.change("include", "1")

    def test_a_slot_that_the_build_set_has(self):
        for root in ("hero", "cave"):
            self.edit_declaration(root, lambda document: document.update(preload={"enabled": True, "slot": 4}))
        self.run_here("exclude", "hero")
        finding, = self.refuse(["slot-clash"], "include", "hero")
        self.assertEqual((finding["json_pointer"], finding["asset_id"]), ("/preload/slot", 1))
        self.run_here("exclude", "cave")
        self.change("include", "hero")

    def test_more_preloads_than_slots(self):
        self.scene_workspace({f"a{number:02}": b"1" for number in range(17)})
        for number in range(17):
            self.edit_declaration(f"a{number:02}", lambda document: document.update(preload={"enabled": True}))
        self.assertEqual(self.run_here("exclude", "a16").code, 0)
        self.refuse(["slot-exhausted"], "include", "17")
        self.run_here("exclude", "a00")
        self.change("include", "17")


class Rename(ChangeTest):
    def rename(self, asset, root, name, old_name=None):
        """Every byte but the name stays."""
        path = f"assets/{root}/asset.json"
        before, index = read(self.path(path)), read(self.path(INDEX))
        document = self.change("rename", asset, name)
        row, = document["assets"]
        self.assertEqual((row["name"], row["changed"]), (name, True))
        self.assertEqual([step["to"] for step in document["plan"]], [path])
        after = read(self.path(path))
        self.assertEqual(read(self.path(INDEX)), index)
        self.assertEqual(json.loads(after)["name"], name)
        if old_name is not None:
            self.assertEqual(row["old_name"], old_name)
        return before, after

    def test_every_other_byte_stays(self):
        text = b'\t{"$schema":"x.json", "build" : {"name":"inner"},\r\n"na\\u006de" :\t"h\\u0065ro" ,' + read(self.path("assets/hero/asset.json")).replace(
            b'"name": "hero", ', b"").strip()[1:] + b" \n\n"
        write(self.path("assets/hero/asset.json"), text)
        for name in ("knight", "Ritter \u00e4\U0001f3ae", 'a"b\\c/d', "\u202e", "x" * 5000):
            _, after = self.rename("1", "hero", name)
            begin, end = text.index(b'"h\\u0065ro"'), len(text) - text.index(b'"h\\u0065ro"') - len(b'"h\\u0065ro"')
            self.assertEqual((after[:begin], after[-end:]), (text[:begin], text[-end:]))
            self.assertNotIn(b"\xe2\x80\xae", after)
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_id_uuid_and_root_stay(self):
        index = read(self.path(INDEX))
        self.rename("hero", "hero", "knight", "hero")
        self.assertEqual(read(self.path(INDEX)), index)
        self.assertEqual([row["asset_id"] for row in self.document("exclude", "knight", "--dry-run")["assets"]], [1])

    def test_the_name_that_it_has(self):
        stamps = self.stamps()
        self.assertEqual(self.change("rename", "hero", "hero")["plan"], [])
        self.assertEqual(self.stamps(), stamps)

    def test_names_that_are_refused(self):
        for name in ("", "a\nb", "\x7f"):
            self.refuse(["usage"], "rename", "hero", name, code=2)
        self.assertEqual(self.run_here("rename", "hero", b"\xff").code, 2)
        finding, = self.refuse(["declaration-value"], "rename", "hero", "cave")
        self.assertIn("asset 3 already has this name", finding["message"])
        self.run_here("exclude", "cave")
        self.change("rename", "hero", "cave")

    def test_a_name_of_an_asset_that_is_not_built_is_free(self):
        self.run_here("exclude", "hero")
        self.change("rename", "hero", "cave")

    def test_a_declaration_whose_only_fault_is_its_name_is_mended(self):
        text = read(self.path("assets/hero/asset.json"))
        for wrong, old in ((b'"name": ""', ""), (b'"name": "a\\u0001"', "a\x01"), (b'"name": 5', None), (b'"name": {"a": [1]}', None), (b'"build": {}', None)):
            with self.subTest(wrong=wrong):
                write(self.path("assets/hero/asset.json"), text.replace(b'"name": "hero"', wrong))
                self.rename("1", "hero", "knight", old)
                self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_declaration_with_another_fault_is_refused(self):
        self.edit_declaration("hero", lambda document: document.update(name="", type="sound"))
        self.refuse(["declaration-value", "declaration-value"], "rename", "1", "knight")
        write(self.path("assets/hero/asset.json"), b"{")
        self.refuse(["declaration-syntax"], "rename", "1", "knight")
        os.remove(self.path("assets/hero/asset.json"))
        self.refuse(["anchor-missing"], "rename", "1", "knight")
        shutil.rmtree(self.path("assets/hero"))
        self.refuse(["root-invalid"], "rename", "1", "knight")

    def test_a_declaration_that_would_become_too_large(self):
        text = read(self.path("assets/hero/asset.json"))
        write(self.path("assets/hero/asset.json"), text + b" " * ((1 << 20) - len(text)))
        self.refuse(["input-too-large"], "rename", "hero", "a longer name")
        self.change("rename", "hero", "her")


class Forget(ChangeTest):
    def test_files_stay_and_the_id_is_not_given_again(self):
        self.change("forget", "cave")
        self.assertEqual(self.records(), {"hero": (1, True), "ui/bat": (2, True)})
        self.assertEqual(self.registry()["next_asset_id"], 4)
        document = self.document("list")
        self.assertEqual(document["unregistered"], ["cave"])
        added = self.document("add", "cave")
        self.assertEqual((added["asset"]["asset_id"], added["asset"]["asset_uuid"]), (4, uuid(3)))
        self.change("forget", "cave")
        self.assertEqual(self.document("add", "cave")["asset"]["asset_id"], 5)

    def test_all_assets(self):
        self.change("forget", "1", "2", "3")
        self.assertEqual(self.registry(), {"schema_version": 1, "next_asset_id": 4, "assets": []})

    def test_a_root_that_is_gone_and_a_declaration_that_is_broken(self):
        shutil.rmtree(self.path("assets/hero"))
        write(self.path("assets/cave/asset.json"), b"{")
        document = self.change("forget", "assets/hero", "cave")
        self.assertEqual([(asset["asset_id"], asset["name"]) for asset in document["assets"]], [(1, None), (3, None)])
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_an_asset_is_known_once(self):
        self.change("forget", "hero")
        self.refuse(["asset-unknown"], "forget", "hero")
        self.refuse(["asset-unknown"], "include", "1")


class Remedies(ChangeTest):
    """A remedy that names one of these commands leads on."""

    def follow(self, command, *words):
        ended = self.run_here("build")
        self.assertEqual(ended.code, 1)
        self.assertIn(command, ended.err)
        self.assertEqual(self.run_here(*words).code, 0)
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_a_directory_that_is_gone(self):
        shutil.rmtree(self.path("assets/hero"))
        self.follow("prpack exclude assets/hero", "exclude", "assets/hero")
        shutil.rmtree(self.path("assets/cave"))
        self.follow("prpack forget assets/cave", "forget", "assets/cave")

    def test_an_anchor_that_is_lost(self):
        os.remove(self.path("assets/hero/asset.json"))
        self.assertIn("run prpack forget assets/hero and prpack add assets/hero", self.run_here("build").err)
        self.assertEqual(self.run_here("forget", "assets/hero").code, 0)
        self.assertEqual(self.document("add", "assets/hero", "--type", "scene_bank")["asset"]["asset_id"], 4)
        self.assertEqual(self.run_here("build", "--verify").code, 0)

    def test_two_assets_with_one_name(self):
        self.edit_declaration("cave", lambda document: document.update(name="hero"))
        self.follow("prpack rename assets/cave NAME", "rename", "assets/cave", "cave")

    def test_two_assets_with_one_slot(self):
        for root in ("hero", "cave"):
            self.edit_declaration(root, lambda document: document.update(preload={"enabled": True, "slot": 4}))
        self.follow("prpack exclude ASSET", "exclude", "cave")
