package dev.millrace.store;

/** One change of a part's tables, for one dialect. */
record Migration(int number, String name, String script, String checksum) {}
