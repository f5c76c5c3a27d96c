package io.github.gpucdi.host.json;

import io.github.gpucdi.host.WslAdapter;
import io.github.gpucdi.host.WslFacts;
import io.github.gpucdi.host.WslStore;

/** What WSL shows of GPUs, both ways. */
final class WslForm {
    private WslForm() {}

    static WslFacts facts(JsonObject in) throws SnapshotFormatException {
        return new WslFacts(
                in.object("library", FilesForm::library),
                in.optionalText("failure", TextRule.TEXT),
                in.objects("adapters", WslFacts.MAX_ADAPTERS, WslForm::adapter),
                in.objects("stores", WslFacts.MAX_ADAPTERS, WslForm::store),
                in.object("device", FilesForm::side));
    }

    static void facts(JsonOut out, WslFacts facts) {
        out.object("library", facts.library(), FilesForm::library);
        out.text("failure", facts.failure().map(out.redaction()::in));
        out.objects("adapters", facts.adapters(), WslForm::adapter);
        out.objects("stores", facts.stores(), WslForm::store);
        out.object("device", facts.device(), FilesForm::side);
    }

    private static WslAdapter adapter(JsonObject in) throws SnapshotFormatException {
        return new WslAdapter(
                in.optionalSmallNumber("wddm"),
                in.optionalText("store", TextRule.PATH),
                in.optionalText("failure", TextRule.TEXT));
    }

    private static void adapter(JsonOut out, WslAdapter adapter) {
        out.number("wddm", adapter.wddm());
        out.text("store", adapter.store());
        out.text("failure", adapter.failure().map(out.redaction()::in));
    }

    private static WslStore store(JsonObject in) throws SnapshotFormatException {
        return new WslStore(in.text("path", TextRule.PATH), in.object("files", FilesForm::files));
    }

    private static void store(JsonOut out, WslStore store) {
        out.text("path", store.path());
        out.object("files", store.files(), FilesForm::files);
    }
}
