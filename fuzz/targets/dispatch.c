/* The dispatcher of the server: whatever a message says, the answer is JSON on one line with the right id, what is to
 * be run is within the limits of its table, and running out of memory shows. The first parameter says how far the
 * session is, the second which allocation fails. */
#include "serve/dispatch.h"
#include "fuzz/lib/findings.h"
#include "fuzz/lib/harness.h"
#include "json/check.h"
#include "json/object.h"

#include <string.h>

static void check_reply(struct base_bytes reply)
{
    struct json_tokenizer json;
    FUZZ_CHECK(json_validate(&json, reply));
    FUZZ_CHECK(memchr(reply.data, '\n', reply.size) == NULL);
    struct json_token root = json_root(reply, NULL);
    FUZZ_CHECK(json_token_is(reply, json_object_member(reply, root, "jsonrpc"), "2.0"));
    struct json_token id = json_object_member(reply, root, "id");
    FUZZ_CHECK(id.kind == JSON_NULL || id.kind == JSON_STRING || json_token_is_exact(reply, id));
    struct json_token error = json_object_member(reply, root, "error");
    int64_t code = 0;
    FUZZ_CHECK(json_token_integer(reply, json_object_member(reply, error, "code"), -32803, -32002, &code));
}

/* The strings of a list are there. */
static void check_strings(const struct service_member *member, const void *request)
{
    struct service_strings strings;
    memcpy(&strings, (const char *)request + member->offset, sizeof strings);
    FUZZ_CHECK(strings.count <= SERVE_LIST_MOST && (!member->required || strings.count > 0));
    for (size_t i = 0; i < strings.count; i++) {
        FUZZ_CHECK(strlen(strings.items[i]) < SIZE_MAX);
    }
}

static void check_member(const struct service_member *member, const void *request)
{
    struct service_value value = {.string = NULL};
    if (member->kind == SERVICE_KIND_LIST) {
        check_strings(member, request);
    } else if (service_member_read(member, request, &value)) {
        bool counts = member->kind == SERVICE_KIND_COUNT || member->kind == SERVICE_KIND_SIZE;
        FUZZ_CHECK(!counts || member->choices != NULL || member->most == 0 || value.count <= (uint64_t)member->most);
        FUZZ_CHECK(member->storage != SERVICE_STORED_STRING || !member->not_empty || value.string[0] != '\0');
    } else {
        FUZZ_CHECK(!member->required);
    }
}

static void check_job(const struct serve_job *job)
{
    FUZZ_CHECK(job->id.size > 0 && job->number == 1);
    for (size_t i = 0; i < job->operation->request->count; i++) {
        check_member(&job->operation->request->members[i], &job->request);
    }
}

static void check(struct base_bytes text, enum serve_phase phase, const struct serve_action *action)
{
    struct json_tokenizer json;
    bool is_json = json_validate(&json, text);
    FUZZ_CHECK(!base_text_out_of_memory(&action->reply));
    FUZZ_CHECK((action->act == SERVE_ACT_REPLY) == (action->reply.size > 0));
    FUZZ_CHECK((action->act == SERVE_ACT_RUN) == (action->job != NULL));
    FUZZ_CHECK(is_json || action->act == SERVE_ACT_REPLY);
    FUZZ_CHECK(action->act != SERVE_ACT_INITIALIZE || phase == SERVE_PHASE_NEW);
    FUZZ_CHECK((action->act != SERVE_ACT_RUN && action->act != SERVE_ACT_SHUTDOWN) || phase == SERVE_PHASE_OPEN);
    if (action->act == SERVE_ACT_REPLY) {
        check_reply(base_text_bytes(&action->reply));
    }
    if (action->job != NULL) {
        check_job(action->job);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct base_bytes input = base_bytes_make(data, size);
    struct serve_session session = {.phase = (enum serve_phase)fuzz_take_below(&input, 3)};
    const struct serve_session begun = session;
    unsigned failing = fuzz_take_u8(&input);
    struct serve_action action;
    struct base_bytes text = fuzz_guard(0, input);
    fuzz_memory_begin();
    serve_dispatch(&session, text, &action);
    check(text, begun.phase, &action);
    serve_action_free(&action);
    FUZZ_CHECK(fuzz_memory_live() == 0);

    session = begun;
    fuzz_memory_fail(1 + failing % 16);
    serve_dispatch(&session, text, &action);
    FUZZ_CHECK(!fuzz_memory_failed() || action.act == SERVE_ACT_REPLY || base_text_out_of_memory(&action.reply));
    serve_action_free(&action);
    FUZZ_CHECK(fuzz_memory_live() == 0);
    return 0;
}
