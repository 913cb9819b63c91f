#include "service/history/line.h"

#include "json/object.h"
#include "json/value.h"
#include "json/walk.h"

static bool read_number(const struct service_history_line *line, struct json_token value, uint64_t *number)
{
    int64_t read;
    bool fine = json_token_integer(line->text, value, 1, (int64_t)SERVICE_OPERATION_MAX, &read);
    *number = fine ? (uint64_t)read : 0;
    return fine;
}

bool service_history_line_read(struct service_history_line *line, struct base_bytes text)
{
    struct json_tokenizer json;
    *line = (struct service_history_line){.text = text};
    if (!json_validate(&json, text)) {
        return false;
    }
    line->root = json_root(text, NULL);
    struct json_token undoes = json_object_member(text, line->root, "undoes");
    line->time = json_object_member(text, line->root, "time");
    line->name = json_object_member(text, line->root, "name");
    line->words = json_object_member(text, line->root, "text");
    return line->time.kind == JSON_STRING && line->name.kind == JSON_STRING && line->words.kind == JSON_STRING &&
           read_number(line, json_object_member(text, line->root, "operation"), &line->operation) &&
           (undoes.kind == JSON_END || read_number(line, undoes, &line->undoes));
}
