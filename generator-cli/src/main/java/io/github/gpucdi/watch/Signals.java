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

    private Signals() {}

    /** Has SIGTERM, SIGINT and SIGHUP told as events from now on. */
    static void tell(Consumer<Event> events) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            for (String name : STOPS) {
                handle(signal, handler, name, () -> events.accept(new Event.Stop()));
            }
            handle(signal, handler, "HUP", () -> events.accept(new Event.Reload()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no signals", e);
        }
    }

    private static void handle(Class<?> signal, Class<?> handler, String name, Runnable work)
            throws ReflectiveOperationException {
        InvocationHandler called = (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
                work.run();
                return null;
            }
            return method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy) : (Object) false;
        };
        Object told = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, called);
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), told);
    }
}
