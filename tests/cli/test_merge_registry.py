"""prpack merge-registry: docs/contracts/workspace.md 8.13. The rule of the ids is the matter of tests/proof/merge_rule.py, git that of
tests/proof/merge_histories.py."""

import json
import os
import re
import stat
import unittest

from harness.trees import read, write
from workspace import WorkspaceTest

UUIDS = [f"{number:08d}-0000-4000-8000-000000000000" for number in range(10)]


def registry(next_id, *records, **members):
    """(id, number of the uuid, root[, included]) per record."""
    rows = [dict(zip(("asset_id", "asset_uuid", "root", "included_in_build"), (row[0], UUIDS[row[1]], *row[2:], True))) for row in records]
    return json.dumps({**members, "schema_version": 1, "next_asset_id": next_id, "assets": rows}, indent=2).encode() + b"\n"


def take(text, side):
    return re.sub(r"<<<<<<<[^\n]*\n(.*?)=======\n(.*?)>>>>>>>[^\n]*\n", side, text, flags=re.S)


class MergeTest(WorkspaceTest):
    def merge(self, base, ours, theirs, *options, code=0):
        for name, content in (("base", base), ("ours", ours), ("theirs", theirs)):
            write(self.path(name), content)
        result = self.run_here("merge-registry", "base", "ours", "theirs", *options)
        self.assertEqual(result.code, code, result.said)
        return result

    def merged(self):
        return json.loads(read(self.path("ours")))

    def rows(self):
        return [(row["asset_id"], UUIDS.index(row["asset_uuid"]), row["root"], row["included_in_build"]) for row in self.merged()["assets"]]


class Merges(MergeTest):
    def test_of_two_new_assets_with_one_id_the_smaller_uuid_keeps_it(self):
        base = registry(2, (1, 1, "a"))
        result = self.merge(base, registry(3, (1, 1, "a"), (2, 5, "b")), registry(3, (1, 1, "a"), (2, 3, "c")))
        self.assertEqual(self.rows(), [(1, 1, "a", True), (2, 3, "c", True), (3, 5, "b", True)])
        self.assertEqual(self.merged()["next_asset_id"], 4)
        self.assertEqual(result.out, "merged the registry: 3 assets, next_asset_id 4\n")
        self.assertIn(f'warning[asset-renumbered] asset 3: the asset in "b" ({UUIDS[5]}) has the id 3 now; it was 2 in ours.', result.err)
        self.assertEqual(result.err.count("asset-renumbered"), 1)

    def test_the_form_is_the_one_that_is_written(self):
        self.merge(b"", registry(2, (1, 1, "a")), registry(1))
        self.assertEqual(read(self.path("ours")).decode(), f'''{{
  "schema_version": 1,
  "next_asset_id": 2,
  "assets": [
    {{
      "asset_id": 1,
      "asset_uuid": "{UUIDS[1]}",
      "root": "a",
      "included_in_build": true
    }}
  ]
}}
''')
        self.merge(registry(2, (1, 1, "a")), registry(2, (1, 1, "a")), registry(2))
        self.assertTrue(read(self.path("ours")).endswith(b'"next_asset_id": 2,\n  "assets": []\n}\n'))

    def test_each_side_changes_something(self):
        base = registry(5, (1, 1, "a"), (2, 2, "b"), (3, 3, "c"), (4, 4, "d"), **{"$schema": "s"})
        ours = registry(5, (1, 1, "moved"), (2, 2, "b", False), (3, 3, "c"), **{"$schema": "s"})
        theirs = registry(5, (1, 1, "a", False), (3, 3, "elsewhere"), (4, 4, "d", False), **{"$schema": "t"})
        self.merge(base, ours, theirs)
        self.assertEqual(self.rows(), [(1, 1, "moved", False), (3, 3, "elsewhere", True)])
        self.assertEqual(list(self.merged().items())[:3], [("$schema", "t"), ("schema_version", 1), ("next_asset_id", 5)])
        after = read(self.path("ours"))
        self.merge(base, theirs, ours)
        self.assertEqual(read(self.path("ours")), after)

    def test_an_id_of_a_removed_asset_is_not_given_again(self):
        base = registry(2, (1, 1, "a"))
        self.merge(base, registry(3, (1, 1, "a")), registry(3, (1, 1, "a"), (2, 2, "b")))  # ours has added and removed asset 2
        self.assertEqual(self.rows(), [(1, 1, "a", True), (3, 2, "b", True)])
        self.assertEqual(self.merged()["next_asset_id"], 4)

    def test_a_base_that_is_not_a_registry(self):
        ours, theirs = registry(2, (1, 1, "a")), registry(3, (2, 2, "b"))
        # Theirs has given the id 1 out, and does not have it any more.
        for base in (b"", b"nothing\n", registry(2, (1, 1, "x"), (1, 2, "y")), b"<<<<<<< a\n", b"\0" * 100):
            with self.subTest(base=base):
                self.merge(base, ours, theirs)
                self.assertEqual(self.rows(), [(2, 1, "a", True), (3, 2, "b", True)])

    def test_a_base_with_conflicts_has_the_records_of_both_sides(self):
        lines = registry(3, (1, 1, "a"), (2, 2, "b")).decode().split("\n")
        place = lines.index('      "root": "a",')
        conflict = ["<<<<<<<<< Temporary merge branch 1", '      "root": "p",', "=========", '      "root": "q",', ">>>>>>>>> Temporary merge branch 2"]
        base = "\n".join(lines[:place] + conflict + lines[place + 1:]).encode()
        self.merge(base, registry(3, (1, 1, "p"), (2, 2, "b")), registry(3, (1, 1, "p")))
        self.assertEqual(self.rows(), [(1, 1, "p", True)])
        self.merge(base, registry(3, (1, 1, "p"), (2, 2, "b")), registry(3, (1, 1, "q")), code=1)

    def test_nothing_to_do_writes_nothing(self):
        text = registry(2, (1, 1, "a"))
        self.merge(text, text, text)
        after = os.stat(self.path("ours"))
        result = self.run_here("merge-registry", "base", "ours", "theirs", "--format", "json")
        self.assertEqual(json.loads(result.out)["plan"], [])
        self.assertEqual(os.stat(self.path("ours")), after)
        self.assertEqual(sorted(os.listdir(self.dir)), ["base", "ours", "theirs"])

    def test_the_rights_stay(self):
        for mode in (0o600, 0o644, 0o755):
            write(self.path("ours"), b"")
            os.chmod(self.path("ours"), mode)
            self.merge(b"", registry(2, (1, 1, "a")), registry(2, (1, 2, "b")))
            self.assertEqual(stat.S_IMODE(os.stat(self.path("ours")).st_mode), mode)

    def test_a_dry_run(self):
        base, ours, theirs = registry(1), registry(2, (1, 2, "a")), registry(2, (1, 1, "b"))
        result = self.merge(base, ours, theirs, "--dry-run")
        self.assertIn("would merge the registry: 2 assets, next_asset_id 3\n  would write ours: ", result.out)
        document = json.loads(self.merge(base, ours, theirs, "--dry-run", "--format", "json").out)
        self.assertEqual((document["dry_run"], document["merged"], [step["to"] for step in document["plan"]]), (True, True, ["ours"]))
        self.assertEqual([(row["asset_id"], row["ours_id"], row["theirs_id"]) for row in document["renumbered"]], [(2, 1, None)])
        self.assertEqual(read(self.path("ours")), ours)
        self.merge(registry(2, (1, 1, "a")), registry(2, (1, 1, "b")), registry(2, (1, 1, "c")), "--dry-run", code=1)
        self.assertEqual(read(self.path("ours")), registry(2, (1, 1, "b")))

    def test_all_ids_are_used(self):
        most = 2**31 - 1
        full = registry(most + 1, (most, 2, "a"))
        result = self.merge(registry(most), full, registry(most + 1, (most, 1, "b")), code=1)
        self.assertIn("error[registry-shape]", result.err)
        self.assertEqual(read(self.path("ours")), full)


class Conflicts(MergeTest):
    def conflict(self, base, ours, theirs, *said):
        """Both ways give the same conflicts, and taking one side gives a registry. Returns what ours and theirs take."""
        taken = []
        for first, second in ((theirs, ours), (ours, theirs)):
            result = self.merge(base, first, second, code=1)
            text = read(self.path("ours")).decode()
            taken = [json.loads(take(text, side))["assets"] for side in (r"\1", r"\2")]
            self.assertEqual(self.run_here("merge-registry", "base", "theirs", "ours").code, 1)  # it is not a registry now
        self.assertIn("error[merge-conflict]", result.err)
        for text in said:
            self.assertIn(text, result.err)
        return [[(row["asset_id"], row["root"]) for row in side] for side in taken]

    def test_moved_to_two_places(self):
        taken = self.conflict(registry(2, (1, 1, "a")), registry(2, (1, 1, "b")), registry(2, (1, 1, "c")),
                              'its directory is "b" in ours and "c" in theirs; it was "a"')
        self.assertEqual(taken, [[(1, "b")], [(1, "c")]])

    def test_removed_and_moved(self):
        taken = self.conflict(registry(3, (1, 1, "a"), (2, 2, "z")), registry(3, (1, 1, "a")), registry(3, (1, 1, "a"), (2, 2, "y")),
                              'ours has removed it, and theirs has moved it to "y"')
        self.assertEqual(taken, [[(1, "a")], [(1, "a"), (2, "y")]])
        self.assertIn(b"<<<<<<< ours (removed)\n", read(self.path("ours")))

    def test_one_root_for_two(self):
        taken = self.conflict(registry(1), registry(3, (1, 1, "a"), (2, 2, "b")), registry(2, (1, 3, "b")), 'its directory "b" is also that of')
        self.assertEqual(taken, [[(1, "a"), (2, "b")], [(1, "a"), (3, "b")]])

    def test_roots_inside_each_other(self):
        taken = self.conflict(registry(1), registry(2, (1, 1, "a")), registry(3, (1, 2, "a/b"), (2, 3, "a/c")),
                              'its directory "a/c" lies in the one of', 'its directory "a" contains the one of')
        self.assertEqual(taken, [[(1, "a")], [(2, "a/b"), (3, "a/c")]])

    def test_a_root_that_is_free_on_one_side_alone(self):
        """Ours has moved one asset away and another one to its place; theirs has put a new one where the first one went."""
        base = registry(3, (1, 1, "a"), (2, 2, "b"))
        taken = self.conflict(base, registry(3, (1, 1, "c"), (2, 2, "a")), registry(4, (1, 1, "a"), (2, 2, "b"), (3, 3, "c")))
        self.assertEqual(taken, [[(1, "c"), (2, "a")], [(1, "a"), (2, "b"), (3, "c")]])

    def test_all_else_is_merged(self):
        base = registry(3, (1, 1, "a"), (2, 2, "b"))
        taken = self.conflict(base, registry(4, (1, 1, "x"), (2, 2, "b", False), (3, 4, "d")), registry(4, (1, 1, "y"), (2, 2, "b"), (3, 3, "c")))
        self.assertEqual(taken, [[(1, "x"), (2, "b"), (3, "c"), (4, "d")], [(1, "y"), (2, "b"), (3, "c"), (4, "d")]])
        document = json.loads(self.merge(base, registry(3, (1, 1, "x"), (2, 2, "b")), registry(3, (1, 1, "y")), "--format", "json", code=1).out)
        self.assertEqual([(row["conflict"], row["ours_root"], row["theirs_root"]) for row in document["conflicts"]], [("moved", "x", "y")])
        self.assertTrue(document["merged"])


class Refusals(MergeTest):
    def refuse(self, ours, theirs, code, *said):
        result = self.merge(registry(1), ours, theirs, code=code)
        for text in said:
            self.assertIn(text, result.err)
        self.assertEqual(read(self.path("ours")), ours)
        self.assertEqual(sorted(os.listdir(self.dir)), ["base", "ours", "theirs"])

    def test_files_that_are_not_registries(self):
        good = registry(2, (1, 1, "a"))
        self.refuse(b"{}", good, 1, "ours:1:1: error[registry-shape]")
        self.refuse(good, b"", 1, "theirs:1:1: error[registry-syntax]")
        self.refuse(good, registry(2, (1, 1, "a"), (1, 2, "b")), 1, "theirs:", "error[registry-duplicate]")
        self.refuse(b"<<<<<<< a\n=======\n>>>>>>> b\n", b"[", 1, "ours:1:1: error[registry-syntax]", "theirs:")

    def test_files_that_cannot_be_read(self):
        good = registry(2, (1, 1, "a"))
        for name in ("base", "ours", "theirs"):
            self.merge(good, good, good)
            os.remove(self.path(name))
            result = self.run_here("merge-registry", "base", "ours", "theirs")
            self.assertEqual(result.code, 3, result.said)
            self.assertIn(f"{name}: error[environment-read]", result.err)
            os.mkfifo(self.path(name))
            result = self.run_here("merge-registry", "base", "ours", "theirs")
            self.assertEqual(result.code, 1, result.said)
            self.assertIn(f"{name}: error[input-not-regular]", result.err)
            os.remove(self.path(name))

    def test_a_link_in_the_place_of_ours(self):
        good = registry(2, (1, 1, "a"))
        self.merge(good, good, registry(3, (1, 1, "a"), (2, 2, "b")))
        os.rename(self.path("ours"), self.path("real"))
        os.symlink("real", self.path("ours"))
        before = read(self.path("real"))
        self.assert_one_line(self.run_here("merge-registry", "base", "ours", "theirs"), 1, "input-not-regular", "ours: error")
        self.assertEqual((read(self.path("real")), os.readlink(self.path("ours"))), (before, "real"))

    def test_operands(self):
        for operands in ((), ("a",), ("a", "b"), ("a", "b", "c", "d")):
            self.assertEqual(self.run_here("merge-registry", *operands).code, 2, operands)

    def test_a_directory_that_may_not_be_written(self):
        if os.geteuid() == 0:
            self.skipTest("root may write anywhere")
        self.merge(registry(1), registry(2, (1, 1, "a")), registry(2, (1, 2, "b")), "--dry-run")
        os.chmod(self.dir, 0o500)
        self.addCleanup(os.chmod, self.dir, 0o700)
        self.assert_one_line(self.run_here("merge-registry", "base", "ours", "theirs", "-q"), 3, "environment-write", "ours: error")

    def test_no_workspace_is_looked_for(self):
        self.assertEqual(self.run_here("init").code, 0)
        write(self.path("assets/.prometeu/index.json"), b"broken")
        self.merge(b"", registry(2, (1, 1, "a")), registry(2, (1, 1, "a")))


if __name__ == "__main__":
    unittest.main()
