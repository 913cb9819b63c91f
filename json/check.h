/* Whole-document checks that the tokenizer does not make: duplicate keys and the canonical form.
 *
 * All look at the task, which may be NULL. When it was cancelled, what they return means nothing.
 * The last two take a text that json_validate has accepted; of another text they check at most what precedes its first
 * error.
 * Threads: no shared state. */
#ifndef PRPACK_JSON_CHECK_H
#define PRPACK_JSON_CHECK_H

#include "json/tokenizer.h"

/* json_finish for a tokenizer that has just begun. It also finds out whether the keys of every object ascend strictly:
 * then none is repeated, and json_find_duplicates need not read the text once more. *all_ascend means nothing when the
 * result is false. */
bool json_finish_keys(struct json_tokenizer *json, bool *all_ascend);

/* One repeated key: the span of the later key, and the object that has both. */
struct json_duplicate {
    size_t key_begin;
    size_t key_end;
    size_t object_begin; /* position of the object's brace */
};

/* Called for each key that occurs earlier in the same object, in rising position. Return false to stop. */
typedef bool (*json_duplicate_sink)(void *context, const struct json_duplicate *duplicate);

/* Finds every repeated key, compared after unescaping: the second and every later one. Takes no memory when the keys of
 * every object already ascend (each canonical document), else memory in proportion to the keys of the objects that
 * are open at one time and to the number of repeated keys, and n log n comparisons.
 *
 * Returns false only when memory ran out; then nothing was reported. */
bool json_find_duplicates(struct base_bytes text, struct base_task *task, json_duplicate_sink sink, void *context);

/* The position of the first byte at which the text differs from its own canonical form (assets-pa-v1.md, 1.3): white
 * space, keys out of order, needless or wrongly spelt escapes, `-0`, and anything after the value. The position is
 * exact: in {"b":1,"a":2} it is that of the b, where the canonical form has an a, and in "\u001F" that of the F. The
 * caller checks numbers with a fraction or exponent, and the size of integers. Returns text.size when the text is
 * canonical. Equal keys keep their order and are not reported. Allocates nothing; takes time in proportion to the size.
 *
 * The writer must not use this, nor this the writer's printer: the two find each other's faults. */
size_t json_first_difference(struct base_bytes text, struct base_task *task);

#endif
