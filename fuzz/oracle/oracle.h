/* The contract read a second time: what assets-pa-v1.md 4 says of a pack, found out over a tree and without care for
 * speed. It knows the catalogue of diagnostics and nothing of reader/ or verify/. */
#ifndef PRPACK_FUZZ_ORACLE_ORACLE_H
#define PRPACK_FUZZ_ORACLE_ORACLE_H

#include "base/diagnostic.h"
#include "fuzz/naive/json.h"

struct oracle_finding {
    enum diag diagnostic;
    enum diag_class class_;
    size_t at; /* from the start of the header, or of the file for findings outside of it */
    bool struck;
};

/* What is known about an entry once its members have been read: values are usable or absent. */
struct oracle_entry {
    const struct naive_node *node; /* NULL: the element is not an object */
    bool has_asset_id, has_bank, has_offset, has_size, has_decoded_size;
    bool slice_in_range; /* offset and size are known, and the slice is inside the file */
    int64_t asset_id;
    int bank; /* 0 GLYPH, 1 SOUNDS, 2 SCENE */
    uint64_t offset;
    uint64_t size;
    uint64_t decoded_size;
};

struct oracle {
    struct naive_json json;
    uint64_t payload_offset;
    uint64_t file_size;
    struct oracle_entry *entries;
    size_t entry_count;
    const struct naive_node *asset_table; /* NULL: none that is an array */
    const struct naive_node *preload;
    struct oracle_finding *findings;
    size_t count;
    size_t capacity;
};

void oracle_free(struct oracle *oracle);

/* Strikes one finding out; false when there is none like it left. */
bool oracle_strike(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at);
/* Aborts, and says which, when a finding was not struck out. */
void oracle_check_empty(const struct oracle *oracle);
/* Whether there is a finding with this id, and one of this class. */
bool oracle_has(const struct oracle *oracle, enum diag diagnostic);
bool oracle_has_class(const struct oracle *oracle, enum diag_class class_);

void oracle_add(struct oracle *oracle, enum diag diagnostic, enum diag_class class_, size_t at);
/* The children of a node, one after the other; NULL after the last. */
const struct naive_node *oracle_first(const struct oracle *oracle, const struct naive_node *node);
const struct naive_node *oracle_next(const struct oracle *oracle, const struct naive_node *node);
/* Whether the key of a node is one of these names; the last one is followed by NULL. */
bool oracle_key_is_one_of(const struct oracle *oracle, const struct naive_node *node, const char *const names[]);
/* Reads a member that is an integer of up to 64 bits, with a sign. False: there is none, or it is something else. */
bool oracle_integer_member(const struct oracle *oracle, const struct naive_node *object, const char *key,
                           naive_i128 *value);

#endif
