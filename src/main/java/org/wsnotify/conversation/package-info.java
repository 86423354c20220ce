/** What a client asks, in order, and how it is answered, over any transport. */
package org.wsnotify.conversation;
