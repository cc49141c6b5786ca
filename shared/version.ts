/** The version of everything here: the hub, its pages, the headless register. They are built and installed together. */
export const VERSION = "0.1.0";
