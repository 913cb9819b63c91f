#!/usr/bin/python3
"""Tests scripts/bench and its programs on tiny data: that every program runs, every number adds up, and --check can fail.

    bench/test_bench.py PROGRAMS      (the directory with prpack and bench_*)
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

import generate  # noqa: E402
import limits  # noqa: E402
import record  # noqa: E402
import report  # noqa: E402
import rows  # noqa: E402
import scaling  # noqa: E402
import timing  # noqa: E402

PROGRAMS = None
KNOWN = [row for group in rows.GROUPS for row in group.rows]


def row_of(row_id):
    return next(row for row in KNOWN if row.id == row_id)


def quietly(function, *arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        value = function(*arguments)
    return value, out.getvalue()


class Directory(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.TemporaryDirectory(prefix="prpack-bench-")
        self.addCleanup(self.directory.cleanup)

    def path(self, *parts):
        return os.path.join(self.directory.name, *parts)

    def pack(self, entries=50):
        generate.pack(self.path("p.pa"), entries, 10 * entries)
        return self.path("p.pa")

    def program(self, name, *arguments):
        return timing.program([os.path.join(PROGRAMS, name), *arguments])


class Programs(Directory):
    def test_a_generated_pack_loads(self):
        result = subprocess.run([os.path.join(PROGRAMS, "prpack"), "inspect", "--format", "json", self.pack()], check=False,
                                capture_output=True, text=True)
        examined = json.loads(result.stdout)
        self.assertTrue(examined["loads"])
        self.assertEqual(len(examined["assets"]), 50)

    def test_generated_workspaces_build(self):
        for kind in ("scene", "sheet"):
            generate.workspace(self.path(kind), 3, kind, 100, 50)
            timing.run([os.path.join(PROGRAMS, "prpack"), "build", "--verify", "--quiet"], cwd=self.path(kind))
            self.assertEqual(len(os.listdir(self.path(kind, "build"))), 5)  # four artifacts and .gitignore

    def test_open_time_has_a_sample_a_round(self):
        pack = self.pack()
        samples = self.program("bench_open_time", "3", pack)
        self.assertEqual(list(samples), [pack])
        self.assertEqual(len(samples[pack]), 3)
        self.assertGreater(min(samples[pack]), 0)

    def test_open_against_cjson_has_both_sides(self):
        samples = self.program("bench_open_against_cjson", "2", self.pack())
        self.assertEqual({side: len(values) for side, values in samples.items()}, {"ours": 2, "peer": 2})

    def test_open_memory_counts(self):
        pack = self.pack()
        mapped = self.program("bench_open_memory", "map", pack)
        read = self.program("bench_open_memory", "read", pack)
        self.assertEqual(mapped["header"], read["header"])
        self.assertGreater(mapped["heap"], 0)
        self.assertGreaterEqual(read["heap"], mapped["heap"] + read["header"])
        self.assertGreaterEqual(read["heap_most"], read["heap"])

    def test_lookup_times_everything(self):
        samples = self.program("bench_lookup", "2", self.pack())
        self.assertTrue({"id", "name", "peer"} <= set(samples))
        self.assertTrue(all(min(values) > 0 for values in samples.values()))

    def test_resident_runs_the_command(self):
        facts = self.program("bench_resident", "true")
        self.assertGreater(facts["resident_most"], 0)
        with self.assertRaises(timing.Broken):
            self.program("bench_resident", "false")

    def test_decode_png_decodes_or_fails(self):
        with open(self.path("sheet.png"), "wb") as file:
            file.write(generate.Sheets().draw(1))
        with open(self.path("list"), "w", encoding="utf-8") as file:
            file.write(self.path("sheet.png") + "\n")
        timing.run([os.path.join(PROGRAMS, "bench_decode_png"), self.path("list")])
        with open(self.path("sheet.png"), "r+b") as file:
            file.truncate(60)
        with self.assertRaises(timing.Broken):
            timing.run([os.path.join(PROGRAMS, "bench_decode_png"), self.path("list")])


class Serving(Directory):
    def test_both_sides_say_the_same_in_order(self):
        self.addCleanup(setattr, rows, "SERVED", rows.SERVED)
        rows.SERVED = 3
        measured, _ = quietly(rows.measure_serve, rows.Bench(PROGRAMS, self.path(), 1))
        self.assertGreater(measured["serve"].value, 0)

    def test_an_answer_that_differs_or_lacks_is_found(self):
        printed = '{"a":1}\n{"a":2}\n'
        answers = ['{"jsonrpc":"2.0","id":0,"result":{}}', '{"jsonrpc":"2.0","id":1,"result":{"a":1}}', '{"jsonrpc":"2.0","id":2,"result":{"a":2}}']
        rows.check_served("\n".join(answers), printed)
        for wrong in (answers[:2], [answers[0], answers[2], answers[1]], [*answers[:2], answers[2].replace("result", "error")]):
            with self.assertRaises(timing.Broken):
                rows.check_served("\n".join(wrong), printed)


class Limits(Directory):
    def test_each_is_measured(self):
        bench = rows.Bench(PROGRAMS, self.path(), 1)
        generate.workspace(self.path("sheets"), 4, "sheet")
        timing.run([os.path.join(PROGRAMS, "prpack"), "build", "--quiet"], cwd=self.path("sheets"))
        with open(self.path("names"), "w", encoding="utf-8") as file:
            for directory, _, files in os.walk(self.path("sheets", "assets")):
                file.writelines(os.path.join(directory, name) + "\n" for name in files if name.endswith(".png"))
        self.assertIn("side by side", limits.sheets(bench, self.path("sheets"), self.path("names"), 1.0))
        self.assertIn("`cat` of every file", limits.small(bench, self.path("sheets"), self.path("sheets", "assets"), 1.0))
        self.assertRegex(limits.heap(self.program("bench_open_memory", "read", self.pack(5000)), 5000), "takes 4[89] bytes")
        self.assertEqual(sorted(os.listdir(self.path("sheets"))), ["assets", "build"])


class Numbers(unittest.TestCase):
    def test_ratio_is_the_median_over_pairs(self):
        self.assertEqual(timing.ratios([10, 30, 20], [1, 1, 1]), (20, 10, 30))

    def test_slope_of_a_line_is_its_power(self):
        self.assertAlmostEqual(rows.slope([[10, 1], [100, 10], [1000, 100]]), 1)
        self.assertAlmostEqual(rows.slope([[10, 1], [100, 100], [1000, 10000]]), 2)

    def test_rows_have_ids_of_their_own(self):
        self.assertEqual(len(KNOWN), len({row.id for row in KNOWN}))


class Scaling(Directory):
    def test_every_case_makes_its_data_and_its_commands_run(self):
        prpack = os.path.join(PROGRAMS, "prpack")
        for case in rows.SCALING:
            place = self.path(case.id)
            os.mkdir(place)
            commands = case.commands(scaling.Maker(prpack), place, 20)
            self.assertEqual(len(commands), len({command.name for command in commands}), case.id)
            for command in commands:
                self.assertGreater(scaling.once(prpack, command), 0)
            scaling.remove(place)

    def test_a_command_that_ends_otherwise_is_told(self):
        with self.assertRaises(timing.Broken):
            scaling.once(os.path.join(PROGRAMS, "prpack"), scaling.Command("list", ["list"], 0, self.path()))

    def test_slope_is_that_of_the_steepest_command(self):
        linear, square = [[10, 0.1], [100, 1.0]], [[10, 0.1], [100, 10.0]]
        self.assertAlmostEqual(scaling.slope(linear), 1)
        self.assertAlmostEqual(scaling.slope(square), 2)
        measured = rows.steepest({"list": linear, "verify": square})
        self.assertAlmostEqual(measured.value, 2)
        self.assertIn("verify", measured.limit)

    def test_a_pair_beyond_the_goal_is_measured_more_often(self):
        def pair(small, large):
            """Two commands whose times are given, one for each round; the last one stays."""
            times = {"small": list(small), "large": list(large)}
            scaling.once = lambda prpack, name: times[name].pop(0) if len(times[name]) > 1 else times[name][0]
            return scaling.shortest(None, ("small", "large"), 2)
        once = scaling.once
        try:
            self.assertEqual(pair([1, 2], [9, 10, 8]), [1, 9])
            self.assertEqual(pair([1, 2], [50, 50, 50, 10]), [1, 10])
            self.assertEqual(pair([1], [100]), [1, 100])
        finally:
            scaling.once = once

    def bench_planted(self, work):
        """Runs a row with a prpack that does as many steps as the shell makes of `work`, where n is the number of operands."""
        prpack = self.path("prpack")
        with open(prpack, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\nn=$#\ni=0\nwhile [ $i -lt $((%s)) ]; do i=$((i+1)); done\n" % work)
        os.chmod(prpack, 0o755)
        record.write(self.path("recorded.json"), {"machine": {}, "rows": {"scale-explain-ids": {"value": 1.0}}})
        command = [os.path.join(ROOT, "scripts", "bench"), "scale-explain-ids", "--check", "--rounds", "1", "--programs", self.path(),
                   "--data", self.path("data"), "--recorded", self.path("recorded.json"), "--no-install"]
        return subprocess.run(command, check=False, capture_output=True, text=True)

    def test_check_fails_for_a_planted_square(self):
        square = self.bench_planted("n * n / 1000")
        self.assertEqual(square.returncode, 1, square.stdout + square.stderr)
        self.assertIn("1 of 1 rows are 20 % worse", square.stdout)
        linear = self.bench_planted("n * 2")
        self.assertEqual(linear.returncode, 0, linear.stdout + linear.stderr)


class Recorded(Directory):
    def test_a_value_is_worse_beyond_a_fifth(self):
        faster, less = row_of("open"), row_of("build-verify")
        self.assertFalse(record.is_worse(faster, 8.1, 10))
        self.assertTrue(record.is_worse(faster, 7.9, 10))
        self.assertFalse(record.is_worse(less, 1.19, 1))
        self.assertTrue(record.is_worse(less, 1.21, 1))
        above = row_of("open-resident")
        self.assertFalse(record.is_worse(above, 0.7, -15))
        self.assertTrue(record.is_worse(above, 0.9, -15))
        slope = row_of("scale-entries")
        self.assertFalse(record.is_worse(slope, 1.19, 0.3))
        self.assertTrue(record.is_worse(slope, 1.21, 0.3))
        self.assertFalse(record.is_worse(slope, 1.31, 1.1))
        self.assertTrue(record.is_worse(slope, 1.33, 1.1))

    def test_check_names_what_is_worse(self):
        measured = [(row_of("open"), {"value": 7.0}), (row_of("verify"), {"value": 2.0})]
        fine, text = quietly(record.check, measured, {"open": {"value": 10.0}, "verify": {"value": 2.0}})
        self.assertFalse(fine)
        self.assertIn("open", text.split("\n")[0])
        self.assertIn("1 of 2 rows", text)
        fine, _ = quietly(record.check, measured, {"open": {"value": 7.5}})
        self.assertTrue(fine)

    def test_a_slope_that_is_not_recorded_is_compared_with_the_linear_one(self):
        row = row_of("scale-entries")
        self.assertTrue(quietly(record.check, [(row, {"value": 1.19})], {})[0])
        fine, text = quietly(record.check, [(row, {"value": 1.21})], {})
        self.assertFalse(fine)
        self.assertIn("worse than the linear", text)

    def test_check_fails_against_a_planted_record(self):
        """The whole program: a record that nothing can reach, then one that everything reaches."""
        command = [os.path.join(ROOT, "scripts", "bench"), "open-heap", "--check", "--rounds", "1", "--programs", PROGRAMS, "--data",
                   self.path("data"), "--recorded", self.path("recorded.json"), "--no-install"]
        for planted, status in ((0.001, 1), (1000.0, 0)):
            ids = ("open-heap-map", "open-heap-read")
            record.write(self.path("recorded.json"), {"machine": {}, "rows": {name: {"value": planted} for name in ids}})
            result = subprocess.run(command, check=False, capture_output=True, text=True)
            self.assertEqual(result.returncode, status, result.stdout + result.stderr)
            self.assertIn("%d of 2 rows are 20 %% worse" % (2 * status), result.stdout)

    def test_rows_that_were_not_measured_stay(self):
        before = {"machine": {}, "rows": {"verify": {"value": 2.0}, "gone": {"value": 1.0}}}
        after = record.updated(before, {"processor": "x"}, KNOWN, [(row_of("open"), {"value": 9.0})])
        self.assertEqual(list(after["rows"]), ["open", "verify"])

    def test_the_page_has_every_row_and_says_which_do_not_hold(self):
        values = {row.id: {"value": row.goal, "low": row.goal, "high": row.goal, "points": None} for row in KNOWN}
        for case in rows.SCALING:
            values["scale-" + case.id].update(ours=0.01, peer=0.1, commands={"list": [[1, 0.01], [10, 0.1]]})
        values["open"].update(value=1.0, limit="the reason")
        values["growth-open"]["points"] = [[1000, 0.001], [10000, 0.01]]
        report.write(self.path(), KNOWN, {"machine": {"processor": "x"}, "rows": values})
        with open(self.path("docs", "benchmarks.md"), encoding="utf-8") as file:
            page = file.read()
        self.assertIn("**open**: the reason", page)
        for row in KNOWN:
            self.assertIn(row.work, page)
        self.assertEqual(sorted(os.listdir(self.path("docs", "benchmarks"))), ["goals.svg", "growth.svg"])


if __name__ == "__main__":
    PROGRAMS = os.path.abspath(sys.argv.pop(1))
    unittest.main()
