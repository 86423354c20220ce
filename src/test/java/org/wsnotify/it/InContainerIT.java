package org.wsnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.io.File;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.wsnotify.delivery.Notifier;
import org.wsnotify.delivery.Publication;
import org.wsnotify.delivery.Receipt;
import org.wsnotify.mail.Mail;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Recipient;
import org.wsnotify.outbox.MailOutbox;
import org.wsnotify.session.SessionRegistry;
import org.wsnotify.smtp.MailWorkerBean;

/** The registry and the mail worker as the container creates them. */
@ExtendWith(ArquillianExtension.class)
class InContainerIT {

    @Inject
    SessionRegistry registry;

    @Inject
    Notifier notifier;

    @Inject
    MailOutbox outbox;

    @Inject
    MailWorkerBean worker;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("notification.war")))
                .addClass(InContainerIT.class)
                .addAsLibraries(TestLibraries.assertj());
    }

    @Test
    void applicationHasOneRegistry() {
        assertThat(registry.size()).isZero();
        assertThat(registry.isOnline("nobody")).isFalse();
    }

    /** Two requests would change each other's body and answer. */
    @Test
    void payaraKeepsNoRequestForAnother() throws ReflectiveOperationException {
        if (!isPayara()) {
            return;
        }
        Class<?> cache = Class.forName("org.glassfish.grizzly.ThreadCache");
        Class<?> request = Class.forName("org.glassfish.grizzly.http.server.Request");
        Field field = request.getDeclaredField("CACHE_IDX");
        field.setAccessible(true);
        Object place = field.get(null);
        Object noRoom = cache.getMethod("obtainIndex", String.class, Class.class, int.class)
                .invoke(null, request.getName() + ", never kept", request, 1);

        Object kept =
                cache.getMethod("putToCache", place.getClass(), Object.class).invoke(null, place, new Object());

        assertThat(kept).isEqualTo(false);
        assertThat(index(place)).isEqualTo(index(noRoom));
    }

    /** Threads keep objects under this number; under a new one they have none yet. */
    private static Object index(Object place) throws ReflectiveOperationException {
        return place.getClass().getMethod("getIndex").invoke(place);
    }

    private static boolean isPayara() {
        try {
            Class.forName("org.glassfish.internal.api.Globals");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void asynchronousWorkerSendsTheOwedMail() throws InterruptedException {
        Publication publication = new Publication(
                Message.of("c"),
                List.of(new Recipient("1", "a@example.org")),
                Optional.of(new Publication.MailRequest(new Mail("s", "c", "1.0", "text/plain"), false)));

        Receipt receipt = notifier.publish(publication);
        assertThat(receipt.count(Receipt.MailStatus.OWED)).isEqualTo(1);
        worker.drain();

        long deadline = System.nanoTime() + 20_000_000_000L;
        while (outbox.status().owed() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(outbox.status().owed()).isZero();
    }
}
