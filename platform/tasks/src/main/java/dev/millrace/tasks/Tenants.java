package dev.millrace.tasks;

import dev.millrace.store.Position;
import org.jspecify.annotations.Nullable;

/**
 * How queues are shared between tenants. A tenant with ready tasks gets starts in the ratio of its
 * weight to the weights of the others that have some, however many tasks each has; without a weight
 * of its own it has weight 1, as do the tasks of nobody. Weights are durable, can be set for
 * tenants that have no tasks yet, and take effect with the next start.
 *
 * <p>Thread-safe. Refusals are {@link TaskException}s.
 */
public interface Tenants {
  /**
   * Sets a tenant's weight in all queues that have none of their own for it.
   *
   * @param weight 1 to 1,000
   */
  Position weigh(String tenant, int weight);

  /**
   * Sets a tenant's weight in one queue.
   *
   * @param weight 1 to 1,000
   */
  Position weigh(String tenant, String queue, int weight);

  /** Takes all weights of a tenant back. */
  Position forget(String tenant);

  /** Has a tenant start nothing in any queue; what runs goes on. Durable. */
  Position pause(String tenant);

  /** Has a tenant start nothing in one queue. Durable. */
  Position pause(String tenant, String queue);

  /** Takes all pauses of a tenant back. Durable. */
  Position resume(String tenant);

  /** Takes the pause of a tenant in one queue back; one in all queues holds on. Durable. */
  Position resume(String tenant, String queue);

  /**
   * Lets only so many tasks of a tenant wait, in all queues together and whatever they wait for.
   * Submissions beyond that are refused with {@link TaskException.Reason#TENANT_FULL}; children,
   * the stages of runs of workflows, callbacks, and schedules are not. Durable.
   *
   * @param tasks 1 to 1,000,000,000
   */
  Position bound(String tenant, long tasks);

  /** Lets any number of tasks of a tenant wait. */
  Position unbound(String tenant);

  /** How a tenant stands; one that nothing is known of has weight 1 and no tasks. */
  TenantView find(String tenant);

  /**
   * Tenants with weights, ready or running tasks, by name.
   *
   * @param limit 1 to 200
   * @param after {@link TenantPage#next} of the page before; null for the first
   */
  TenantPage list(int limit, @Nullable String after);
}
