package org.wsnotify.sockjs.suite;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.wsnotify.body.BodyIntake;
import org.wsnotify.body.IntakeLimits;
import org.wsnotify.channel.Channel;
import org.wsnotify.channel.OutgoingBudget;
import org.wsnotify.channel.QueueLimits;
import org.wsnotify.meter.Meters;
import org.wsnotify.sockjs.SockJsLimits;
import org.wsnotify.sockjs.SockJsOptions;
import org.wsnotify.sockjs.SockJsService;
import org.wsnotify.sockjs.servlet.SockJsHandler;

/** Mounts the services of the protocol's test suite in a WAR for tests. */
@WebListener
public class SuiteServices implements ServletContextListener {

    private static final SockJsLimits LIMITS = new SockJsLimits(
            10_000,
            4096,
            1 << 20,
            new QueueLimits(1000, 2 << 20, new OutgoingBudget(1 << 30, 10)),
            Duration.ofSeconds(10));

    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2);

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        mount(context, "/echo", Echo.SOCKJS, true, false);
        mount(context, "/disabled_websocket_echo", Echo.SOCKJS, false, false);
        mount(context, "/cookie_needed_echo", Echo.SOCKJS, true, true);
        mount(context, "/close", Echo.CLOSE, true, false);
        mountWebSockets((ServerContainer) context.getAttribute(ServerContainer.class.getName()));
    }

    private static void mountWebSockets(ServerContainer container) {
        try {
            container.addEndpoint(SuiteEndpoint.sockJs("/echo", Echo.SOCKJS));
            container.addEndpoint(SuiteEndpoint.raw("/echo", Echo.RAW));
            container.addEndpoint(SuiteEndpoint.sockJs("/cookie_needed_echo", Echo.SOCKJS));
            container.addEndpoint(SuiteEndpoint.sockJs("/close", Echo.CLOSE));
            container.addEndpoint(SuiteEndpoint.raw("/close", Echo.CLOSE));
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the tasks answer for themselves
    private void mount(
            ServletContext context, String prefix, Channel.Application application, boolean webSocket, boolean cookie) {
        SockJsService service = new SockJsService(
                application,
                new SockJsOptions(webSocket, cookie, List.of("*"), "/sockjs/1.6.1/sockjs.min.js"),
                LIMITS,
                Clock.systemUTC(),
                (delay, task) -> timers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS),
                Meters.NONE);
        timers.scheduleWithFixedDelay(service::sweep, 1, 1, TimeUnit.SECONDS);
        ServletRegistration.Dynamic servlet = context.addServlet(prefix, new MountedServlet(service, timers));
        servlet.setAsyncSupported(true);
        servlet.addMapping(prefix + "/*");
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        timers.shutdownNow();
    }

    private static final class MountedServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient SockJsHandler handler;

        MountedServlet(SockJsService service, Executor executor) {
            BodyIntake intake = new BodyIntake(
                    new IntakeLimits(1000, 1000, 1 << 27, 0, Duration.ZERO, Duration.ofMinutes(1), 1000),
                    System::nanoTime);
            handler = new SockJsHandler(service, executor, intake);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            handler.handle(request, response);
        }
    }
}
