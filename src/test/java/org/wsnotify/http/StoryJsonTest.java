package org.wsnotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wsnotify.notification.Action;
import org.wsnotify.notification.MailIntent;
import org.wsnotify.notification.Message;
import org.wsnotify.notification.Notification;
import org.wsnotify.notification.Origin;
import org.wsnotify.notification.RemovalReason;
import org.wsnotify.operator.Stories;
import org.wsnotify.story.MailStory;
import org.wsnotify.story.Push;
import org.wsnotify.story.StoredStory;

class StoryJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.089Z");
    private static final String ID = "6b0212aa9f400001c0ffee01";
    private static final String MESSAGE = "'type':'chat','title':'t','content':'c','url':'/u','icon':'/i','image':'/p'";

    @Test
    void everythingThatIsKnownIsTold() {
        Message message = new Message("chat", "t", "c", "/u", "/i", "/p", List.of(new Action("Open", "/o")))
                .withGroup("g")
                .expiringAt(NOW.plusSeconds(60));
        StoredStory stored = new StoredStory(
                new Notification(ID, "anna", message, true, NOW, NOW, origin()),
                Optional.of(NOW.plusSeconds(1)),
                Optional.of(new StoredStory.Removal(NOW.plusSeconds(2), RemovalReason.EXPIRED)),
                List.of(new Push("c0ffee01", 2, NOW)),
                Optional.empty());
        MailStory mail =
                new MailStory(MailStory.Status.REFUSED, Optional.of(NOW), Optional.empty(), 1, "550 no such user");

        assertThat(json(stored, mail))
                .isEqualTo(("{'id':'" + ID + "','userId':'anna'," + MESSAGE
                                + ",'actions':[{'label':'Open','url':'/o'}],'group':'g'"
                                + ",'expiresAt':'2026-03-04T05:07:07.089Z','storedAt':'2026-03-04T05:06:07.089Z'"
                                + ",'seen':true,'seenAt':'2026-03-04T05:06:08.089Z'"
                                + ",'removed':{'at':'2026-03-04T05:06:09.089Z','reason':'expired'}"
                                + ",'pushes':[{'at':'2026-03-04T05:06:07.089Z','node':'c0ffee01','sessions':2}]"
                                + ",'mail':{'status':'refused','at':'2026-03-04T05:06:07.089Z','attempts':1"
                                + ",'answer':'550 no such user'}}")
                        .replace('\'', '"'));
    }

    @Test
    void whatDidNotHappenIsLeftOut() {
        StoredStory stored = new StoredStory(
                new Notification(ID, "anna", Message.of("c"), false, NOW, NOW, origin()),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        MailStory mail = new MailStory(MailStory.Status.HELD, Optional.of(NOW), Optional.of(NOW.plusSeconds(5)), 0, "");

        assertThat(json(stored, mail))
                .isEqualTo(("{'id':'" + ID + "','userId':'anna'"
                                + ",'type':'','title':'','content':'c','url':'','icon':'','image':''"
                                + ",'storedAt':'2026-03-04T05:06:07.089Z','seen':false,'pushes':[]"
                                + ",'mail':{'status':'held','at':'2026-03-04T05:06:07.089Z'"
                                + ",'next':'2026-03-04T05:06:12.089Z'}}")
                        .replace('\'', '"'));
    }

    private static Optional<Origin> origin() {
        return Optional.of(new Origin(ID, MailIntent.REQUESTED));
    }

    private static String json(StoredStory stored, MailStory mail) {
        Stories.Story story = new Stories.Story(stored, mail);
        return InboxAnswer.text(json -> StoryJson.write(json, story));
    }
}
