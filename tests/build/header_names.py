"""The names that a C header brings into every source that includes it: tags, enumerators, typedefs, macros, functions."""

import re

# A scan, not a parser: it knows the forms that clang-format leaves, and these headers have no typedef of an array and no
# enumerator whose value has a comma in it.
HIDDEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)
MACRO = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", re.MULTILINE)
DIRECTIVE = re.compile(r"^[ \t]*#[^\n]*$", re.MULTILINE)
TAG = re.compile(r"\b(?:struct|union|enum)\s+(\w+)\s*\{")
OPAQUE = re.compile(r"^(?:struct|union|enum)\s+(\w+)\s*;", re.MULTILINE)
ENUMERATION = re.compile(r"\benum\b\s*\w*\s*\{([^}]*)\}")
TYPEDEF = re.compile(r"\btypedef\b([^;{]*(?:\{[^}]*\}[^;]*)?);")
FUNCTION = re.compile(r"^(?!typedef|__attribute__)[A-Za-z_][\w \t*]*?\b(\w+)\s*\(", re.MULTILINE)


def plain(text):
    """The text without comments, without what is in quotes, and with each directive on one line."""
    text = text.replace("\\\n", " ")
    return HIDDEN.sub(lambda hidden: " " if hidden.group().startswith("/") else '""', text)


def typedef_name(text):
    function = re.search(r"\(\s*\*\s*(\w+)\s*\)\s*\(", text) or re.search(r"(\w+)\s*\([^()]*\)\s*$", text)
    return function.group(1) if function else re.findall(r"\w+", text)[-1]


def names_of(text):
    """(names that the header defines, tags that it only mentions as "struct tag;"), each a sorted list of (kind, name)."""
    text = plain(text)
    defined = {("macro", name) for name in MACRO.findall(text)}
    text = DIRECTIVE.sub("", text)
    defined |= {("tag", name) for name in TAG.findall(text)}
    for body in ENUMERATION.findall(text):
        defined |= {("enumerator", name) for name in re.findall(r"(?:^|,)\s*(\w+)", body)}
    defined |= {("typedef", typedef_name(found)) for found in TYPEDEF.findall(text)}
    defined |= {("function", name) for name in FUNCTION.findall(text)}
    return sorted(defined), sorted(("tag", name) for name in OPAQUE.findall(text))
