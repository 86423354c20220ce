package org.wsnotify.delivery;

import java.util.LinkedHashSet;
import java.util.Set;
import org.wsnotify.inbox.Devices;
import org.wsnotify.outbox.PresenceConfirmation;
import org.wsnotify.outbox.PresenceReporter;
import org.wsnotify.relay.RelayEvent;
import org.wsnotify.relay.RelayListener;

/**
 * Does on this server what other servers tell it: pushes, and finds out whether the users here whose mail is held are
 * present.
 *
 * <p>Called by one thread; nothing blocks.
 */
public final class RelayedEvents implements RelayListener {

    private final Devices devices;
    private final PresenceConfirmation presenceConfirmation;
    private final PresenceReporter presenceReporter;
    private final Runnable whenLost;

    /** @param whenLost called when events were lost, so that devices may show something wrong; must not block */
    public RelayedEvents(
            Devices devices,
            PresenceConfirmation presenceConfirmation,
            PresenceReporter presenceReporter,
            Runnable whenLost) {
        this.devices = devices;
        this.presenceConfirmation = presenceConfirmation;
        this.presenceReporter = presenceReporter;
        this.whenLost = whenLost;
    }

    @Override
    public void received(RelayEvent event) {
        if (event instanceof RelayEvent.Published published) {
            published(published);
        } else {
            devices.changedElsewhere(event);
        }
    }

    private void published(RelayEvent.Published event) {
        Set<String> held = new LinkedHashSet<>();
        event.items().stream().filter(RelayEvent.Item::held).forEach(item -> held.add(item.userId()));
        devices.publishedElsewhere(event);
        if (!held.isEmpty()) {
            presenceConfirmation.relayed(event.publication());
            presenceReporter.watch(event.publication(), held);
            held.forEach(devices::probe);
        }
    }

    @Override
    public void lost() {
        whenLost.run();
    }
}
