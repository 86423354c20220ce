/** What is sent, and to whom: immutable values, and the ids that keep their order. */
package org.wsnotify.notification;
