package io.github.gpucdi.e2e;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One case for each rule of injection. */
final class InjectionCases {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NAME = "acme.com/widget=w0";
    private static final String USER = "'cwd': '/', 'user': {'uid': 0, 'gid': 0}";

    private InjectionCases() {}

    static List<InjectionCase> all() {
        return List.of(
                one("empty configuration", "env: [A=b]", "{}"),
                one("everything made", """
                        env: [A=b]
                        deviceNodes: [{path: /dev/null}]
                        mounts: [{hostPath: /a, containerPath: /b}]
                        hooks: [{hookName: prestart, path: /h}]""", "{}"),
                one("env kept, replaced, appended", "env: [A=1, B=2, A=3]", process("'env': ['B=0', 'C=0']")),
                one("env without value is found", "env: [A=1]", process("'env': ['A', 'A=0']")),
                one("env with empty name", "env: [A=1]", process("'env': ['', '=x', 'A=0']")),
                one("env with several equals signs", "env: ['A=b=c', 'A=']", process("")),
                one("node by its path alone", "deviceNodes: [{path: /dev/zero}]", "{}"),
                one("node by its host path", "deviceNodes: [{path: /dev/w0, hostPath: /dev/zero}]", "{}"),
                one("node stated in full", "deviceNodes: [{path: /dev/w0, type: c, major: 195, minor: 7}]", "{}"),
                one("node stated in full and there", "deviceNodes: [{path: /dev/null, type: b, major: 8}]", "{}"),
                one("node with mode, owner and permissions", """
                        deviceNodes: [{path: /dev/null, fileMode: 384, uid: 0, gid: 7, permissions: r}]""", "{}"),
                one("node with minor only", "deviceNodes: [{path: /dev/null, minor: 9}]", "{}"),
                one("node with type and minor only", "deviceNodes: [{path: /dev/null, type: c, minor: 9}]", "{}"),
                one("node with major only", "deviceNodes: [{path: /dev/null, major: 9}]", "{}"),
                one("unbuffered node", "deviceNodes: [{path: /dev/w0, type: u, major: 9}]", "{}"),
                one("unbuffered node of the host", "deviceNodes: [{path: /dev/null, type: u}]", "{}"),
                one("fifo", "deviceNodes: [{path: /dev/w0, type: p, minor: 9}]", "{}"),
                one("node of another type", "deviceNodes: [{path: /dev/null, type: b}]", "{}"),
                one("node that is missing", "deviceNodes: [{path: /dev/gone}]", "{}"),
                one("node that is missing and has a type", "deviceNodes: [{path: /dev/gone, type: c}]", "{}"),
                one("node that is a link", "deviceNodes: [{path: /dev/fd}]", "{}"),
                one("node that is a directory", "deviceNodes: [{path: /}]", "{}"),
                one("node with a slash at its end", "deviceNodes: [{path: /dev/null/}]", "{}"),
                one("node there already", "deviceNodes: [{path: /dev/null}]", """
                        {'linux': {'devices': [
                        {'path': '/dev/null', 'type': 'c', 'major': 9, 'minor': 9},
                        {'path': '/dev/x', 'type': 'c', 'major': 9, 'minor': 9}]}}"""),
                one("node there three times", "deviceNodes: [{path: /dev/null}]", """
                        {'linux': {'devices': [
                        {'path': '/dev/null', 'type': 'c', 'major': 1, 'minor': 9},
                        {'path': '/dev/x', 'type': 'c', 'major': 2, 'minor': 9},
                        {'path': '/dev/null', 'type': 'c', 'major': 3, 'minor': 9},
                        {'path': '/dev/null', 'type': 'c', 'major': 4, 'minor': 9}]}}"""),
                one(
                        "same node twice",
                        "deviceNodes: [{path: /dev/w0, type: c, major: 1}," + " {path: /dev/w0, type: c, major: 2}]",
                        "{}"),
                one("owner from the process", "deviceNodes: [{path: /dev/null}, {path: /dev/zero, uid: 0}]", """
                        {'process': {'cwd': '/', 'user': {'uid': 1000, 'gid': 100}}}"""),
                one("rules after those there", "deviceNodes: [{path: /dev/null}]", """
                        {'linux': {'resources': {'devices': [{'allow': false, 'access': 'rwm'}]}}}"""),
                one("mount there already", "mounts: [{hostPath: /h, containerPath: /a, options: [ro]}]", """
                        {'mounts': [{'destination': '/a', 'source': '1'}, {'destination': '/a', 'source': '2'},
                        {'destination': '/a/', 'source': '3'}]}"""),
                one("mounts are sorted", """
                        mounts:
                        - {hostPath: /1, containerPath: /a/b}
                        - {hostPath: /2, containerPath: /z}
                        - {hostPath: /3, containerPath: /}
                        - {hostPath: /4, containerPath: /a//b/..}""", """
                        {'mounts': [{'destination': '/b/c/d'}, {'destination': '/b'}, {'destination': 'a/b'},
                        {'destination': '/a'}]}"""),
                one("mounts stay unsorted without a new one", "env: [A=b]", """
                        {'mounts': [{'destination': '/b/c/d'}, {'destination': '/a'}]}"""),
                one("bind mount with user namespace", """
                        mounts:
                        - {hostPath: /1, containerPath: /a, options: [bind]}
                        - {hostPath: /2, containerPath: /b, options: [rbind]}
                        - {hostPath: /3, containerPath: /c, type: bind}""", """
                        {'linux': {'namespaces': [{'type': 'user'}]}}"""),
                one("hooks of each stage after those there", """
                        hooks:
                        - {hookName: prestart, path: /1, args: [a, ''], env: [A=b], timeout: 0}
                        - {hookName: createRuntime, path: /2, timeout: 5}
                        - {hookName: createContainer, path: /3}
                        - {hookName: startContainer, path: /4}
                        - {hookName: poststart, path: /5}
                        - {hookName: poststop, path: /6}
                        - {hookName: prestart, path: /7, timeout: -1}""", """
                        {'hooks': {'prestart': [{'path': '/0', 'timeout': 3}], 'poststop': [{'path': '/0'}]}}"""),
                newer("gids", "additionalGids: [0, 5, 7, 5]", process("'env': []")),
                newer("gids there already", "additionalGids: [7]", """
                        {'process': {'cwd': '/', 'user': {'uid': 0, 'gid': 0, 'additionalGids': [7, 7, 0]}}}"""),
                newer("gids without process", "additionalGids: [7]", "{}"),
                newer("gid 0 without process", "additionalGids: [0]", "{}"),
                newer("rdt", "intelRdt: {closID: a, l3CacheSchema: 'L3:0=f'}", "{}"),
                newer("empty rdt", "intelRdt: {}", "{}"),
                newer("rdt replaces all", "intelRdt: {closID: a}", """
                        {'linux': {'intelRdt': {'closID': 'b', 'memBwSchema': 'MB:0=1'}}}"""),
                newer("annotations do not reach the container", "env: [A=b]", "{'annotations': {'a': 'b'}}"),
                several("device twice", NAME, NAME),
                several("common edits once for each file", "acme.com/widget=w1", NAME, "acme.com/valve=w0"),
                several("the last rdt and the order of requests", "acme.com/valve=w0", NAME),
                several("unknown names", NAME, "acme.com/widget=gone", "acme.com/gone=w0", "acme.com/widget=gone"),
                several("no qualified names", "w0", "acme.com/widget", "", "/dev/null"));
    }

    private static String process(String more) {
        return "{'process': {" + USER + (more.isEmpty() ? "" : ", " + more) + "}}";
    }

    private static InjectionCase one(String name, String edits, String config) {
        return of(name, List.of(spec("0.5.0", "acme.com/widget", edits)), List.of(NAME), config);
    }

    private static InjectionCase newer(String name, String edits, String config) {
        return of(name, List.of(spec("0.7.0", "acme.com/widget", edits)), List.of(NAME), config);
    }

    private static InjectionCase several(String name, String... devices) {
        String edits = "env: [A=%s, B=%s]\nhooks: [{hookName: prestart, path: /%s}]";
        return of(
                name,
                List.of(
                        spec("0.5.0", "acme.com/widget", edits.formatted("w", "w", "w")) + common("w"),
                        spec("0.5.0", "acme.com/valve", edits.formatted("v", "v", "v")) + common("v")),
                List.of(devices),
                process("'env': ['A=0']"));
    }

    private static String common(String from) {
        return "- {name: w1, containerEdits: {env: [C=" + from + "1]}}\n" + "containerEdits: {env: [A=common, C=" + from
                + "], hooks: [{hookName: prestart, path: /common}]}\n";
    }

    private static String spec(String version, String kind, String edits) {
        return "cdiVersion: " + version + "\nkind: " + kind + "\ndevices:\n- name: w0\n  containerEdits:\n"
                + edits.indent(4);
    }

    private static InjectionCase of(String name, List<String> specs, List<String> devices, String config) {
        return new InjectionCase(name, specs, devices, (ObjectNode) JSON.readTree(config.replace('\'', '"')));
    }
}
