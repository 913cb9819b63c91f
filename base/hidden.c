#include "base/hidden.h"

#include <stddef.h>

struct range {
    uint32_t first, last;
};

static const struct range hidden[] = {
    {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},       {0x34f, 0x34f},     {0x600, 0x605},
    {0x61c, 0x61c},     {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},
    {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
    {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

bool base_character_is_hidden(uint32_t character)
{
    if (character >= 0x20 && character < 0x7f) {
        return false; /* most characters there are */
    }
    size_t first = 0;
    size_t end = sizeof hidden / sizeof hidden[0];
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (character > hidden[middle].last) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first < sizeof hidden / sizeof hidden[0] && character >= hidden[first].first;
}
