package dev.millrace.server;

import dev.millrace.app.DataSize;
import dev.millrace.app.Setting;
import java.time.Duration;
import java.util.List;

/** How the process listens and stops. */
public record ServerSettings(
    @Setting(
            value = "127.0.0.1",
            doc =
                "The address to listen on. Only loopback addresses are taken as long as there are"
                    + " no keys that keep strangers out.")
        String host,
    @Setting(
            value = "8080",
            min = 0,
            max = 65535,
            doc = "The port to listen on; 0 takes a free one.")
        int port,
    @Setting(
            value = "",
            doc =
                "Host names, besides localhost, under which clients may call this server, for"
                    + " example behind a proxy.")
        List<String> allowedHosts,
    @Setting(
            value = "16 MB",
            min = 1024,
            max = 1L << 30,
            doc = "The largest request body that is read.")
        DataSize maxBody,
    @Setting(
            value = "10s",
            max = 3_600_000,
            doc =
                "How long running tasks and requests may go on when the server is told to stop."
                    + " Tasks that need longer are put back and run again at the next start.")
        Duration gracePeriod,
    @Setting(
            value = "false",
            doc = "Adds the task types sample.* to try things with; the same as up --samples.")
        boolean samples) {}
