/* The roots, uuids, names and slots that belong to an asset already: by the registry, or because the same edit adds it.
 *
 * Each question takes the order of log n steps. The registry is read when it begins, the declarations of the build set
 * when a name or a slot is asked for. Threads: one at a time, but many may ask for roots and uuids while nothing is
 * added.
 */
#ifndef PRPACK_WORKSPACE_EDIT_TAKEN_H
#define PRPACK_WORKSPACE_EDIT_TAKEN_H

#include "base/index.h"
#include "workspace/edit/roots.h"
#include "workspace/workspace.h"

enum { WORKSPACE_TAKEN_BANKS = 3 };

/* What is preloaded into one bank. */
struct workspace_taken_bank {
    int32_t holders[WORKSPACE_SLOT_COUNT]; /* the asset that declares a slot, or 0 */
    uint64_t preloaded;                    /* assets, with and without a slot of their own */
};

struct workspace_taken {
    struct workspace_roots roots;
    struct base_index uuids;
    struct base_index names; /* of the build set, as are the banks */
    struct workspace_taken_bank banks[WORKSPACE_TAKEN_BANKS];
    struct base_index lower_roots; /* in lower case; likewise: */
    struct base_index lower_names;
    struct base_index updated; /* uuids */
    bool declarations_read;

    /* For copies (copy_name.h). */
    struct base_index excluded_names; /* of assets outside of the build set */
    bool excluded_read;
    struct base_index copied_names; /* with the position of the next number of NAME-N */
    uint64_t *copy_numbers;
    size_t copy_number_count;
    size_t copy_number_capacity;
};

/* Takes what the registry has. False when memory ran out; free it in either case. */
bool workspace_taken_begin(struct workspace_taken *taken, const struct workspace_registry *registry);
void workspace_taken_free(struct workspace_taken *taken);

/* Takes what a new asset has. False when memory ran out. */
bool workspace_taken_add(struct workspace_taken *taken, const struct workspace_asset *asset);

/* Takes the name and slot of a registered asset that joins the build set. False when memory ran out. */
bool workspace_taken_join(struct workspace_taken *taken, const struct workspace_asset *asset);

/* Notes that the edit updates an asset; *again: that was noted already. False when memory ran out. */
bool workspace_taken_update(struct workspace_taken *taken, const char *uuid, bool *again);

/* 0, or the asset that has it. */
int32_t workspace_taken_uuid(const struct workspace_taken *taken, const char *uuid);

/* Reads the declarations of the build set, unless that was done before. One that is faulty takes nothing. False, with
 * the reason in findings, when one could not be read, so that what it takes is not known, or memory ran out. */
bool workspace_taken_read(struct workspace_taken *taken, const struct workspace *workspace,
                          struct base_findings *findings);
/* Both: takes what the registry has, and what the declarations of the build set have. False with the reason in
 * findings; free it in either case. */
bool workspace_taken_begin_read(struct workspace_taken *taken, const struct workspace *workspace,
                                struct base_findings *findings);
/* After that: 0, or the asset of the build set that has the name. */
int32_t workspace_taken_name(const struct workspace_taken *taken, const char *name);
/* After that: 0, or an asset of the build set whose name is this one but for the case of ASCII letters, or is this one.
 * *out_of_memory is set when memory ran out. */
int32_t workspace_taken_name_in_any_case(const struct workspace_taken *taken, const char *name, bool *out_of_memory);
/* The same for roots, of all assets. */
int32_t workspace_taken_root_in_any_case(const struct workspace_taken *taken, const char *root, bool *out_of_memory);
/* After that: what is preloaded into the bank of a type. */
const struct workspace_taken_bank *workspace_taken_bank(const struct workspace_taken *taken,
                                                        enum workspace_asset_type type);

#endif
