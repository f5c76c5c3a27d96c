package io.github.gpucdi.e2e.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** Prints a table with a row for each test of a class, at its end. */
final class RowPerTest implements TestWatcher, AfterAllCallback {
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Integer, String> rows = new TreeMap<>();

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, "ok");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        String message = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
        add(context, "FAILED: " + message.substring(0, Math.min(message.length(), 160)));
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        add(context, "skipped: " + cause.getMessage());
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, "skipped: " + reason.orElse(""));
    }

    private void add(ExtensionContext context, String result) {
        rows.put(count.incrementAndGet(), context.getDisplayName() + "  " + result);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        StringBuilder table = new StringBuilder("\n" + context.getDisplayName() + "\n");
        rows.values().forEach(row -> table.append("  ").append(row).append('\n'));
        System.out.println(table);
    }
}
