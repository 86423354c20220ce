package org.wsnotify.sockjs.servlet;

import java.util.concurrent.Executor;
import org.wsnotify.sockjs.SockJsService;

/**
 * What the servlet needs.
 *
 * @param executor writes to clients; its tasks do not block
 */
public record SockJsWriter(SockJsService service, Executor executor) {}
