-- Tenants that are to start nothing; the queue '' stands for all.
CREATE TABLE task_tenant_pauses (
  tenant TEXT NOT NULL,
  queue TEXT NOT NULL,
  PRIMARY KEY (tenant, queue)
) WITHOUT ROWID;

-- How many tasks of a tenant may wait.
CREATE TABLE task_tenant_bounds (
  tenant TEXT PRIMARY KEY,
  most INTEGER NOT NULL
) WITHOUT ROWID;
