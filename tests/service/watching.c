/* When a watch builds, by a clock that stands still but for what the watch waits: files change at times that the test
 * says, and the times of the builds are exact. */
#include "base/text.h"
#include "service/operations.h"
#include "tests/lib/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- The clock ---- */

enum { MOST_ANSWERS = 16, MILLISECOND = 1000000 };

struct step {
    int64_t at; /* milliseconds */
    void (*act)(void);
};

struct story {
    int64_t now; /* nanoseconds */
    const struct step *steps;
    size_t count;
    size_t done;
    int64_t end; /* milliseconds: the watch is cancelled then */
    struct base_task *task;

    /* What the watch said. */
    struct told {
        int64_t at; /* milliseconds */
        enum service_status status;
        bool unchanged;
        bool repeated;
    } told[MOST_ANSWERS];
    size_t answers;
};

static int64_t story_now(void *context)
{
    return ((const struct story *)context)->now;
}

static int64_t story_date(void *context)
{
    return ((const struct story *)context)->now;
}

/* Time goes on to the next step, if that comes first. */
static void pass(struct story *story, int64_t until)
{
    int64_t end = story->end * MILLISECOND;
    if (story->done < story->count && story->steps[story->done].at * MILLISECOND <= until) {
        const struct step *step = &story->steps[story->done++];
        story->now = step->at * MILLISECOND > story->now ? step->at * MILLISECOND : story->now;
        step->act();
    } else if (until >= end) {
        story->now = end;
        base_task_cancel(story->task);
    } else {
        story->now = until;
    }
}

static void story_sleep(void *context, int64_t nanoseconds)
{
    struct story *story = context;
    pass(story, story->now + nanoseconds);
}

/* What can be read is read at once: an event takes no time. */
static void story_wait(void *context, struct base_awaited *awaited, size_t count, int64_t nanoseconds)
{
    struct story *story = context;
    struct pollfd events = {.fd = awaited[0].fd, .events = POLLIN};
    CHECK(count > 0 && awaited[0].input);
    if (poll(&events, 1, 0) == 0) {
        pass(story, nanoseconds >= 0 ? story->now + nanoseconds : INT64_MAX);
    }
}

static void take_answer(void *context, const struct service_answer *answer)
{
    struct story *story = context;
    REQUIRE(story->answers < MOST_ANSWERS);
    story->told[story->answers++] = (struct told){
        .at = story->now / MILLISECOND,
        .status = answer->status,
        .unchanged = answer->ran && answer->result.watch.build.unchanged,
        .repeated = answer->ran && answer->result.watch.repeated,
    };
}

/* ---- A workspace ---- */

static void write_text(const char *path, const char *text)
{
    unit_write_file(path, text, strlen(text));
}

static void make_workspace(void)
{
    write_text("assets/.prometeu/index.json",
               "{\"schema_version\": 1, \"next_asset_id\": 2, \"assets\": [{\"asset_id\": 1, \"asset_uuid\": "
               "\"00000000-0000-4000-8000-000000000001\", \"root\": \"menu\", \"included_in_build\": true}]}");
    write_text("assets/menu/asset.json",
               "{\"schema_version\": 1, \"asset_uuid\": \"00000000-0000-4000-8000-000000000001\", \"name\": \"menu\", "
               "\"type\": \"scene_bank\", \"inputs\": {\"sources\": [\"data.bin\"]}, \"output\": {\"format\": "
               "\"SCENE/raw_v1\", \"codec\": \"NONE\"}, \"preload\": {\"enabled\": false}}");
    write_text("assets/menu/data.bin", "1");
}

static void change(void)
{
    static unsigned number;
    char text[16];
    (void)snprintf(text, sizeof text, "%u", 100 + number++);
    write_text("assets/menu/data.bin", text);
}

static enum service_status watch_with(struct story *story, const char *workspace)
{
    const struct base_clock clock = {
        .now = story_now, .date = story_date, .sleep = story_sleep, .wait = story_wait, .context = story};
    union service_request request;
    struct base_task task = BASE_TASK_INIT;
    const struct service_operation *operation = service_operation(SERVICE_OPERATION_WATCH);
    char *place = strdup(workspace);
    task.clock = &clock;
    int pipe_ends[2] = {-1, -1}; /* nothing is ever written: only the clock ends a wait */
    REQUIRE(pipe2(pipe_ends, O_CLOEXEC) == 0);
    task.wake = pipe_ends[0];
    story->task = &task;
    service_request_begin(&request, operation);
    const struct service_call call = {
        .operation = operation,
        .task = &task,
        .workspace = place,
        .request = &request,
        .take = take_answer,
        .take_context = story,
    };
    enum service_status status = service_run(&call);
    REQUIRE(close(pipe_ends[0]) == 0 && close(pipe_ends[1]) == 0);
    free(place);
    return status;
}

static void watch(struct story *story)
{
    CHECK_U64(watch_with(story, unit_directory()), SERVICE_STATUS_WELL);
}

static void check_told(const struct story *story, size_t index, int64_t at, enum service_status status)
{
    REQUIRE(index < story->answers);
    CHECK_U64(story->told[index].at, at);
    CHECK_U64(story->told[index].status, status);
}

/* ---- When ---- */

UNIT_TEST(it_builds_at_once_and_then_waits)
{
    make_workspace();
    struct story story = {.end = 100000};
    watch(&story);
    CHECK_U64(story.answers, 1);
    check_told(&story, 0, 0, SERVICE_STATUS_WELL);
    CHECK(!story.told[0].unchanged);
    CHECK(access(unit_path("build/assets.pa"), F_OK) == 0);
}

UNIT_TEST(a_change_is_built_after_a_tenth_of_a_second_of_quiet)
{
    make_workspace();
    static const struct step steps[] = {{1000, change}, {5000, change}, {5090, change}, {9000, change}};
    struct story story = {.steps = steps, .count = 4, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 4);
    check_told(&story, 1, 1100, SERVICE_STATUS_WELL);
    check_told(&story, 2, 5190, SERVICE_STATUS_WELL);
    check_told(&story, 3, 9100, SERVICE_STATUS_WELL);
}

UNIT_TEST(noise_is_waited_out_for_two_seconds)
{
    make_workspace();
    enum { CHANGES = 50, APART = 60 };
    struct step steps[CHANGES];
    for (size_t i = 0; i < CHANGES; i++) {
        steps[i] = (struct step){1000 + (int64_t)i * APART, change};
    }
    struct story story = {.steps = steps, .count = CHANGES, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 3);
    check_told(&story, 1, 3000, SERVICE_STATUS_WELL);
    check_told(&story, 2, 1000 + (CHANGES - 1) * APART + 100, SERVICE_STATUS_WELL);
}

static void write_outside(void)
{
    write_text("src/main.c", "int main;");
    write_text("build/other.o", "o");
    write_text("assets/.prometeu/other", "o");
}

UNIT_TEST(what_no_build_reads_starts_none)
{
    make_workspace();
    static const struct step steps[] = {{1000, write_outside}};
    struct story story = {.steps = steps, .count = 1, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 1);
}

static void touch(void)
{
    REQUIRE(chmod(unit_path("assets/menu/data.bin"), 0600) == 0);
}

UNIT_TEST(a_build_without_a_change_says_so)
{
    make_workspace();
    static const struct step steps[] = {{1000, touch}};
    struct story story = {.steps = steps, .count = 1, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 2);
    check_told(&story, 1, 1100, SERVICE_STATUS_WELL);
    CHECK(story.told[1].unchanged);
    CHECK(story.told[1].repeated);
}

/* ---- Failures ---- */

static void break_registry(void)
{
    write_text("assets/.prometeu/index.json", "{");
}

UNIT_TEST(a_fault_is_not_built_again_before_it_has_changed)
{
    make_workspace();
    static const struct step steps[] = {{1000, break_registry}, {90000, make_workspace}};
    struct story story = {.steps = steps, .count = 2, .end = 100000};
    watch(&story);
    CHECK_U64(story.answers, 3);
    check_told(&story, 1, 1100, SERVICE_STATUS_WRONG);
    check_told(&story, 2, 90100, SERVICE_STATUS_WELL);
}

static void block_output(void)
{
    REQUIRE(unlink(unit_path("build/assets.pa")) == 0);
    REQUIRE(mkdir(unit_path("build/assets.pa"), 0777) == 0);
    REQUIRE(mkdir(unit_path("build/assets.pa/full"), 0777) == 0);
    change();
}

static unsigned tries;

/* Nothing tells of this: the directory in the output is not watched. */
static void empty_blocker(void)
{
    REQUIRE(rmdir(unit_path("build/assets.pa/full")) == 0);
    tries++;
}

UNIT_TEST(what_the_environment_refuses_is_tried_every_second_and_said_once)
{
    make_workspace();
    static const struct step steps[] = {{1000, block_output}, {10500, empty_blocker}};
    struct story story = {.steps = steps, .count = 2, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 2);
    check_told(&story, 1, 1100, SERVICE_STATUS_ENVIRONMENT);
    CHECK_U64(tries, 1);
}

static void free_output(void)
{
    REQUIRE(rmdir(unit_path("build/assets.pa/full")) == 0);
    REQUIRE(rmdir(unit_path("build/assets.pa")) == 0);
}

UNIT_TEST(what_was_refused_is_published_when_it_can_be)
{
    make_workspace();
    static const struct step steps[] = {{1000, block_output}, {10500, free_output}};
    struct story story = {.steps = steps, .count = 2, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 3);
    check_told(&story, 1, 1100, SERVICE_STATUS_ENVIRONMENT);
    check_told(&story, 2, 11100, SERVICE_STATUS_WELL);
}

static void remove_artifact(void)
{
    REQUIRE(unlink(unit_path("build/preload.json")) == 0);
}

UNIT_TEST(an_artifact_that_is_gone_is_made_again)
{
    make_workspace();
    static const struct step steps[] = {{1000, remove_artifact}, {5000, remove_artifact}};
    struct story story = {.steps = steps, .count = 2, .end = 20000};
    watch(&story);
    CHECK_U64(story.answers, 3);
    check_told(&story, 1, 1100, SERVICE_STATUS_WELL);
    check_told(&story, 2, 5100, SERVICE_STATUS_WELL);
    CHECK(access(unit_path("build/preload.json"), F_OK) == 0);
}

UNIT_TEST(without_a_workspace_it_ends)
{
    struct story story = {.end = 1000};
    CHECK_U64(watch_with(&story, unit_directory()), SERVICE_STATUS_WRONG);
    CHECK_U64(story.answers, 1);
    CHECK_U64(story.now, 0);
}

static void move_registry(void)
{
    REQUIRE(rename(unit_path("assets"), unit_path("elsewhere")) == 0);
}

static void move_registry_back(void)
{
    REQUIRE(rename(unit_path("elsewhere"), unit_path("assets")) == 0);
}

UNIT_TEST(a_workspace_that_goes_may_come_back)
{
    make_workspace();
    static const struct step steps[] = {{1000, move_registry}, {50000, move_registry_back}};
    struct story story = {.steps = steps, .count = 2, .end = 60000};
    watch(&story);
    CHECK_U64(story.answers, 3);
    check_told(&story, 1, 1100, SERVICE_STATUS_WRONG);
    CHECK(story.told[2].at >= 50000 && story.told[2].at <= 50100);
    CHECK_U64(story.told[2].status, SERVICE_STATUS_WELL);
}
