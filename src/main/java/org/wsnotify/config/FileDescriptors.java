package org.wsnotify.config;

import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many files and connections the operating system lets this process have open.
 *
 * <p>A process without any left is not merely full: it cannot read a class that it needs for the first time, and never
 * tries again.
 */
final class FileDescriptors {

    private FileDescriptors() {}

    /** Returns the limit of this process; empty if the system has none, or does not tell. */
    static OptionalLong limit() {
        try {
            Object limit = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "MaxFileDescriptorCount");
            return limit instanceof Long number && number > 0 ? OptionalLong.of(number) : OptionalLong.empty();
        } catch (JMException | RuntimeException e) { // another system, or another JVM
            return OptionalLong.empty();
        }
    }
}
