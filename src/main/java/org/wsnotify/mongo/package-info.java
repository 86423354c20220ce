/**
 * The stores on MongoDB: the only package that knows its driver.
 *
 * <p>Here belong the connection, the documents with their field names, the indexes, and what is retried when a primary
 * is lost. No rule of the domain belongs here, and no configuration: whoever makes these objects gives them their
 * values.
 *
 * <p>Every operation can be repeated without doing anything twice: inserts carry their ids, updates say what they
 * expect to find. That is what lets {@link org.wsnotify.mongo.MongoRetry} repeat an operation of which nobody knows
 * whether it was done.
 */
package org.wsnotify.mongo;
