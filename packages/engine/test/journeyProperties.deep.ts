// Before the tests are imported: they read it when they begin.
const asked = process.env['RUNS']
process.env['RUNS'] ??= '1000'

await import('./journeyProperties.test.ts')

// The next file of this process has a number of its own.
if (asked === undefined) delete process.env['RUNS']
