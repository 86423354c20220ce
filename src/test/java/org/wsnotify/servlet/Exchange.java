package org.wsnotify.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request and its response, without a container. */
final class Exchange {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String method = "POST";
    private String path = "/notify";
    private String query;
    private String peer = "127.0.0.1";
    private String serverName = "localhost";
    private DispatcherType dispatch = DispatcherType.REQUEST;
    private Object errorStatus;
    private int status = HttpServletResponse.SC_OK;
    private HttpServletRequest passedOn;

    Exchange method(String name) {
        method = name;
        return this;
    }

    Exchange path(String decoded) {
        path = decoded;
        return this;
    }

    Exchange query(String raw) {
        query = raw;
        return this;
    }

    Exchange from(String address) {
        peer = address;
        return this;
    }

    Exchange at(String host) {
        return named(host).header("Host", host);
    }

    /** As the server names itself, which it may take from elsewhere than the Host header. */
    Exchange named(String host) {
        serverName = host;
        return this;
    }

    Exchange header(String name, String... values) {
        headers.computeIfAbsent(name, n -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    Exchange asError(int code) {
        dispatch = DispatcherType.ERROR;
        errorStatus = code;
        return this;
    }

    int status() {
        return status;
    }

    Optional<String> answered(String header) {
        return Optional.ofNullable(answered.get(header));
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return body.toByteArray();
    }

    /** The request as the resources see it; empty when it was kept out. */
    Optional<HttpServletRequest> passedOn() {
        return Optional.ofNullable(passedOn);
    }

    Exchange through(AccessFilter filter) throws IOException, ServletException {
        FilterChain chain = (request, response) -> {
            passedOn = (HttpServletRequest) request;
        };
        filter.doFilter(request(), response(), chain);
        return this;
    }

    Exchange answeredBy(Script script) throws IOException {
        script.answer(request(), response());
        return this;
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getHeader" ->
                        headers.getOrDefault(arguments[0], List.of()).stream()
                                .findFirst()
                                .orElse(null);
                    case "getHeaders" -> Collections.enumeration(headers.getOrDefault(arguments[0], List.of()));
                    case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                    case "getRemoteAddr" -> peer;
                    case "getServerName" -> serverName;
                    case "getMethod" -> method;
                    case "getQueryString" -> query;
                    case "getServletPath" -> path;
                    case "getDispatcherType" -> dispatch;
                    case "getAttribute" -> errorStatus;
                    case "getContentLengthLong" -> 0L;
                    case "getInputStream" -> new ReadBody(new byte[0]);
                    default -> null;
                });
    }

    HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, arguments) -> {
                    switch (called.getName()) {
                        case "setStatus", "sendError" -> status = (int) arguments[0];
                        case "setHeader", "addHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
                        case "setContentType" -> answered.put("Content-Type", (String) arguments[0]);
                        case "setContentLength" -> answered.put("Content-Length", arguments[0].toString());
                        case "getOutputStream" -> {
                            return new Output();
                        }
                        default -> {}
                    }
                    return null;
                });
    }

    @Override
    public String toString() {
        return method + " " + path.toLowerCase(Locale.ROOT) + " from " + peer;
    }

    private final class Output extends ServletOutputStream {
        @Override
        public void write(int octet) {
            body.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
