package org.wsnotify.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The live objects in the heap of another Java process, after a full collection.
 *
 * @param bytes the size of all objects
 * @param instances the number of objects of each class
 */
record LiveHeap(long bytes, Map<String, Long> instances) {

    static LiveHeap of(long pid) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Parses lines such as {@code 12: 345 6789 java.lang.String (java.base@17)}, and the total at the end. */
    private static LiveHeap parse(String histogram) {
        Map<String, Long> instances = new TreeMap<>();
        long bytes = -1;
        for (String line : histogram.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words[0].equals("Total")) {
                bytes = Long.parseLong(words[2]);
            } else if (words.length >= 4 && words[0].matches("\\d+:")) {
                instances.merge(words[3], Long.valueOf(words[1]), Long::sum);
            }
        }
        if (bytes < 0) {
            throw new IllegalStateException("no histogram: " + histogram);
        }
        return new LiveHeap(bytes, instances);
    }

    long instancesOf(String type) {
        return instances.getOrDefault(type, 0L);
    }
}
