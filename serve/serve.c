#include "serve/serve.h"

#include "serve/act.h"
#include "serve/bell.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

enum {
    PENDING_MOST = 32 << 20, /* bytes that requests and answers may take before no more are read */
    PIECE = 64 << 10,        /* bytes that are read at once */
    LOOK_MILLISECONDS = 1000 /* between two looks at a client that has no pidfd */
};

/* What the loop waits for. */
enum { INPUT, BELL, LIFE, CLIENT, OUTPUT, AWAITED };

/* ---- Input ---- */

static void take_frame(struct serve_server *server, enum serve_frame frame)
{
    serve_output_frame(server->host.output, server->framer.framing);
    switch (frame) {
    case SERVE_FRAME_MESSAGE:
        serve_act(server, serve_framer_message(&server->framer));
        break;
    case SERVE_FRAME_LONG:
        serve_act_refuse(server, SERVE_ERROR_REQUEST, "the message is longer than 16 MiB");
        break;
    case SERVE_FRAME_MEMORY:
        serve_act_refuse(server, SERVE_ERROR_ENVIRONMENT, "there was no memory for the message");
        break;
    case SERVE_FRAME_BROKEN:
        serve_act_refuse(server, SERVE_ERROR_PARSE,
                         "a header cannot be read; expected lines NAME: VALUE of at most 8 KiB together, with one "
                         "Content-Length");
        server->broken = true;
        server->ended = true;
        break;
    case SERVE_FRAME_MORE:
        break;
    }
}

static void take_bytes(struct serve_server *server, struct base_bytes bytes)
{
    enum serve_frame frame = SERVE_FRAME_MESSAGE;
    while (frame != SERVE_FRAME_MORE && !server->ended && !server->exits) {
        frame = serve_framer_next(&server->framer, &bytes);
        take_frame(server, frame);
    }
}

static void read_input(struct serve_server *server, int input)
{
    uint8_t bytes[PIECE];
    ssize_t size = read(input, bytes, sizeof bytes);
    if (size > 0) {
        take_bytes(server, base_bytes_make(bytes, (size_t)size));
    } else if (size == 0 || (errno != EINTR && errno != EAGAIN)) {
        take_frame(server, serve_framer_end(&server->framer));
        server->ended = true;
    }
}

/* ---- The loop ---- */

/* Whether so much is unanswered or unread that no more is read. */
static bool is_full(const struct serve_server *server)
{
    return serve_lane_cost(server->changes) + serve_lane_cost(server->reads) +
               serve_output_unread(server->host.output) >
           PENDING_MOST;
}

static void wait_for_something(const struct serve_server *server, const struct serve_options *options,
                               struct pollfd awaited[AWAITED])
{
    bool reads = !server->ended && !server->exits && !is_full(server);
    awaited[INPUT] = (struct pollfd){.fd = reads ? options->input : -1, .events = POLLIN};
    awaited[BELL] = (struct pollfd){.fd = server->bell, .events = POLLIN};
    awaited[LIFE] = (struct pollfd){.fd = options->life->wake, .events = POLLIN};
    awaited[CLIENT] = (struct pollfd){.fd = server->process, .events = POLLIN};
    awaited[OUTPUT] = (struct pollfd){.fd = options->output};
    bool looks = options->life->wake < 0 || server->polled != 0;
    if (poll(awaited, AWAITED, looks ? LOOK_MILLISECONDS : -1) < 0) {
        for (int i = 0; i < AWAITED; i++) {
            awaited[i].revents = 0;
        }
    }
    /* Before anything is looked at: what rings after that wakes the next poll. */
    if (awaited[BELL].revents != 0) {
        serve_bell_clear(server->bell);
    }
}

/* Whether what was read or is asked for last does not matter any more, or cannot be answered. */
static bool is_abandoned(const struct serve_server *server, const struct serve_options *options,
                         const struct pollfd awaited[AWAITED])
{
    return base_task_cancelled(options->life) || server->orphaned || awaited[CLIENT].revents != 0 ||
           (awaited[OUTPUT].revents & (POLLERR | POLLHUP)) != 0 || serve_output_is_over(server->host.output) ||
           serve_output_lacks_memory(server->host.output) ||
           (server->polled != 0 && kill((pid_t)server->polled, 0) != 0 && errno == ESRCH);
}

/* Reads and acts until the end. Returns whether the reads that are left are still wanted. */
static bool serve(struct serve_server *server, const struct serve_options *options)
{
    struct pollfd awaited[AWAITED];
    for (;;) {
        wait_for_something(server, options, awaited);
        if (is_abandoned(server, options, awaited)) {
            server->orphaned = true;
            return false;
        }
        if (awaited[INPUT].revents != 0) {
            read_input(server, options->input);
        }
        serve_act_close(server);
        if ((server->ended || server->exits) && server->closing.size == 0) {
            return !server->exits;
        }
    }
}

/* After the end of the input: waits until the reads are answered, or not wanted any more. */
static void drain(struct serve_server *server, const struct serve_options *options)
{
    struct pollfd awaited[AWAITED];
    serve_output_limit(server->host.output);
    while (!server->orphaned && (!serve_lane_is_idle(server->reads) || !serve_lane_is_idle(server->changes))) {
        wait_for_something(server, options, awaited);
        server->orphaned = is_abandoned(server, options, awaited);
    }
}

/* ---- Beginning and end ---- */

static bool begin(struct serve_server *server, const struct serve_options *options)
{
    server->bell = serve_bell_create();
    server->host = (struct serve_host){.present = options->present, .directory = options->life->directory};
    server->host.output = server->bell >= 0 ? serve_output_create(options->output, server->bell, server->trace) : NULL;
    if (server->host.output == NULL) {
        return false;
    }
    server->changes = serve_lane_create(serve_run, &server->host, server->bell);
    server->reads = serve_lane_create(serve_run, &server->host, server->bell);
    return server->changes != NULL && server->reads != NULL;
}

static void end_lanes(struct serve_server *server)
{
    struct serve_lane **const lanes[] = {&server->changes, &server->reads, &server->watch};
    for (size_t i = 0; i < sizeof lanes / sizeof lanes[0]; i++) {
        serve_lane_destroy(*lanes[i]);
        *lanes[i] = NULL;
    }
}

/* Returns whether the client has read everything. *lost: there was no memory for a message that has to come. */
static bool end(struct serve_server *server, bool *lost)
{
    const int descriptors[] = {server->bell, server->process, server->directory};
    end_lanes(server);
    serve_act_close(server); /* all that came before a `shutdown` is answered now */
    *lost = server->host.output != NULL && serve_output_lacks_memory(server->host.output);
    bool written = serve_output_destroy(server->host.output);
    serve_trace_close(server->trace);
    for (size_t i = 0; i < sizeof descriptors / sizeof descriptors[0]; i++) {
        if (descriptors[i] >= 0) {
            (void)close(descriptors[i]);
        }
    }
    base_text_free(&server->closing);
    serve_framer_free(&server->framer);
    return written;
}

enum serve_end serve_run_server(const struct serve_options *options)
{
    struct serve_server server = {.bell = -1, .process = -1, .directory = -1, .closing = BASE_TEXT_EMPTY};
    bool lost;
    serve_framer_init(&server.framer, options->framing);
    if (options->trace != NULL) {
        errno = serve_trace_open(&server.trace, options->trace);
        if (errno != 0) {
            return SERVE_END_TRACE;
        }
    }
    if (!begin(&server, options)) {
        int problem = errno;
        (void)end(&server, &lost);
        errno = problem;
        return SERVE_END_RESOURCES;
    }
    bool reads_go_on = serve(&server, options);
    serve_act_cancel_all(&server, reads_go_on);
    if (reads_go_on) {
        drain(&server, options);
    }
    serve_output_hurry(server.host.output);
    serve_act_cancel_all(&server, false);
    bool written = end(&server, &lost);
    bool well = server.closed || (server.ended && !server.orphaned && written);
    if (lost) {
        return SERVE_END_MEMORY;
    }
    return well && !server.broken ? SERVE_END_WELL : SERVE_END_EARLY;
}
