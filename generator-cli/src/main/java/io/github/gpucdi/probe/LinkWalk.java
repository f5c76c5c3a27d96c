package io.github.gpucdi.probe;

import io.github.gpucdi.probe.Resolution.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Follows the links of a path as the kernel does, inside a tree. */
final class LinkWalk {
    /** As many links as Linux follows in one lookup ({@code MAXSYMLINKS}). */
    private static final int MAX_LINKS = 40;

    private LinkWalk() {}

    /** Where {@code path} leads in {@code tree}, whose top is a directory. */
    static Resolution resolve(SeenTree tree, String path) {
        List<String> links = new ArrayList<>();
        Deque<String> todo = new ArrayDeque<>();
        // What a directory is that an earlier walk came to need not be found out again.
        String at = tree.hasWalkedTo(parent(path)) ? parent(path) : "";
        push(todo, path.substring(at.length()));
        boolean lastIsLink = false;
        Kind kind = Kind.DIRECTORY;
        while (!todo.isEmpty()) {
            String name = todo.pop();
            if (kind != Kind.DIRECTORY) {
                return new Resolution(lastIsLink ? Kind.DANGLING : Kind.MISSING, at, links);
            }
            if (name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.isEmpty() ? at : at.substring(0, at.lastIndexOf('/'));
                continue;
            }
            String here = at + "/" + name;
            SeenTree.Entry entry = tree.entry(here);
            if (entry.inode().isEmpty()) {
                boolean dangling = lastIsLink && entry.failure() == Kind.MISSING;
                return new Resolution(dangling ? Kind.DANGLING : entry.failure(), here, links);
            }
            if (!entry.inode().get().isLink()) {
                at = here;
                kind = kindOf(entry.inode().get());
                continue;
            }
            links.add(here);
            if (links.size() > MAX_LINKS) {
                return new Resolution(Kind.LOOP, here, links);
            }
            lastIsLink |= todo.isEmpty();
            push(todo, entry.target());
            if (entry.target().startsWith("/")) {
                at = "";
            }
        }
        return new Resolution(kind, at.isEmpty() ? "/" : at, links);
    }

    /** What stands before the last slash of a path. */
    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static Kind kindOf(Inode inode) {
        if (inode.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (inode.isRegular()) {
            return Kind.REGULAR;
        }
        return inode.isCharacterDevice() ? Kind.CHARACTER_DEVICE : Kind.OTHER;
    }

    /** Puts a path's components in front; a final slash counts as {@code .}, as the kernel takes it. */
    private static void push(Deque<String> todo, String path) {
        int end = path.length();
        if (path.endsWith("/")) {
            todo.push(".");
        }
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            if (slash + 1 < end) {
                todo.push(path.substring(slash + 1, end));
            }
            end = slash;
        }
    }
}
