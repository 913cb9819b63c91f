"""adopt: docs/contracts/workspace.md 8.9."""

import json
import os
import re
import shlex
import shutil

from harness.trees import commit_edit, read, read_tree, write
from operation import OperationTest
from workspace import prpack

HISTORY = "assets/.prometeu/history.jsonl"
INDEX = "assets/.prometeu/index.json"
UUID = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def uuid(number):
    return f"00000000-0000-4000-8000-{number:012d}"


class AdoptTest(OperationTest):
    """A workspace of three scenes: 1 hero, 2 ui_bat, 3 cave."""

    def setUp(self):
        super().setUp()
        self.scene_workspace({"hero": b"1", "ui/bat": b"2", "cave": b"3"})

    def mv(self, old, new):
        os.makedirs(os.path.dirname(self.path("assets", new)), exist_ok=True)
        os.rename(self.path("assets", old), self.path("assets", new))

    def cp(self, old, new):
        shutil.copytree(self.path("assets", old), self.path("assets", new))

    def anchor(self, root):
        return self.path("assets", root, "asset.json")

    def records(self):
        return json.loads(read(self.path(INDEX)))["assets"]

    def roots(self):
        return {record["asset_id"]: record["root"] for record in self.records()}

    def adopt(self, *words, cwd="."):
        """A dry run and the real run: both say the same, but for a uuid that is drawn, and only files of the plan change."""
        before, stamps = read_tree(self.dir), self.stamps()
        dry = self.document("adopt", *words, "--dry-run", cwd=cwd)
        text = prpack("adopt", *words, "--dry-run", cwd=self.path(cwd))
        self.assertEqual(text.code, 0, text.said)
        self.assertEqual(self.stamps(), stamps)
        real = self.document("adopt", *words, cwd=cwd)
        for planned, row in zip(dry["assets"], real["assets"]):
            if planned["asset_uuid"] is None:
                self.assertRegex(row["asset_uuid"], UUID)
                planned["asset_uuid"] = row["asset_uuid"]
        self.assertEqual({**dry, "dry_run": False}, real)
        after = read_tree(self.dir)
        written = [os.path.relpath(self.path(cwd, step["to"]), self.dir) for step in real["plan"]]
        self.assertEqual(sorted(written + ([HISTORY] if written else [])), sorted(key for key in after if after[key] != before.get(key)))
        self.assertEqual([(step["action"], step["from"]) for step in real["plan"]], [("write", None)] * len(written))
        for step in real["plan"]:
            self.assertIn(f"would write {step['to']}: {step['reason']}\n", text.out)
        return real

    def moved(self, *words, old, new, cwd="."):
        """Adopts directories that were moved: nothing but the roots changes."""
        records = self.records()
        document = self.adopt(*words, cwd=cwd)
        gets = dict(zip(old, new))
        self.assertEqual(self.records(), [{**record, "root": gets.get(record["root"], record["root"])} for record in records])
        self.assertEqual({(row["kind"], row["old_root"], row["root"], row["changed"]) for row in document["assets"]},
                         {("moved", before, after, True) for before, after in gets.items()})
        self.assertEqual([step["to"] for step in document["plan"]], [INDEX if cwd == "." else os.path.join("../" * (cwd.count("/") + 1), INDEX)])
        return document

    def refuse(self, ids, *words, code=1):
        before, stamps = read_tree(self.dir), self.stamps()
        for extra in (("--dry-run",), ()):
            document = self.document("adopt", *words, *extra, code=code)
            errors = [finding for finding in document["diagnostics"] if finding["severity"] == "error"]
            self.assertEqual([finding["id"] for finding in errors], ids)
            self.assertEqual((document["assets"], document["plan"]), ([], []))
            if extra:
                self.assertEqual(self.stamps(), stamps)
        self.assertEqual(read_tree(self.dir), before)
        return errors

    def command_in(self, remedy):
        """The words of the first command that a remedy names, as a shell reads them."""
        words = remedy[remedy.index("prpack ") + len("prpack "):]
        return shlex.split(re.split(r"[:;,.](?= |$)", words)[0])

    def follow(self, remedy, code=0):
        ended = self.run_here(*self.command_in(remedy))
        self.assertEqual(ended.code, code, ended.said)
        return ended

    def findings(self, *words, code):
        return self.document(*words, code=code)["diagnostics"]

    def assert_builds(self):
        ended = self.run_here("build", "--verify")
        self.assertEqual(ended.code, 0, ended.said)


class Moved(AdoptTest):
    def test_a_directory_that_was_renamed(self):
        self.mv("hero", "knight")
        for command in (["list"], ["build"], ["build", "--check"]):
            finding, = [each for each in self.findings(*command, code=1) if each["severity"] == "error"]
            self.assertEqual((finding["id"], finding["asset_id"], finding["help"]),
                             ("root-invalid", 1, "Run prpack adopt assets/knight: the asset keeps its id."))
        for command in (["palettes", "1"], ["move", "1", "z"], ["rename", "1", "z"]):
            finding, = self.findings(*command, code=1)
            self.assertEqual((finding["id"], finding["help"]), ("root-invalid", "Run prpack adopt assets/knight: the asset keeps its id."))
        # One finding for one move, also of an asset that builds leave out.
        self.assertEqual([each["id"] for each in self.findings("list", code=1)], ["root-invalid"])
        registry = read(self.path(INDEX))
        self.assertEqual(self.run_here("exclude", "1").code, 0)
        finding, = [each for each in self.findings("list", code=1) if each["id"] != "workspace-empty"]
        self.assertEqual((finding["id"], finding["help"]), ("root-invalid", "Run prpack adopt assets/knight: the asset keeps its id."))
        write(self.path(INDEX), registry)
        os.remove(self.path(HISTORY))
        finding, = self.findings("add", "knight", code=1)
        self.assertEqual((finding["id"], finding["json_pointer"], finding["help"]),
                         ("declaration-identity", "/asset_uuid", "Run prpack adopt assets/knight: the asset keeps its id."))
        self.assertNotIn("doctor --fix", self.run_here("build").out)
        document = self.moved("knight", old=["hero"], new=["knight"])
        self.assertEqual([(row["asset_id"], row["asset_uuid"], row["name"]) for row in document["assets"]], [(1, uuid(1), "hero")])
        self.assert_builds()
        line = json.loads(read(self.path(HISTORY)))
        self.assertEqual((line["name"], line["text"], line["moves"], line["files"]), ("adopt", 'adopt asset 1 "hero"', [], []))

    def test_text(self):
        self.mv("hero", "knight")
        self.assertEqual(self.run_here("adopt", "knight", "--dry-run").out,
                         f'would adopt asset 1 "hero" (assets/knight), which was assets/hero\n  would write {INDEX}: it has the roots where the assets are now\n')
        self.assertEqual(self.run_here("adopt", "knight", "--dry-run", "--quiet").out, "")
        self.assertEqual(self.run_here("adopt", "knight").out, 'adopted asset 1 "hero" (assets/knight), which was assets/hero\n')

    def test_spellings(self):
        where = "hero"
        for number, (cwd, typed) in enumerate(((".", "{}"), (".", "assets/{}"), (".", "./assets/{}"), ("assets", "./{}/"), (".", "assets/{}//"), ("assets", "{}"),
                                               ("assets/ui", "../{}"), ("assets/ui/bat", "{}"), ("assets", "../assets/{}"), (".", self.dir + "/assets/{}"))):
            with self.subTest(cwd=cwd, typed=typed):
                root = f"x{number}"
                self.mv(where, root)
                self.moved(typed.format(root), old=[where], new=[root], cwd=cwd)
                where = root
        self.mv(where, "y")
        self.moved(".", old=[where], new=["y"], cwd="assets/y")
        self.mv("y", "z")
        ended = prpack("-C", self.dir, "adopt", "assets/z", cwd="/")
        self.assertEqual((ended.code, self.roots()[1]), (0, "z"), ended.said)

    def test_names_that_a_shell_would_not_take(self):
        for root in ("a b", "it's", "\u00e4/\u65e5\u672c", "-x", "$HOME `ls`;", 'say "hi"'):
            with self.subTest(root=root):
                old = self.roots()[1]
                self.mv(old, root)
                finding = [each for each in self.findings("list", code=1) if each["severity"] == "error"][0]
                self.follow(finding["help"])
                self.assertEqual(self.roots()[1], root)
        self.assert_builds()

    def test_another_directory_in_place_of_assets(self):
        os.rename(self.path("assets"), self.path("my art"))
        os.rename(self.path("my art/hero"), self.path("my art/x"))
        finding = [each for each in self.findings("list", "--assets", "my art", code=1) if each["severity"] == "error"][0]
        self.assertEqual(finding["help"], "Run prpack adopt --assets 'my art' 'my art/x': the asset keeps its id.")
        self.follow(finding["help"])
        self.assertEqual(self.document("list", "--assets", "my art")["errors"], 0)

    def test_forty_assets_below_one_directory(self):
        self.scene_workspace({f"old/a{number}": b"1" for number in range(40)})
        self.mv("old", "new")
        for words in (["build"], ["list"]):
            self.assertIn("next: run prpack doctor --fix, which adopts all directories that were moved\n", self.run_here(*words).out)
        finding, = self.refuse(["root-invalid"], "new")
        words = self.command_in(finding["help"])
        self.assertEqual(words, ["adopt", *sorted(f"assets/new/a{number}" for number in range(40))])
        self.moved(*words[1:], old=[f"old/a{number}" for number in range(40)], new=[f"new/a{number}" for number in range(40)])
        self.assert_builds()

    def test_directories_that_were_exchanged(self):
        self.mv("hero", "t")
        self.mv("cave", "hero")
        self.mv("t", "cave")
        for finding in self.findings("build", code=1):
            self.assertEqual(finding["id"], "declaration-identity")
            self.assertEqual(sorted(self.command_in(finding["help"])), ["adopt", "assets/cave", "assets/hero"])
        finding, = self.refuse(["root-registered"], "hero")
        self.assertEqual(finding["asset_id"], 1)
        self.follow(finding["help"])
        self.assertEqual(self.roots(), {1: "cave", 2: "ui/bat", 3: "hero"})
        self.assert_builds()

    def test_a_chain(self):
        self.mv("cave", "d")
        self.mv("ui/bat", "cave")
        self.mv("hero", "ui/bat")
        finding, = self.refuse(["root-registered"], "ui/bat")
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "assets/ui/bat", "assets/cave", "assets/d"])
        self.moved("d", old=["cave"], new=["d"])
        finding, = self.refuse(["root-registered"], "ui/bat")
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "assets/ui/bat", "assets/cave"])
        self.moved("cave", "ui/bat", old=["hero", "ui/bat"], new=["ui/bat", "cave"])
        self.assert_builds()

    def test_in_the_place_of_an_asset_that_is_gone(self):
        shutil.rmtree(self.path("assets/cave"))
        self.mv("hero", "cave")
        by_asset = {each["asset_id"]: each for each in self.findings("list", code=1) if each["severity"] == "error"}
        self.assertEqual(by_asset[1]["help"], "Another asset is missing where it is now: prpack doctor says what to do about assets/cave. "
                                              "After that, run prpack doctor --fix, which adopts this one.")
        for words in (["doctor"], ["doctor", "--fix"]):
            by_asset = {each["asset_id"]: each for each in self.findings(*words, code=1)}
            self.assertEqual([by_asset[id].get("fix", {}).get("safe", False) for id in (1, 3)], [False, False])
        self.assertIn("run prpack forget assets/cave and prpack adopt assets/cave", by_asset[3]["help"])
        finding, = self.refuse(["root-registered"], "cave")
        self.assertEqual(self.command_in(finding["help"][finding["help"].index("run prpack"):]), ["forget", "assets/cave"])
        self.assertEqual(self.run_here("forget", "assets/cave").code, 0)
        self.moved("cave", old=["hero"], new=["cave"])
        self.assert_builds()

    def test_an_asset_json_that_was_moved_alone(self):
        self.mv("hero/asset.json", "h/asset.json")
        self.mv("hero/data.bin", "h/data.bin")
        finding = [each for each in self.findings("build", code=1) if each["severity"] == "error"][0]
        self.assertEqual((finding["id"], finding["help"]), ("anchor-missing", "Run prpack adopt assets/h: the asset keeps its id."))
        for typed in ("hero", "assets/hero/"):
            finding, = self.refuse(["root-invalid"], typed)
            self.assertEqual(self.command_in(finding["help"]), ["adopt", "assets/h"])
        self.moved("h", old=["hero"], new=["h"])

    def test_the_old_place_is_named(self):
        self.mv("hero", "knight")
        for typed in ("hero", "assets/hero", "./assets/hero/"):
            finding, = self.refuse(["root-invalid"], typed)
            self.assertEqual(finding["help"], "Run prpack adopt assets/knight, where the asset is now: it keeps its id.")
        self.follow(finding["help"])

    def test_an_excluded_asset_stays_excluded(self):
        self.run_here("exclude", "hero")
        self.mv("hero", "h")
        document = self.adopt("h")
        self.assertEqual((document["assets"][0]["kind"], self.records()[0]["included_in_build"]), ("moved", False))

    def test_other_faults_of_the_declaration_are_warnings(self):
        for text, ids in ((lambda old: old.replace(b'"SCENE/raw_v1"', b'"SCENE/raw_v9"'), ["declaration-value"]),
                          (lambda old: old.replace(b'"type"', b'"typ"'), ["declaration-shape", "declaration-shape"]),
                          (lambda old: old.replace(b'{', b'{"name": "x", ', 1), ["declaration-syntax"]),
                          (lambda old: old.replace(b'"schema_version": 1', b'"schema_version": 2'), ["declaration-value"])):
            with self.subTest(ids=ids):
                old, right = self.roots()[1], read(self.anchor(self.roots()[1]))
                new = old + "x"
                self.mv(old, new)
                write(self.anchor(new), text(right))
                document = self.moved(new, old=[old], new=[new])
                self.assertEqual([(each["id"], each["severity"], each["asset_id"]) for each in document["diagnostics"]], [(id_, "warning", 1) for id_ in ids])
                self.assertIsNone(document["assets"][0]["name"])
                write(self.anchor(new), right)
        self.mv(new, "y")
        write(self.anchor("y"), right.replace(b'"SCENE/raw_v1"', b'"SCENE/raw_v9"'))
        self.refuse(["declaration-value"], "y", "--strict")
        os.remove(self.path("assets/y/data.bin"))
        self.moved("y", old=[new], new=["y"])

    def test_an_identity_that_cannot_be_read(self):
        self.mv("hero", "h")
        right = read(self.anchor("h"))
        for text, id_ in ((b"{", "declaration-syntax"), (b"", "declaration-syntax"), (right + b"x", "declaration-syntax"),
                          (right.replace(b"{", b'{"asset_uuid": "' + uuid(1).encode() + b'",', 1), "declaration-syntax"),
                          (right.replace(f'"{uuid(1)}"'.encode(), b"7"), "declaration-shape"),
                          (right.replace(uuid(1).encode(), b"0"), "declaration-value")):
            write(self.anchor("h"), text)
            self.refuse([id_], "h")
        os.remove(self.anchor("h"))
        os.mkfifo(self.anchor("h"))
        self.refuse(["input-not-regular"], "h")

    def test_a_uuid_in_capital_letters(self):
        self.edit_declaration("hero", lambda document: document.update(asset_uuid="ABCDEF00-0000-4000-8000-000000000001"))
        registry = json.loads(read(self.path(INDEX)))
        registry["assets"][0]["asset_uuid"] = "abcdef00-0000-4000-8000-000000000001"
        write(self.path(INDEX), json.dumps(registry))
        self.mv("hero", "h")
        finding, = self.refuse(["declaration-value"], "h")
        self.assertIn("in lower case", finding["help"])
        self.refuse(["declaration-value"], "h", "--as-copy")
        write(self.anchor("h"), read(self.anchor("h")).replace(b"ABCDEF", b"abcdef"))
        self.moved("h", old=["hero"], new=["h"])

    def test_links(self):
        self.mv("hero", "store/hero")
        os.symlink("store/hero", self.path("assets/hero"))
        document = self.adopt("store/hero")
        self.assertEqual([(row["kind"], row["root"], row["changed"]) for row in document["assets"]], [("registered", "hero", False)])
        self.assertEqual([each["id"] for each in document["diagnostics"]], ["root-registered"])
        self.assertEqual(self.adopt("--as-copy", "hero")["assets"][0]["kind"], "registered")
        os.remove(self.path("assets/hero"))
        os.symlink("store", self.path("assets/link"))
        self.moved("link/hero", old=["hero"], new=["store/hero"])
        os.symlink("/", self.path("assets/out"))
        self.refuse(["root-invalid"], "out/tmp")
        self.mv("cave", "c")
        os.rename(self.anchor("c"), self.path("assets/c.json"))
        os.symlink("../c.json", self.anchor("c"))
        self.refuse(["path-outside"], "c")


class Copies(AdoptTest):
    def copied(self, *words, **expected):
        """Adopts copies: in each asset.json the uuid and the end of the name are other ones."""
        before = {root: read(self.anchor(root)).decode() for root in expected}
        document = self.adopt("--as-copy", *words)
        for row in document["assets"]:
            text = read(self.anchor(row["root"])).decode()
            self.assertEqual(row["name"], expected[row["root"]])
            self.assertEqual(json.loads(text)["name"], row["name"])
            end = row["name"][len(row["old_name"] or row["name"]):]
            old = before[row["root"]].replace(json.loads(before[row["root"]])["asset_uuid"], row["asset_uuid"])
            self.assertEqual(text, re.sub(r'("name"\s*:\s*"(?:[^"\\]|\\.)*)"', lambda found: found[1] + end + '"', old, count=1))
        return document["assets"]

    def test_a_copy_whose_directory_differs_by_case_only(self):
        self.cp("hero", "Hero")
        ended = self.run_here("adopt", "--as-copy", "Hero")
        self.assertEqual(ended.code, 0, ended)
        line, = [line for line in ended.err.splitlines() if "name-case" in line]
        self.assertIn('assets/Hero: warning[name-case] the directory "Hero" differs from that of asset 1 by case only.', line)

    def test_copies_get_identities_of_their_own(self):
        self.cp("hero", "a")
        self.cp("hero", "b")
        finding, = self.refuse(["declaration-identity"], "a")
        self.assertEqual((finding["json_pointer"], finding["file"], finding["help"]),
                         ("/asset_uuid", "assets/a/asset.json", "Run prpack adopt --as-copy assets/a: it gets a uuid and an id of its own."))
        self.assertEqual(read(self.anchor("a"))[finding["byte_offset"]:][:36].decode(), uuid(1))
        warning = [each for each in self.findings("list", code=0) if each["file"] == "assets/a/asset.json"][0]
        self.assertEqual(self.command_in(warning["help"]), ["adopt", "--as-copy", "assets/a"])
        finding, = self.findings("add", "a", code=1)
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "--as-copy", "assets/a"])
        row, = self.copied("a", a="hero-2")
        self.assertEqual((row["asset_id"], row["kind"], row["original"], row["old_name"], row["old_root"]), (4, "copy", 1, "hero", None))
        self.follow(self.refuse(["declaration-identity"], "b")[0]["help"])
        self.assertEqual(json.loads(read(self.anchor("b")))["name"], "hero-3")
        self.cp("a", "c")
        row, = self.copied("c", c="hero-2-2")
        self.assertEqual(row["original"], 4)
        self.assert_builds()
        self.assertEqual(self.document("list")["warnings"], 0)

    def test_text_about_a_copy(self):
        self.cp("hero", "a")
        self.assertIn('would adopt asset 4 "hero-2" (assets/a), a copy of asset 1\n', self.run_here("adopt", "a", "--as-copy", "--dry-run").out)
        self.assertEqual(self.run_here("adopt", "a", "--as-copy").out, 'adopted asset 4 "hero-2" (assets/a), a copy of asset 1\n')

    def test_a_name_that_is_free_stays(self):
        self.cp("hero", "a")
        self.edit_declaration("a", lambda document: document.update(name="mage"))
        row, = self.copied("a", a="mage")
        self.assertIsNone(row["old_name"])

    def test_names_of_all_registered_assets_are_taken(self):
        self.edit_declaration("cave", lambda document: document.update(name="hero-2"))
        self.run_here("exclude", "1", "3")
        self.cp("hero", "a")
        self.copied("a", a="hero-3")
        self.assertEqual([record["included_in_build"] for record in self.records()], [False, True, False, True])
        self.assert_builds()

    def test_names_that_need_escapes(self):
        for written, name in ((r'"h\u00e9ro"', "h\u00e9ro"), (r'"a\"b\\"', 'a"b\\'), ('"h\u00e9ro"', "h\u00e9ro"), (r'"\ud83d\ude00"', "\U0001f600"), ('"walk-2"', "walk-2")):
            with self.subTest(written=written):
                self.tearDown()
                self.doCleanups()
                self.setUp()
                text = read(self.anchor("hero")).decode().replace('"hero"', written)
                write(self.anchor("hero"), text.encode())
                self.cp("hero", "a")
                self.copied("a", a=name + "-2")

    def test_a_name_that_leaves_no_room(self):
        limit = 1 << 20
        text = read(self.anchor("hero")).decode()
        long = "n" * (limit - len(text) + len("hero"))
        write(self.anchor("hero"), text.replace('"hero"', f'"{long}"').encode())
        self.assertEqual(os.path.getsize(self.anchor("hero")), limit)
        self.cp("hero", "a")
        self.refuse(["input-too-large"], "--as-copy", "a")
        for root in ("a", "hero"):
            write(self.anchor(root), read(self.anchor(root)).replace(b"nnn", b"n", 1))
        self.copied("a", a=json.loads(read(self.anchor("a")))["name"] + "-2")

    def test_the_original_is_gone(self):
        self.cp("hero", "a")
        self.cp("hero", "b")
        shutil.rmtree(self.path("assets/hero"))
        error = [each for each in self.findings("list", code=1) if each["severity"] == "error"][0]
        self.assertEqual(self.command_in(error["help"]), ["adopt", "--as-copy", "assets/a", "assets/b"])
        findings = self.refuse(["declaration-identity"] * 2, "b", "a")
        self.assertIn("prpack adopt --as-copy assets/b assets/a", findings[0]["help"])
        document = self.adopt("--as-copy", "b", "a")
        self.assertEqual([(row["kind"], row["asset_id"], row["root"], row["name"]) for row in document["assets"]], [("moved", 1, "b", "hero"), ("copy", 4, "a", "hero-2")])
        self.assert_builds()

    def test_one_of_two_places_is_the_asset(self):
        self.cp("hero", "a")
        self.mv("hero", "b")
        self.moved("b", old=["hero"], new=["b"])
        self.refuse(["declaration-identity"], "a")
        self.copied("a", a="hero-2")

    def test_a_uuid_that_no_asset_has_twice(self):
        self.run_here("forget", "hero")
        self.cp("hero", "a")
        self.refuse(["declaration-identity"] * 2, "hero", "a")
        document = self.adopt("--as-copy", "a", "hero")
        self.assertEqual([(row["kind"], row["asset_id"], row["name"], row["original"]) for row in document["assets"]], [("new", 4, "hero", None), ("copy", 5, "hero-2", 4)])
        self.assertEqual(document["assets"][0]["asset_uuid"], uuid(1))

    def test_a_copy_over_another_asset(self):
        shutil.rmtree(self.path("assets/cave"))
        self.cp("hero", "cave")
        self.refuse(["declaration-identity"], "cave")
        finding, = self.refuse(["root-registered"], "--as-copy", "cave")
        self.assertIn("run prpack forget assets/cave", finding["help"])
        self.run_here("forget", "assets/cave")
        self.copied("cave", cave="hero-2")

    def test_an_original_that_cannot_be_read(self):
        self.cp("hero", "a")
        write(self.anchor("hero"), b"{")
        finding, = self.refuse(["declaration-identity"], "a")
        self.assertIn("whose asset.json cannot be read", finding["message"])

    def test_a_fixed_slot(self):
        self.edit_declaration("hero", lambda document: document.update(preload={"enabled": True, "slot": 3}))
        self.cp("hero", "a")
        self.refuse(["slot-clash"], "--as-copy", "a")
        self.edit_declaration("a", lambda document: document.update(preload={"enabled": True}))
        self.copied("a", a="hero-2")

    def test_a_copy_that_a_build_could_not_pack(self):
        self.cp("hero", "a")
        os.remove(self.path("assets/a/data.bin"))
        self.refuse(["input-missing"], "--as-copy", "a")
        document = self.adopt("--as-copy", "a", "--anyway")
        self.assertEqual([(each["id"], each["severity"]) for each in document["diagnostics"]], [("input-missing", "warning")])

    def test_hard_links(self):
        os.makedirs(self.path("assets/a"))
        for name in ("asset.json", "data.bin"):
            os.link(self.path("assets/hero", name), self.path("assets/a", name))
        self.document("adopt", "--as-copy", "a")
        self.assertEqual(json.loads(read(self.anchor("hero")))["asset_uuid"], uuid(1))
        self.assert_builds()

    def test_many_copies_are_numbered_in_their_order(self):
        roots = [f"c{number}" for number in range(30)]
        for root in roots:
            self.cp("hero", root)
        self.assertEqual([row["name"] for row in self.adopt("--as-copy", *roots)["assets"]], [f"hero-{number + 2}" for number in range(30)])
        self.assert_builds()


class New(AdoptTest):
    def put(self, root, **changes):
        self.cp("hero", root)
        self.edit_declaration(root, lambda document: document.update({"asset_uuid": uuid(99), "name": root, **changes}))

    def test_an_unregistered_anchor(self):
        self.put("a")
        before = read(self.anchor("a"))
        document = self.adopt("a")
        self.assertEqual([(row["kind"], row["asset_id"], row["asset_uuid"], row["name"]) for row in document["assets"]], [("new", 4, uuid(99), "a")])
        self.assertEqual(read(self.anchor("a")), before)
        self.assert_builds()

    def test_a_uuid_that_is_empty_or_absent_is_drawn(self):
        self.put("a", asset_uuid="")
        self.put("b")
        self.edit_declaration("b", lambda document: document.pop("asset_uuid"))
        document = self.adopt("b", "a")
        self.assertEqual([row["asset_id"] for row in document["assets"]], [4, 5])
        self.assertEqual([json.loads(read(self.anchor(root)))["asset_uuid"] for root in ("b", "a")], [row["asset_uuid"] for row in document["assets"]])
        self.assert_builds()

    def test_a_name_that_is_taken(self):
        self.put("a", name="hero")
        self.refuse(["declaration-value"], "a")
        self.refuse(["declaration-value"], "--as-copy", "a")

    def test_what_a_build_could_not_pack(self):
        self.put("a")
        os.remove(self.path("assets/a/data.bin"))
        self.refuse(["input-missing"], "a")
        self.assertEqual(self.adopt("a", "--anyway")["warnings"], 1)

    def test_what_is_meant_to_stay_out(self):
        self.put("a")
        self.mv("hero", "drafts/hero")
        write(self.path("assets/.prometeu/ignore"), b"/a/\n/drafts/\n")
        document = self.adopt("a", "drafts/hero")
        self.assertEqual([(row["kind"], row["root"]) for row in document["assets"]], [("moved", "drafts/hero")])
        self.assertEqual([(each["id"], each["severity"]) for each in document["diagnostics"]], [("root-invalid", "warning")])
        self.assertEqual(self.adopt("a", "--anyway")["assets"][0]["kind"], "new")

    def test_new_moved_and_copied_together(self):
        self.put("hero2")
        self.cp("cave", "a")
        self.mv("hero", "b")
        self.mv("hero2", "hero")
        document = self.adopt("--as-copy", "hero", "a", "b", "ui/bat", "b")
        self.assertEqual([(row["kind"], row["asset_id"], row["root"], row["changed"]) for row in document["assets"]],
                         [("new", 4, "hero", True), ("copy", 5, "a", True), ("moved", 1, "b", True), ("registered", 2, "ui/bat", False)])
        self.assertEqual(self.document("list")["errors"], 0)


class Refusals(AdoptTest):
    def test_what_is_registered_is_left_alone(self):
        stamps = self.stamps()
        document = self.document("adopt", "hero", "assets/ui/bat", "hero")
        self.assertEqual([(row["kind"], row["asset_id"], row["changed"]) for row in document["assets"]], [("registered", 1, False), ("registered", 2, False)])
        self.assertEqual([(each["id"], each["severity"]) for each in document["diagnostics"]], [("root-registered", "warning")] * 2)
        self.assertEqual(document["plan"], [])
        self.assertEqual(self.stamps(), stamps)

    def test_all_or_nothing(self):
        self.mv("hero", "a")
        self.cp("cave", "b")
        self.refuse(["declaration-identity"], "a", "b")
        self.refuse(["root-invalid"], "a", "nowhere")
        self.refuse(["root-invalid", "root-invalid"], "nowhere", "a", "nothing")
        os.makedirs(self.path("assets/bare"))
        self.refuse(["root-invalid"], "a", "bare")

    def test_nested(self):
        self.mv("hero", "cave/hero")
        finding, = self.refuse(["root-invalid"], "cave/hero")
        self.assertEqual((finding["asset_id"], "inside" in finding["message"]), (3, True))
        self.mv("cave/hero", "h")
        self.mv("cave", "h/cave")
        findings = self.refuse(["root-invalid"], "h", "h/cave")
        self.assertIn("lies inside", findings[0]["message"])
        self.assertEqual(findings[0]["asset_id"], 1)
        findings = self.refuse(["root-invalid"], "h/cave", "h")
        self.assertIn("contains", findings[0]["message"])

    def test_moved_into_the_directory_of_another_asset(self):
        """No asset can be there, so no remedy says to adopt it there, and doctor --fix does not try."""
        self.mv("hero", "cave/hero")
        for command in (["list"], ["build"], ["doctor"], ["doctor", "--fix"]):
            findings = [each for each in self.findings(*command, code=1) if each["id"] in ("root-invalid", "anchor-unregistered")]
            self.assertEqual(findings[0]["asset_id"], 1)
            for finding in findings:
                self.assertIn("No asset may lie in the directory of another one: move assets/cave/hero", finding["help"], command)
                self.assertNotIn("prpack adopt assets", finding["help"], command)
                self.assertNotIn("fix", finding)
        self.assertNotIn("doctor --fix", self.run_here("doctor").out)
        self.mv("cave/hero", "h/hero")
        finding = [each for each in self.findings("build", code=1) if each["severity"] == "error"][0]
        self.assertEqual(finding["help"], "Run prpack adopt assets/h/hero: the asset keeps its id.")
        self.cp("h/hero", "cave/hero")
        finding = [each for each in self.findings("build", code=1) if each["severity"] == "error"][0]
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "--as-copy", "assets/h/hero"])
        shutil.rmtree(self.path("assets/h"))
        self.mv("cave/hero", "hero")
        self.assert_builds()

    def test_nested_in_a_place_that_another_asset_has_left(self):
        self.mv("cave", "c")
        self.mv("hero", "cave/hero")
        finding, = self.refuse(["root-invalid"], "cave/hero")
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "assets/cave/hero", "assets/c"])
        self.follow(finding["help"])
        self.assert_builds()
        shutil.rmtree(self.path("assets/c"))
        self.mv("cave/hero", "c/hero")
        finding, = self.refuse(["root-invalid"], "c/hero")
        self.assertIn("run prpack forget assets/c", finding["help"])

    def test_no_asset_json(self):
        write(self.path("assets/new dir/data.bin"), b"1")
        finding, = self.refuse(["root-invalid"], "new dir")
        self.assertEqual(finding["help"], "Run prpack add 'assets/new dir': that writes an asset.json.")
        finding, = self.refuse(["root-invalid"], "ui")
        self.assertEqual(finding["help"], "Nothing to do: prpack list shows what is registered.")
        self.cp("hero", "ui/b c")
        self.mv("cave", "ui/a")
        finding, = self.refuse(["root-invalid"], "assets/ui")
        self.assertEqual(self.command_in(finding["help"]), ["adopt", "assets/ui/a", "assets/ui/b c"])
        finding, = self.refuse(["root-invalid"], "--as-copy", "ui")
        self.follow(finding["help"])
        os.remove(self.anchor("hero"))
        self.refuse(["anchor-missing"], "hero")

    def test_places_that_are_no_root(self):
        write(self.path("assets/loose.txt"), b"1")
        write(self.path("outside/asset.json"), read(self.anchor("hero")))
        for typed, said in (("assets", "assets/ itself"), (".prometeu", "lies in .prometeu"), ("outside", "outside of assets/"), ("loose.txt", "this is a file"),
                            ("", "no such directory"), ("nowhere", "no such directory")):
            finding, = self.refuse(["root-invalid"], typed)
            self.assertIn(said, finding["message"])
            self.assertNotIn("prpack add", finding["help"])
        finding, = self.refuse(["root-invalid"], "heor")
        self.assertIn("Did you mean prpack adopt assets/hero?", finding["help"])
        self.mv("hero", "h")
        document = self.adopt("assets/h", "assets/loose.txt", "assets/.prometeu")
        self.assertEqual([(each["id"], each["severity"]) for each in document["diagnostics"]], [("root-invalid", "warning")] * 2)

    def test_the_registry_is_broken_missing_or_between_two_states(self):
        self.mv("hero", "h")
        commit_edit(self.path("assets", ".prometeu"))
        stamps = self.stamps()
        self.assert_one_line(self.run_here("adopt", "h", "--dry-run"), 3, "edit-pending")
        self.assertEqual(self.stamps(), stamps)
        self.assertEqual(self.run_here("adopt", "h").code, 0)
        write(self.path(INDEX), b"{")
        self.refuse(["registry-syntax"], "h")
        os.remove(self.path(INDEX))
        self.refuse(["workspace-missing"], "h")

    def test_operands(self):
        self.assertEqual(self.run_here("adopt").code, 2)
        self.assertEqual(self.run_here("adopt", "hero", "--type", "scene_bank").code, 2)
        self.assertEqual(self.run_here("add", "hero", "--as-copy").code, 2)

    def test_the_editor_schema_stays(self):
        registry = json.loads(read(self.path(INDEX)))
        write(self.path(INDEX), json.dumps({"$schema": "../registry.json", **registry}))
        self.edit_declaration("hero", lambda document: document.update({"$schema": "x.json"}))
        self.cp("hero", "a")
        self.document("adopt", "--as-copy", "a")
        self.mv("hero", "h")
        self.document("adopt", "h")
        self.assertEqual(json.loads(read(self.path(INDEX)))["$schema"], "../registry.json")
        self.assertEqual(json.loads(read(self.anchor("a")))["$schema"], "x.json")


class Undo(AdoptTest):
    def test_the_record_gets_its_old_root(self):
        records = self.records()
        self.mv("hero", "t")
        self.mv("cave", "hero")
        self.mv("t", "cave")
        self.document("adopt", "hero", "cave")
        adopted = self.records()
        self.document("undo")
        self.assertEqual(self.records(), records)
        self.document("undo", "2")
        self.assertEqual(self.records(), adopted)
        self.assert_builds()

    def test_a_copy_goes_out_of_the_registry_and_has_its_uuid_and_name_again(self):
        self.cp("hero", "a")
        copied = read(self.anchor("a"))
        row, = self.document("adopt", "--as-copy", "a")["assets"]
        adopted = read(self.anchor("a"))
        self.document("undo")
        self.assertEqual(len(self.records()), 3)
        self.assertEqual(read(self.anchor("a")), copied)
        self.document("undo", "2")
        self.assertEqual(self.records()[3]["asset_uuid"], row["asset_uuid"])
        self.assertEqual(read(self.anchor("a")), adopted)
        self.assert_builds()
        self.document("undo")
        self.assertEqual(read(self.anchor("a")), copied)
        row, = self.document("adopt", "--as-copy", "a")["assets"]
        self.assertEqual((row["kind"], row["asset_id"]), ("copy", 5))

    def test_a_copy_that_was_changed_since_keeps_its_uuid(self):
        self.cp("hero", "a")
        self.document("adopt", "--as-copy", "a")
        self.edit_declaration("a", lambda document: document.update(name="other"))
        text = read(self.anchor("a"))
        self.document("undo")
        self.assertEqual((len(self.records()), read(self.anchor("a"))), (3, text))
        self.document("undo", "2")
        self.assertEqual((len(self.records()), read(self.anchor("a"))), (4, text))

    def test_a_new_asset_whose_uuid_was_drawn(self):
        self.cp("hero", "a")
        self.edit_declaration("a", lambda document: document.update(asset_uuid="", name="a"))
        text = read(self.anchor("a"))
        self.document("adopt", "a")
        self.document("undo")
        self.assertEqual((len(self.records()), read(self.anchor("a"))), (3, text))

    def test_what_add_wrote_into_an_asset_json_is_taken_back(self):
        self.cp("hero", "a")
        self.edit_declaration("a", lambda document: document.update(asset_uuid="", name="a"))
        text = read(self.anchor("a"))
        self.document("add", "a")
        self.document("undo")
        self.assertEqual((len(self.records()), read(self.anchor("a"))), (3, text))

    def test_not_when_the_record_is_another_one(self):
        self.mv("hero", "h")
        self.document("adopt", "h")
        self.document("exclude", "hero")
        self.assertEqual(self.findings("undo", "1", code=1)[0]["id"], "undo-blocked")
