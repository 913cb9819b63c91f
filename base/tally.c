#include "base/tally.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

static bool is_named(const struct base_tally_file *file, const char *name)
{
    return name == NULL ? file->name == NULL : file->name != NULL && strcmp(file->name, name) == 0;
}

/* The file of that name among those that there are; NULL if it is not. */
static struct base_tally_file *find_file(struct base_tally *tally, const char *name)
{
    int64_t number;
    if (tally->count == 0) {
        return NULL;
    }
    if (!is_named(&tally->files[tally->last], name)) {
        if (name == NULL && tally->nameless > 0) {
            tally->last = tally->nameless - 1;
        } else if (name != NULL && base_index_find(&tally->index, base_bytes_of_string(name), &number)) {
            tally->last = (size_t)number;
        } else {
            return NULL;
        }
    }
    return &tally->files[tally->last];
}

static bool has_room(struct base_tally *tally)
{
    struct base_tally_file *files = base_array_grow(tally->files, tally->count, &tally->capacity, sizeof *tally->files);
    if (files == NULL) {
        return false;
    }
    tally->files = files;
    return true;
}

/* NULL when memory ran out. */
static struct base_tally_file *add_file(struct base_tally *tally, const char *name)
{
    if (!has_room(tally)) {
        return NULL;
    }
    struct base_tally_file file = {.name = NULL};
    if (name == NULL) {
        tally->nameless = tally->count + 1;
    } else {
        file.name = strdup(name);
        if (file.name == NULL || !base_index_add(&tally->index, base_bytes_of_string(name), (int64_t)tally->count)) {
            free(file.name);
            return NULL;
        }
    }
    tally->last = tally->count;
    tally->files[tally->count] = file;
    return &tally->files[tally->count++];
}

static struct base_tally_file *file_of(struct base_tally *tally, const char *name)
{
    struct base_tally_file *file = find_file(tally, name);
    return file != NULL ? file : add_file(tally, name);
}

static bool is_same(const struct base_tally_kind *a, const struct base_tally_kind *b)
{
    return a->diagnostic == b->diagnostic && a->class_ == b->class_ && a->severity == b->severity &&
           a->promoted == b->promoted && a->ignored == b->ignored;
}

static bool count_kind(struct base_tally_file *file, const struct base_tally_kind *kind, uint64_t number)
{
    size_t i = 0;
    while (i < file->count && !is_same(&file->counts[i].kind, kind)) {
        i++;
    }
    if (i == file->count) {
        struct base_tally_count *counts =
            base_array_grow(file->counts, file->count, &file->capacity, sizeof *file->counts);
        if (counts == NULL) {
            return false;
        }
        file->counts = counts;
        file->counts[file->count++] = (struct base_tally_count){.kind = *kind};
    }
    file->counts[i].count += number;
    return true;
}

/* asset_id NULL: the finding is about no asset that is known. */
static void note_asset(struct base_tally_file *file, const int64_t *asset_id)
{
    if (asset_id == NULL || file->mixed || (file->has_asset && file->asset_id != *asset_id) ||
        (!file->has_asset && file->count > 0)) {
        file->mixed = true;
        file->has_asset = false;
        return;
    }
    file->has_asset = true;
    file->asset_id = *asset_id;
}

bool base_tally_add(struct base_tally *tally, const char *file, const int64_t *asset_id, struct base_tally_kind kind)
{
    struct base_tally_file *found = file_of(tally, file);
    if (found == NULL) {
        return false;
    }
    note_asset(found, asset_id);
    return count_kind(found, &kind, 1);
}

void base_tally_set_asset(struct base_tally *tally, int64_t from, const int64_t *to)
{
    for (size_t i = 0; i < tally->count; i++) {
        struct base_tally_file *file = &tally->files[i];
        if (file->has_asset && file->asset_id == from) {
            file->has_asset = to != NULL;
            file->mixed = to == NULL;
            file->asset_id = to != NULL ? *to : 0;
        }
    }
}

static bool move_file(struct base_tally *to, const struct base_tally_file *from)
{
    struct base_tally_file *file = file_of(to, from->name);
    if (file == NULL) {
        return false;
    }
    note_asset(file, from->has_asset ? &from->asset_id : NULL);
    bool moved = true;
    for (size_t i = 0; i < from->count; i++) {
        moved = count_kind(file, &from->counts[i].kind, from->counts[i].count) && moved;
    }
    return moved;
}

bool base_tally_move(struct base_tally *to, struct base_tally *from)
{
    bool moved = true;
    for (size_t i = 0; i < from->count; i++) {
        moved = move_file(to, &from->files[i]) && moved;
    }
    base_tally_free(from);
    return moved;
}

uint64_t base_tally_of_file(const struct base_tally_file *file, enum base_severity severity)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < file->count; i++) {
        const struct base_tally_count *count = &file->counts[i];
        sum += count->kind.severity == severity && !count->kind.ignored ? count->count : 0;
    }
    return sum;
}

void base_tally_free(struct base_tally *tally)
{
    for (size_t i = 0; i < tally->count; i++) {
        free(tally->files[i].name);
        free(tally->files[i].counts);
    }
    free(tally->files);
    base_index_free(&tally->index);
    *tally = (struct base_tally){.files = NULL};
}
