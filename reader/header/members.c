#include "reader/header/members.h"
#include "json/value.h"

#include <string.h>

/* ---- Reading ---- */

/* The next value as one token, whatever is inside it. */
static struct json_token next_value(struct json_tokenizer *json)
{
    struct json_token value = json_next(json);
    struct json_token last = json_skip(json, value);
    if (last.kind == JSON_ERROR) {
        return last;
    }
    value.end = last.end;
    return value;
}

/* The index of a key among the names, or name_count. */
static unsigned index_of(const struct reader_members *members, struct base_bytes key)
{
    unsigned i = 0;
    while (i < members->name_count && !json_equals(key, members->names[i])) {
        i++;
    }
    return i;
}

static void keep_first(struct reader_members *members, unsigned index, struct json_token value)
{
    if (index < members->name_count && (members->present >> index & 1U) == 0) {
        members->value[index] = value;
        members->present |= 1U << index;
        members->in_order[members->count++] = (uint8_t)index;
    }
}

bool reader_members_read(struct reader_parse *parse, struct json_tokenizer *json, struct json_token open,
                         const char *const *names, unsigned name_count, struct reader_members *members)
{
    *members = (struct reader_members){.names = names, .name_count = name_count, .object_at = open.begin};
    for (;;) {
        struct json_token key = json_next(json);
        if (key.kind == JSON_OBJECT_END) {
            return true;
        }
        struct json_token value = next_value(json);
        if (key.kind != JSON_KEY || value.kind == JSON_ERROR) {
            /* The text was valid a moment ago: another process is writing to it. */
            return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
        }
        keep_first(members, index_of(members, json_span(parse->header, key)), value);
    }
}

struct json_token reader_member_find(struct base_bytes header, size_t object_at, const char *name)
{
    struct json_tokenizer json;
    json_begin(&json, base_bytes_make(header.data + object_at, header.size - object_at));
    (void)json_next(&json); /* the brace */
    for (;;) {
        struct json_token key = json_next(&json);
        struct json_token value = next_value(&json);
        if (key.kind != JSON_KEY || value.kind == JSON_ERROR) {
            return (struct json_token){.kind = JSON_ERROR, .begin = object_at, .end = object_at};
        }
        if (json_equals(json_span(json.text, key), name)) {
            value.begin += object_at;
            value.end += object_at;
            return value;
        }
    }
}

/* ---- Integers ---- */

static struct reader_member_verdict check_integral(struct json_token token)
{
    if (token.kind != JSON_NUMBER) {
        return reader_member_verdict(DIAG_ENTRY_TYPE, "the member has another JSON type", "an integer");
    }
    if (!token.integral) {
        return reader_member_verdict(DIAG_ENTRY_TYPE, "the number has a fraction or an exponent", "an integer");
    }
    return reader_member_verdict(DIAG_NONE, NULL, NULL);
}

struct reader_member_verdict reader_member_i32(struct base_bytes header, struct json_token token, int32_t *value)
{
    struct reader_member_verdict verdict = check_integral(token);
    if (verdict.diagnostic != DIAG_NONE) {
        return verdict;
    }
    struct json_integer integer = json_integer(header, token);
    uint64_t limit = integer.negative ? (uint64_t)INT32_MAX + 1 : (uint64_t)INT32_MAX;
    if (integer.huge || integer.magnitude > limit) {
        return reader_member_verdict(DIAG_ENTRY_RANGE, "the integer is outside the range that the console takes",
                                     "-2147483648 to 2147483647");
    }
    int64_t wide = (int64_t)integer.magnitude;
    *value = (int32_t)(integer.negative ? -wide : wide);
    return verdict;
}

struct reader_member_verdict reader_member_u64(struct base_bytes header, struct json_token token, uint64_t *value)
{
    struct reader_member_verdict verdict = check_integral(token);
    if (verdict.diagnostic != DIAG_NONE) {
        return verdict;
    }
    struct json_integer integer = json_integer(header, token);
    if (integer.huge || (integer.negative && integer.magnitude != 0)) {
        return reader_member_verdict(DIAG_ENTRY_RANGE, "the integer is outside the range that the console takes",
                                     "0 to 18446744073709551615");
    }
    *value = integer.magnitude;
    return verdict;
}

/* ---- Reporting ---- */

static bool report_missing(struct reader_parse *parse, const struct reader_members *members,
                           const struct reader_fault *where)
{
    for (unsigned i = 0; i < members->name_count; i++) {
        if ((members->present >> i & 1U) != 0) {
            continue;
        }
        struct reader_fault fault = *where;
        fault.diagnostic = DIAG_ENTRY_MISSING_MEMBER;
        fault.class_ = DIAG_CLASS_L;
        fault.at = members->object_at;
        fault.member = members->names[i];
        fault.text = "the object lacks a member";
        fault.expected = members->names[i];
        if (!reader_parse_report(parse, &fault)) {
            return false;
        }
    }
    return true;
}

bool reader_members_report(struct reader_parse *parse, const struct reader_members *members,
                           const struct reader_member_verdict *verdicts, const struct reader_fault *where)
{
    if (!report_missing(parse, members, where)) {
        return false;
    }
    for (unsigned i = 0; i < members->count; i++) {
        unsigned index = members->in_order[i];
        if (verdicts[index].diagnostic == DIAG_NONE) {
            continue;
        }
        struct reader_fault fault =
            reader_fault_at(parse->header, verdicts[index].diagnostic, members->value[index], verdicts[index].text);
        fault.entry = where->entry;
        fault.preload = where->preload;
        fault.has_asset_id = where->has_asset_id;
        fault.asset_id = where->asset_id;
        fault.member = members->names[index];
        fault.expected = verdicts[index].expected;
        fault.most = verdicts[index].most;
        if (!reader_parse_report(parse, &fault)) {
            return false;
        }
    }
    return true;
}
