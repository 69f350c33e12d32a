package dev.millrace.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tenants.
 *
 * @param next the name behind which the next page begins; null for the last one
 */
public record TenantPage(List<TenantView> items, @Nullable String next) {}
