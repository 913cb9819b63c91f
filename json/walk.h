/* A walk over a part of a text: tokens, whole values, the elements of an array, the members of an object.
 *
 * All positions are positions in the whole text, whichever part of the text is walked. Where the text is not JSON, the
 * walk yields JSON_ERROR, and every function here ends there. The caller may give walk.json a task (json/tokenizer.h)
 * after the walk has begun. Nothing is allocated. Threads: no shared state. */
#ifndef PRPACK_JSON_WALK_H
#define PRPACK_JSON_WALK_H

#include "json/tokenizer.h"

struct json_walk {
    struct json_tokenizer json;
    struct base_bytes text; /* the whole text */
    size_t base;            /* position in text at which the walked part begins */
};

/* Walks text[begin, end), which must be a range of the text. */
void json_walk_begin(struct json_walk *walk, struct base_bytes text, size_t begin, size_t end);
/* Walks a whole value, as json_walk_value returns it: a string with its quotes, a container with its brackets. */
void json_walk_begin_value(struct json_walk *walk, struct base_bytes text, struct json_token value);
/* Walks what is inside a container: begins after the opening bracket. */
void json_walk_begin_inside(struct json_walk *walk, struct base_bytes text, struct json_token container);

/* The next token. */
struct json_token json_walk_next(struct json_walk *walk);
/* The next token; a container is taken whole: the token has the kind of its BEGIN and ends after its last bracket. The
 * kind is JSON_ERROR when the container has an error in it. */
struct json_token json_walk_value(struct json_walk *walk);
/* Takes the rest of the value that begins with `token`, which json_walk_next has just returned. */
struct json_token json_walk_whole(struct json_walk *walk, struct json_token token);

/* The next element of the array that the walk is in, whole. False after the last one, and at an error. */
bool json_walk_element(struct json_walk *walk, struct json_token *element);
/* The next member of the object that the walk is in, its value whole. False after the last one, and at an error. */
bool json_walk_member(struct json_walk *walk, struct json_token *key, struct json_token *value);

/* The one value of a text, whole; its kind is JSON_ERROR when the task, which may be NULL, was cancelled. */
struct json_token json_root(struct base_bytes text, struct base_task *task);
/* How many elements an array has. When the task, which may be NULL, was cancelled, the number means nothing. */
size_t json_count_elements(struct base_bytes text, struct json_token array, struct base_task *task);

#endif
