import { answerOf, client, type Wire } from './client'
import { itemsOf } from './limits'

export type Tenant = Wire['TenantItem']

export const listTenants = async (signal?: AbortSignal): Promise<Tenant[]> =>
  itemsOf(
    await answerOf(client.GET('/api/v1/tenants', { params: { query: { limit: 200 } }, signal })),
  )

const at = (name: string) => ({ params: { path: { name } } })

/** Sets its weight in a queue, or in all that have none of their own for it. */
export const weighTenant = (name: string, weight: number, queue?: string) =>
  answerOf(client.PUT('/api/v1/tenants/{name}', { ...at(name), body: { weight, queue } }))

export const pauseTenant = (name: string) =>
  answerOf(client.POST('/api/v1/tenants/{name}/pause', at(name)))

/** Takes all its pauses back. */
export const resumeTenant = (name: string) =>
  answerOf(client.POST('/api/v1/tenants/{name}/resume', at(name)))

/** How many of its tasks may wait; any number without one. */
export const boundTenant = async (name: string, tasks?: number) => {
  await (tasks === undefined
    ? answerOf(client.DELETE('/api/v1/tenants/{name}/bound', at(name)))
    : answerOf(client.PUT('/api/v1/tenants/{name}/bound', { ...at(name), body: { tasks } })))
}

export const forgetTenant = (name: string) =>
  answerOf(client.DELETE('/api/v1/tenants/{name}', at(name)))
