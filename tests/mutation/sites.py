"""Where a C source can be changed: reads clang's syntax tree, yields one Site for each place and its Mutants.

Only what runs is changed: bodies of functions, without case labels, static tables, sizeof and the bodies of macros."""

import json
import os
import re
import subprocess
import sys

BOUNDARY = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
ARITHMETIC = {"+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "&": "|", "|": "&", "^": "&", "<<": ">>", ">>": "<<"}
ASSIGNED = {"+=": "-=", "-=": "+=", "*=": "+=", "/=": "*=", "%=": "/=", "&=": "|=", "|=": "&=", "^=": "&=", "<<=": ">>=",
            ">>=": "<<="}
TRANSPARENT = ("ImplicitCastExpr", "ParenExpr", "ConstantExpr")
LOOPS = ("ForStmt", "WhileStmt", "DoStmt")
INTEGER = re.compile(r"(const |volatile )*(unsigned|signed|int|char|short|long|_Bool|enum)\b")
SHOWN = 72  # characters of an expression in the name of a change


class Mutant:
    """One change. Its name does not move with the lines around it."""

    def __init__(self, change):
        self.change = change
        self.number = 0  # what switches it on
        self.file = self.function = self.line = ""
        self.line_number = 0
        self.name = ()


class Site:
    """A range of the text, the parts of it that can hold further sites, and how to write it with its mutants."""

    def __init__(self, begin, end, holes, template, changes):
        self.begin, self.end = begin, end
        self.holes = holes  # [(begin, end)]
        self.template = template  # from rendered holes and switches to text
        self.mutants = [Mutant(change) for change in changes]
        self.function = ""
        self.order = 0  # position in the tree: of two sites with one range the outer one has the lower


def _set_files(tree):
    """clang prints a file's name only where it changes: gives every location its own."""
    current = None
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
            continue
        if "offset" in node:
            current = node.get("file", current)
            node["in"] = current
        stack.extend(value for key, value in reversed(node.items())
                     if isinstance(value, (dict, list)) and key not in ("includedFrom", "type", "referencedDecl"))


def _tree(path, root, flags):
    command = ["clang", *flags, "-fsyntax-only", "-w", "-x", "c", "-Xclang", "-ast-dump=json", path]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stderr.decode('utf-8', 'replace')}")
    tree = json.loads(done.stdout)
    _set_files(tree)
    return tree


class _Finder:
    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.sites = []
        self.function = None

    # ---- Places ----

    def _place(self, location):
        """(offset, length of the token, whether a macro stands there), or None when it is not in this file's text."""
        macro = False
        if "spellingLoc" in location:
            if location["expansionLoc"].get("isMacroArgExpansion"):
                location = location["spellingLoc"]
            else:
                location = location["expansionLoc"]
                macro = True
        if location.get("in") != self.path or "offset" not in location:
            return None
        return location["offset"], location["tokLen"], macro

    def _range(self, node):
        """(begin, end) of what is written out, or None."""
        found = node.get("range", {})
        begin, end = self._place(found.get("begin", {})), self._place(found.get("end", {}))
        if begin is None or end is None or begin[2] or end[2] and self._is_call_of_macro(end):
            return None
        return begin[0], end[0] + end[1]

    def _is_call_of_macro(self, place):
        return self.text[place[0] + place[1]:].lstrip().startswith(b"(")

    def _macro(self, node):
        """(begin, end) of a name that stands for the whole node, or None."""
        found = node.get("range", {})
        begin, end = self._place(found.get("begin", {})), self._place(found.get("end", {}))
        if begin is None or begin != end or not begin[2] or self._is_call_of_macro(begin):
            return None
        return begin[0], begin[0] + begin[1]

    def _range_or_macro(self, node):
        """The same for an operand, which may begin or end with a macro's name."""
        found = node.get("range", {})
        begin, end = self._place(found.get("begin", {})), self._place(found.get("end", {}))
        if begin is None or end is None or any(at[2] and self._is_call_of_macro(at) for at in (begin, end)):
            return None
        return begin[0], end[0] + end[1]

    def _shown(self, begin, end):
        shown = " ".join(self.text[begin:end].decode("utf-8").split())
        return shown if len(shown) <= SHOWN else shown[:SHOWN - 1] + "…"

    def _add(self, span, holes, template, changes):
        site = Site(span[0], span[1], holes, template, changes)
        site.function = self.function
        site.order = len(self.sites)
        self.sites.append(site)

    # ---- The tree ----

    def find(self, tree):
        for node in tree["inner"]:
            if node["kind"] == "FunctionDecl" and self._range_or_macro(node):
                body = node.get("inner", [{}])[-1]
                if body.get("kind") == "CompoundStmt":
                    self._body(node, body)
        return self.sites

    def _body(self, function, body):
        self.function = function["name"]
        statements = body.get("inner", [])
        void = function["type"]["qualType"].startswith("void (")
        # Where a function ends with a return, every other one can be left out without running off its end.
        last = statements[-1] if statements else None
        self.may_drop_return = void or bool(last) and last["kind"] == "ReturnStmt"
        self.last = last
        self._block(body)

    def _block(self, node):
        for child in node.get("inner", []):
            self._statement(child)

    def _statement(self, node):
        """A node that stands where a statement does."""
        kind = node.get("kind")
        if kind in ("CallExpr", "CStyleCastExpr") or kind == "BinaryOperator" and node["opcode"] == "=":
            self._droppable(node)
        elif kind in ("BreakStmt", "ContinueStmt", "GotoStmt"):
            self._droppable_jump(node)
        elif kind == "ReturnStmt" and self.may_drop_return and node is not self.last:
            self._droppable_jump(node)
        self._visit(node)

    def _droppable(self, node):
        span = self._range_or_macro(node)
        ignored = node["kind"] == "CStyleCastExpr" and self._bare(node["inner"][0])["kind"] != "CallExpr"
        if span and not ignored:
            self._add(span, [span], lambda holes, on: f"({on[0]} ? (void)0 : (void)({holes[0]}))",
                      [f"drop `{self._shown(*span)}`"])

    def _droppable_jump(self, node):
        span = self._range_or_macro(node)
        if span:
            self._add(span, [span], lambda holes, on: f"if (!{on[0]}) {holes[0]}", [f"drop `{self._shown(*span)}`"])

    def _visit(self, node):
        kind = node.get("kind")
        if kind in ("UnaryExprOrTypeTraitExpr", "StaticAssertDecl", "EnumDecl", "TypedefDecl", "RecordDecl"):
            return
        if kind == "VarDecl" and node.get("storageClass") == "static":
            return
        if kind == "VarDecl" and self._is_zero(node):
            return
        macro = self._macro(node)
        if macro:
            # A macro's body is not changed, but its value is, where its name stands.
            self._constant(node, macro)
            return
        handler = getattr(self, f"_{kind}", None)
        if handler is None or handler(node):
            self._children(node)

    def _children(self, node):
        kind = node.get("kind")
        inner = node.get("inner", [])
        if kind == "CompoundStmt":
            self._block(node)
        elif kind == "IfStmt":
            self._condition(inner[0])
            self._visit(inner[0])
            for branch in inner[1:]:
                self._statement(branch)
        elif kind == "ForStmt":
            for child in inner[:2] + inner[3:4]:
                self._visit(child)
            self._condition(inner[2])
            self._visit(inner[2])
            self._statement(inner[4])
        elif kind == "WhileStmt":
            self._condition(inner[0])
            self._visit(inner[0])
            self._statement(inner[1])
        elif kind == "DoStmt":
            self._statement(inner[0])
            self._condition(inner[1])
            self._visit(inner[1])
        elif kind in ("CaseStmt", "DefaultStmt"):
            for child in inner[1:] if kind == "CaseStmt" else inner:
                self._statement(child)
        elif kind == "ConditionalOperator":
            self._condition(inner[0])
            for child in inner:
                self._visit(child)
        else:
            for child in inner:
                self._visit(child)

    # ---- What is changed ----

    def _bare(self, node):
        while node.get("kind") in TRANSPARENT and node.get("inner"):
            node = node["inner"][0]
        return node

    def _condition(self, node):
        """Negates a condition that is not a comparison, a connective or a negation: those have mutants of their own."""
        bare = self._bare(node)
        if bare.get("kind") == "BinaryOperator" and bare["opcode"] in (*NEGATED, "&&", "||"):
            return
        if bare.get("kind") == "UnaryOperator" and bare["opcode"] == "!" or not bare:
            return
        span = self._range_or_macro(node)
        if span:
            self._add(span, [span], lambda holes, on: f"((_Bool)({holes[0]}) ^ {on[0]})", [f"negate `{self._shown(*span)}`"])

    def _BinaryOperator(self, node):
        span = self._range_or_macro(node)
        left, right = node["inner"]
        holes = [self._range_or_macro(left), self._range_or_macro(right)]
        if span is None or None in holes:
            return True
        operator = node["opcode"]
        shown = self._shown(*span)
        pointers = [self._is_pointer(side) for side in (left, right)]
        if operator in NEGATED:
            changed = [NEGATED[operator]] + ([BOUNDARY[operator]] if operator in BOUNDARY else [])
            self._add(span, holes, self._bound(operator, changed, pointers),
                      [f"`{operator}` to `{other}` in `{shown}`" for other in changed])
        elif operator in ("&&", "||"):
            self._connective(span, holes, operator, shown)
        elif operator in ARITHMETIC and not pointers[1] and self._is_number(right):
            changed = ARITHMETIC[operator]
            if not pointers[0] or operator in "+-":
                self._add(span, holes, self._bound(operator, [changed], pointers),
                          [f"`{operator}` to `{changed}` in `{shown}`"])
        return True

    def _connective(self, span, holes, operator, shown):
        other = "||" if operator == "&&" else "&&"
        neutral = "true" if operator == "&&" else "false"
        goes_on = "" if operator == "&&" else "!"

        def template(parts, on):
            force = (lambda switch, part: f"({switch} || ({part}))") if operator == "&&" else (
                lambda switch, part: f"(!{switch} && ({part}))")
            return (f"({{ _Bool pm_l = {force(on[1], parts[0])}; "
                    f"(pm_l ^ ({goes_on}{on[0]})) ? (_Bool){force(on[2], parts[1])} : pm_l; }})")

        self._add(span, holes, template, [f"`{operator}` to `{other}` in `{shown}`",
                                          f"{neutral} for the left of `{operator}` in `{shown}`",
                                          f"{neutral} for the right of `{operator}` in `{shown}`"])

    def _bound(self, operator, changed, pointers):
        """Both operands are computed once, so that a tree of operators does not grow with its depth."""
        def template(parts, on):
            values = [f"({part})" if pointer else f"+({part})" for part, pointer in zip(parts, pointers)]
            choice = f"pm_l {operator} pm_r"
            for switch, other in zip(on, changed):
                choice = f"{switch} ? pm_l {other} pm_r : ({choice})"
            return f"({{ __auto_type pm_l = {values[0]}; __auto_type pm_r = {values[1]}; {choice}; }})"
        return template

    def _type(self, node):
        type_ = node.get("type", {})
        return type_.get("desugaredQualType", type_.get("qualType", ""))

    def _is_zero(self, variable):
        """`int x = 0` and `struct s x = {.a = 0}`: what is there before the first real value."""
        value = self._bare(variable.get("inner", [{}])[-1])
        while value.get("kind") == "InitListExpr" and len(value.get("inner", [])) == 1:
            value = self._bare(value["inner"][0])
        return value.get("kind") == "IntegerLiteral" and value.get("value") == "0"

    def _is_pointer(self, node):
        return any(mark in self._type(node) for mark in ("*", "["))

    def _is_number(self, node):
        return not self._is_pointer(node) and INTEGER.match(self._type(node)) is not None

    def _CompoundAssignOperator(self, node):
        span = self._range_or_macro(node)
        holes = [self._range_or_macro(child) for child in node["inner"]]
        operator = node["opcode"]
        if span and None not in holes and operator in ASSIGNED:
            changed = ASSIGNED[operator]
            self._add(span, holes,
                      lambda parts, on: f"({on[0]} ? ({parts[0]} {changed} {parts[1]}) : ({parts[0]} {operator} {parts[1]}))",
                      [f"`{operator}` to `{changed}` in `{self._shown(*span)}`"])
        return True

    def _UnaryOperator(self, node):
        span = self._range_or_macro(node)
        hole = self._range_or_macro(node["inner"][0])
        operator = node["opcode"]
        if span is None or hole is None:
            return True
        shown = self._shown(*span)
        if operator in ("++", "--"):
            other = "--" if operator == "++" else "++"
            write = (lambda part, sign: part + sign) if node.get("isPostfix") else (lambda part, sign: sign + part)
            self._add(span, [hole], lambda parts, on: f"({on[0]} ? {write(parts[0], other)} : {write(parts[0], operator)})",
                      [f"`{operator}` to `{other}` in `{shown}`"])
        elif operator == "!":
            self._add(span, [hole], lambda parts, on: f"({on[0]} ^ !({parts[0]}))", [f"drop `!` of `{shown}`"])
        elif operator == "-" and self._bare(node["inner"][0])["kind"] == "IntegerLiteral":
            return self._constant(node, span)
        elif operator in "~-":
            self._add(span, [hole], lambda parts, on: f"({on[0]} ? +({parts[0]}) : {operator}({parts[0]}))",
                      [f"drop `{operator}` of `{shown}`"])
        return True

    def _constant(self, node, span, both=False):
        if not self._is_number(node):
            return False
        shown = self._shown(*span)
        name = f"{self._near(span)}"
        if shown in ("true", "false"):
            self._add(span, [span], lambda parts, on: f"({parts[0]} ^ {on[0]})", [f"negate `{shown}` in {name}"])
        elif both:
            self._add(span, [span], lambda parts, on: f"({parts[0]} + {on[0]} - {on[1]})",
                      [f"add 1 to `{shown}` in {name}", f"subtract 1 from `{shown}` in {name}"])
        else:
            self._add(span, [span], lambda parts, on: f"({parts[0]} + {on[0]})", [f"add 1 to `{shown}` in {name}"])
        return False

    def _near(self, span):
        """Some text around a constant, since the constant alone says little."""
        start = self.text.rfind(b"\n", 0, span[0]) + 1
        end = self.text.find(b"\n", span[1])
        return f"`{self._shown(max(start, span[0] - 24), min(end, span[1] + 24))}`"

    def _IntegerLiteral(self, node):
        span = self._range(node)
        if span:
            self._constant(node, span, node.get("value") == "1")
        return False

    def _CharacterLiteral(self, node):
        span = self._range(node)
        if span:
            self._constant(node, span)
        return False

    def _DeclRefExpr(self, node):
        if node.get("referencedDecl", {}).get("kind") == "EnumConstantDecl":
            span = self._range(node)
            if span:
                self._constant(node, span)
        return False


def find(path, root, flags):
    """The sites of one file, outer ones before inner ones, with the names of their mutants set."""
    with open(os.path.join(root, path), "rb") as file:
        text = file.read()
    sites = _Finder(path, text).find(_tree(path, root, flags))
    seen = {}
    for site in sites:
        start = text.rfind(b"\n", 0, site.begin) + 1
        line = text[start:text.find(b"\n", site.begin)].decode("utf-8").strip()
        for mutant in site.mutants:
            mutant.file, mutant.function, mutant.line = path, site.function, line
            mutant.line_number = text.count(b"\n", 0, site.begin) + 1
            key = (path, site.function, line, mutant.change)
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 1:
                mutant.change += f" (number {seen[key]})"
            mutant.name = (path, site.function, line, mutant.change)
    return text, sites
