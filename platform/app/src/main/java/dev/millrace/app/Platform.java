package dev.millrace.app;

import dev.millrace.store.Store;
import dev.millrace.store.journal.Journal;
import dev.millrace.tasks.Tasks;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The parts that an application receives. Each is shared and thread-safe.
 *
 * @param store rows, in the commits of everybody
 * @param journal events, in the same commits
 * @param tasks durable work; the application's types are registered after it opened
 * @param settings the configuration; an application binds its record at its name
 * @param folder the application's own folder for files, which exists
 * @param clock wall time
 * @param meters where figures go
 */
public record Platform(
    Store store,
    Journal journal,
    Tasks tasks,
    Settings settings,
    Path folder,
    InstantSource clock,
    MeterRegistry meters) {}
