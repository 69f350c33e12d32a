// After `vite build`: refuses a first load that is too heavy, then writes the compressed twins
// (.br, .gz) that the server sends as they are.
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
const FIRST_LOAD_LIMIT = 250_000
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.map', '.txt'])
const SMALLEST_WORTH_IT = 512

const gzipSize = file => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

/** The entry, everything it imports statically, their styles, and one language. */
function firstLoad() {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const files = new Set(['index.html', 'boot.js', 'favicon.svg'])
  const visit = key => {
    const chunk = manifest[key]
    if (!chunk || files.has(chunk.file)) return
    files.add(chunk.file)
    for (const css of chunk.css ?? []) files.add(css)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const key of Object.keys(manifest)) if (manifest[key].isEntry) visit(key)
  // The first page and a language are fetched at once too, so they count.
  const overview = Object.keys(manifest).find(key => key.endsWith('OverviewPage.tsx'))
  const language = Object.keys(manifest).find(key => key.endsWith('i18n/zh.ts'))
  for (const key of [overview, language]) if (key) visit(key)
  return [...files]
}

const parts = firstLoad().map(file => ({ file, bytes: gzipSize(file) }))
const total = parts.reduce((sum, part) => sum + part.bytes, 0)
for (const { file, bytes } of parts.sort((a, b) => b.bytes - a.bytes)) {
  console.log(`${String(bytes).padStart(8)}  ${file}`)
}
console.log(`${String(total).padStart(8)}  first load, gzip (limit ${FIRST_LOAD_LIMIT})`)
if (total > FIRST_LOAD_LIMIT) {
  console.error('The first load is over its limit: move the newest addition to a lazy chunk.')
  process.exit(1)
}

rmSync(join(dist, '.vite'), { recursive: true })
for (const name of readdirSync(dist, { recursive: true })) {
  const path = join(dist, name)
  if (!statSync(path).isFile() || !COMPRESSIBLE.has(extname(path))) continue
  const bytes = readFileSync(path)
  if (bytes.length < SMALLEST_WORTH_IT) continue
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  )
}
