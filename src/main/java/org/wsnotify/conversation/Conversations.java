package org.wsnotify.conversation;

import java.time.Clock;
import org.wsnotify.session.ClientSession;

/** Starts the conversations of all sessions on this server. Safe for use by many threads. */
public final class Conversations {

    private final SessionUsers users;
    private final InboxAnswers answers;
    private final Joins joins;
    private final RequestQueues queues;
    private final Clock clock;

    public Conversations(SessionUsers users, InboxAnswers answers, Joins joins, RequestQueues queues, Clock clock) {
        this.users = users;
        this.answers = answers;
        this.joins = joins;
        this.queues = queues;
        this.clock = clock;
    }

    /** Starts the conversation of a session that was just opened. */
    public Conversation start(ClientSession session) {
        return new Conversation(session, users.of(session), answers, joins, queues, clock);
    }
}
