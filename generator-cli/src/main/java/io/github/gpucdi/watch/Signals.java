package io.github.gpucdi.watch;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Signals of the process as events. Through reflection: the JDK supports {@code sun.misc.Signal} for this, but its compiler warns
 * of each use, and nothing can silence that warning.
 */
final class Signals {
    private static final Set<String> STOPS = Set.of("TERM", "INT");
    private static final String RELOAD = "HUP";

    private Signals() {}

    /** Has SIGTERM, SIGINT and SIGHUP told as events from now on. */
    static void tell(Consumer<Event> events) {
        for (String name : STOPS) {
            handle(name, handler(() -> events.accept(new Event.Stop())));
        }
        handle(RELOAD, handler(() -> events.accept(new Event.Reload())));
    }

    /**
     * Nobody is told any longer: what stops the process does so at once, and it is about to read its options anyway. SIGHUP is not
     * handed to the kernel to be ignored: Java takes no handler for it any more once it is.
     */
    static void untell() {
        STOPS.forEach(name -> handle(name, byDefault()));
        handle(RELOAD, handler(() -> {}));
    }

    private static Object handler(Runnable work) {
        InvocationHandler called = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                work.run();
                return null;
            }
            return method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : (Object) false;
        };
        Class<?> type = type("sun.misc.SignalHandler");
        return Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, called);
    }

    private static Object byDefault() {
        try {
            return type("sun.misc.SignalHandler").getField("SIG_DFL").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void handle(String name, Object handler) {
        try {
            Class<?> signal = type("sun.misc.Signal");
            signal.getMethod("handle", signal, type("sun.misc.SignalHandler"))
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signal " + name, e);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }
}
