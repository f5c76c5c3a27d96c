package io.github.gpucdi.terminal;

import java.io.PrintStream;

/** A line on a terminal that says what is waited for, if it takes long; it is gone before anything else is shown. */
final class Progress {
    private static final String ERASED = "\r\u001b[K";

    private final PrintStream terminal;
    private final Thread thread;
    private boolean over;
    private boolean shown;

    /** Shows {@code what} after {@code delayMillis} milliseconds, unless it has ended by then. */
    Progress(PrintStream terminal, String what, long delayMillis) {
        this.terminal = terminal;
        this.thread = new Thread(() -> show(what, delayMillis), "progress");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void show(String what, long delayMillis) {
        long until = System.nanoTime() + delayMillis * 1_000_000;
        try {
            for (long left = delayMillis; left > 0 && !over; left = (until - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            return;
        }
        if (!over) {
            terminal.print(what);
            terminal.flush();
            shown = true;
        }
    }

    /** Ends it: nothing will be shown, and what was shown is erased. */
    synchronized void end() {
        over = true;
        notifyAll();
        if (shown) {
            terminal.print(ERASED);
            terminal.flush();
            shown = false;
        }
    }

    /** Waits until nothing more will be shown. */
    void await() throws InterruptedException {
        thread.join();
    }
}
