/** One or more files, or whatever else was asked for, failed. */
export const EXIT_FAILED = 1;

/** The command line makes no sense. */
export const EXIT_USAGE = 2;

/** As upstream's `exit(-1)`, when folders are given but there is nothing in them. */
export const EXIT_NO_FILES = 255;

/** Behind which the number of a signal is counted, as shells do. */
export const EXIT_SIGNAL = 128;
