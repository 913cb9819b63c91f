// Drives `prpack serve` by vscode-jsonrpc, as an editor would.
//
//     node client.js DIRECTORY PROGRAM [ARGUMENT...]
//
// DIRECTORY has assets/items with a picture and its palette, and is no workspace yet. PROGRAM with its arguments is the server,
// such as `prpack serve`. Every answer is checked; the exit code is 0 only if all of them are right.
"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const fs = require("node:fs");
const path = require("node:path");
const rpc = require("vscode-jsonrpc/node");

const CANCELLED = -32800;
const WRONG_PARAMETER = -32602;

/** What a request is answered by, an error too. */
async function answer(promise) {
    try {
        return { result: await promise };
    } catch (error) {
        assert.ok(error instanceof rpc.ResponseError, `${error}`);
        return { code: error.code, data: error.data };
    }
}

/** Collects the progress of a token. `came(phase)` waits for the first notification of that phase. */
function watchProgress(connection, token) {
    const values = [];
    const waiting = new Map();
    connection.onProgress(new rpc.ProgressType(), token, (value) => {
        values.push(value);
        waiting.get(value.phase)?.();
    });
    return { values, came: (phase) => new Promise((resolve) => waiting.set(phase, resolve)) };
}

/** One begin, any number of reports, one end. */
function checkProgress(values) {
    const kinds = values.map((value) => value.kind);
    assert.equal(kinds.shift(), "begin");
    assert.equal(kinds.pop(), "end");
    assert.ok(kinds.every((kind) => kind === "report"), `${kinds}`);
}

/** Locks the workspace from another process, as a command in a terminal does. The function that it returns ends that. */
async function lockWorkspace(directory) {
    const busy = spawn("flock", [path.join(directory, "assets/.prometeu"), "sh", "-c", "echo locked; cat"],
                       { stdio: ["pipe", "pipe", "inherit"] });
    await once(busy.stdout, "data");
    return async () => {
        busy.stdin.end();
        await once(busy, "exit");
    };
}

async function open(connection, directory) {
    const { serverInfo, protocolVersion, capabilities } = await connection.sendRequest("initialize", {
        processId: process.pid,
        clientInfo: { name: "example of Node.js" },
        protocolVersion: 1,
        workspace: directory,
        capabilities: {},
    });
    assert.equal(serverInfo.name, "prpack");
    assert.equal(protocolVersion, 1);
    assert.ok(capabilities.methods.includes("prpack/build") && capabilities.progress && capabilities.cancel);
    await connection.sendNotification("initialized", {});
}

async function addAsset(connection) {
    const made = await connection.sendRequest("prpack/init", {});
    assert.deepEqual([made.existed, made.errors], [false, 0]);
    const added = await connection.sendRequest("prpack/add", { roots: ["assets/items"] });
    assert.deepEqual([added.errors, added.asset.asset_id], [0, 1]);
    const refused = await answer(connection.sendRequest("prpack/add", { root: "assets/items" }));
    assert.deepEqual([refused.code, refused.data.parameter], [WRONG_PARAMETER, "root"]);
}

async function build(connection) {
    const progress = watchProgress(connection, "build");
    const built = await connection.sendRequest("prpack/build", { verify: true, workDoneToken: "build" });
    checkProgress(progress.values);
    assert.deepEqual([built.errors, built.published, built.verified, built.summary.assets], [0, true, true, 1]);
}

/** While another process holds the workspace, one build waits for it and a second one waits for the first. */
async function cancelBuilds(connection, directory) {
    const unlock = await lockWorkspace(directory);
    const [running, queued] = [watchProgress(connection, "running"), watchProgress(connection, "queued")];
    const [stopRunning, stopQueued] = [new rpc.CancellationTokenSource(), new rpc.CancellationTokenSource()];
    const waits = running.came("waiting");
    const first = answer(connection.sendRequest("prpack/build", { wait: true, workDoneToken: "running" }, stopRunning.token));
    await waits;
    const second = answer(connection.sendRequest("prpack/build", { wait: true, workDoneToken: "queued" }, stopQueued.token));
    stopQueued.cancel();
    assert.equal((await second).code, CANCELLED);
    assert.deepEqual(queued.values, []);
    stopRunning.cancel();
    assert.equal((await first).code, CANCELLED);
    checkProgress(running.values);
    await unlock();
    const again = await connection.sendRequest("prpack/build", {});
    assert.deepEqual([again.errors, again.published, again.unchanged], [0, true, true]);
}

async function verifyDamaged(connection, directory) {
    const pack = path.join(directory, "build/assets.pa");
    const bytes = fs.readFileSync(pack);
    bytes[bytes.length - 1] ^= 1;
    fs.writeFileSync(pack, bytes);
    const found = [];
    connection.onNotification("prpack/finding", ({ finding }) => found.push(finding));
    const report = await connection.sendRequest("prpack/verify", { findings: true });
    assert.equal(report.conforms, false);
    assert.ok(report.errors > 0 && report.diagnostics.some((finding) => finding.id === "hash-mismatch"));
    assert.deepEqual(found, report.diagnostics);
}

async function main(directory, program, ...programArguments) {
    const server = spawn(program, programArguments, { stdio: ["pipe", "pipe", "inherit"] });
    const ended = once(server, "exit");
    const connection = rpc.createMessageConnection(new rpc.StreamMessageReader(server.stdout),
                                                   new rpc.StreamMessageWriter(server.stdin));
    connection.onError(([error]) => assert.fail(error));
    connection.onClose(() => connection.dispose()); // what is not answered fails
    connection.onUnhandledNotification((notification) => assert.fail(JSON.stringify(notification)));
    connection.listen();
    await open(connection, directory);
    await addAsset(connection);
    await build(connection);
    await cancelBuilds(connection, directory);
    await verifyDamaged(connection, directory);
    assert.equal(await connection.sendRequest("shutdown"), null);
    await connection.sendNotification("exit");
    assert.deepEqual(await ended, [0, null]);
}

process.exitCode = 1; // also when nothing is left to wait for
main(...process.argv.slice(2)).then(
    () => {
        console.log("all answers are right");
        process.exitCode = 0;
    },
    (error) => {
        console.error(error);
        process.exit(1);
    });
