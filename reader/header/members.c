#include "reader/header/members.h"
#include "json/value.h"

/* ---- Reading ---- */

bool reader_members_read(struct reader_parse *parse, struct json_walk *walk, struct json_token open,
                         const struct json_table *table, struct reader_members *members)
{
    members->table = table;
    members->object = open;
    /* The text was valid a moment ago, so a failure means that another process is writing to it. */
    return json_object_find(walk, open, table, members->value, NULL) ||
           reader_parse_stop(parse, READER_HEADER_UNUSABLE);
}

bool reader_members_skip(struct reader_parse *parse, struct json_walk *walk, struct json_token element,
                         const char *text, const struct reader_fault *where)
{
    struct json_token whole = json_walk_whole(walk, element);
    if (whole.kind == JSON_ERROR) {
        return reader_parse_stop(parse, READER_HEADER_UNUSABLE);
    }
    struct reader_fault shape = reader_fault_at(parse->header, DIAG_HEADER_SHAPE, whole, text);
    shape.entry = where->entry;
    shape.preload = where->preload;
    shape.expected = "an object";
    return reader_parse_report(parse, &shape);
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
    for (unsigned i = 0; i < members->table->count; i++) {
        if (reader_members_have(members, i)) {
            continue;
        }
        struct reader_fault fault = *where;
        fault.diagnostic = DIAG_ENTRY_MISSING_MEMBER;
        fault.class_ = DIAG_CLASS_L;
        fault.at = members->object.begin;
        fault.member = members->table->members[i].name;
        fault.text = "the object lacks a member";
        fault.expected = fault.member;
        if (!reader_parse_report(parse, &fault)) {
            return false;
        }
    }
    return true;
}

static bool report_verdict(struct reader_parse *parse, const struct reader_members *members, unsigned index,
                           const struct reader_member_verdict *verdict, const struct reader_fault *where)
{
    struct reader_fault fault =
        reader_fault_at(parse->header, verdict->diagnostic, members->value[index], verdict->text);
    fault.entry = where->entry;
    fault.preload = where->preload;
    fault.has_asset_id = where->has_asset_id;
    fault.asset_id = where->asset_id;
    fault.member = members->table->members[index].name;
    fault.expected = verdict->expected;
    fault.most = verdict->most;
    return reader_parse_report(parse, &fault);
}

/* The member with a verdict whose value is the first after that position, or the number of members. */
static unsigned next_wrong(const struct reader_members *members, const struct reader_member_verdict *verdicts,
                           size_t after)
{
    unsigned count = (unsigned)members->table->count;
    unsigned next = count;
    size_t first = SIZE_MAX;
    for (unsigned i = 0; i < count; i++) {
        size_t begin = members->value[i].begin;
        if (verdicts[i].diagnostic != DIAG_NONE && begin > after && begin < first) {
            next = i;
            first = begin;
        }
    }
    return next;
}

bool reader_members_report(struct reader_parse *parse, const struct reader_members *members,
                           const struct reader_member_verdict *verdicts, const struct reader_fault *where)
{
    if (!report_missing(parse, members, where)) {
        return false;
    }
    size_t at = members->object.begin;
    for (;;) {
        unsigned index = next_wrong(members, verdicts, at);
        if (index == members->table->count) {
            return true;
        }
        if (!report_verdict(parse, members, index, &verdicts[index], where)) {
            return false;
        }
        at = members->value[index].begin;
    }
}
