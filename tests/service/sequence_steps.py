"""What the services of the random sequences share: a call, how it is typed, and what it writes."""

NAMES = ["hero", "cave", "menu", "reef", "bay", "dune", "ui/hero", "ui/menu", "old/deep/reef"]


class Step:
    """A call. must: it has to be done (True), to be refused (False), or either (None). expect(before, after) returns the Change that a
    call which was done has to be; it may take from the state after only what chance decides, and raises Wrong."""

    def __init__(self, name, arguments, must, expect):
        self.name, self.arguments, self.must, self.expect = name, arguments, must, expect
        self.is_whole = True  # all or nothing, also when it is killed
        self.foretells = True  # a dry run has the exit code of the real one
        self.is_elsewhere = False  # what it writes is not below assets/
        self.reads_registry = True
        self.again = None  # makes the same step once more, of a world; or None
        self.takes_some = name.startswith("add")  # it is done for some of its operands when others are refused

    def dry(self):
        """The arguments that only show what would be done."""
        if self.name == "palettes":
            return [word for word in self.arguments if word != "--write"]
        if self.name == "build":
            return [*self.arguments, "--check"]
        return [*self.arguments, "--dry-run"]


def some(random_, items, most=2):
    return random_.sample(items, random_.randint(1, min(most, len(items))))


def refer(world, number):
    """An ASSET: its id, uuid, root or, where nothing else is called so, its name."""
    state, record = world.state, world.state.records[number]
    ways = [str(number), record.uuid, f"assets/{record.root}"]
    name = state.name_of(record)
    names = [state.name_of(each) for each in state.records.values()]
    if not world.is_damaged and names.count(name) == 1 and all(name != each.root for each in state.records.values()):
        ways.append(name)
    return world.random.choice(ways)


def new_root(world):
    """A root that may be free, as it is typed and as it is."""
    state = world.state
    away = [record["root"] for record in map(state.folder_record, state.folders()) if record is not None]
    known = away if away and world.random.random() < 0.5 else NAMES
    root = world.random.choice(known) + world.random.choice(["", "", "2", "/x"])
    return world.random.choice([root, f"assets/{root}"]), root


def written(change, before, after, number, names):
    """The files of an asset that an operation may write, as they are afterwards."""
    root = before.records[number].root
    for name in names:
        path = f"{root}/{name}"
        if after.tree.get(path) != before.tree.get(path) and isinstance(after.tree.get(path), bytes):
            change.write(number, name, after.tree[path])
