package dev.millrace.server;

import dev.millrace.app.DataSize;
import dev.millrace.app.Setting;
import dev.millrace.store.StoreConfig;
import dev.millrace.store.SyncMode;
import java.nio.file.Path;
import java.time.Duration;

/** The keys of the store; {@link StoreConfig} has more, whose defaults fit everybody so far. */
record StoreSettings(
    @Setting(
            value = "full",
            doc =
                "When a commit counts as durable: full survives a power cut; normal may lose the"
                    + " last moments in one, but not when only the process dies.")
        SyncMode sync,
    @Setting(value = "4", min = 1, max = 64, doc = "Threads that read, each with a connection.")
        int readers,
    @Setting(
            value = "5m",
            min = 1000,
            max = 86_400_000,
            doc =
                "Reads that run longer are interrupted, because they keep the log from shrinking.")
        Duration readLimit,
    @Setting(
            value = "100ms",
            min = 1,
            max = 60_000,
            doc = "Statements that run for longer are kept with their plan.")
        Duration slowStatement,
    @Setting(
            value = "16 MB",
            min = 65_536,
            max = 1L << 34,
            doc = "Memory for pages of each connection, used as needed.")
        DataSize pageCache,
    @Setting(
            value = "0 B",
            doc = "The database may not grow beyond this; 0 for no limit but the disk's.")
        DataSize maxSize) {

  StoreConfig config(Path file) {
    return StoreConfig.defaults(file)
        .withSync(sync)
        .withReaders(readers, StoreConfig.QUEUED_READS, readLimit)
        .withStatementLog(StoreConfig.FINGERPRINTS, slowStatement, StoreConfig.SLOW_STATEMENTS)
        .withMemory(pageCache.bytes(), StoreConfig.MMAP_BYTES)
        .withMaxBytes(maxSize.bytes());
  }
}
