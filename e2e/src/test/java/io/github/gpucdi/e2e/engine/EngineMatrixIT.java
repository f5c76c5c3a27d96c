package io.github.gpucdi.e2e.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.e2e.engine.HostTables.Library;
import io.github.gpucdi.e2e.engine.HostTables.Link;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a program finds in a container with a device of our spec: one container a cell, many questions. {@code
 * -Dcells=REGEX} runs only the cells whose row matches, such as {@code 'rhel.*runc'}.
 */
@ExtendWith(RowPerTest.class)
class EngineMatrixIT {
    private static final Set<String> EVERY_CONTAINERS =
            Set.of("PATH", "HOME", "HOSTNAME", "TERM", "container", "NVML_DOUBLE_CONFIG");

    private final HostTables tables = HostTables.read();
    private final EngineHost host = EngineHost.shared();

    static List<Cell> cells() {
        Pattern wanted = Pattern.compile(System.getProperty("cells", ""));
        return Cell.all().stream()
                .filter(cell -> wanted.matcher(cell.toString()).find())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void cell(Cell cell) {
        host.hookCalls();
        Inside inside = cell.container().ask(host, questions(cell));
        List<HookCall> calls = host.hookCalls();
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(inside.all("who"))
                    .containsExactly(cell.user().uid() + " " + cell.user().uid());
            softly.assertThat(inside.answer("rename", "/left")).isEqualTo(cell.writing());
            softly.assertThat(inside.nodes()).isEqualTo(cell.nodes(tables));
            softly.assertThat(environment(inside)).isEqualTo(cell.environment());
            files(softly, cell, inside);
            if (cell.hooks()) {
                hooks(softly, cell, calls);
            } else {
                softly.assertThat(calls).isEmpty();
                loading(softly, cell, inside);
            }
        });
    }

    private List<String> questions(Cell cell) {
        List<String> questions = new ArrayList<>(List.of("who", "env", "nodes", "rename=/left"));
        for (String file : tables.files()) {
            questions.add("file=" + file);
        }
        for (String socket : tables.sockets()) {
            questions.add("file=" + socket);
        }
        for (Library library : tables.libraries()) {
            questions.add("file=" + HostTables.LIBRARIES + "/" + library.file());
            if (!cell.hooks()) {
                for (String name : library.names()) {
                    questions.add("load=" + loaded(cell, name));
                }
            }
        }
        if (!cell.hooks()) {
            questions.addAll(List.of("same=libcuda.so,libcuda.so.1", "nvml", "run=/usr/bin/nvidia-smi"));
        }
        return questions;
    }

    /** Programs open a plugin by its path. */
    private static String loaded(Cell cell, String name) {
        return name.contains("/") ? cell.family().libraries() + "/" + name : name;
    }

    private static Set<String> environment(Inside inside) {
        Set<String> variables = new TreeSet<>(inside.all("env"));
        variables.removeIf(variable -> EVERY_CONTAINERS.contains(variable.substring(0, variable.indexOf('='))));
        return variables;
    }

    /** Each file is there, the host's, and cannot be written to. */
    private void files(SoftAssertions softly, Cell cell, Inside inside) {
        String forbidden = cell.user().uid() == 0 ? "EROFS" : "EACCES";
        for (String file : tables.files()) {
            softly.assertThat(inside.all("file")).contains(file + " file " + (file.length() + 1) + " " + forbidden);
        }
        for (String socket : tables.sockets()) {
            softly.assertThat(inside.all("file")).contains(socket + " socket 0 -");
        }
        for (Library library : tables.libraries()) {
            softly.assertThat(inside.answer("file", HostTables.LIBRARIES + "/" + library.file()))
                    .isIn("EROFS", "EACCES");
        }
    }

    private void loading(SoftAssertions softly, Cell cell, Inside inside) {
        for (Library library : tables.libraries()) {
            for (String name : library.names()) {
                String asked = loaded(cell, name);
                if (cell.servesLibraries() || name.contains("/")) {
                    softly.assertThat(inside.answer("load", asked))
                            .as(asked)
                            .isEqualTo(cell.says(tables, library, name));
                } else {
                    softly.assertThat(inside.answer("failed", asked)).as(asked).contains("No such file");
                }
            }
        }
        if (cell.servesLibraries()) {
            Library cuda = tables.library("libcuda.so.");
            // In the family of the stub too: a library that is loaded serves who asks for its SONAME.
            softly.assertThat(inside.answer("same", "libcuda.so,libcuda.so.1")).isEqualTo("yes");
            softly.assertThat(inside.all("gpu")).hasSize(2);
            softly.assertThat(inside.all("gpu").get(0)).matches("0 GPU-[0-9a-f-]{36} 0");
            softly.assertThat(inside.all("gpu").get(1)).matches("1 GPU-[0-9a-f-]{36} 2");
            softly.assertThat(inside.all("linked")).containsExactly(cell.says(tables, cuda, "libcuda.so.1") + " 0 2");
            softly.assertThat(inside.answer("ran", "/usr/bin/nvidia-smi")).isEqualTo("0");
        } else {
            softly.assertThat(inside.answer("failed", "/usr/bin/nvidia-smi")).isEqualTo("ENOENT");
        }
    }

    private void hooks(SoftAssertions softly, Cell cell, List<HookCall> calls) {
        boolean hasLinks = tables.links().stream().anyMatch(link -> cell.isMine(link.devices()));
        List<String> names = new ArrayList<>(List.of(
                "create-symlinks",
                "create-symlinks",
                "enable-cuda-compat",
                "update-ldcache",
                "disable-device-node-modification",
                "update-application-profile"));
        if (hasLinks) {
            names.add("create-symlinks");
        }
        assertThat(calls).extracting(HookCall::name).isEqualTo(names);
        softly.assertThat(calls.get(0).values("--link"))
                .containsExactly("../libnvidia-allocator.so.1::" + HostTables.LIBRARIES + "/gbm/nvidia-drm_gbm.so");
        softly.assertThat(resolved(calls.subList(0, 2))).isEqualTo(libraryLinks());
        softly.assertThat(calls.get(2).options()).containsExactly("--host-driver-version=" + tables.version());
        softly.assertThat(calls.get(3).values("--folder"))
                .containsExactly(HostTables.LIBRARIES, HostTables.LIBRARIES + "/vdpau");
        softly.assertThat(calls.get(4).options()).isEmpty();
        softly.assertThat(calls.get(5).options()).isEmpty();
        if (hasLinks) {
            List<String> links = new ArrayList<>();
            for (Link link : tables.links()) {
                if (cell.isMine(link.devices())) {
                    links.add(link.target() + "::" + link.path());
                }
            }
            softly.assertThat(calls.get(6).values("--link")).containsExactlyInAnyOrderElementsOf(links);
        }
        for (HookCall call : calls) {
            softly.assertThat(call.arguments().get(0)).isEqualTo("nvidia-cdi-hook");
            softly.assertThat(call.environment()).containsExactly("NVIDIA_CTK_DEBUG=false");
            softly.assertThat(call.uid()).isZero();
            softly.assertThat(call.state().path("id").asString("")).hasSize(64);
            softly.assertThat(call.state().path("bundle").asString("")).startsWith("/");
            softly.assertThat(call.state().path("pid").isIntegralNumber()).isTrue();
            softly.assertThat(call.state().path("ociVersion").asString("")).startsWith("1.");
            softly.assertThat(call.mounts())
                    .anyMatch(mount -> mount.endsWith(HostTables.LIBRARIES + "/libcuda.so." + tables.version()));
        }
        softly.assertThat(calls)
                .extracting(call -> call.state().path("id"))
                .containsOnly(calls.get(0).state().path("id"));
    }

    /** Which name leads to which file once the hook has made its links. */
    private static Map<String, String> resolved(List<HookCall> calls) {
        Map<String, String> targets = new TreeMap<>();
        for (HookCall call : calls) {
            for (String link : call.values("--link")) {
                String[] parts = link.split("::");
                String directory = parts[1].substring(0, parts[1].lastIndexOf('/'));
                targets.put(parts[1], Path.of(directory, parts[0]).normalize().toString());
            }
        }
        Map<String, String> files = new TreeMap<>();
        targets.forEach((link, target) -> {
            String file = target;
            while (targets.containsKey(file)) {
                file = targets.get(file);
            }
            files.put(link, file);
        });
        return files;
    }

    /** The same as the host has it. The NVML double is a library too. */
    private Map<String, String> libraryLinks() {
        Map<String, String> files = new TreeMap<>();
        String directory = HostTables.LIBRARIES + "/";
        for (Library library : tables.libraries()) {
            if (library.file().endsWith(tables.version())) {
                library.links().forEach(link -> files.put(directory + link, directory + library.file()));
            }
        }
        for (String link : List.of("libnvidia-ml.so.1", "libnvidia-ml.so")) {
            files.put(directory + link, directory + "libnvidia-ml.so." + tables.version());
        }
        return files;
    }
}
