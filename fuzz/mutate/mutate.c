#include "fuzz/mutate/mutate.h"

#include <string.h>

/* Inputs that were large stay so; the others do not become large, or every run would be slow. */
static size_t most_bytes(size_t max_size, size_t size)
{
    enum { LARGE = 4096 };
    size_t most = size > LARGE ? size : LARGE;
    return most < max_size ? most : max_size;
}

/* Writes text and tail, cut to what the engine takes. */
static size_t put(uint8_t *out, size_t max_size, struct base_bytes text, struct base_bytes tail)
{
    size_t tail_size = tail.size < max_size ? tail.size : max_size;
    size_t text_size = text.size < max_size - tail_size ? text.size : max_size - tail_size;
    if (text_size > 0) {
        memmove(out, text.data, text_size);
    }
    if (tail_size > 0) {
        memmove(out + text_size, tail.data, tail_size);
    }
    return text_size + tail_size;
}

size_t fuzz_mutate_input(uint8_t *data, size_t size, size_t max_size, unsigned int seed, size_t tail,
                         fuzz_mutation mutation)
{
    fuzz_memory_begin();
    struct fuzz_random random = fuzz_random_make(seed);
    size_t front = size > tail ? size - tail : 0;
    struct fuzz_text text = {.data = NULL};
    struct fuzz_text parameters = {.data = NULL};
    fuzz_text_add(&text, data, front);
    fuzz_text_add(&parameters, data + front, size - front);
    static const uint8_t zero[64];
    if (parameters.size < tail) {
        fuzz_text_add(&parameters, zero, tail - parameters.size);
    }
    if (tail > 0 && fuzz_random_below(&random, 4) == 0) {
        (void)LLVMFuzzerMutate(parameters.data, parameters.size, parameters.size);
    } else {
        mutation(&random, &text);
    }
    size_t result = put(data, most_bytes(max_size, size), fuzz_text_bytes(&text), fuzz_text_bytes(&parameters));
    fuzz_text_free(&text);
    fuzz_text_free(&parameters);
    return result;
}

size_t fuzz_cross_input(struct base_bytes left, struct base_bytes right, uint8_t *out, size_t max_size,
                        unsigned int seed, size_t tail, fuzz_crossing crossing)
{
    fuzz_memory_begin();
    struct fuzz_random random = fuzz_random_make(seed);
    struct base_bytes front = {.data = left.data, .size = left.size > tail ? left.size - tail : 0};
    struct base_bytes other = {.data = right.data, .size = right.size > tail ? right.size - tail : 0};
    struct fuzz_text text = {.data = NULL};
    fuzz_text_add(&text, front.data, front.size);
    crossing(&random, &text, other);
    size_t result =
        put(out, max_size, fuzz_text_bytes(&text), base_bytes_make(left.data + front.size, left.size - front.size));
    fuzz_text_free(&text);
    return result;
}
