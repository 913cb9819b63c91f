"""Circles of files and of sub-rooms, and arrows against the floors.

A file is a .c with its .h. An arrow leads from a file to another one whose header it includes, or whose symbol it uses.
In a folder with sub-folders, each sub-folder and each file that lies directly in it is a sub-room.
"""

import collections
import os

from . import walls


def file_of(path):
    return os.path.splitext(path)[0]


def arrows(evidence, rules):
    """{file: {other file: what ties them}}"""
    found = collections.defaultdict(dict)
    for path, includes in sorted(evidence.written.items()):
        for _, meant in includes:
            if meant in evidence.written and file_of(path) != file_of(meant):
                found[file_of(path)].setdefault(file_of(meant), f"{path} includes {meant}")
    for source, symbol, definer in walls.calls(evidence, rules):
        if file_of(source) != file_of(definer):
            found[file_of(source)].setdefault(file_of(definer), f"{source} calls {symbol} ({definer})")
    return found


def circles(graph):
    """The strongly connected parts of more than one node, each sorted. Tarjan's algorithm, without recursion."""
    number, low, stack, on_stack, found = {}, {}, [], set(), []
    for start in sorted(graph):
        if start in number:
            continue
        path = [(start, iter(sorted(graph[start])))]
        number[start] = low[start] = len(number)
        stack.append(start)
        on_stack.add(start)
        while path:
            node, others = path[-1]
            for other in others:
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    on_stack.add(other)
                    path.append((other, iter(sorted(graph.get(other, ())))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], number[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    part = stack[stack.index(node):]
                    del stack[len(stack) - len(part):]
                    on_stack.difference_update(part)
                    if len(part) > 1:
                        found.append(sorted(part))
    return found


def way_round(graph, circle):
    """The ties of a shortest way from the first node of a circle back to it."""
    start = circle[0]
    ways = collections.deque([(start, [])])
    seen = set()
    while ways:
        node, ties = ways.popleft()
        for other in sorted(set(graph[node]) & set(circle)):
            if other == start:
                return [*ties, graph[node][other]]
            if other not in seen:
                seen.add(other)
                ways.append((other, [*ties, graph[node][other]]))
    raise AssertionError("the node is in a circle")


def is_known(rules, circle):
    return any(all(node.startswith(folder + "/") for node in circle) and len(circle) <= most
               for folder, most in rules.KNOWN_CIRCLES.items())


def check_circle(rules, graph, circle, kind):
    if not is_known(rules, circle):
        yield f"circle of {len(circle)} {kind}: {', '.join(circle)}: {'; '.join(way_round(graph, circle))}"


def check_files(graph, rules):
    for circle in circles(graph):
        yield from check_circle(rules, graph, circle, "files")


# ---- Sub-rooms ----


def folders(graph):
    """Every folder that has both files or sub-folders, the root of the tree excepted."""
    nodes = set(graph) | {other for others in graph.values() for other in others}
    found = set()
    for node in nodes:
        parts = node.split(os.sep)[:-1]
        found.update(os.sep.join(parts[:i]) for i in range(1, len(parts) + 1))
    return sorted(found)


def sub_room(folder, node):
    """The sub-room of `folder` that a file lies in: "verify/core/" or, for a file that lies directly in it, "verify/pack"."""
    first, *rest = node[len(folder) + 1:].split(os.sep)
    return f"{folder}/{first}/" if rest else f"{folder}/{first}"


def inside(graph, folder):
    """The arrows between the sub-rooms of a folder."""
    found = collections.defaultdict(dict)
    for node, others in sorted(graph.items()):
        if not node.startswith(folder + os.sep):
            continue
        for other, tie in sorted(others.items()):
            if other.startswith(folder + os.sep) and sub_room(folder, node) != sub_room(folder, other):
                found[sub_room(folder, node)].setdefault(sub_room(folder, other), tie)
    return found


def check_sub_rooms(graph, rules):
    for folder in folders(graph):
        rooms = inside(graph, folder)
        for circle in circles(rooms):
            if any(name.endswith("/") for name in circle):  # a circle of files alone is reported as such
                yield from check_circle(rules, rooms, circle, "sub-rooms")


# ---- Floors ----


def floors_of(folder, text):
    return {f"{folder}/{name}": number for number, names in enumerate(text.split("<")) for name in names.split()}


def check_floors(graph, rules):
    for folder, text in rules.FLOORS.items():
        floors = floors_of(folder, text)
        rooms = inside(graph, folder)
        names = set(rooms) | {other for others in rooms.values() for other in others}
        for name in sorted(name for name in names - set(floors) if name.endswith("/")):
            yield f"{name} has no floor: add it to FLOORS in scripts/rooms/rules.py"
        for room, others in sorted(rooms.items()):
            for other, tie in sorted(others.items()):
                if room in floors and other in floors and floors[room] <= floors[other]:
                    where = "the same floor as" if floors[room] == floors[other] else "a floor below"
                    yield f"{tie}: against the floors, {room} is on {where} {other}"
