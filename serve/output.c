#include "serve/output.h"

#include "base/task.h"
#include "serve/bell.h"
#include "serve/reply.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* What a pipe takes without waiting, once it can be written to. */
enum { PIECE = 4096, PATIENCE_MILLISECONDS = 2000 };

struct unread {
    struct unread *next;
    struct base_text text; /* framed */
};

/* `lock` guards all below it. */
struct serve_output {
    int fd;
    int bell;
    int wake; /* rung when the limit is set */
    struct serve_trace *trace;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    enum serve_framing framing;
    struct unread *first;
    struct unread **last;
    size_t size;
    uint64_t sequence;
    bool hurries; /* serve_output_wait does not wait */
    bool limited; /* the client is not waited for without end */
    bool ends;    /* the thread ends when all is written */
    bool over;    /* nothing reads any more */
    bool lacks;   /* there was no memory for a message that has to come */
};

/* ---- The thread that writes ---- */

/* Waits until something can be written, or the limit is set. False: the client reads no more. */
static bool wait_for_reader(const struct serve_output *output, bool limited)
{
    struct pollfd awaited[] = {{.fd = output->fd, .events = POLLOUT},
                               {.fd = limited ? -1 : output->wake, .events = POLLIN}};
    int count = poll(awaited, 2, limited ? PATIENCE_MILLISECONDS : -1);
    if (count == 0) {
        return false;
    }
    return count < 0 || (awaited[0].revents & (POLLERR | POLLNVAL)) == 0;
}

static bool write_piece(const struct serve_output *output, struct base_bytes *rest)
{
    struct pollfd ready = {.fd = output->fd, .events = POLLOUT};
    if (poll(&ready, 1, 0) <= 0) {
        return true;
    }
    ssize_t written = write(output->fd, rest->data, rest->size < PIECE ? rest->size : PIECE);
    if (written < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    *rest = base_bytes_make(rest->data + written, rest->size - (size_t)written);
    return true;
}

static bool is_limited(struct serve_output *output)
{
    (void)pthread_mutex_lock(&output->lock);
    bool limited = output->limited;
    (void)pthread_mutex_unlock(&output->lock);
    return limited;
}

static bool write_all(struct serve_output *output, struct base_bytes bytes)
{
    while (bytes.size > 0) {
        if (!wait_for_reader(output, is_limited(output)) || !write_piece(output, &bytes)) {
            return false;
        }
    }
    return true;
}

static void drop_all(struct serve_output *output)
{
    while (output->first != NULL) {
        struct unread *next = output->first->next;
        base_text_free(&output->first->text);
        free(output->first);
        output->first = next;
    }
    output->last = &output->first;
    output->size = 0;
}

/* Takes the first message out of the list. NULL: the output ends. */
static struct unread *take_first(struct serve_output *output)
{
    while (output->first == NULL && !output->ends) {
        (void)pthread_cond_wait(&output->changed, &output->lock);
    }
    struct unread *unread = output->first;
    if (unread != NULL) {
        output->first = unread->next;
        output->last = output->first == NULL ? &output->first : output->last;
    }
    return unread;
}

static void *write_messages(void *context)
{
    struct serve_output *output = context;
    (void)pthread_mutex_lock(&output->lock);
    for (struct unread *unread = take_first(output); unread != NULL; unread = take_first(output)) {
        size_t size = unread->text.size;
        (void)pthread_mutex_unlock(&output->lock);
        bool written = write_all(output, base_text_bytes(&unread->text));
        base_text_free(&unread->text);
        free(unread);
        (void)pthread_mutex_lock(&output->lock);
        output->size -= size;
        if (!written) {
            output->over = true;
            drop_all(output);
        }
        (void)pthread_cond_broadcast(&output->changed);
        if (output->first == NULL) {
            serve_bell_ring(output->bell);
        }
    }
    (void)pthread_mutex_unlock(&output->lock);
    return NULL;
}

/* ---- Sending ---- */

static void frame(const struct serve_output *output, struct base_text *framed, struct base_bytes message)
{
    if (output->framing == SERVE_FRAMING_HEADER) {
        base_text_addf(framed, "Content-Length: %zu\r\n\r\n", message.size);
    }
    base_text_add(framed, message);
    if (output->framing != SERVE_FRAMING_HEADER) {
        base_text_add_char(framed, '\n');
    }
}

/* Adds a message to the list. False: there is no memory for it. Called with the lock. */
static bool add(struct serve_output *output, const struct base_text *message)
{
    if (output->over) {
        return true;
    }
    struct unread *unread = base_text_out_of_memory(message) ? NULL : calloc(1, sizeof *unread);
    if (unread == NULL) {
        return false;
    }
    frame(output, &unread->text, base_text_bytes(message));
    if (base_text_out_of_memory(&unread->text)) {
        base_text_free(&unread->text);
        free(unread);
        return false;
    }
    serve_trace_add(output->trace, "out", base_text_bytes(message));
    output->size += unread->text.size;
    *output->last = unread;
    output->last = &unread->next;
    (void)pthread_cond_broadcast(&output->changed);
    return true;
}

/* Adds an answer that says only why there is no other. */
static bool add_refusal(struct serve_output *output, const struct base_text *id)
{
    struct base_text reply = BASE_TEXT_EMPTY;
    serve_reply_error(&reply, id, SERVE_ERROR_ENVIRONMENT, "memory ran out", (struct base_bytes){.size = 0});
    bool added = add(output, &reply);
    base_text_free(&reply);
    return added;
}

/* A message is lost that the client waits for. Called with the lock. */
static void lose(struct serve_output *output)
{
    output->lacks = true;
    serve_bell_ring(output->bell);
}

void serve_output_answer(struct serve_output *output, const struct base_text *id, struct base_text *answer)
{
    (void)pthread_mutex_lock(&output->lock);
    if (!add(output, answer) && !add_refusal(output, id)) {
        lose(output);
    }
    (void)pthread_mutex_unlock(&output->lock);
    base_text_free(answer);
}

void serve_output_notify(struct serve_output *output, struct base_text *message, bool may_be_left_out)
{
    (void)pthread_mutex_lock(&output->lock);
    if (!may_be_left_out || output->size <= SERVE_REPORTS_MOST) {
        base_text_addf(message, "%" PRIu64 "}}", output->sequence + 1);
        if (add(output, message)) {
            output->sequence++;
        } else if (!may_be_left_out) {
            lose(output);
        }
    }
    (void)pthread_mutex_unlock(&output->lock);
    base_text_free(message);
}

void serve_output_wait(struct serve_output *output)
{
    (void)pthread_mutex_lock(&output->lock);
    while (output->size > SERVE_UNREAD_MOST && !output->over && !output->hurries) {
        (void)pthread_cond_wait(&output->changed, &output->lock);
    }
    (void)pthread_mutex_unlock(&output->lock);
}

/* ---- Its life ---- */

void serve_output_frame(struct serve_output *output, enum serve_framing framing)
{
    (void)pthread_mutex_lock(&output->lock);
    output->framing = framing;
    (void)pthread_mutex_unlock(&output->lock);
}

size_t serve_output_unread(struct serve_output *output)
{
    (void)pthread_mutex_lock(&output->lock);
    size_t size = output->size;
    (void)pthread_mutex_unlock(&output->lock);
    return size;
}

bool serve_output_is_over(struct serve_output *output)
{
    (void)pthread_mutex_lock(&output->lock);
    bool over = output->over;
    (void)pthread_mutex_unlock(&output->lock);
    return over;
}

bool serve_output_lacks_memory(struct serve_output *output)
{
    (void)pthread_mutex_lock(&output->lock);
    bool lacks = output->lacks;
    (void)pthread_mutex_unlock(&output->lock);
    return lacks;
}

struct serve_output *serve_output_create(int fd, int bell, struct serve_trace *trace)
{
    struct serve_output *output = calloc(1, sizeof *output);
    if (output == NULL) {
        return NULL;
    }
    *output = (struct serve_output){.fd = fd, .bell = bell, .wake = serve_bell_create(), .trace = trace};
    output->framing = SERVE_FRAMING_LINE;
    output->last = &output->first;
    (void)pthread_mutex_init(&output->lock, NULL);
    (void)pthread_cond_init(&output->changed, NULL);
    int problem = output->wake < 0 ? errno : pthread_create(&output->thread, NULL, write_messages, output);
    if (problem != 0) {
        if (output->wake >= 0) {
            (void)close(output->wake);
        }
        free(output);
        errno = problem;
        return NULL;
    }
    return output;
}

static void limit(struct serve_output *output, bool hurries, bool ends)
{
    (void)pthread_mutex_lock(&output->lock);
    output->limited = true;
    output->hurries = output->hurries || hurries;
    output->ends = ends;
    (void)pthread_cond_broadcast(&output->changed);
    (void)pthread_mutex_unlock(&output->lock);
    serve_bell_ring(output->wake);
}

void serve_output_limit(struct serve_output *output)
{
    limit(output, false, false);
}

void serve_output_hurry(struct serve_output *output)
{
    limit(output, true, false);
}

bool serve_output_destroy(struct serve_output *output)
{
    if (output == NULL) {
        return true;
    }
    limit(output, true, true);
    (void)pthread_join(output->thread, NULL);
    bool written = !output->over;
    drop_all(output);
    (void)close(output->wake);
    (void)pthread_cond_destroy(&output->changed);
    (void)pthread_mutex_destroy(&output->lock);
    free(output);
    return written;
}
