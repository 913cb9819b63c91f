#include "verify/core/spelling.h"

#include "json/value.h"

bool verify_is_uuid(struct base_bytes text)
{
    static const char shape[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    bool matches = text.size == VERIFY_UUID_LENGTH;
    for (size_t i = 0; matches && i < text.size; i++) {
        uint8_t byte = text.data[i];
        bool digit = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
        matches = shape[i] == 'x' ? digit : byte == '-';
    }
    return matches;
}

bool verify_is_path_component(struct base_bytes component)
{
    bool dot = component.size == 1 && component.data[0] == '.';
    bool dots = component.size == 2 && component.data[0] == '.' && component.data[1] == '.';
    return component.size > 0 && !dot && !dots;
}

bool verify_has_nul(struct base_bytes span, struct base_task *task)
{
    uint8_t value[4];
    size_t round = 0;
    for (size_t at = 0; at < span.size && !base_task_cancelled_in(task, ++round);) {
        size_t step = json_step_length(span, at);
        struct base_bytes piece = base_bytes_make(span.data + at, step);
        if (step > 1 && json_unescape(piece, value, sizeof value) == 1 && value[0] == 0) {
            return true;
        }
        at += step;
    }
    return false;
}
