package io.github.gpucdi.watch;

import io.github.gpucdi.nvml.Nvml;
import io.github.gpucdi.nvml.NvmlEvent;
import io.github.gpucdi.nvml.NvmlEvents;
import io.github.gpucdi.nvml.NvmlException;
import io.github.gpucdi.nvml.NvmlLibrary;
import io.github.gpucdi.nvml.NvmlReturn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The listener's side: a session of NVML that is held, and a line for each event. */
public final class Listening {
    private static final Duration WAIT = Duration.ofSeconds(1);

    private Listening() {}

    /**
     * A line that it says.
     *
     * @param what of these
     * @param number which Xid; to how many GPUs it listens; what NVML answered
     * @param of how many GPUs there are
     */
    record Line(What what, long number, long of) {
        enum What {
            /** Said once, first. */
            LISTENING,
            MIG,
            XID,
            /** Said last. */
            FAILED
        }

        private static final Pattern TEXT = Pattern.compile("([A-Z]+) ([0-9]{1,10}) ([0-9]{1,10})");

        /**
         * Reads it.
         *
         * @throws IllegalArgumentException for any other text
         */
        static Line of(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not an event: " + text);
            }
            return new Line(
                    What.valueOf(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
        }

        static Line of(NvmlEvent event) {
            return switch (event.kind()) {
                case MIG -> new Line(What.MIG, 0, 0);
                case XID -> new Line(What.XID, event.number() & 0xffffffffL, 0);
            };
        }

        String text() {
            return what + " " + number + " " + of;
        }

        /** For people. */
        @Override
        public String toString() {
            return switch (what) {
                case MIG -> "an event of NVML: MIG devices were made or destroyed";
                case XID -> "an event of NVML: Xid " + number;
                case FAILED -> "NVML answers " + NvmlReturn.of((int) number).name() + " (" + number + ")";
                case LISTENING -> "listening to the events of " + number + " of " + of + " GPUs";
            };
        }
    }

    /**
     * Listens until NVML fails; the process ends when its input does, whatever call it is in then.
     *
     * @param loader loads NVML
     */
    public static void listen(Supplier<NvmlLibrary> loader, InputStream in, PrintStream out) {
        Thread parent = new Thread(() -> endWith(in), "parent");
        parent.setDaemon(true);
        parent.start();
        try (Nvml nvml = Nvml.open(loader.get());
                NvmlEvents events = nvml.events()) {
            int count = nvml.deviceCount();
            int listening = 0;
            for (int index = 0; index < count; index++) {
                listening += registers(events, nvml, index) ? 1 : 0;
            }
            say(out, new Line(Line.What.LISTENING, listening, count));
            while (listening > 0) {
                Optional<NvmlEvent> event = events.await(WAIT);
                event.ifPresent(what -> say(out, Line.of(what)));
            }
        } catch (NvmlException e) {
            say(out, new Line(Line.What.FAILED, e.answer().code(), 0));
        }
    }

    /** One GPU that is sick keeps nobody from listening to the others. */
    private static boolean registers(NvmlEvents events, Nvml nvml, int index) {
        try {
            return events.register(nvml.gpu(index));
        } catch (NvmlException e) {
            if (e.isFatal()) {
                throw e;
            }
            return false;
        }
    }

    private static void say(PrintStream out, Line line) {
        out.println(line.text());
        out.flush();
    }

    private static void endWith(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
