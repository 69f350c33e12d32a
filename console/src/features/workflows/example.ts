/** Two ways beside each other, a person between, and one that brings them together. */
export const EXAMPLE = {
  name: 'release',
  description: 'Build, check from two sides, ask a person, ship.',
  stages: [
    {
      name: 'build',
      tasks: [
        { name: 'jar', type: 'sample.steps', input: { steps: 3, ms: 300 }, estimate: 'PT1S' },
      ],
    },
    {
      name: 'test',
      after: ['build'],
      tasks: [
        { name: 'unit', type: 'sample.sleep', input: { ms: 800 }, estimate: 'PT1S' },
        { name: 'browser', type: 'sample.sleep', input: { ms: 1500 }, estimate: 'PT2S' },
      ],
    },
    {
      name: 'review',
      after: ['build'],
      tasks: [{ name: 'lint', type: 'sample.noop' }],
      sync: { type: 'approval', timeLimit: 'PT8H' },
    },
    {
      name: 'ship',
      mode: 'sequential',
      after: ['test', 'review'],
      tasks: [
        { name: 'upload', type: 'sample.sleep', input: { ms: 400 } },
        { name: 'tell', type: 'sample.noop' },
      ],
    },
  ],
}
