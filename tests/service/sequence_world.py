"""Where a random sequence takes place: a workspace below the current directory, what is known of it, and the program that changes it."""

import collections
import os
import shutil

from harness.program import PRPACK
from harness.trees import Scratch
from fault_points import ERRORS
from points import AT_SYSCALL
from sequence_hands import roots
from sequence_model import ANCHOR, State, Wrong, names_below, read_tree, write_tree

ASSETS = "assets"


class Output:
    """Where the programs of this process write to."""

    descriptor = None

    @classmethod
    def run(cls, *command):
        """The exit code, -N after signal N, and what was said."""
        if cls.descriptor is None:
            cls.descriptor = os.memfd_create("said")
        os.ftruncate(cls.descriptor, 0)
        os.lseek(cls.descriptor, 0, os.SEEK_SET)
        actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, cls.descriptor, 1),
                   (os.POSIX_SPAWN_DUP2, cls.descriptor, 2)]
        child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return code, os.pread(cls.descriptor, 1 << 20, 0).decode("utf-8", "replace")


class World:
    """A workspace below the current directory, and what is known of it."""

    def __init__(self, random_):
        self.random = random_
        self.state = State({})
        self.operations = {}  # by number, those that the history may have
        self.given = {}  # which uuid an id was given to; None: several, by a merge of lines
        self.again = {}  # by number, those that can be done once more by the same call
        self.next_steps = []  # services that belong together
        self.fork = None  # a clone, for sequence_merge.py
        self.fresh = {}  # directories that nothing has touched since they were made, with their kind
        self.made = 0  # files
        self.is_clean = False  # nothing is ever damaged
        self.is_damaged = False
        self.has_faulty_art = False
        self.log = []
        self.seen = collections.Counter()

    def see(self, what):
        self.seen[what] += 1

    def read(self, calls_failed=False):
        return State(read_tree(ASSETS) if os.path.isdir(ASSETS) else {}, calls_failed)

    def adopt(self, after):
        """Takes over a state that was found to be right."""
        for number, record in after.records.items():
            if self.given.setdefault(number, record.uuid) not in (record.uuid, None):
                raise Wrong(f"the id {number} was given again, to {record}")
        if after.next < self.state.next or any(number >= after.next for number in self.given):
            raise Wrong(f"next_asset_id is {after.next}, and was {self.state.next}")
        self.state = after

    def delete_by_hand(self, root):
        if os.path.isdir(os.path.join(ASSETS, root)):
            shutil.rmtree(os.path.join(ASSETS, root))
            self.log.append(f"rm -r {root}")
            self.is_damaged = True
            self.state = self.read()

    # What services ask.

    def art(self):
        return roots(self)

    def directories(self):
        return roots(self)

    def kind_of(self, root):
        names = [name[len(root) + 1:] for name in names_below(self.state.tree, root)]
        sounds = [name for name in names if name.endswith(".wav") and "/" not in name]
        if "data.bin" in names:
            return "scene"
        return "sounds" if len(sounds) > 1 else "sound" if sounds else "painted" if "wall.png" in names else "sprite"

    def is_fresh(self, root):
        return not self.is_damaged and self.fresh.get(root) not in (None, "sounds") and f"{root}/{ANCHOR}" not in self.state.tree

    def anchor_is_gone(self, number):
        return f"{self.state.records[number].root}/{ANCHOR}" not in self.state.tree

    def is_whole(self, number):
        return not self.is_damaged and self.state.name_of(self.state.records[number]) is not None


class Copy:
    """A copy of the workspace, which is the current directory while the block runs."""

    def __init__(self, world):
        self.world = world

    def __enter__(self):
        self.home = os.getcwd()
        self.scratch = Scratch()
        os.chdir(self.scratch.__enter__())
        if self.world.state.tree:
            write_tree(ASSETS, self.world.state.tree)

    def __exit__(self, *unused):
        os.chdir(self.home)
        self.scratch.__exit__()


def list_calls_of_copy(world, arguments):
    """The names of the system calls of prpack with these arguments, in a copy."""
    with Copy(world):
        return list_calls(arguments)[2]


def list_calls(arguments):
    """(exit code, what is said, names of the system calls) of prpack here."""
    names_file = "../names-" + os.path.basename(os.getcwd())
    code, said = Output.run(AT_SYSCALL, "list", names_file, PRPACK, *arguments)
    with open(names_file, encoding="ascii") as file:
        names = file.read().split()
    os.remove(names_file)
    return code, said, names


def fallible(names):
    """The calls that can fail, as (name, which of that name)."""
    counts = collections.Counter()
    for name in names:
        counts[name] += 1
        if name in ERRORS:
            yield name, counts[name]


def stamps(directory="."):
    """What a dry run must leave as it is: times, too."""
    found = {}
    for at, directories, files in os.walk(directory):
        for name in [at, *[os.path.join(at, name) for name in directories + files]]:
            status = os.lstat(name)
            found[name] = status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    return found
