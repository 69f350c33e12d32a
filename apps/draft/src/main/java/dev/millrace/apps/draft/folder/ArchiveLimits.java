package dev.millrace.apps.draft.folder;

/**
 * What an archive may hold.
 *
 * @param bytes of all its files, unpacked
 * @param files in it
 * @param ratio how many times larger than packed a file may be, once it is larger than a megabyte
 * @param depth folders within each other, with the draft's own
 */
public record ArchiveLimits(long bytes, int files, int ratio, int depth) {
  /** 20 GB in 20,000 files: more than any draft has. JSON packs up to some sixty to one. */
  public static final ArchiveLimits USUAL = new ArchiveLimits(20L << 30, 20_000, 200, 8);
}
