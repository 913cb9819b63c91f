#include "verify/flac/subframe.h"

enum {
    CONSTANT = 0,
    VERBATIM = 1,
    FIXED_FIRST = 8,
    FIXED_ORDER_MAX = 4,
    LPC_FIRST = 32,
    LPC_ORDER_MAX = 32,
    RESIDUAL_BITS = 32,
};

/* ---- The residual: what the prediction lacks ---- */

static const char damaged[] = "a block of the FLAC is damaged";

/* One part with one parameter. */
static bool read_part(struct verify_flac_bits *bits, unsigned parameter_bits, int64_t *out, uint32_t count)
{
    unsigned parameter = verify_flac_bits_take(bits, parameter_bits);
    bool raw = parameter == (1U << parameter_bits) - 1;
    unsigned width = raw ? verify_flac_bits_take(bits, 5) : 0;
    for (uint32_t i = 0; i < count && !verify_flac_bits_failed(bits); i++) {
        if (raw) {
            out[i] = verify_flac_bits_take_signed(bits, width);
            continue;
        }
        uint64_t high = verify_flac_bits_take_zeros(bits);
        if (high >= UINT64_C(1) << (RESIDUAL_BITS - parameter)) {
            return false;
        }
        uint64_t folded = high << parameter | verify_flac_bits_take(bits, parameter);
        out[i] = (folded & 1) != 0 ? -(int64_t)(folded >> 1) - 1 : (int64_t)(folded >> 1);
    }
    return true;
}

/* Fills samples[order, count). */
static bool read_residual(struct verify_flac_bits *bits, unsigned order, int64_t *samples, uint32_t count)
{
    unsigned method = verify_flac_bits_take(bits, 2);
    unsigned parts_log = verify_flac_bits_take(bits, 4);
    uint32_t size = count >> parts_log;
    if (method > 1 || size << parts_log != count || size < order) {
        return false;
    }
    uint32_t at = order;
    for (uint32_t part = 0; part < 1U << parts_log; part++) {
        uint32_t end = (part + 1) * size;
        if (!read_part(bits, method + 4, samples + at, end - at)) {
            return false;
        }
        at = end;
    }
    return true;
}

/* ---- Predictions: each adds to the residual what it predicts ---- */

static bool fits(int64_t sample, unsigned depth)
{
    int64_t limit = INT64_C(1) << (depth - 1);
    return sample >= -limit && sample < limit;
}

/* The sum of coefficients times earlier samples, the latest one first. Samples have at most 33 bits, coefficients 15,
 * and there are at most 32 of them. */
static int64_t predict(const int64_t *sample, const int32_t coefficients[], unsigned order)
{
    int64_t sum = 0;
    for (unsigned i = 0; i < order; i++) {
        sum += coefficients[i] * sample[-1 - (int)i];
    }
    return sum;
}

/* Divides by a power of two and rounds down. */
static int64_t shifted(int64_t sum, unsigned shift)
{
    return sum >= 0 ? sum >> shift : -((-sum - 1) >> shift) - 1;
}

static bool add_prediction(int64_t *samples, uint32_t count, unsigned depth, const int32_t coefficients[],
                           unsigned order, unsigned shift)
{
    for (uint32_t i = order; i < count; i++) {
        samples[i] += shifted(predict(samples + i, coefficients, order), shift);
        if (!fits(samples[i], depth)) {
            return false;
        }
    }
    return true;
}

static void read_first(struct verify_flac_bits *bits, unsigned depth, int64_t *samples, uint32_t count)
{
    for (uint32_t i = 0; i < count && !verify_flac_bits_failed(bits); i++) {
        samples[i] = verify_flac_bits_take_signed(bits, depth);
    }
}

static bool read_fixed(struct verify_flac_bits *bits, unsigned order, unsigned depth, int64_t *samples, uint32_t count)
{
    static const int32_t coefficients[FIXED_ORDER_MAX + 1][FIXED_ORDER_MAX] = {
        {0}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};
    if (order > count) {
        return false;
    }
    read_first(bits, depth, samples, order);
    return read_residual(bits, order, samples, count) && !verify_flac_bits_failed(bits) &&
           add_prediction(samples, count, depth, coefficients[order], order, 0);
}

static bool read_lpc(struct verify_flac_bits *bits, unsigned order, unsigned depth, int64_t *samples, uint32_t count)
{
    int32_t coefficients[LPC_ORDER_MAX];
    if (order > count) {
        return false;
    }
    read_first(bits, depth, samples, order);
    unsigned precision = verify_flac_bits_take(bits, 4) + 1;
    int64_t shift = verify_flac_bits_take_signed(bits, 5);
    if (precision == 16 || shift < 0) {
        return false;
    }
    for (unsigned i = 0; i < order; i++) {
        coefficients[i] = (int32_t)verify_flac_bits_take_signed(bits, precision);
    }
    return read_residual(bits, order, samples, count) && !verify_flac_bits_failed(bits) &&
           add_prediction(samples, count, depth, coefficients, order, (unsigned)shift);
}

static bool read_constant(struct verify_flac_bits *bits, unsigned depth, int64_t *samples, uint32_t count)
{
    int64_t sample = verify_flac_bits_take_signed(bits, depth);
    for (uint32_t i = 0; i < count; i++) {
        samples[i] = sample;
    }
    return true;
}

/* ---- All of it ---- */

static bool read_kind(struct verify_flac_bits *bits, unsigned kind, unsigned depth, int64_t *samples, uint32_t count)
{
    if (kind == CONSTANT) {
        return read_constant(bits, depth, samples, count);
    }
    if (kind == VERBATIM) {
        read_first(bits, depth, samples, count);
        return true;
    }
    if (kind >= LPC_FIRST) {
        return read_lpc(bits, kind - LPC_FIRST + 1, depth, samples, count);
    }
    return kind >= FIXED_FIRST && kind <= FIXED_FIRST + FIXED_ORDER_MAX &&
           read_fixed(bits, kind - FIXED_FIRST, depth, samples, count);
}

const char *verify_flac_subframe_read(struct verify_flac_bits *bits, unsigned depth, int64_t *samples, uint32_t count)
{
    bool reserved = verify_flac_bits_take(bits, 1) != 0;
    unsigned kind = verify_flac_bits_take(bits, 6);
    bool has_wasted = verify_flac_bits_take(bits, 1) != 0;
    uint64_t wasted = has_wasted ? verify_flac_bits_take_zeros(bits) + 1 : 0;
    if (reserved || wasted >= depth) {
        return damaged;
    }
    bool read = read_kind(bits, kind, depth - (unsigned)wasted, samples, count);
    for (uint32_t i = 0; i < count && read && wasted > 0; i++) {
        samples[i] *= INT64_C(1) << wasted;
    }
    return read || verify_flac_bits_failed(bits) ? NULL : damaged;
}
