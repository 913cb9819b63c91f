#include "service/history/splice.h"

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

struct service_splice service_splice_of(struct base_bytes old, struct base_bytes content)
{
    size_t most = smaller(old.size, content.size);
    size_t before = 0;
    while (before < most && old.data[before] == content.data[before]) {
        before++;
    }
    size_t after = 0;
    while (after < most - before && old.data[old.size - 1 - after] == content.data[content.size - 1 - after]) {
        after++;
    }
    return (struct service_splice){
        .at = before,
        .removed = base_bytes_make(old.size > 0 ? old.data + before : old.data, old.size - before - after),
        .inserted = content.size - before - after,
    };
}
