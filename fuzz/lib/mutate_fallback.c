/* A plain mutator for engines that bring none: weak, so that libFuzzer's own wins. The same calls give the same
 * bytes. */
#include "fuzz/lib/harness.h"

#include <string.h>

static size_t flip(struct fuzz_random *random, uint8_t *data, size_t size)
{
    if (size > 0) {
        data[fuzz_random_below(random, (uint32_t)size)] ^= (uint8_t)(1U << fuzz_random_below(random, 8));
    }
    return size;
}

static size_t replace(struct fuzz_random *random, uint8_t *data, size_t size)
{
    if (size > 0) {
        data[fuzz_random_below(random, (uint32_t)size)] = (uint8_t)fuzz_random_u64(random);
    }
    return size;
}

static size_t insert(struct fuzz_random *random, uint8_t *data, size_t size, size_t max_size)
{
    if (size >= max_size) {
        return size;
    }
    size_t at = fuzz_random_below(random, (uint32_t)size + 1);
    memmove(data + at + 1, data + at, size - at);
    data[at] = (uint8_t)fuzz_random_u64(random);
    return size + 1;
}

static size_t erase(struct fuzz_random *random, uint8_t *data, size_t size)
{
    if (size < 2) {
        return size;
    }
    size_t at = fuzz_random_below(random, (uint32_t)size);
    size_t most = size - at < 16 ? size - at : 16;
    size_t length = 1 + fuzz_random_below(random, (uint32_t)most);
    length = length == size ? 1 : length;
    memmove(data + at, data + at + length, size - at - length);
    return size - length;
}

static size_t copy(struct fuzz_random *random, uint8_t *data, size_t size)
{
    if (size > 1) {
        size_t from = fuzz_random_below(random, (uint32_t)size);
        size_t to = fuzz_random_below(random, (uint32_t)size);
        size_t most = size - (from > to ? from : to);
        memmove(data + to, data + from, 1 + fuzz_random_below(random, (uint32_t)most));
    }
    return size;
}

__attribute__((weak)) size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size)
{
    static struct fuzz_random random;
    switch (fuzz_random_below(&random, 5)) {
    case 0:
        return flip(&random, data, size);
    case 1:
        return replace(&random, data, size);
    case 2:
        return insert(&random, data, size, max_size);
    case 3:
        return erase(&random, data, size);
    default:
        return copy(&random, data, size);
    }
}
