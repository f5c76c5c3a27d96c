package io.github.gpucdi.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gpucdi.assemble.inject.LibraryNames;
import io.github.gpucdi.assemble.model.AssembleException;
import io.github.gpucdi.assemble.model.HooksPolicy;
import io.github.gpucdi.cdi.spec.Hook;
import io.github.gpucdi.host.Library;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The further names of a library, and the folders that the container's loader is told of. */
class LibraryNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            libx.so.580.1           | libx.so.1    | libx.so.1 libx.so | libx.so.1>libx.so.580.1, libx.so>libx.so.1
            libx.so.580.1           | libx.so.1    | libx.so.1         | libx.so.1>libx.so.580.1
            libx.so.580.1           | libx.so.1    | libx.so           | libx.so>libx.so.1
            libx.so.580.1           | libx.so.1    | ''                | ''
            libx.so.580.1           | ''           | libx.so           | libx.so>libx.so.580.1
            libx.so.1               | libx.so.1    | libx.so.1 libx.so | libx.so>libx.so.1
            libx.so                 | libx.so      | libx.so           | ''
            libx.so                 | libx.so.1    | libx.so.1 libx.so | ''
            libcuda.so.580.1        | libcuda.so.1 | ''                | libcuda.so>libcuda.so.1
            libcuda.so.1            | libcuda.so.1 | ''                | ''
            libcudadebugger.so.58.1 | ''           | ''                | ''
            libGLX_nvidia.so.580.1  | ''           | ''                | libGLX_indirect.so.0>libGLX_nvidia.so.580.1
            libnvidia-opticalflow.so.58.1 | '' | '' | libnvidia-opticalflow.so>libnvidia-opticalflow.so.1
            """)
    void namesAreThoseThatTheHostHasAndFixedOnes(String file, String soname, String links, String aliases) {
        Library library = new Library(
                Library.Role.DRIVER,
                "/usr/lib/" + file,
                Optional.of(soname).filter(name -> !name.isEmpty()),
                List.of(links.split(" ")));
        assertThat(LibraryNames.linksOf(library).stream()
                        .map(alias -> alias.name() + ">" + alias.target())
                        .toList())
                .containsExactly(aliases.isEmpty() ? new String[0] : aliases.split(", "));
    }

    @Test
    void aFolderOfAShortNameIsAFolderToo() throws AssembleException {
        DataHost host = DataHost.with(1)
                .library(Library.Role.DRIVER, "short/libx.so." + DataHost.VERSION, "")
                .library(Library.Role.NVVM, "shortest/lib.so.4", "")
                .library(Library.Role.DRIVER, "none/x.so." + DataHost.VERSION, "");
        List<Hook> hooks =
                host.spec(Wanted.hooks(HooksPolicy.NVIDIA)).containerEdits().hooks();
        assertThat(hooks)
                .filteredOn(hook -> hook.args().contains("update-ldcache"))
                .singleElement()
                .satisfies(hook -> assertThat(hook.args())
                        .endsWith(
                                "--folder", host.lib,
                                "--folder", host.lib + "/short",
                                "--folder", host.lib + "/shortest"));
    }
}
