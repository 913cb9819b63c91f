#include "verify/header/sound.h"

#include "verify/core/format.h"

#include <inttypes.h>
#include <stdio.h>

/* In the order of a canonical text, in which they are found fastest. */
enum member { CHANNELS, FRAMES, LOOP_END, LOOP_START, SAMPLE_RATE, MEMBER_COUNT };

static const char *const names[MEMBER_COUNT] = {[CHANNELS] = "channels",
                                                [FRAMES] = "frames",
                                                [LOOP_END] = "loop_end",
                                                [LOOP_START] = "loop_start",
                                                [SAMPLE_RATE] = "sample_rate"};

static bool check_range(const struct verify_entry_view *view, struct verify_bank_member *member, int64_t low,
                        int64_t high, const char *expected)
{
    member->right = member->known && member->value >= low && member->value <= high;
    if (!member->right) {
        verify_report_bank_member(view, DIAG_SOUND_METADATA, member, expected, "the value is out of range");
    }
    return member->right;
}

/* loop_start and loop_end are both there, or neither. */
static void check_loop(const struct verify_entry_view *view, struct verify_bank_member members[])
{
    struct verify_bank_member *start = &members[LOOP_START];
    struct verify_bank_member *end = &members[LOOP_END];
    bool has_start = start->token.kind != JSON_END;
    bool has_end = end->token.kind != JSON_END;
    char expected[40];
    if (!has_start && !has_end) {
        return;
    }
    if (has_start != has_end) {
        verify_report_bank_member(view, DIAG_SOUND_METADATA, has_start ? start : end, "loop_start and loop_end",
                                  "a loop has two ends");
        return;
    }
    bool valid = check_range(view, start, 0, JSON_EXACT_MAX, "0 or more");
    if (!check_range(view, end, 0, JSON_EXACT_MAX, "0 or more") || !valid) {
        return;
    }
    if (members[FRAMES].right && end->value > members[FRAMES].value) {
        (void)snprintf(expected, sizeof expected, "at most %" PRId64, members[FRAMES].value);
        verify_report_bank_member(view, DIAG_SOUND_METADATA, end, expected, "the loop ends after the last frame");
    } else if (start->value >= end->value) {
        (void)snprintf(expected, sizeof expected, "less than %" PRId64, end->value);
        verify_report_bank_member(view, DIAG_SOUND_METADATA, start, expected, "the loop does not begin before its end");
    }
}

static void check(const struct verify_entry_view *view, struct verify_bank_member members[])
{
    bool rate =
        check_range(view, &members[SAMPLE_RATE], VERIFY_SOUND_RATE_MIN, VERIFY_SOUND_RATE_MAX, VERIFY_SOUND_RATES_TEXT);
    bool channels =
        check_range(view, &members[CHANNELS], VERIFY_SOUND_CHANNELS, VERIFY_SOUND_CHANNELS, VERIFY_SOUND_CHANNELS_TEXT);
    bool frames = check_range(view, &members[FRAMES], 0, JSON_EXACT_MAX, "0 or more");
    check_loop(view, members);
    if (channels && frames) {
        uint64_t bytes = (uint64_t)members[FRAMES].value * READER_SOUND_SAMPLE_BYTES;
        if (view->has_size && view->size_value != bytes) {
            verify_report_bank_size(view, DIAG_SOUND_SIZE, false, bytes);
        }
        if (view->has_decoded_size && view->decoded_size_value != bytes) {
            verify_report_bank_size(view, DIAG_SOUND_SIZE, true, bytes);
        }
    }
    if (rate && channels && frames) {
        view->known->flags |= VERIFY_ENTRY_HAS_SOUND;
    }
}

const struct verify_bank verify_sound_bank = {names, MEMBER_COUNT, check};
