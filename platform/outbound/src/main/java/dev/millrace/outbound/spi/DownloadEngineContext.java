package dev.millrace.outbound.spi;

import dev.millrace.outbound.AddressGuard;
import java.nio.file.Path;

/**
 * What an engine is given.
 *
 * @param folder its own, which exists
 * @param guard tells before any look-up what is wrong with a URL; an engine that connects by itself
 *     must keep away from private addresses as well, also after redirects
 * @param builtIn the built-in engine, guarded, resumed and cached; not to be closed
 */
public record DownloadEngineContext(Path folder, AddressGuard guard, DownloadEngine builtIn) {}
