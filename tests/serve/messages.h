/* The parts of docs/schemas/serve.schema.json that no table says: docs/contracts/serve.md, 2, 3 and 5. */
#ifndef PRPACK_TESTS_SERVE_MESSAGES_H
#define PRPACK_TESTS_SERVE_MESSAGES_H

/* The members that each message of a client has. */
static const char messages_client[] = "{\"jsonrpc\":{\"const\":\"2.0\"},\"id\":{\"type\":[\"string\",\"integer\"]}}";

/* Requests that are not operations. */
static const char messages_life[] =
    "{\"required\":[\"id\"],\"properties\":{\"method\":{\"enum\":[\"initialize\",\"shutdown\"]},\"params\":{\"ty"
    "pe\":[\"object\",\"null\"]}}}";

/* Notifications of a client. */
static const char messages_client_notification[] =
    "{\"not\":{\"required\":[\"id\"]},\"properties\":{\"method\":{\"enum\":[\"initialized\",\"exit\",\"$/cancelR"
    "equest\",\"window/workDoneProgress/cancel\"]},\"params\":{\"type\":[\"object\",\"null\"]}}}";

/* Answers. */
static const char messages_answer[] =
    "{\"description\":\"An answer of the server.\",\"type\":\"object\",\"required\":[\"jsonrpc\",\"id\"],\"pro"
    "perties\":{\"jsonrpc\":{\"const\":\"2.0\"},\"id\":{\"type\":[\"string\",\"integer\",\"null\"]},\"result\":{},"
    "\"error\":{\"type\":\"object\",\"required\":[\"code\",\"message\"],\"properties\":{\"code\":{\"enum\":[-3270"
    "0,-32600,-32601,-32602,-32603,-32002,-32800,-32801,-32803]},\"message\":{\"type\":\"string\",\"mi"
    "nLength\":1},\"data\":{}},\"additionalProperties\":false}},\"additionalProperties\":false,\"oneOf\""
    ":[{\"required\":[\"result\"]},{\"required\":[\"error\"]}]}";

/* Notifications of the server. */
static const char messages_notification[] =
    "{\"description\":\"A notification of the server.\",\"type\":\"object\",\"required\":[\"jsonrpc\",\"meth"
    "od\",\"params\"],\"properties\":{\"jsonrpc\":{\"const\":\"2.0\"},\"id\":false,\"method\":{\"enum\":[\"$/prog"
    "ress\",\"prpack/finding\",\"prpack/event\",\"prpack/built\",\"prpack/watchEnded\"]},\"params\":{\"type"
    "\":\"object\",\"required\":[\"operation\",\"sequence\"],\"properties\":{\"operation\":{\"type\":\"integer\""
    ",\"minimum\":1},\"sequence\":{\"type\":\"integer\",\"minimum\":1}}}},\"allOf\":[{\"if\":{\"properties\":{\""
    "method\":{\"const\":\"$/progress\"}}},\"then\":{\"properties\":{\"params\":{\"required\":[\"token\",\"valu"
    "e\"],\"properties\":{\"token\":{\"type\":[\"string\",\"integer\"]},\"value\":{\"type\":\"object\",\"required"
    "\":[\"kind\",\"phase\",\"done\",\"total\",\"unit\"],\"properties\":{\"kind\":{\"enum\":[\"begin\",\"report\",\"e"
    "nd\"]},\"phase\":{\"type\":\"string\"},\"done\":{\"type\":\"integer\",\"minimum\":0},\"total\":{\"type\":\"int"
    "eger\",\"minimum\":0},\"unit\":{\"enum\":[\"bytes\",\"assets\",\"files\"]},\"title\":{\"type\":\"string\"},\"m"
    "essage\":{\"type\":\"string\"}},\"additionalProperties\":false}}}}}},{\"if\":{\"properties\":{\"method"
    "\":{\"const\":\"prpack/finding\"}}},\"then\":{\"properties\":{\"params\":{\"required\":[\"id\",\"finding\"]"
    ",\"properties\":{\"id\":{\"type\":[\"string\",\"integer\"]},\"finding\":{\"$ref\":\"report.schema.json#/p"
    "roperties/diagnostics/items\"}}}}}},{\"if\":{\"properties\":{\"method\":{\"const\":\"prpack/event\"}}"
    "},\"then\":{\"properties\":{\"params\":{\"required\":[\"kind\"],\"properties\":{\"kind\":{\"enum\":[\"asset"
    "_discovered\",\"asset_changed\",\"diagnostics_updated\",\"build_started\",\"build_finished\",\"cache"
    "_hit\",\"cache_miss\",\"preview_ready\",\"action_applied\",\"action_failed\"]}}}}}},{\"if\":{\"propert"
    "ies\":{\"method\":{\"const\":\"prpack/built\"}}},\"then\":{\"properties\":{\"params\":{\"required\":[\"id\""
    ",\"result\"],\"properties\":{\"id\":{\"type\":[\"string\",\"integer\"]},\"result\":{\"$ref\":\"#/$defs/watc"
    "h.result\"}}}}}},{\"if\":{\"properties\":{\"method\":{\"const\":\"prpack/watchEnded\"}}},\"then\":{\"pro"
    "perties\":{\"params\":{\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":[\"string\",\"integer\"]}}}}}"
    "}]}";

#endif
