package org.wsnotify.sockjs.servlet;

import java.util.concurrent.Executor;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.sockjs.SockJsService;

/**
 * What the servlet needs.
 *
 * @param executor writes to clients; on Open Liberty its tasks block while the client does not read
 * @param intake takes the bodies of clients
 */
public record SockJsWriter(SockJsService service, Executor executor, BodyIntake intake) {}
