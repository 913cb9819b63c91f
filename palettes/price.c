#include "palettes/price.h"

#include <stdlib.h>
#include <string.h>

/* Each level adds at least one colour to the union. */
enum { LEVELS = PALETTES_SET_MAX + 1 };

/* A node: the union of the levels before it, with one more set. */
struct level {
    uint16_t *left; /* sets that are not yet decided, and fit */
    size_t count;
    uint64_t value; /* of the sets within the union */
    uint64_t bound; /* no column of this node that is not yet looked at is worth more */
    unsigned room;  /* colours that may be added */
    struct palettes_set added;
};

struct palettes_price {
    const struct palettes_problem *problem;
    const uint64_t *weights;
    struct level levels[LEVELS + 1];
    uint16_t *space;   /* of `left` of all levels */
    uint8_t *in;       /* of each colour: it is in the union */
    uint8_t *covered;  /* of each set: a greedy search has put it into a column */
    uint64_t *share;   /* of each colour: what the sets give it; 0 between two bounds */
    uint16_t *touched; /* colours whose share is not 0 */
    uint64_t best;     /* value of the best union so far */
    struct palettes_set of_best;
};

struct palettes_price *palettes_price_create(const struct palettes_problem *problem)
{
    struct palettes_price *price = calloc(1, sizeof *price);
    if (price == NULL) {
        return NULL;
    }
    price->problem = problem;
    price->space = calloc(problem->count * (LEVELS + 1) + 1, sizeof *price->space);
    price->in = calloc((size_t)problem->colours + 1, sizeof *price->in);
    price->covered = calloc(problem->count + 1, sizeof *price->covered);
    price->share = calloc((size_t)problem->colours + 1, sizeof *price->share);
    price->touched = calloc((size_t)problem->colours + 1, sizeof *price->touched);
    if (price->space == NULL || price->in == NULL || price->covered == NULL || price->share == NULL ||
        price->touched == NULL) {
        palettes_price_destroy(price);
        return NULL;
    }
    for (size_t i = 0; i <= LEVELS; i++) {
        price->levels[i].left = price->space + i * problem->count;
    }
    return price;
}

void palettes_price_destroy(struct palettes_price *price)
{
    if (price != NULL) {
        free(price->space);
        free(price->in);
        free(price->covered);
        free(price->share);
        free(price->touched);
        free(price);
    }
}

/* The colours of a set that the union lacks. */
static unsigned lacks(const struct palettes_price *price, size_t set)
{
    const struct palettes_set *colours = &price->problem->sets[set];
    unsigned count = 0;
    for (unsigned i = 0; i < colours->size; i++) {
        count += price->in[colours->colours[i]] == 0;
    }
    return count;
}

static void begin_root(struct palettes_price *price)
{
    struct level *root = &price->levels[0];
    root->count = 0;
    root->value = 0;
    root->bound = UINT64_MAX;
    root->room = price->problem->fresh.most;
    root->added.size = 0;
    for (size_t s = 0; s < price->problem->count; s++) {
        if (price->weights[s] > 0) {
            root->left[root->count++] = (uint16_t)s;
        }
    }
}

/* Puts a set into the union: the next level. */
static void enter(struct palettes_price *price, unsigned depth, size_t set)
{
    const struct level *from = &price->levels[depth];
    struct level *to = &price->levels[depth + 1];
    const struct palettes_set *colours = &price->problem->sets[set];
    to->added.size = 0;
    for (unsigned i = 0; i < colours->size; i++) {
        if (price->in[colours->colours[i]] == 0) {
            price->in[colours->colours[i]] = 1;
            to->added.colours[to->added.size++] = colours->colours[i];
        }
    }
    to->room = from->room - to->added.size;
    to->value = from->value + price->weights[set];
    to->bound = UINT64_MAX;
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        unsigned lacking = lacks(price, from->left[i]);
        if (lacking == 0) {
            to->value += price->weights[from->left[i]];
        } else if (lacking <= to->room) {
            to->left[to->count++] = from->left[i];
        }
    }
}

static void leave(struct palettes_price *price, unsigned depth)
{
    const struct palettes_set *added = &price->levels[depth].added;
    for (unsigned i = 0; i < added->size; i++) {
        price->in[added->colours[i]] = 0;
    }
}

/* Keeps the largest `room` numbers, which fall. */
static void keep_largest(uint64_t *largest, unsigned room, uint64_t value)
{
    unsigned at = room;
    while (at > 0 && largest[at - 1] < value) {
        at--;
    }
    if (at < room) {
        memmove(&largest[at + 1], &largest[at], (room - at - 1) * sizeof *largest);
        largest[at] = value;
    }
}

/* Gives each colour that the union lacks its part of a set's weight. Returns that part. */
static uint64_t share_out(struct palettes_price *price, size_t set, size_t *touched)
{
    const struct palettes_set *colours = &price->problem->sets[set];
    unsigned lacking = lacks(price, set);
    if (lacking == 0) {
        return 0;
    }
    uint64_t each = (price->weights[set] + lacking - 1) / lacking;
    for (unsigned i = 0; i < colours->size; i++) {
        uint16_t colour = colours->colours[i];
        if (price->in[colour] != 0) {
            continue;
        }
        if (price->share[colour] == 0) {
            price->touched[(*touched)++] = colour;
        }
        price->share[colour] += each;
    }
    return each;
}

/* The bound of a level, and the place of the set with the most weight per colour that it lacks. */
static uint64_t bound_of(struct palettes_price *price, const struct level *level, size_t *place)
{
    uint64_t largest[PALETTES_SET_MAX] = {0};
    size_t touched = 0;
    uint64_t richest = 0;
    for (size_t i = 0; i < level->count; i++) {
        uint64_t each = share_out(price, level->left[i], &touched);
        if (each > richest) {
            richest = each;
            *place = i;
        }
    }
    uint64_t bound = level->value;
    for (size_t i = 0; i < touched; i++) {
        keep_largest(largest, level->room, price->share[price->touched[i]]);
        price->share[price->touched[i]] = 0;
    }
    for (unsigned i = 0; i < level->room; i++) {
        bound += largest[i];
    }
    return bound;
}

/* The union of the levels up to this one. */
static void copy_union(const struct palettes_price *price, unsigned depth, struct palettes_set *copy)
{
    copy->size = 0;
    for (unsigned i = 1; i <= depth; i++) {
        for (unsigned k = 0; k < price->levels[i].added.size; k++) {
            (void)palettes_set_add(copy, price->levels[i].added.colours[k]);
        }
    }
}

/* Appends the column of all sets, with a weight or without, that lie within the union. */
static bool append(const struct palettes_price *price, const struct palettes_set *all, struct palettes_columns *columns)
{
    for (size_t s = 0; s < price->problem->count; s++) {
        if (palettes_set_within(&price->problem->sets[s], all)) {
            price->covered[s] = 1;
            if (!palettes_columns_add_member(columns, (uint16_t)s)) {
                return false;
            }
        }
    }
    return palettes_columns_end(columns);
}

/* ---- Greedy ---- */

static unsigned grow(struct palettes_price *price, size_t seed)
{
    unsigned depth = 0;
    size_t place = 0;
    enter(price, depth++, seed);
    /* The seed itself is in no list from now on, since it lacks nothing. */
    price->levels[1].value -= price->weights[seed];
    while (price->levels[depth].count > 0) {
        struct level *level = &price->levels[depth];
        (void)bound_of(price, level, &place);
        uint16_t set = level->left[place];
        level->left[place] = level->left[--level->count];
        enter(price, depth++, set);
    }
    return depth;
}

static bool grow_columns(struct palettes_price *price, uint64_t worth, struct palettes_columns *columns,
                         struct palettes_effort *effort)
{
    memset(price->covered, 0, price->problem->count);
    for (size_t s = 0; s < price->problem->count; s++) {
        if (price->weights[s] == 0 || price->covered[s] != 0 ||
            !palettes_effort_take(effort, 60 * price->levels[0].count)) {
            continue;
        }
        unsigned depth = grow(price, s);
        bool fine = true;
        if (price->levels[depth].value > worth) {
            struct palettes_set all;
            copy_union(price, depth, &all);
            fine = append(price, &all, columns);
        }
        while (depth > 0) {
            leave(price, depth--);
        }
        if (!fine) {
            return false;
        }
    }
    return true;
}

/* ---- Branch and bound ---- */

/* What a search does with the unions that it finds. */
struct wish {
    uint64_t worth;
    size_t limit; /* 0: better and better columns; else all of them, but not more than this */
    struct palettes_columns *columns;
};

static bool is_maximal(const struct palettes_price *price, unsigned room)
{
    for (size_t s = 0; s < price->problem->count; s++) {
        unsigned lacking = lacks(price, s);
        if (lacking > 0 && lacking <= room) {
            return false;
        }
    }
    return true;
}

static bool visit_union(struct palettes_price *price, unsigned depth, const struct wish *wish)
{
    const struct level *level = &price->levels[depth];
    bool better = level->value > price->best;
    price->best = better ? level->value : price->best;
    bool wanted = wish->limit == 0 ? better : is_maximal(price, level->room);
    if (!wanted || level->value <= wish->worth) {
        return true;
    }
    struct palettes_set all;
    copy_union(price, depth, &all);
    return append(price, &all, wish->columns);
}

/* No column is worth more than the result, whether the search comes to its end or not. */
static uint64_t most_of(const struct palettes_price *price, unsigned depth)
{
    uint64_t most = price->best;
    for (unsigned i = 0; i <= depth; i++) {
        most = price->levels[i].bound > most ? price->levels[i].bound : most;
    }
    return most;
}

/* *whole: the search came to its end. False when memory ran out. */
static bool search(struct palettes_price *price, const struct wish *wish, uint64_t *most, bool *whole,
                   struct palettes_effort *effort)
{
    size_t before = wish->columns->count;
    unsigned depth = 0;
    bool fine = true;
    price->best = 0;
    for (;;) {
        struct level *level = &price->levels[depth];
        size_t place = 0;
        if (!fine || !palettes_effort_take(effort, 30 * level->count + 20) ||
            (wish->limit > 0 && wish->columns->count - before > wish->limit)) {
            break;
        }
        level->bound = bound_of(price, level, &place);
        if (level->count == 0 || level->bound <= (wish->limit == 0 ? price->best : wish->worth)) {
            level->bound = 0;
            if (depth == 0) {
                break;
            }
            leave(price, depth--);
            continue;
        }
        uint16_t set = level->left[place];
        level->left[place] = level->left[--level->count];
        enter(price, depth++, set);
        fine = visit_union(price, depth, wish);
    }
    *most = most_of(price, depth);
    *whole = depth == 0 && price->levels[0].bound == 0;
    while (depth > 0) {
        leave(price, depth--);
    }
    return fine;
}

bool palettes_price_columns(struct palettes_price *price, const uint64_t *weights, uint64_t worth, bool exact,
                            struct palettes_columns *columns, uint64_t *most, struct palettes_effort *effort)
{
    price->weights = weights;
    *most = UINT64_MAX;
    begin_root(price);
    if (!exact) {
        return grow_columns(price, worth, columns, effort);
    }
    bool whole;
    return search(price, &(struct wish){.worth = worth, .columns = columns}, most, &whole, effort);
}

bool palettes_price_all(struct palettes_price *price, const uint64_t *weights, uint64_t worth, size_t limit,
                        struct palettes_columns *columns, bool *complete, struct palettes_effort *effort)
{
    uint64_t most;
    price->weights = weights;
    begin_root(price);
    return search(price, &(struct wish){.worth = worth, .limit = limit, .columns = columns}, &most, complete, effort);
}
