import { QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { keepPushed } from '@/lib/keep-pushed'

it('does not let an older answer that comes late cover what was pushed', async () => {
  const client = new QueryClient()
  let answer = (_: string) => {}
  const late = new Promise<string>(resolve => {
    answer = resolve
  })
  client.setQueryData(['run'], 'first')
  const asked = client
    .fetchQuery({ queryKey: ['run'], queryFn: () => late })
    .catch(() => 'given up')
  keepPushed(client, ['run'], 'pushed')
  answer('older')
  await asked
  await new Promise(resolve => setTimeout(resolve, 0))
  expect(client.getQueryData(['run'])).toBe('pushed')
})
