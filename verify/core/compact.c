#include "verify/core/compact.h"

size_t verify_compact(struct base_bytes json, char *out, struct base_task *task)
{
    bool in_string = false;
    size_t size = 0;
    size_t round = 0;
    for (size_t at = 0; at < json.size && !base_task_cancelled_in(task, ++round); at++) {
        uint8_t byte = json.data[at];
        if (in_string && byte == '\\') {
            out[size++] = (char)byte;
            byte = json.data[++at]; /* a quote is not the last one then */
        } else if (byte == '"') {
            in_string = !in_string;
        } else if (!in_string && (byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r')) {
            continue;
        }
        out[size++] = (char)byte;
    }
    return size;
}
