package dev.millrace.server.webhooks;

import dev.millrace.app.Setting;
import java.time.Duration;
import java.util.List;

/** How web hooks are delivered. */
public record WebhookSettings(
    @Setting(
            value = "false",
            doc =
                "Whether web hooks may call loopback, private and link-local addresses. Lets"
                    + " whoever sets web hooks reach into your network.")
        boolean allowPrivateAddresses,
    @Setting(
            value = "",
            doc =
                "Private networks that web hooks may call although the guard stands, such as"
                    + " 10.1.0.0/16.")
        List<String> allowedNetworks,
    @Setting(
            value = "15s",
            min = 100,
            max = 300_000,
            doc = "How long a receiver may take to answer.")
        Duration timeout,
    @Setting(
            value = "12",
            min = 1,
            max = 100,
            doc = "How often a delivery is tried, with pauses from 5 seconds up to 6 hours.")
        int attempts,
    @Setting(
            value = "5d",
            min = 60_000,
            doc = "A web hook that has only failed for so long is disabled.")
        Duration disableAfter,
    @Setting(value = "7d", min = 60_000, doc = "How long deliveries stay in the log.")
        Duration keep) {}
