import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Drives {@code prpack serve} by the JDK alone, as an editor would.
 *
 * <pre>java -cp CLASSES Client DIRECTORY PROGRAM [ARGUMENT...]</pre>
 *
 * DIRECTORY has assets/items with a picture and its palette, and is not a workspace yet. PROGRAM with its arguments is the
 * server, such as {@code prpack serve}. Every answer is checked; the exit code is 0 only if all of them are right.
 */
public final class Client {
    private static final long CANCELLED = -32800;
    private static final long WRONG_PARAMETER = -32602;

    private final Connection server;
    private final Path directory;

    private Client(Path directory, List<String> command) throws IOException {
        this.directory = directory;
        server = new Connection(command);
    }

    private Map<String, Object> call(String method, Map<String, Object> params) throws Exception {
        return server.request(method, params).result();
    }

    private static void check(boolean holds, Object seen) {
        if (!holds) {
            throw new AssertionError(Json.write(seen));
        }
    }

    private static boolean is(Map<String, Object> object, String name, Object value) {
        return value.equals(object.get(name));
    }

    /** One begin, any number of reports, one end, all of this token. */
    private static void checkProgress(String token, List<Map<String, Object>> values) {
        List<Object> kinds = values.stream().map(value -> Json.object(value.get("value")).get("kind")).toList();
        int size = kinds.size();
        check(values.stream().allMatch(value -> is(value, "token", token)), values);
        check(size >= 2 && kinds.get(0).equals("begin") && kinds.get(size - 1).equals("end"), values);
        check(kinds.subList(1, size - 1).stream().allMatch("report"::equals), values);
    }

    /** The kinds of the events that have come since the last time. */
    private List<Object> events() {
        List<Map<String, Object>> seen = new ArrayList<>();
        server.received("prpack/event").drainTo(seen);
        return seen.stream().map(event -> event.get("kind")).toList();
    }

    private void initialize() throws Exception {
        Map<String, Object> answer = call("initialize",
            Map.of("processId", ProcessHandle.current().pid(), "clientInfo", Map.of("name", "example of Java"),
                   "protocolVersion", 1, "workspace", directory.toString(), "capabilities", Map.of("events", true)));
        Map<String, Object> can = Json.object(answer.get("capabilities"));
        check(is(Json.object(answer.get("serverInfo")), "name", "prpack") && is(answer, "protocolVersion", 1L), answer);
        check(Json.list(can.get("methods")).contains("prpack/build") && is(can, "events", true) && is(can, "cancel", true), can);
        server.notify("initialized", Map.of());
    }

    private void addAsset() throws Exception {
        Map<String, Object> made = call("prpack/init", Map.of());
        check(is(made, "errors", 0L) && is(made, "existed", false), made);
        Map<String, Object> added = call("prpack/add", Map.of("roots", List.of("assets/items")));
        check(is(added, "errors", 0L) && is(Json.object(added.get("asset")), "asset_id", 1L), added);
        Map<String, Object> refused = server.request("prpack/add", Map.of("root", "assets/items")).error();
        check(is(refused, "code", WRONG_PARAMETER) && is(Json.object(refused.get("data")), "parameter", "root"), refused);
    }

    private void build() throws Exception {
        Map<String, Object> built = call("prpack/build", Map.of("verify", true, "workDoneToken", "build"));
        List<Map<String, Object>> seen = new ArrayList<>();
        server.received("$/progress").drainTo(seen);
        checkProgress("build", seen);
        check(is(built, "errors", 0L) && is(built, "published", true) && is(built, "verified", true), built);
        check(is(Json.object(built.get("summary")), "assets", 1L), built);
        List<Object> events = events();
        check(events.containsAll(List.of("action_applied", "build_started", "cache_miss", "build_finished")), events);
    }

    /** While another process holds the workspace, one build waits for it and a second one waits for the first. */
    private void cancelBuilds() throws Exception {
        Process busy = new ProcessBuilder("flock", directory + "/assets/.prometeu", "sh", "-c", "echo locked; cat").start();
        busy.getInputStream().read();
        BlockingQueue<Map<String, Object>> progress = server.received("$/progress");
        List<Map<String, Object>> seen = new ArrayList<>();
        Connection.Request running = server.request("prpack/build", Map.of("wait", true, "workDoneToken", "running"));
        do {
            Map<String, Object> next = progress.poll(Connection.PATIENCE, TimeUnit.SECONDS);
            check(next != null, seen);
            seen.add(next);
        } while (!is(Json.object(seen.get(seen.size() - 1).get("value")), "phase", "waiting"));
        Connection.Request queued = server.request("prpack/build", Map.of("wait", true, "workDoneToken", "queued"));
        server.cancel(queued);
        check(is(queued.error(), "code", CANCELLED), queued.error());
        server.cancel(running);
        check(is(running.error(), "code", CANCELLED), running.error());
        progress.drainTo(seen);
        checkProgress("running", seen);
        busy.getOutputStream().close();
        busy.waitFor();
        Map<String, Object> again = call("prpack/build", Map.of());
        check(is(again, "errors", 0L) && is(again, "published", true) && is(again, "unchanged", true), again);
        List<Object> events = events();
        check(events.containsAll(List.of("build_started", "cache_hit", "build_finished")), events);
    }

    private void verifyDamaged() throws Exception {
        Path pack = directory.resolve("build/assets.pa");
        byte[] bytes = Files.readAllBytes(pack);
        bytes[bytes.length - 1] ^= 1;
        Files.write(pack, bytes);
        Map<String, Object> report = call("prpack/verify", Map.of("findings", true));
        List<Object> findings = server.received("prpack/finding").stream().map(notification -> notification.get("finding")).toList();
        check(!is(report, "errors", 0L) && is(report, "conforms", false) && findings.equals(report.get("diagnostics")), report);
        check(findings.stream().anyMatch(finding -> is(Json.object(finding), "id", "hash-mismatch")), findings);
    }

    private void end() throws Exception {
        check(call("shutdown", Map.of()) == null, "shutdown");
        server.notify("exit", Map.of());
        check(server.waitForEnd() == 0, "exit code");
    }

    public static void main(String[] arguments) throws Exception {
        Client client = new Client(Path.of(arguments[0]), Arrays.asList(arguments).subList(1, arguments.length));
        client.initialize();
        client.addAsset();
        client.build();
        client.cancelBuilds();
        client.verifyDamaged();
        client.end();
        System.out.println("all answers are right");
    }
}
