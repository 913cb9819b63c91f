#include "workspace/merge/markers.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum section { OUTSIDE, IN_OURS, IN_BASE, IN_THEIRS };

enum { SHORTEST = 7 };

struct taking {
    struct workspace_merge_parts *parts;
    enum section section;
    size_t length;   /* of the markers of this conflict */
    size_t begin_at; /* of this conflict in the whole text */
    bool ours_removed;
    size_t begin[WORKSPACE_MERGE_SIDES]; /* of the conflict in the texts of the sides */
};

struct marker {
    uint8_t character; /* '<', '|', '=' or '>'; 0: the line is none */
    size_t length;
    struct base_bytes label;
};

/* `line` is without its end. */
static struct marker read_marker(struct base_bytes line)
{
    static const uint8_t characters[] = {'<', '|', '=', '>'};
    size_t length = 0;
    uint8_t first = line.size > 0 ? line.data[0] : 0;
    while (length < line.size && line.data[length] == first) {
        length++;
    }
    bool is = memchr(characters, first, sizeof characters) != NULL && length >= SHORTEST &&
              (length == line.size || line.data[length] == ' ');
    return (struct marker){
        .character = is ? first : 0,
        .length = length,
        .label = base_bytes_make(line.data + length, line.size - length),
    };
}

/* The label that print.c gives to a side that has removed an asset. */
static bool says_removed(struct base_bytes label)
{
    static const char ending[] = " (removed)";
    size_t size = sizeof ending - 1;
    return label.size >= size && memcmp(label.data + label.size - size, ending, size) == 0;
}

static void add_removed(struct taking *taking, enum workspace_merge_side side)
{
    struct workspace_merge_spans *removed = &taking->parts->removed[side];
    struct workspace_merge_span *items =
        base_array_grow(removed->items, removed->count, &removed->capacity, sizeof *items);
    if (items == NULL) {
        taking->parts->out_of_memory = true;
        return;
    }
    removed->items = items;
    items[removed->count++] =
        (struct workspace_merge_span){.begin = taking->begin[side], .end = taking->parts->sides[side].size};
}

static void begin_conflict(struct taking *taking, const struct marker *marker, size_t at)
{
    struct workspace_merge_parts *parts = taking->parts;
    parts->first_at = parts->count == 0 ? at : parts->first_at;
    parts->count++;
    taking->section = IN_OURS;
    taking->begin_at = at;
    taking->length = marker->length;
    taking->ours_removed = says_removed(marker->label);
    taking->begin[WORKSPACE_MERGE_OURS] = parts->sides[WORKSPACE_MERGE_OURS].size;
    taking->begin[WORKSPACE_MERGE_THEIRS] = parts->sides[WORKSPACE_MERGE_THEIRS].size;
}

static void end_conflict(struct taking *taking, const struct marker *marker)
{
    taking->section = OUTSIDE;
    if (taking->ours_removed) {
        add_removed(taking, WORKSPACE_MERGE_THEIRS);
    }
    if (says_removed(marker->label)) {
        add_removed(taking, WORKSPACE_MERGE_OURS);
    }
}

static void set_unclear(struct taking *taking, size_t at)
{
    if (!taking->parts->unclear) {
        taking->parts->unclear = true;
        taking->parts->unclear_at = at;
    }
}

static void take_marker(struct taking *taking, const struct marker *marker, size_t at)
{
    enum section section = taking->section;
    if (section == OUTSIDE && marker->character == '<') {
        begin_conflict(taking, marker, at);
    } else if (section == IN_OURS && marker->character == '|') {
        taking->section = IN_BASE;
        taking->parts->based++;
    } else if ((section == IN_OURS || section == IN_BASE) && marker->character == '=') {
        taking->section = IN_THEIRS;
    } else if (section == IN_THEIRS && marker->character == '>') {
        end_conflict(taking, marker);
    } else {
        set_unclear(taking, at);
    }
}

static void take_line(struct taking *taking, struct base_bytes line)
{
    struct workspace_merge_parts *parts = taking->parts;
    if (taking->section == OUTSIDE || taking->section == IN_OURS) {
        base_text_add(&parts->sides[WORKSPACE_MERGE_OURS], line);
    }
    if (taking->section == OUTSIDE || taking->section == IN_BASE) {
        base_text_add(&parts->base, line);
    }
    if (taking->section == OUTSIDE || taking->section == IN_THEIRS) {
        base_text_add(&parts->sides[WORKSPACE_MERGE_THEIRS], line);
    }
}

/* The line without its end, which is LF or CR LF. */
static struct base_bytes strip(struct base_bytes line)
{
    size_t size = line.size;
    size -= size > 0 && line.data[size - 1] == '\n' ? 1 : 0;
    size -= size > 0 && line.data[size - 1] == '\r' ? 1 : 0;
    return base_bytes_make(line.data, size);
}

void workspace_merge_take_apart(struct base_bytes text, struct workspace_merge_parts *parts)
{
    *parts = (struct workspace_merge_parts){.count = 0};
    struct taking taking = {.parts = parts};
    for (size_t at = 0; at < text.size;) {
        const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
        size_t size = end != NULL ? (size_t)(end - (text.data + at)) + 1 : text.size - at;
        struct base_bytes line = base_bytes_make(text.data + at, size);
        struct marker marker = read_marker(strip(line));
        /* Markers of another length belong to a conflict inside of this one's base. */
        if (marker.character != 0 && (taking.section == OUTSIDE || marker.length == taking.length)) {
            take_marker(&taking, &marker, at);
        } else {
            take_line(&taking, line);
        }
        at += size;
    }
    if (taking.section != OUTSIDE) {
        set_unclear(&taking, taking.begin_at);
    }
    parts->out_of_memory = parts->out_of_memory || base_text_out_of_memory(&parts->base) ||
                           base_text_out_of_memory(&parts->sides[0]) || base_text_out_of_memory(&parts->sides[1]);
}

bool workspace_merge_is_removed(const struct workspace_merge_parts *parts, enum workspace_merge_side side,
                                size_t position)
{
    const struct workspace_merge_spans *removed = &parts->removed[side];
    size_t low = 0;
    size_t high = removed->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (removed->items[middle].end <= position) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < removed->count && removed->items[low].begin <= position;
}

void workspace_merge_parts_free(struct workspace_merge_parts *parts)
{
    base_text_free(&parts->sides[WORKSPACE_MERGE_OURS]);
    base_text_free(&parts->sides[WORKSPACE_MERGE_THEIRS]);
    base_text_free(&parts->base);
    free(parts->removed[WORKSPACE_MERGE_OURS].items);
    free(parts->removed[WORKSPACE_MERGE_THEIRS].items);
    *parts = (struct workspace_merge_parts){.count = 0};
}
