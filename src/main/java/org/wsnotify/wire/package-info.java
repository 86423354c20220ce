/** Envelopes as JSON, both ways. The one home of the wire format. */
package org.wsnotify.wire;
