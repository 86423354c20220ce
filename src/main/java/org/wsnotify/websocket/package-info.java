/** Clients connected by WebSocket. The one home of the WebSocket API beside the endpoints of SockJS. */
package org.wsnotify.websocket;
