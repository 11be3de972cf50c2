// Before the tests are imported: they read it when they begin.
const asked = process.env['RUNS']
process.env['RUNS'] ??= '3000'

await import('./regionMachines.test.ts')
await import('./replay.test.ts')
await import('./replayAt.test.ts')
await import('./segmentHistories.test.ts')

// The next file of this process has a number of its own.
if (asked === undefined) delete process.env['RUNS']
