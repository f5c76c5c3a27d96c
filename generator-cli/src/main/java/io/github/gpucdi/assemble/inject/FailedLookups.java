package io.github.gpucdi.assemble.inject;

import io.github.gpucdi.assemble.model.Feature;
import io.github.gpucdi.assemble.model.Notices;
import io.github.gpucdi.host.FailedLookup;
import io.github.gpucdi.host.Library;
import java.util.List;
import java.util.Set;

/** What looking for driver files in vain means for a spec. */
public final class FailedLookups {
    private FailedLookups() {}

    /** Says what is not in a spec because of these, and what can be done about it. */
    public static void report(List<FailedLookup> failed, Set<Feature> features, Notices notices) {
        for (FailedLookup lookup : failed) {
            String at = lookup.path().isEmpty() ? lookup.name() : lookup.path();
            if (Library.ON_DEMAND.contains(lookup.name()) && !features.contains(Feature.EXPLICIT_DRIVER_LIBRARIES)) {
                notices.debug(at + " cannot be used, and is not asked for");
                continue;
            }
            switch (lookup.reason()) {
                case NOT_FOUND -> notices.debug(lookup.name() + " is not on this host");
                case FOREIGN_ELF -> notices.debug(at + " left out: it is for another kind of processor");
                case DANGLING_LINK -> notices.warning(at + " left out: the link leads nowhere", "reinstall the driver");
                case LINK_LOOP -> notices.warning(at + " left out: the link leads back to itself", "remove the link");
                case UNREADABLE -> notices.warning(at + " left out: it cannot be read", "check its permissions");
                case NOT_ELF -> notices.warning(at + " left out: it is no ELF library", "reinstall the driver");
                case NOT_A_MANIFEST ->
                    notices.warning(
                            at + " cannot be read as a manifest: nobody knows whether containers get what it names",
                            "reinstall the package that it is from; reading it may need root");
                case WRONG_KIND ->
                    notices.warning(at + " left out: it is of another kind", "remove it, or what names it");
                case TOO_MANY -> notices.warning(at + " left out: too many files have such names", "name them each");
                case UNWRITABLE_NAME ->
                    notices.warning(at + " left out: its name holds a control character", "rename it");
            }
        }
    }
}
