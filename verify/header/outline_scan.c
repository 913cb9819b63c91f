#include "verify/header/outline_scan.h"

#include "json/scan.h"

/* Almost every header is as the packer writes it, and a large one has a million entries. So the text is compared with
 * the bytes that the packer writes, and at the first difference this way gives up: outline_walk.c then begins anew.
 * This way shares json/scan.h with the reader, and nothing else. */

/* Every function begins at `at` and returns where it ends, or NULL to give up. */
struct scan {
    const uint8_t *begin;
    const uint8_t *end;
    struct verify_outline *outline;
    struct json_scan_nest nest; /* of the metadata at hand */
    bool stopped;               /* memory ran out, or the task was cancelled */
};

static struct json_token token_between(const struct scan *scan, enum json_kind kind, const uint8_t *begin,
                                       const uint8_t *end)
{
    return (struct json_token){
        .kind = kind, .begin = (size_t)(begin - scan->begin), .end = (size_t)(end - scan->begin)};
}

/* ---- Values ---- */

static inline const uint8_t *scan_number(const struct scan *scan, const uint8_t *at, struct json_token *token)
{
    uint64_t value;
    const uint8_t *end = at != NULL ? json_scan_integer(at, scan->end, &value) : NULL;
    if (end != NULL) {
        *token = token_between(scan, JSON_NUMBER, at, end);
        token->integral = true;
    }
    return end;
}

/* Begins and ends inside the quotes. */
static inline const uint8_t *scan_string(const struct scan *scan, const uint8_t *at, struct json_token *token)
{
    if (at == NULL) {
        return NULL;
    }
    const uint8_t *end = json_scan_plain(at, json_scan_stretch_end(at, scan->end));
    bool plain = end < scan->end && *end == '"';
    end = plain ? end : json_scan_string(at, scan->end, scan->outline->task);
    if (end != NULL) {
        *token = token_between(scan, JSON_STRING, at, end);
        token->escaped = !plain && memchr(at, '\\', (size_t)(end - at)) != NULL;
    }
    return end;
}

/* Begins after the opening brace. */
static inline const uint8_t *scan_object(struct scan *scan, const uint8_t *at, struct json_token *token)
{
    const uint8_t *end = at != NULL ? json_scan_object(&scan->nest, at, scan->end) : NULL;
    if (end != NULL) {
        *token = token_between(scan, JSON_OBJECT_BEGIN, at - 1, end);
    }
    return end;
}

#define SCAN_LITERAL(scan, at, literal) ((at) != NULL ? JSON_SCAN_LITERAL(at, (scan)->end, literal) : NULL)

/* ---- Elements ---- */

static const uint8_t *keep(struct scan *scan, struct verify_outline_array *array, const uint8_t *begin,
                           const uint8_t *end, const struct json_token members[], size_t count)
{
    if (end == NULL) {
        return NULL;
    }
    struct json_token element = token_between(scan, JSON_OBJECT_BEGIN, begin, end);
    if (!verify_outline_add(scan->outline, array, element, members, count)) {
        scan->stopped = true;
        return NULL;
    }
    return end;
}

static const uint8_t *scan_entry(struct scan *scan, const uint8_t *begin)
{
    struct json_token members[VERIFY_ENTRY_MEMBERS];
    const uint8_t *at = begin;
    at = SCAN_LITERAL(scan, at, "{\"asset_id\":");
    at = scan_number(scan, at, &members[VERIFY_ENTRY_ASSET_ID]);
    at = SCAN_LITERAL(scan, at, ",\"asset_name\":\"");
    at = scan_string(scan, at, &members[VERIFY_ENTRY_ASSET_NAME]);
    at = SCAN_LITERAL(scan, at, "\",\"bank_type\":\"");
    at = scan_string(scan, at, &members[VERIFY_ENTRY_BANK_TYPE]);
    at = SCAN_LITERAL(scan, at, "\",\"codec\":\"");
    at = scan_string(scan, at, &members[VERIFY_ENTRY_CODEC]);
    at = SCAN_LITERAL(scan, at, "\",\"decoded_size\":");
    at = scan_number(scan, at, &members[VERIFY_ENTRY_DECODED_SIZE]);
    at = SCAN_LITERAL(scan, at, ",\"metadata\":{");
    at = scan_object(scan, at, &members[VERIFY_ENTRY_METADATA]);
    at = SCAN_LITERAL(scan, at, ",\"offset\":");
    at = scan_number(scan, at, &members[VERIFY_ENTRY_OFFSET]);
    at = SCAN_LITERAL(scan, at, ",\"size\":");
    at = scan_number(scan, at, &members[VERIFY_ENTRY_SIZE]);
    at = SCAN_LITERAL(scan, at, "}");
    return keep(scan, &scan->outline->entries, begin, at, members, VERIFY_ENTRY_MEMBERS);
}

static const uint8_t *scan_preload(struct scan *scan, const uint8_t *begin)
{
    struct json_token members[VERIFY_PRELOAD_MEMBERS];
    const uint8_t *at = begin;
    at = SCAN_LITERAL(scan, at, "{\"asset_id\":");
    at = scan_number(scan, at, &members[VERIFY_PRELOAD_MEMBER_ASSET_ID]);
    at = SCAN_LITERAL(scan, at, ",\"slot\":");
    at = scan_number(scan, at, &members[VERIFY_PRELOAD_MEMBER_SLOT]);
    at = SCAN_LITERAL(scan, at, "}");
    return keep(scan, &scan->outline->preload, begin, at, members, VERIFY_PRELOAD_MEMBERS);
}

/* ---- The header ---- */

/* Begins and ends after a bracket. */
static const uint8_t *scan_array(struct scan *scan, struct verify_outline_array *array, const uint8_t *begin,
                                 const uint8_t *(*scan_element)(struct scan *scan, const uint8_t *at))
{
    const uint8_t *at = begin;
    if (at == NULL) {
        return NULL;
    }
    if (at < scan->end && *at == ']') {
        at++;
    } else {
        do {
            at = scan_element(scan, at);
            if (at == NULL || at == scan->end || (*at != ',' && *at != ']')) {
                return NULL;
            }
        } while (*at++ == ',');
    }
    array->whole = token_between(scan, JSON_ARRAY_BEGIN, begin - 1, at);
    return at;
}

bool verify_outline_scan(struct verify_outline *outline, bool *stopped)
{
    struct base_bytes header = outline->header;
    struct scan scan = {
        .begin = header.data, .end = header.data + header.size, .outline = outline, .nest = {.task = outline->task}};
    const uint8_t *at = SCAN_LITERAL(&scan, scan.begin, "{\"asset_table\":[");
    at = scan_array(&scan, &outline->entries, at, scan_entry);
    const uint8_t *preload = SCAN_LITERAL(&scan, at, ",\"preload\":[");
    if (preload != NULL) {
        at = scan_array(&scan, &outline->preload, preload, scan_preload);
    }
    at = SCAN_LITERAL(&scan, at, "}");
    outline->is_canonical = at != NULL && at == scan.end;
    *stopped = scan.stopped;
    return outline->is_canonical;
}
