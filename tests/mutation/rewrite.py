"""Writes sources in which every mutant is there at once and one of them, or none, is chosen when a program starts."""

SWITCH = """
/* Which mutant is on, from the environment; and which ones were reached, when a trace is asked for. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define PRPACK_MUTANT_COUNT {count}

unsigned prpack_mutant;
unsigned char *prpack_mutant_trace;

static void write_trace(void)
{{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%ld", getenv("PRPACK_MUTANT_TRACE"), (long)getpid());
    FILE *file = fopen(path, "wb");
    if (file != NULL) {{
        (void)fwrite(prpack_mutant_trace, 1, PRPACK_MUTANT_COUNT + 1, file);
        (void)fclose(file);
    }}
}}

__attribute__((constructor(101))) static void choose_mutant(void)
{{
    static unsigned char trace[PRPACK_MUTANT_COUNT + 1];
    const char *number = getenv("PRPACK_MUTANT");
    prpack_mutant = number != NULL ? (unsigned)strtoul(number, NULL, 10) : 0;
    if (getenv("PRPACK_MUTANT_TRACE") != NULL) {{
        prpack_mutant_trace = trace;
        (void)atexit(write_trace);
    }}
}}
"""

DECLARED = """#ifndef PRPACK_MUTANT_H
#define PRPACK_MUTANT_H
extern unsigned prpack_mutant;
extern unsigned char *prpack_mutant_trace;
static inline __attribute__((always_inline)) int pm_on(unsigned number)
{
    if (__builtin_expect(prpack_mutant_trace != 0, 0)) {
        prpack_mutant_trace[number] = 1;
    }
    return prpack_mutant == number;
}
#endif
"""


def number(found):
    """Numbers all mutants from 1 on, in order of file and place; returns them."""
    mutants = [mutant for _, sites in found.values() for site in sites for mutant in site.mutants]
    for index, mutant in enumerate(mutants, 1):
        mutant.number = index
    return mutants


def _render(text, begin, end, sites):
    """The text of a range with the sites inside it; `sites` are sorted, the outer ones first."""
    parts = []
    at = begin
    index = 0
    while index < len(sites):
        site = sites[index]
        inner = index + 1
        while inner < len(sites) and sites[inner].begin < site.end:
            inner += 1
        parts.append(text[at:site.begin].decode("utf-8"))
        parts.append(_render_site(text, site, sites[index + 1:inner]))
        at = site.end
        index = inner
    parts.append(text[at:end].decode("utf-8"))
    return "".join(parts)


def _render_site(text, site, inside):
    holes = [_render(text, begin, end, [inner for inner in inside if begin <= inner.begin and inner.end <= end])
             for begin, end in site.holes]
    written = site.template(holes, [f"pm_on({mutant.number})" for mutant in site.mutants])
    # Line numbers stay what they were as far as they can.
    return written


def rewritten(text, sites):
    ordered = sorted(sites, key=lambda site: (site.begin, -site.end, site.order))
    return _render(text, 0, len(text), ordered)
