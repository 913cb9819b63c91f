/* Two kinds of wildcards can take more or fewer bytes: '*' inside a component, and '**' over components. After a byte
 * that does not fit, the last '*' takes one byte more; when it would leave its component, the last '**' takes one
 * component more, and what came after it begins anew. Earlier wildcards need not be tried again: whatever a later '**'
 * can follow, it can follow at the first place that the earlier ones allowed. */
#include "workspace/glob.h"

#include <stddef.h>
#include <string.h>

/* Where to go on after a mismatch. */
struct retry {
    bool possible;
    size_t glob; /* after the wildcard */
    size_t path; /* the first byte that it has not taken */
};

struct match {
    struct base_bytes glob;
    struct base_bytes path;
    size_t g, p;
    struct retry star;
    struct retry stars;
};

static bool at(struct base_bytes bytes, size_t index, char byte)
{
    return index < bytes.size && bytes.data[index] == (uint8_t)byte;
}

/* The byte that a set or an escape has at *g, which moves past it. */
static uint8_t take(struct base_bytes glob, size_t *g)
{
    if (glob.data[*g] == '\\' && *g + 1 < glob.size) {
        (*g)++;
    }
    return glob.data[(*g)++];
}

/* The classes that a set may name, as [:alpha:], each as the first and last bytes of its ranges. */
static const struct {
    const char *name;
    const char *ranges;
} classes[] = {
    {"alnum", "09AZaz"},   {"alpha", "AZaz"},   {"blank", "\t\t  "}, {"cntrl", "\001\037\177\177"},
    {"digit", "09"},       {"graph", "!~"},     {"lower", "az"},     {"print", " ~"},
    {"punct", "!/:@[`{~"}, {"space", "\t\r  "}, {"upper", "AZ"},     {"xdigit", "09AFaf"},
};

/* The size of a class whose "[:" is at i, up to its ":]"; 0 where there is none. */
static size_t size_of_class(struct base_bytes glob, size_t i)
{
    if (!at(glob, i, '[') || !at(glob, i + 1, ':')) {
        return 0;
    }
    size_t end = i + 2;
    while (end < glob.size && glob.data[end] != ']') {
        end++;
    }
    return end < glob.size && end > i + 2 && glob.data[end - 1] == ':' ? end + 1 - i : 0;
}

/* Whether a byte is in a class of that size. *known: there is such a class. */
static bool fits_class(struct base_bytes glob, size_t i, size_t size, uint8_t byte, bool *known)
{
    struct base_bytes name = base_bytes_make(glob.data + i + 2, size - 4);
    *known = false;
    for (size_t k = 0; k < sizeof classes / sizeof classes[0]; k++) {
        if (strlen(classes[k].name) != name.size || memcmp(classes[k].name, name.data, name.size) != 0) {
            continue;
        }
        *known = true;
        for (const char *range = classes[k].ranges; *range != '\0'; range += 2) {
            if ((uint8_t)range[0] <= byte && byte <= (uint8_t)range[1]) {
                return true;
            }
        }
    }
    return false;
}

/* Whether a byte is in the set whose '[' is at *g. *g moves past its ']'. A set without end, and one with a
 * class that there is not, fit nothing. */
static bool fits_set(struct base_bytes glob, size_t *g, uint8_t byte)
{
    size_t i = *g + 1;
    bool others = at(glob, i, '!') || at(glob, i, '^');
    bool found = false;
    i += others;
    for (bool first = true; first || !at(glob, i, ']'); first = false) {
        if (i >= glob.size) {
            return false;
        }
        size_t size = size_of_class(glob, i);
        if (size > 0) {
            bool known;
            found = fits_class(glob, i, size, byte, &known) || found;
            if (!known) {
                return false;
            }
            i += size;
            continue;
        }
        uint8_t low = take(glob, &i);
        uint8_t high = low;
        if (at(glob, i, '-') && i + 1 < glob.size && glob.data[i + 1] != ']') {
            i++;
            high = take(glob, &i);
        }
        found = found || (low <= byte && byte <= high);
    }
    *g = i + 1;
    return found != others;
}

/* Goes over the two stars of "**" where they are a whole component; false for other stars. */
static bool take_stars(struct match *match)
{
    bool begins = match->g == 0 || match->glob.data[match->g - 1] == '/';
    if (!begins || !at(match->glob, match->g, '*') || !at(match->glob, match->g + 1, '*') ||
        (match->g + 2 < match->glob.size && match->glob.data[match->g + 2] != '/')) {
        return false;
    }
    match->g += 2;
    if (match->g < match->glob.size) {
        match->g++;
    }
    match->stars = (struct retry){.possible = true, .glob = match->g, .path = match->p};
    match->star.possible = false;
    return true;
}

static bool take_star(struct match *match)
{
    if (!at(match->glob, match->g, '*')) {
        return false;
    }
    while (at(match->glob, match->g, '*')) {
        match->g++;
    }
    match->star = (struct retry){.possible = true, .glob = match->g, .path = match->p};
    return true;
}

/* One byte of the path against one unit of the pattern. */
static bool take_byte(struct match *match)
{
    if (match->g >= match->glob.size || match->p >= match->path.size) {
        return false;
    }
    uint8_t byte = match->path.data[match->p];
    size_t next = match->g;
    bool fits;
    if (match->glob.data[next] == '?') {
        fits = byte != '/';
        next++;
    } else if (match->glob.data[next] == '[') {
        fits = fits_set(match->glob, &next, byte) && byte != '/';
    } else if (match->glob.data[next] == '\\' && next + 1 == match->glob.size) {
        fits = false; /* it escapes nothing, so the pattern fits nothing, as in git */
    } else {
        fits = take(match->glob, &next) == byte;
    }
    if (fits) {
        match->g = next;
        match->p++;
    }
    return fits;
}

/* Lets a wildcard take more. */
static bool go_back(struct match *match)
{
    if (match->star.possible && match->star.path < match->path.size && match->path.data[match->star.path] != '/') {
        match->star.path++;
        match->g = match->star.glob;
        match->p = match->star.path;
        return true;
    }
    match->star.possible = false;
    if (!match->stars.possible) {
        return false;
    }
    const uint8_t *rest = match->path.data + match->stars.path;
    const uint8_t *slash = memchr(rest, '/', match->path.size - match->stars.path);
    if (slash == NULL) {
        return false;
    }
    match->stars.path = (size_t)(slash - match->path.data) + 1;
    match->g = match->stars.glob;
    match->p = match->stars.path;
    return true;
}

bool workspace_glob_fits(struct base_bytes glob, struct base_bytes path)
{
    struct match match = {.glob = glob, .path = path};
    for (;;) {
        if (match.g == glob.size && match.p == path.size) {
            return true;
        }
        if (match.g == glob.size && match.stars.possible && match.stars.glob == glob.size) {
            return match.stars.path < path.size; /* a '**' at the end: everything below, and there is something */
        }
        if (!take_stars(&match) && !take_star(&match) && !take_byte(&match) && !go_back(&match)) {
            return false;
        }
    }
}
