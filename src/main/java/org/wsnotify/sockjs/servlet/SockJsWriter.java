package org.wsnotify.sockjs.servlet;

import java.util.concurrent.Executor;
import org.wsnotify.sockjs.SockJsService;

/**
 * What the servlet needs.
 *
 * @param executor writes to clients; on Open Liberty its tasks block while the client does not read
 */
public record SockJsWriter(SockJsService service, Executor executor) {}
