/** Tasks of the sample types that `./millrace up --samples` registers. */
export const EXAMPLES = [
  { type: 'sample.steps', input: { steps: 5, ms: 800 } },
  { type: 'sample.sleep', input: { ms: 3000 } },
  { type: 'sample.fail', input: { times: 2 } },
  { type: 'sample.chunk', input: { times: 0 } },
  { type: 'sample.cpu', input: { ms: 500 } },
  { type: 'sample.noop', input: {} },
] as const

export const FIRST_TASK = `curl -X POST ${location.origin}/api/v1/tasks \\
  -H 'Content-Type: application/json' \\
  -d '{"type": "sample.steps", "input": {"steps": 5, "ms": 800}}'`
