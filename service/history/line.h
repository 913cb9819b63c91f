/* One line of history.jsonl: docs/contracts/workspace.md, 8.8. It is hostile until it is read. */
#ifndef PRPACK_SERVICE_HISTORY_LINE_H
#define PRPACK_SERVICE_HISTORY_LINE_H

#include "base/bytes.h"
#include "service/transaction/folder.h"
#include "json/tokenizer.h"

#include <stdbool.h>
#include <stdint.h>

/* What a line says; all tokens are values of it, whole. */
struct service_history_line {
    struct base_bytes text; /* borrowed, without its newline */
    struct json_token root;
    uint64_t operation;
    uint64_t undoes; /* 0: it undoes none */
    struct json_token time;
    struct json_token name;
    struct json_token words;
};

/* Reads a line. False: it is broken, which is that it is not JSON, or lacks something that each line has. */
bool service_history_line_read(struct service_history_line *line, struct base_bytes text);

#endif
