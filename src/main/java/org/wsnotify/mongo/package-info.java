/**
 * The stores on MongoDB. The only package that knows its driver.
 *
 * <p>The connection, the documents with their field names, the indexes and the retries belong here. Rules of the domain
 * and configuration do not: the caller passes all values.
 *
 * <p>Every operation can be repeated safely: inserts carry their ids, and updates say what they expect to find. So
 * {@link org.wsnotify.mongo.MongoRetry} can repeat an operation without knowing whether it was carried out.
 */
package org.wsnotify.mongo;
