package org.wsnotify.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.wsnotify.client.RemoteClient;

/** A request that names its client: to resources in a header, and to WebSocket sessions as the user. */
final class AdmittedRequest extends HttpServletRequestWrapper {

    private final RemoteClient client;
    private final String query;
    private final boolean upgrade;
    private ServletInputStream body;

    /** @param query replaces that of the request; null for none */
    AdmittedRequest(HttpServletRequest request, RemoteClient client, String query, boolean upgrade) {
        super(request);
        this.client = client;
        this.query = query;
        this.upgrade = upgrade;
    }

    RemoteClient client() {
        return client;
    }

    /** Replaces the body by one that was read. */
    AdmittedRequest withBody(byte[] bytes) {
        body = new ReadBody(bytes);
        return this;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : body;
    }

    @Override
    public String getHeader(String name) {
        return RemoteClient.HEADER.equalsIgnoreCase(name) ? client.getName() : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return RemoteClient.HEADER.equalsIgnoreCase(name)
                ? Collections.enumeration(List.of(client.getName()))
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(RemoteClient.HEADER::equalsIgnoreCase);
        names.add(RemoteClient.HEADER);
        return Collections.enumeration(names);
    }

    @Override
    public String getQueryString() {
        return query;
    }

    @Override
    public Principal getUserPrincipal() {
        return upgrade ? client : super.getUserPrincipal();
    }

    /** Keeps Open Liberty from creating an {@code HttpSession} and its cookie for every handshake. */
    @Override
    public HttpSession getSession(boolean create) {
        return upgrade ? null : super.getSession(create);
    }

    @Override
    public HttpSession getSession() {
        return getSession(true);
    }
}
