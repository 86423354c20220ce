package org.wsnotify.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.wsnotify.Ports;

/** The address of a server, and simple requests to it. */
record ServerAddress(int port) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Returns a free port for a server that is about to start. */
    static ServerAddress free() {
        return new ServerAddress(Ports.free());
    }

    URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    URI socket() {
        return URI.create("ws://127.0.0.1:" + port + "/notification/websocket");
    }

    /** Returns the status of a path; 0 if there is no answer. */
    int status(String path) {
        return get(path).map(HttpResponse::statusCode).orElse(0);
    }

    /** Returns the body of a path; empty if there is no answer. */
    String text(String path) {
        return get(path).map(HttpResponse::body).orElse("");
    }

    /** Returns the value of a meter over all its tags; 0 if there is no answer. */
    int meter(String name) {
        return get("/metrics").map(HttpResponse::body).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(http(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
