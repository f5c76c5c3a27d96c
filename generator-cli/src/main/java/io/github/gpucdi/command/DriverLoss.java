package io.github.gpucdi.command;

/** What becomes of an installed spec when the driver or every GPU is gone. */
enum DriverLoss {
    KEEP,
    DELETE
}
