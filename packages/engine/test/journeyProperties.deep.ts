// Before the tests are imported: they read it when they begin.
process.env['RUNS'] ??= '1000'

await import('./journeyProperties.test.ts')
