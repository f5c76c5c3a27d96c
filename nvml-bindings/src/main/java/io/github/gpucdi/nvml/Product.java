package io.github.gpucdi.nvml;

/** Names for NVML's architecture and brand numbers. */
final class Product {

    private Product() {}

    static String architecture(int number) {
        return switch (number) {
            case 2 -> "Kepler";
            case 3 -> "Maxwell";
            case 4 -> "Pascal";
            case 5 -> "Volta";
            case 6 -> "Turing";
            case 7 -> "Ampere";
            case 8 -> "Ada";
            case 9 -> "Hopper";
            case 10 -> "Blackwell";
            case 13 -> "Rubin";
            default -> "Architecture " + Integer.toUnsignedString(number);
        };
    }

    static String brand(int number) {
        return switch (number) {
            case 1 -> "Quadro";
            case 2 -> "Tesla";
            case 3 -> "NVS";
            case 4 -> "GRID";
            case 5 -> "GeForce";
            case 6 -> "Titan";
            case 7 -> "vApps";
            case 8 -> "vPC";
            case 9 -> "vCS";
            case 10 -> "vWS";
            case 11 -> "CloudGaming";
            case 12 -> "Quadro RTX";
            case 13 -> "RTX";
            case 14 -> "NVIDIA";
            case 15 -> "GeForce RTX";
            case 16 -> "Titan RTX";
            default -> "Brand " + Integer.toUnsignedString(number);
        };
    }
}
