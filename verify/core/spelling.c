#include "verify/core/spelling.h"

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
