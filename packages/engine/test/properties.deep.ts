// Before the tests are imported: they read it when they begin.
process.env['RUNS'] ??= '3000'

await import('./regionMachines.test.ts')
await import('./replay.test.ts')
await import('./replayAt.test.ts')
await import('./segmentHistories.test.ts')
