-- The order inside of a tenant's lane; the lanes of a queue are found by it too, one step each.
DROP INDEX tasks_ready;
CREATE INDEX tasks_ready ON tasks (queue, coalesce(tenant, ''), rank) WHERE state = 'ready';

-- The order of tasks that a limit holds up: they wait for 'limit <name>' or 'limit <name> <key>'.
CREATE INDEX tasks_limited ON tasks (waits_for, rank)
  WHERE waits_for >= 'limit ' AND waits_for < 'limit!';

-- How much of a queue a tenant gets beside others; the queue '' stands for all that are not named.
CREATE TABLE task_tenants (
  tenant TEXT NOT NULL,
  queue TEXT NOT NULL,
  weight INTEGER NOT NULL,
  PRIMARY KEY (tenant, queue)
) WITHOUT ROWID;

-- Limits that people set, as JSON; those that code declares are not here.
CREATE TABLE task_limits (
  name TEXT PRIMARY KEY,
  definition TEXT NOT NULL
) WITHOUT ROWID;

-- Up to when the rate of a gate is spent, in Unix µs: somewhat ahead of what has started.
CREATE TABLE task_rates (
  gate TEXT PRIMARY KEY,
  spent_until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX task_rates_spent ON task_rates (spent_until);
