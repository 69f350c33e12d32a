// Makes the types of the server's answers out of its OpenAPI document.
//   npm run api                                      from the committed document
//   npm run api -- --base http://127.0.0.1:8080      from a running server, which it is taken from
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'

const folder = new URL('../src/api/generated/', import.meta.url).pathname
const document = `${folder}openapi.json`
const at = process.argv.indexOf('--base')

/** Leaves out what the types are not made of: examples, and the problems, which are all alike. */
function slim(api) {
  for (const path of Object.values(api.paths)) {
    for (const operation of Object.values(path)) {
      for (const [status, response] of Object.entries(operation.responses ?? {})) {
        if (!status.startsWith('2')) delete operation.responses[status]
        else delete response.headers
      }
    }
  }
  delete api.components.examples
  delete api.components.responses
  return JSON.parse(
    JSON.stringify(api, (key, value) =>
      key === 'example' || key === 'examples' ? undefined : value,
    ),
  )
}

if (at > 0) {
  const response = await fetch(`${process.argv[at + 1]}/openapi.json`)
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  writeFileSync(document, `${JSON.stringify(slim(await response.json()), null, 1)}\n`)
}
execFileSync('npx', ['openapi-typescript', document, '-o', `${folder}schema.d.ts`], {
  stdio: 'inherit',
})
