/* What messages ask for, and how wrong ones are answered. */
#include "serve/dispatch.h"
#include "tests/lib/sample.h"

static struct serve_session open_session(void)
{
    return (struct serve_session){.phase = SERVE_PHASE_OPEN};
}

static struct serve_action dispatch(struct serve_session *session, const char *text)
{
    struct serve_action action;
    struct base_bytes copy = sample_copy(base_bytes_of_string(text));
    serve_dispatch(session, copy, &action);
    sample_free(copy);
    return action;
}

/* The message is answered by an error that begins like this. */
static void check_error(struct serve_session session, const char *message, const char *expected)
{
    struct serve_action action = dispatch(&session, message);
    const char *reply = base_text_string(&action.reply);
    CHECK(action.act == SERVE_ACT_REPLY);
    CHECK(strncmp(reply, "{\"jsonrpc\":\"2.0\",\"id\":", 22) == 0);
    if (strncmp(reply + 22, expected, strlen(expected)) != 0) {
        CHECK_STRING(reply + 22, expected);
    }
    serve_action_free(&action);
}

static void check_act(struct serve_session session, const char *message, enum serve_act expected)
{
    struct serve_action action = dispatch(&session, message);
    CHECK_ROW(action.act, expected, message);
    serve_action_free(&action);
}

UNIT_TEST(what_is_not_a_request_is_refused)
{
    const struct serve_session session = open_session();
    check_error(session, "", "null,\"error\":{\"code\":-32700");
    check_error(session, "{", "null,\"error\":{\"code\":-32700");
    check_error(session, "{\"a\":\"\xff\"}", "null,\"error\":{\"code\":-32700");
    check_error(session, "{} {}", "null,\"error\":{\"code\":-32700");
    check_error(session, "[]", "null,\"error\":{\"code\":-32600");
    check_error(session, "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}]", "null,\"error\":{\"code\":-32600");
    check_error(session, "7", "null,\"error\":{\"code\":-32600");
    check_error(session, "{}", "null,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"shutdown\"}", "1,\"error\":{\"code\":-32600");
    check_error(session, "{\"id\":1,\"method\":\"shutdown\"}", "1,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":1}", "1,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"method\":5}", "null,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"method\":\"exit\",\"method\":\"exit\"}",
                "null,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\",\"params\":5}",
                "1,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", "1,\"error\":{\"code\":-32600");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"shutdown\"}",
                "1,\"error\":{\"code\":-32600");
}

UNIT_TEST(an_id_is_a_string_or_an_integer)
{
    static const char *const wrong[] = {"null", "1.0", "1e3", "-0.0", "true", "[]", "{}", "9007199254740993"};
    struct serve_session session = open_session();
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_addf(&message, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"nothing\"}", wrong[i]);
        check_error(session, base_text_string(&message), "null,\"error\":{\"code\":-32600");
        base_text_free(&message);
    }
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":-0,\"method\":\"nothing\"}", "0,\"error\":{\"code\":-32601");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":-7,\"method\":\"nothing\"}", "-7,\"error\":{\"code\":-32601");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":\"\\u0061\\\"\",\"method\":\"nothing\"}",
                "\"a\\\"\",\"error\":{\"code\":-32601");
    check_error(session, "{\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"nothing\"}", "\"\",\"error\":{\"code\":-32601");
}

UNIT_TEST(an_id_has_1024_bytes_at_most)
{
    const struct serve_session session = open_session();
    for (int more = 0; more < 2; more++) {
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_add_string(&message, "{\"jsonrpc\":\"2.0\",\"method\":\"nothing\",\"id\":\"");
        for (int i = 0; i < SERVE_ID_MOST + more; i++) {
            base_text_add_char(&message, 'x');
        }
        base_text_add_string(&message, "\"}");
        check_error(session, base_text_string(&message), more ? "null,\"error\":{\"code\":-32600" : "\"xxxx");
        base_text_free(&message);
    }
}

UNIT_TEST(notifications_and_responses_are_not_answered)
{
    const struct serve_session session = open_session();
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"nothing\"}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"$/nothing\",\"params\":[1]}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"prpack/list\"}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"shutdown\"}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"other\":1,\"other\":2}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}}", SERVE_ACT_NOTHING);
}

UNIT_TEST(notifications_with_an_id_are_refused)
{
    const struct serve_session fresh = {.phase = SERVE_PHASE_NEW};
    static const char *const names[] = {"initialized", "exit", "$/cancelRequest", "window/workDoneProgress/cancel"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct base_text message = BASE_TEXT_EMPTY;
        struct base_text expected = BASE_TEXT_EMPTY;
        base_text_addf(&message, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":{\"id\":1}}", names[i]);
        base_text_addf(&expected, "1,\"error\":{\"code\":-32601,\"message\":\"\\\"%s\\\" is a notification;", names[i]);
        check_error(open_session(), base_text_string(&message), base_text_string(&expected));
        check_error(fresh, base_text_string(&message), "1,\"error\":{\"code\":-32002");
        base_text_free(&message);
        base_text_free(&expected);
    }
}

UNIT_TEST(requests_have_their_time)
{
    const struct serve_session fresh = {.phase = SERVE_PHASE_NEW};
    const struct serve_session closing = {.phase = SERVE_PHASE_CLOSING};
    static const char list[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/list\"}";
    static const char initialize[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\"}";
    static const char shutdown[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"}";
    static const char leave[] = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
    check_error(fresh, list, "1,\"error\":{\"code\":-32002");
    check_error(fresh, shutdown, "1,\"error\":{\"code\":-32002");
    check_error(closing, list, "1,\"error\":{\"code\":-32600");
    check_error(closing, shutdown, "1,\"error\":{\"code\":-32600");
    check_error(closing, initialize, "1,\"error\":{\"code\":-32600");
    check_error(open_session(), initialize, "1,\"error\":{\"code\":-32600");
    check_act(fresh, initialize, SERVE_ACT_INITIALIZE);
    check_act(open_session(), list, SERVE_ACT_RUN);
    check_act(open_session(), shutdown, SERVE_ACT_SHUTDOWN);
    check_act(fresh, leave, SERVE_ACT_EXIT);
    check_act(open_session(), leave, SERVE_ACT_EXIT);
    check_act(closing, leave, SERVE_ACT_EXIT);
}

static void check_hello(const char *params, const char *expected)
{
    const struct serve_session fresh = {.phase = SERVE_PHASE_NEW};
    struct base_text message = BASE_TEXT_EMPTY;
    base_text_addf(&message, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":%s}", params);
    if (expected != NULL) {
        check_error(fresh, base_text_string(&message), expected);
    } else {
        check_act(fresh, base_text_string(&message), SERVE_ACT_INITIALIZE);
    }
    base_text_free(&message);
}

UNIT_TEST(initialize_is_checked)
{
    static const char wrong[] = "1,\"error\":{\"code\":-32602";
    check_hello("{\"protocolVersion\":1,\"processId\":null,\"workspace\":null,\"clientInfo\":{\"name\":\"x\"}}", NULL);
    check_hello("{\"rootUri\":\"file:///\",\"capabilities\":{\"window\":{}}}", NULL);
    check_hello("{\"capabilities\":{\"events\":null,\"x\":1,\"x\":2},\"x\":1,\"x\":2}", NULL);
    check_hello("null", NULL);
    check_hello("[]", wrong);
    check_hello("{\"protocolVersion\":\"1\"}", wrong);
    check_hello("{\"processId\":0}", wrong);
    check_hello("{\"processId\":\"1\"}", wrong);
    check_hello("{\"workspace\":\"\"}", wrong);
    check_hello("{\"workspace\":5}", wrong);
    check_hello("{\"capabilities\":{\"events\":1}}", wrong);
    check_hello("{\"capabilities\":[]}", wrong);
    check_hello("{\"capabilities\":{\"events\":true,\"events\":true}}", wrong);
    check_hello("{\"clientInfo\":1,\"clientInfo\":2}", wrong);
    check_hello("{\"workspace\":null,\"workspace\":null}", wrong);
    check_hello("{\"processId\":1.0}", wrong);
    check_hello("{\"protocolVersion\":2}",
                "1,\"error\":{\"code\":-32602,\"message\":\"protocolVersion is one that this server does not have; "
                "expected 1\",\"data\":{\"supported\":[1]}}}");
}

/* The parameters of a build are refused, and the answer names this one. */
static void check_parameter(const char *method, const char *params, const char *name)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct base_text data = BASE_TEXT_EMPTY;
    struct serve_session session = open_session();
    base_text_addf(&message, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/%s\",\"params\":%s}", method, params);
    base_text_addf(&data, "\"data\":{\"parameter\":\"%s\"}}}", name);
    struct serve_action action = dispatch(&session, base_text_string(&message));
    const char *reply = base_text_string(&action.reply);
    CHECK(strstr(reply, "\"code\":-32602") != NULL);
    if (strstr(reply, base_text_string(&data)) == NULL || strstr(reply, name) == strstr(reply, "\"data\"")) {
        CHECK_STRING(reply, base_text_string(&data));
    }
    serve_action_free(&action);
    base_text_free(&message);
    base_text_free(&data);
}

UNIT_TEST(a_wrong_parameter_is_named)
{
    check_parameter("build", "{\"verfy\":true}", "verfy");
    check_parameter("build", "{\"verf\\u0079\\/\\u00e9\":true}", "verfy/\xc3\xa9");
    check_parameter("build", "{\"verify\":1}", "verify");
    check_parameter("build", "{\"verify\":true,\"verify\":true}", "verify");
    check_parameter("build", "{\"verify\":null,\"verify\":true}", "verify");
    check_parameter("build", "{\"jobs\":0}", "jobs");
    check_parameter("build", "{\"jobs\":1025}", "jobs");
    check_parameter("build", "{\"jobs\":1.5}", "jobs");
    check_parameter("build", "{\"jobs\":\"2\"}", "jobs");
    check_parameter("build", "{\"jobs\":18446744073709551617}", "jobs");
    check_parameter("build", "{\"output\":\"\"}", "output");
    check_parameter("build", "{\"output\":\"a\\u0000b\"}", "output");
    check_parameter("build", "{\"output\":[]}", "output");
    check_parameter("build", "{\"only\":\"a\"}", "only");
    check_parameter("build", "{\"only\":[1]}", "only");
    check_parameter("build", "{\"no-cache\":true}", "no-cache");
    check_parameter("build", "{\"workDoneToken\":1.5}", "workDoneToken");
    check_parameter("build", "{\"findings\":\"yes\"}", "findings");
    check_parameter("add", "{\"tile_size\":12,\"roots\":[\"a\"]}", "tile_size");
    check_parameter("add", "{}", "roots");
    check_parameter("add", "{\"roots\":null}", "roots");
    check_parameter("add", "{\"roots\":[]}", "roots");
    check_parameter("add", "{\"roots\":[\"a\"],\"format\":\"SCENE/raw_v1\"}", "format");
    check_parameter("ids", "{\"product\":\"c\"}", "product");
    check_parameter("show", "{}", "asset");
}

UNIT_TEST(parameters_become_a_request)
{
    struct serve_session session = open_session();
    struct serve_action action = dispatch(
        &session,
        "{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"method\":\"prpack/add\",\"params\":{\"roots\":[\"a\",\"\\u00e9\"],"
        "\"as\":\"SCENE/raw_v1\",\"slot\":3,\"preload\":false,\"max_decoded\":5000000000,\"only\":[],"
        "\"name\":null,\"workDoneToken\":-5,\"findings\":true}}");
    REQUIRE(action.act == SERVE_ACT_RUN);
    const struct service_add_request *add = &action.job->request.add;
    CHECK_U64(add->roots.count, 2);
    CHECK_STRING(add->roots.items[0], "a");
    CHECK_STRING(add->roots.items[1], "\xc3\xa9");
    CHECK_STRING(add->format, "SCENE/raw_v1");
    CHECK(add->name == NULL);
    CHECK(add->has_slot && add->slot == 3);
    CHECK(add->has_preload && !add->preload);
    CHECK_U64(add->max_decoded, 5000000000);
    CHECK_STRING(base_text_string(&action.job->id), "\"x\"");
    CHECK_STRING(base_text_string(&action.job->token), "-5");
    CHECK(action.job->findings);
    CHECK_U64(action.job->number, 1);
    serve_action_free(&action);
}

UNIT_TEST(a_list_has_16384_elements_at_most)
{
    for (int more = 0; more < 2; more++) {
        struct serve_session session = open_session();
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_add_string(&message,
                             "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/inspect\",\"params\":{\"paths\":[");
        for (int i = 0; i < SERVE_LIST_MOST + more; i++) {
            base_text_add_string(&message, i == 0 ? "\"\"" : ",\"\"");
        }
        base_text_add_string(&message, "]}}");
        struct serve_action action = dispatch(&session, base_text_string(&message));
        CHECK(action.act == (more ? SERVE_ACT_REPLY : SERVE_ACT_RUN));
        serve_action_free(&action);
        base_text_free(&message);
    }
}

UNIT_TEST(methods_are_named_after_operations)
{
    static const char *const names[] = {"quarantine_list", "quarantine-list", "merge_registry", "merge-registry"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct serve_session session = open_session();
        struct base_text message = BASE_TEXT_EMPTY;
        base_text_addf(&message, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/%s\",\"params\":{%s}}", names[i],
                       i < 2 ? "" : "\"base\":\"a\",\"ours\":\"b\",\"theirs\":\"c\"");
        struct serve_action action = dispatch(&session, base_text_string(&message));
        CHECK_ROW(action.act, SERVE_ACT_RUN, names[i]);
        serve_action_free(&action);
        base_text_free(&message);
    }
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/quarantine list\"}",
                "1,\"error\":{\"code\":-32601");
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/\"}",
                "1,\"error\":{\"code\":-32601");
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack\\/\\u006eo\"}",
                "1,\"error\":{\"code\":-32601,\"message\":\"there is no method \\\"prpack/no\\\"\"");
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"build\"}", "1,\"error\":{\"code\":-32601");
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$/build\"}",
                "1,\"error\":{\"code\":-32601");
    check_error(open_session(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prpack/list\",\"params\":[]}",
                "1,\"error\":{\"code\":-32602");
}

UNIT_TEST(a_cancellation_names_a_request)
{
    struct serve_session session = open_session();
    struct serve_action action =
        dispatch(&session, "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":\"\\u0061\"}}");
    CHECK(action.act == SERVE_ACT_CANCEL);
    CHECK_STRING(base_text_string(&action.id), "\"a\"");
    CHECK(!action.is_token);
    serve_action_free(&action);
    action = dispatch(&session,
                      "{\"jsonrpc\":\"2.0\",\"method\":\"window/workDoneProgress/cancel\",\"params\":{\"token\":-0}}");
    CHECK(action.act == SERVE_ACT_CANCEL && action.is_token);
    CHECK_STRING(base_text_string(&action.id), "0");
    serve_action_free(&action);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"window/workDoneProgress/cancel\",\"params\":{\"id\":1}}",
              SERVE_ACT_NOTHING);
    check_act((struct serve_session){.phase = SERVE_PHASE_NEW},
              "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":1}}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":{\"id\":null}}",
              SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\"}", SERVE_ACT_NOTHING);
    check_act(session, "{\"jsonrpc\":\"2.0\",\"method\":\"$/cancelRequest\",\"params\":[1]}", SERVE_ACT_NOTHING);
}
