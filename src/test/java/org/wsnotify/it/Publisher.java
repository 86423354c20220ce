package org.wsnotify.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A back end that posts to {@code /notify}. */
final class Publisher {

    static final String FORM = "application/x-www-form-urlencoded";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI notify;

    Publisher(URI notify) {
        this.notify = notify;
    }

    /** The answer to a post. */
    record Answer(int status, String contentType, String body, java.net.http.HttpHeaders headers) {
        JsonObject json() {
            return Json.createReader(new StringReader(body)).readObject();
        }

        String code() {
            return json().getString("code");
        }
    }

    Answer form(Map<String, String> parameters, String... headers) {
        String body = parameters.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return post(FORM, body, headers);
    }

    /** Posts JSON; apostrophes stand for quotation marks. */
    Answer json(String body, String... headers) {
        return post("application/json", body.replace('\'', '"'), headers);
    }

    Answer post(String contentType, String body, String... headers) {
        return post(contentType, body.getBytes(StandardCharsets.UTF_8), "", headers);
    }

    Answer post(String contentType, byte[] body, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(notify + query))
                .timeout(Duration.ofMinutes(1))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response.headers());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
