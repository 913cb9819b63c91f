#include "serve/events.h"

#include "serve/reply.h"

static struct json_emit begin(struct base_text *message, const struct serve_job *job, const char *kind)
{
    struct json_emit emit = serve_notice_begin(message, "prpack/event", job->number);
    json_emit_key(&emit, "kind");
    json_emit_string(&emit, kind);
    return emit;
}

static void end(struct serve_output *output, struct json_emit *emit)
{
    serve_notice_end(emit);
    serve_output_notify(output, emit->text, false);
}

static void add_string(struct json_emit *emit, const char *key, const char *value)
{
    json_emit_key(emit, key);
    json_emit_string(emit, value);
}

static void add_number(struct json_emit *emit, const char *key, uint64_t value)
{
    json_emit_key(emit, key);
    json_emit_u64(emit, value);
}

/* ---- Of one asset ---- */

static void send_root(struct serve_output *output, const struct serve_job *job, const char *kind, const char *root)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&message, job, kind);
    add_string(&emit, "root", root);
    end(output, &emit);
}

static void send_asset(struct serve_output *output, const struct serve_job *job, const char *kind,
                       const struct service_explained_asset *asset)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&message, job, kind);
    add_string(&emit, "root", asset->root);
    json_emit_key(&emit, "asset_id");
    json_emit_i64(&emit, asset->asset_id);
    end(output, &emit);
}

static bool is_changed(enum service_build_reason reason)
{
    return reason == SERVICE_REASON_NEW || reason == SERVICE_REASON_IDENTITY || reason == SERVICE_REASON_DECLARATION ||
           reason == SERVICE_REASON_INPUT;
}

static void send_assets(struct serve_output *output, const struct serve_job *job,
                        const struct service_explained *explained)
{
    for (size_t i = 0; i < explained->count; i++) {
        const struct service_explained_asset *asset = &explained->assets[i];
        if (asset->action == SERVICE_ACTION_PACK && is_changed(asset->reason)) {
            send_asset(output, job, "asset_changed", asset);
        }
        if (asset->action != SERVICE_ACTION_DROP) {
            send_asset(output, job, asset->action == SERVICE_ACTION_KEEP ? "cache_hit" : "cache_miss", asset);
        }
    }
}

/* ---- Of an answer ---- */

static void send_finished(struct serve_output *output, const struct serve_job *job, enum service_status status,
                          bool published)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&message, job, "build_finished");
    add_number(&emit, "status", (uint64_t)status);
    json_emit_key(&emit, "published");
    json_emit_bool(&emit, published);
    end(output, &emit);
}

void serve_events_cancelled(struct serve_output *output, const struct serve_job *job)
{
    send_finished(output, job, SERVICE_STATUS_CANCELLED, false);
}

static void send_build(struct serve_output *output, const struct serve_job *job, const struct service_answer *answer)
{
    const struct service_build_result *build = &answer->result.build;
    send_assets(output, job, &build->explained);
    if (build->image_count > 0 && build->image != NULL) {
        struct base_text message = BASE_TEXT_EMPTY;
        struct json_emit emit = begin(&message, job, "preview_ready");
        add_string(&emit, "path", build->image);
        end(output, &emit);
    }
    send_finished(output, job, answer->status, build->published == SERVICE_PUBLISHED);
}

static void send_counts(struct serve_output *output, const struct serve_job *job, const struct service_answer *answer)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&message, job, "diagnostics_updated");
    add_number(&emit, "errors", service_count_errors(answer));
    add_number(&emit, "warnings", service_count_warnings(answer));
    end(output, &emit);
}

void serve_events_add(struct serve_output *output, const struct serve_job *job, const struct service_answer *answer)
{
    const union service_result *result = &answer->result;
    enum service_operation_id id = job->operation->id;
    if (id == SERVICE_OPERATION_BUILD || id == SERVICE_OPERATION_WATCH) {
        if (answer->ran) {
            send_build(output, job, answer);
        } else {
            send_finished(output, job, answer->status, false);
        }
    }
    if (answer->ran && id == SERVICE_OPERATION_LIST) {
        for (size_t i = 0; i < result->list.unregistered_count; i++) {
            send_root(output, job, "asset_discovered", result->list.unregistered[i]);
        }
    }
    if (answer->ran && id == SERVICE_OPERATION_ADD && result->add.added && !result->add.update &&
        !result->add.dry_run) {
        send_root(output, job, "asset_discovered", result->add.root);
    }
    send_counts(output, job, answer);
}

/* ---- Of an operation ---- */

void serve_events_begin(struct serve_output *output, const struct serve_job *job)
{
    struct base_text message = BASE_TEXT_EMPTY;
    struct json_emit emit = begin(&message, job, "build_started");
    end(output, &emit);
}

/* The value of a member that is a boolean; `otherwise` when the request does not have it. */
static bool asks(const struct serve_job *job, const char *name, bool otherwise)
{
    const struct service_member *member = service_table_member(job->operation->request, name);
    struct service_value value = {.boolean = otherwise};
    if (member != NULL) {
        (void)service_member_read(member, &job->request, &value);
    }
    return value.boolean;
}

void serve_events_end(struct serve_output *output, const struct serve_job *job, enum service_status status)
{
    struct base_text message = BASE_TEXT_EMPTY;
    bool well = status == SERVICE_STATUS_WELL;
    if (job->operation->changes != SERVICE_CHANGES_WORKSPACE || asks(job, "dry_run", false) ||
        !asks(job, "write", true)) {
        return;
    }
    struct json_emit emit = begin(&message, job, well ? "action_applied" : "action_failed");
    add_string(&emit, "action", job->operation->name);
    if (!well) {
        add_number(&emit, "status", (uint64_t)status);
    }
    end(output, &emit);
}
