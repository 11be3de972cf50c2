import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/support/longestFirst.ts'

/** `vitest --mode deep` runs the long versions, `*.deep.ts`, and nothing else. */
export default defineConfig(({ mode }) => {
  const files = mode === 'deep' ? '**/*.deep.ts' : '**/*.test.ts'
  return {
    test: {
      // The development machines and CI have two cores, which the tests share with a database and a browser. They mostly
      // wait for disks, browsers and timers: a third worker takes a third off the short ones (8:19 to
      // 5:39). The long ones kill servers and count what they do in time: those keep two.
      maxWorkers: mode === 'deep' ? 2 : 3,
      // For the processes that tests start, which load the same files again and again: two fifths of their start.
      env: { NODE_COMPILE_CACHE: join(tmpdir(), 'ciclo-test-compiled') },
      projects: [
        {
          extends: true,
          // Pure functions share no state: without a module world for each file, its tests take a third of the time.
          test: { name: 'engine', include: [`packages/engine/test/${files}`], isolate: false },
        },
        {
          extends: true,
          test: {
            name: 'packages',
            include: [`packages/*/test/${files}`, `scripts/test/${files}`],
            exclude: ['**/node_modules/**', 'packages/engine/**'],
            isolate: false,
            globalSetup: ['scripts/support/chromiumGlobalSetup.ts'],
          },
        },
        {
          extends: true,
          test: {
            name: 'apps',
            include: [`apps/*/test/${files}`],
            // The server has no state of its own outside of its factories: loading it once for each worker saves a minute.
            isolate: false,
            globalSetup: [
              'scripts/support/chromiumGlobalSetup.ts',
              'apps/server/test/support/postgresGlobalSetup.ts',
            ],
          },
        },
      ],
      pool: 'forks',
      sequence: { sequencer: LongestFirst },
      setupFiles: [join(import.meta.dirname, 'scripts/support/boundProperties.ts')],
      testTimeout: mode === 'deep' ? 600_000 : 30_000,
      hookTimeout: 60_000,
    },
  }
})
