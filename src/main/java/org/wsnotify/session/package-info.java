/** Who is connected to this server, and what is sent to them in order and within bounds. Port {@link org.wsnotify.session.ClientSession}. */
package org.wsnotify.session;
