#include "tests/palettes/problems.h"

#include <string.h>

unsigned problems_random(struct problems *problems, unsigned below)
{
    problems->random ^= problems->random << 13;
    problems->random ^= problems->random >> 7;
    problems->random ^= problems->random << 17;
    return below > 0 ? (unsigned)(problems->random >> 16) % below : 0;
}

static void begin(struct problems *problems, const struct problems_size *size, unsigned colours)
{
    memset(problems->sets, 0, sizeof problems->sets);
    problems->problem = (struct palettes_problem){
        .sets = problems->sets,
        .count = size->sets,
        .colours = (uint16_t)colours,
        .fresh.most = PALETTES_SET_MAX,
        .limit = PALETTES_COUNT_MAX,
    };
}

static unsigned draw_size(struct problems *problems, const struct problems_size *size)
{
    return size->least + problems_random(problems, size->most - size->least + 1);
}

void problems_draw(struct problems *problems, const struct problems_size *size)
{
    begin(problems, size, size->colours);
    for (unsigned s = 0; s < size->sets; s++) {
        for (unsigned left = draw_size(problems, size); left > 0; left--) {
            (void)palettes_set_add(&problems->sets[s], (uint16_t)problems_random(problems, size->colours));
        }
    }
}

void problems_draw_packed(struct problems *problems, unsigned palettes, const struct problems_size *size)
{
    uint16_t colours[PALETTES_COUNT_MAX][PALETTES_SET_MAX];
    begin(problems, size, size->colours);
    for (unsigned p = 0; p < palettes; p++) {
        for (unsigned i = 0; i < PALETTES_SET_MAX; i++) {
            colours[p][i] = (uint16_t)problems_random(problems, size->colours);
        }
    }
    for (unsigned s = 0; s < size->sets; s++) {
        const uint16_t *palette = colours[problems_random(problems, palettes)];
        for (unsigned left = draw_size(problems, size); left > 0; left--) {
            (void)palettes_set_add(&problems->sets[s], palette[problems_random(problems, PALETTES_SET_MAX)]);
        }
    }
}

/* ---- By trying everything ---- */

enum { BINS = 16, COLOURS = 64, SETS = 16 };

/* Palettes are bits: one per colour, which are below COLOURS. */
struct trial {
    const struct palettes_problem *problem;
    uint64_t sets[SETS];
    uint64_t has[BINS];
    unsigned least;
};

static uint64_t bits_of(const struct palettes_set *set)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < set->size; i++) {
        bits |= UINT64_C(1) << set->colours[i];
    }
    return bits;
}

static unsigned most_of(const struct trial *trial, size_t bin)
{
    const struct palettes_problem *problem = trial->problem;
    return bin < problem->open_count ? problem->open[bin].most : problem->fresh.most;
}

/* The first `set` sets are in `bins` palettes, the open ones among them. Recursion is as deep as there are sets. */
static void try_all(struct trial *trial, size_t set, size_t bins)
{
    size_t open = trial->problem->open_count;
    if (bins - open >= trial->least) {
        return;
    }
    if (set == trial->problem->count) {
        trial->least = (unsigned)(bins - open);
        return;
    }
    for (size_t bin = 0; bin <= bins && bin < BINS; bin++) {
        uint64_t before = bin == bins ? bits_of(&trial->problem->fresh.has) : trial->has[bin];
        uint64_t after = before | trial->sets[set];
        if ((unsigned)__builtin_popcountll(after) <= most_of(trial, bin)) {
            trial->has[bin] = after;
            try_all(trial, set + 1, bin == bins ? bins + 1 : bins);
            trial->has[bin] = before;
        }
    }
}

unsigned problems_least(const struct palettes_problem *problem)
{
    struct trial trial = {.problem = problem, .least = problem->limit + 1};
    for (size_t s = 0; s < problem->count; s++) {
        trial.sets[s] = bits_of(&problem->sets[s]);
    }
    for (size_t i = 0; i < problem->open_count; i++) {
        trial.has[i] = bits_of(&problem->open[i].has);
    }
    try_all(&trial, 0, problem->open_count);
    return trial.least;
}

bool problems_holds(const struct palettes_problem *problem, const uint16_t *of, unsigned count)
{
    static uint8_t has[PALETTES_COUNT_MAX][PALETTES_COLOURS_MAX];
    size_t bins = problem->open_count + count;
    memset(has, 0, sizeof has);
    for (size_t bin = 0; bin < bins; bin++) {
        const struct palettes_set *own = bin < problem->open_count ? &problem->open[bin].has : &problem->fresh.has;
        for (unsigned i = 0; i < own->size; i++) {
            has[bin][own->colours[i]] = 1;
        }
    }
    for (size_t s = 0; s < problem->count; s++) {
        if (of[s] >= bins) {
            return false;
        }
        for (unsigned i = 0; i < problem->sets[s].size; i++) {
            has[of[s]][problem->sets[s].colours[i]] = 1;
        }
    }
    for (size_t bin = 0; bin < bins; bin++) {
        unsigned colours = 0;
        for (unsigned c = 0; c < problem->colours; c++) {
            colours += has[bin][c];
        }
        if (colours > (bin < problem->open_count ? problem->open[bin].most : problem->fresh.most)) {
            return false;
        }
    }
    return true;
}
