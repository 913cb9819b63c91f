import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server and the two pipes to it. It frames the messages and finds the request that an answer belongs to. One thread asks;
 * a thread of the connection reads. When the server ends, the answers that are missing fail.
 */
final class Connection {
    static final int PATIENCE = 30; // seconds that an answer may take

    /** A request that was sent. Its answer comes later, whole: with "result" or with "error". */
    record Request(long id, CompletableFuture<Map<String, Object>> answer) {
        private Map<String, Object> whole() throws ExecutionException, InterruptedException, TimeoutException {
            return answer.get(PATIENCE, TimeUnit.SECONDS);
        }

        Map<String, Object> result() throws ExecutionException, InterruptedException, TimeoutException {
            if (whole().containsKey("error")) {
                throw new AssertionError(Json.write(whole()));
            }
            return Json.object(whole().get("result"));
        }

        Map<String, Object> error() throws ExecutionException, InterruptedException, TimeoutException {
            if (!whole().containsKey("error")) {
                throw new AssertionError(Json.write(whole()));
            }
            return Json.object(whole().get("error"));
        }
    }

    private final Process server;
    private final OutputStream out;
    private final Map<Long, Request> unanswered = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<Map<String, Object>>> notifications = new ConcurrentHashMap<>();
    private long last; // the id of the last request

    Connection(List<String> command) throws IOException {
        server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = server.getOutputStream();
        Thread reader = new Thread(this::read);
        reader.setDaemon(true);
        reader.start();
    }

    Request request(String method, Map<String, Object> params) throws IOException {
        Request request = new Request(++last, new CompletableFuture<>());
        unanswered.put(request.id(), request);
        send(Map.of("jsonrpc", "2.0", "id", request.id(), "method", method, "params", params));
        return request;
    }

    void notify(String method, Map<String, Object> params) throws IOException {
        send(Map.of("jsonrpc", "2.0", "method", method, "params", params));
    }

    void cancel(Request request) throws IOException {
        notify("$/cancelRequest", Map.of("id", request.id()));
    }

    /** The parameters of the notifications of that name that have come and were not taken yet. */
    BlockingQueue<Map<String, Object>> received(String method) {
        return notifications.computeIfAbsent(method, unused -> new LinkedBlockingQueue<>());
    }

    /** The exit code of the server, when it has ended. */
    int waitForEnd() throws InterruptedException {
        if (!server.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("the server does not end");
        }
        return server.exitValue();
    }

    private void send(Map<String, Object> message) throws IOException {
        byte[] body = Json.write(message).getBytes(StandardCharsets.UTF_8);
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(server.getInputStream())) {
            for (;;) {
                Map<String, Object> message = Json.object(Json.read(new String(readBody(in), StandardCharsets.UTF_8)));
                if (message.containsKey("method")) {
                    received((String) message.get("method")).add(Json.object(message.get("params")));
                } else {
                    unanswered.remove((Long) message.get("id")).answer().complete(message);
                }
            }
        } catch (IOException | RuntimeException problem) {
            unanswered.values().forEach(request -> request.answer().completeExceptionally(problem));
        }
    }

    /** This server writes exactly "Content-Length: N", CR LF, CR LF, and the body. */
    private static byte[] readBody(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server has ended");
            }
            header.append((char) next);
        }
        return in.readNBytes(Integer.parseInt(header.substring("Content-Length: ".length()).trim()));
    }
}
