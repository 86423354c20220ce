/**
 * Settings, and the parts of the application: creates them, connects them, starts and stops them.
 *
 * <p>What belongs here: {@link org.wsnotify.config.Setting} with all names and defaults, one record of settings for
 * each concept, CDI producers that only construct, the stores that the settings choose, the application's threads, its
 * start, stop and regular work. What does not: any rule of a concept, such as what a valid address is or when a mail is
 * owed. This package may use every other one, and no other may use it.
 */
package org.wsnotify.config;
