#include "reader/members.h"

#include <string.h>

/* ---- Reading ---- */

/* The next value as one token, whatever is inside it. */
static struct pp_json_token next_value(struct pp_json *json)
{
    struct pp_json_token value = pp_json_next(json);
    struct pp_json_token last = pp_json_skip(json, value);
    if (last.kind == PP_JSON_ERROR) {
        return last;
    }
    value.end = last.end;
    return value;
}

/* The index of a key among the names, or name_count. */
static unsigned index_of(const struct pp_members *members, struct pp_bytes key)
{
    unsigned i = 0;
    while (i < members->name_count && !pp_json_is(key, members->names[i])) {
        i++;
    }
    return i;
}

static void keep_first(struct pp_members *members, unsigned index, struct pp_json_token value)
{
    if (index < members->name_count && (members->present >> index & 1U) == 0) {
        members->value[index] = value;
        members->present |= 1U << index;
        members->in_order[members->count++] = (uint8_t)index;
    }
}

bool pp_members_read(struct pp_parse *parse, struct pp_json *json, struct pp_json_token open, const char *const *names,
                     unsigned name_count, struct pp_members *members)
{
    *members = (struct pp_members){.names = names, .name_count = name_count, .object_at = open.begin};
    for (;;) {
        struct pp_json_token key = pp_json_next(json);
        if (key.kind == PP_JSON_OBJECT_END) {
            return true;
        }
        struct pp_json_token value = next_value(json);
        if (key.kind != PP_JSON_KEY || value.kind == PP_JSON_ERROR) {
            /* The text was valid a moment ago: somebody is writing to it. */
            return pp_parse_stop(parse, PP_HEADER_UNUSABLE);
        }
        keep_first(members, index_of(members, pp_json_span(parse->header, key)), value);
    }
}

struct pp_json_token pp_member_find(struct pp_bytes header, size_t object_at, const char *name)
{
    struct pp_json json;
    pp_json_begin(&json, pp_bytes_make(header.data + object_at, header.size - object_at));
    (void)pp_json_next(&json); /* the brace */
    for (;;) {
        struct pp_json_token key = pp_json_next(&json);
        struct pp_json_token value = next_value(&json);
        if (key.kind != PP_JSON_KEY || value.kind == PP_JSON_ERROR) {
            return (struct pp_json_token){.kind = PP_JSON_ERROR, .begin = object_at, .end = object_at};
        }
        if (pp_json_is(pp_json_span(json.text, key), name)) {
            value.begin += object_at;
            value.end += object_at;
            return value;
        }
    }
}

/* ---- Integers ---- */

static struct pp_verdict_of_member verdict(enum pp_diagnostic diagnostic, const char *text, const char *expected)
{
    return (struct pp_verdict_of_member){.diagnostic = diagnostic, .text = text, .expected = expected};
}

static struct pp_verdict_of_member judge_integral(struct pp_json_token token)
{
    if (token.kind != PP_JSON_NUMBER) {
        return verdict(PP_ENTRY_TYPE, "the member has another JSON type", "an integer");
    }
    if (!token.integral) {
        return verdict(PP_ENTRY_TYPE, "the number has a fraction or an exponent", "an integer");
    }
    return verdict(PP_FINE, NULL, NULL);
}

struct pp_verdict_of_member pp_member_i32(struct pp_bytes header, struct pp_json_token token, int32_t *value)
{
    struct pp_verdict_of_member judged = judge_integral(token);
    if (judged.diagnostic != PP_FINE) {
        return judged;
    }
    struct pp_json_integer integer = pp_json_integer(header, token);
    uint64_t limit = integer.negative ? (uint64_t)INT32_MAX + 1 : (uint64_t)INT32_MAX;
    if (integer.huge || integer.magnitude > limit) {
        return verdict(PP_ENTRY_RANGE, "the integer is outside the range that the console takes",
                       "-2147483648 to 2147483647");
    }
    int64_t wide = (int64_t)integer.magnitude;
    *value = (int32_t)(integer.negative ? -wide : wide);
    return judged;
}

struct pp_verdict_of_member pp_member_u64(struct pp_bytes header, struct pp_json_token token, uint64_t *value)
{
    struct pp_verdict_of_member judged = judge_integral(token);
    if (judged.diagnostic != PP_FINE) {
        return judged;
    }
    struct pp_json_integer integer = pp_json_integer(header, token);
    if (integer.huge || (integer.negative && integer.magnitude != 0)) {
        return verdict(PP_ENTRY_RANGE, "the integer is outside the range that the console takes",
                       "0 to 18446744073709551615");
    }
    *value = integer.magnitude;
    return judged;
}

/* ---- Reporting ---- */

static bool report_missing(struct pp_parse *parse, const struct pp_members *members, const struct pp_fault *where)
{
    for (unsigned i = 0; i < members->name_count; i++) {
        if ((members->present >> i & 1U) != 0) {
            continue;
        }
        struct pp_fault fault = *where;
        fault.diagnostic = PP_ENTRY_MISSING_MEMBER;
        fault.class_ = PP_CLASS_L;
        fault.at = members->object_at;
        fault.member = members->names[i];
        fault.text = "the object lacks a member";
        fault.expected = members->names[i];
        if (!pp_parse_report(parse, &fault)) {
            return false;
        }
    }
    return true;
}

bool pp_members_report(struct pp_parse *parse, const struct pp_members *members,
                       const struct pp_verdict_of_member *verdicts, const struct pp_fault *where)
{
    if (!report_missing(parse, members, where)) {
        return false;
    }
    for (unsigned i = 0; i < members->count; i++) {
        unsigned index = members->in_order[i];
        if (verdicts[index].diagnostic == PP_FINE) {
            continue;
        }
        struct pp_fault fault =
            pp_fault_at(parse->header, verdicts[index].diagnostic, members->value[index], verdicts[index].text);
        fault.entry = where->entry;
        fault.preload = where->preload;
        fault.has_asset_id = where->has_asset_id;
        fault.asset_id = where->asset_id;
        fault.member = members->names[index];
        fault.expected = verdicts[index].expected;
        fault.most = verdicts[index].most;
        if (!pp_parse_report(parse, &fault)) {
            return false;
        }
    }
    return true;
}
