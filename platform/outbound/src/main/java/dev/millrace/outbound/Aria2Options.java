package dev.millrace.outbound;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of each download. They are given with it and not once for the program, so that they
 * hold for an aria2 that somebody else set up as well. Immutable.
 */
final class Aria2Options {
  private final OutboundConfig config;
  private final Aria2Config aria2;
  private final GuardedProxy proxy;

  Aria2Options(OutboundConfig config, Aria2Config aria2, GuardedProxy proxy) {
    this.config = config;
    this.aria2 = aria2;
    this.proxy = proxy;
  }

  ObjectNode of(Aria2Job job) {
    TimeLimits times = config.times();
    ObjectNode options = JsonMapper.shared().createObjectNode();
    options.put("dir", DurableFiles.folderOf(job.file).toString());
    options.put("out", job.file.getFileName().toString());
    // The guard: everything goes through the proxy, also where a redirect leads.
    options.put("all-proxy", proxy.url());
    options.put("all-proxy-user", job.ticket.user());
    options.put("all-proxy-passwd", job.ticket.password());
    options.put("http-proxy", proxy.url());
    options.put("http-proxy-user", job.ticket.user());
    options.put("http-proxy-passwd", job.ticket.password());
    options.put("https-proxy", proxy.url());
    options.put("https-proxy-user", job.ticket.user());
    options.put("https-proxy-passwd", job.ticket.password());
    options.put("ftp-proxy", proxy.url());
    options.put("no-proxy", "");
    options.put("proxy-method", "get");
    options.put("follow-torrent", "false");
    options.put("follow-metalink", "false");
    options.put("no-netrc", "true");
    // A file is loaded once, where we say, and goes on where it was.
    options.put("continue", "true");
    options.put("always-resume", "false");
    options.put("allow-overwrite", "true");
    options.put("auto-file-renaming", "false");
    options.put("file-allocation", "none");
    options.put("remote-time", "false");
    options.put("http-accept-gzip", "false");
    options.put("split", Integer.toString(aria2.connections()));
    options.put("max-connection-per-server", Integer.toString(aria2.connections()));
    options.put("min-split-size", Long.toString(aria2.leastPiece()));
    // Attempts and the pauses between them are ours, so that they are the same for all engines.
    options.put("max-tries", "1");
    options.put("retry-wait", "0");
    options.put("timeout", seconds(times.stall().toMillis(), 600));
    options.put("connect-timeout", seconds(times.connect().plus(times.head()).toMillis(), 600));
    options.put("lowest-speed-limit", "0");
    options.put("user-agent", config.userAgent());
    return options;
  }

  private static String seconds(long millis, long most) {
    return Long.toString(Math.clamp(Math.ceilDiv(millis, 1_000L), 1, most));
  }
}
