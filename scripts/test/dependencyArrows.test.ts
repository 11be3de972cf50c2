import { spawnSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repositoryRoot, toolPath } from '../support/repository.ts'
import { makeFolder } from './support/makeRepository.ts'

const config = join(repositoryRoot, '.dependency-cruiser.cjs')
const engine = 'packages/engine/src'
const server = 'apps/server/src'

/** What every case may import. */
const world: Record<string, string> = {
  'package.json': '{ "type": "module" }',
  ...Object.fromEntries(
    [
      'packages/csv',
      'packages/engine',
      'packages/journeys',
      'packages/templates',
      'packages/tracker-sdk',
      'apps/server',
      'apps/demo-store',
      'apps/studio',
    ].flatMap((folder) => [
      [`${folder}/package.json`, JSON.stringify({ name: folder, exports: { '.': './src/index.ts' } })],
      [`${folder}/src/index.ts`, 'export type Known = string\nexport const known = 1\n'],
    ]),
  ),
  ...Object.fromEntries(
    ['xstate', 'zod', 'lodash', 'drizzle-orm', 'better-sqlite3', 'pg'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {}'],
    ]),
  ),
  [`${engine}/known.ts`]: 'export const known = 1\n',
  'packages/engine/test/support/known.ts': 'export const known = 1\n',
  'packages/tracker-sdk/src/browser/script.ts': 'export const known = 1\n',
  'bench/known.ts': 'export const known = 1\n',
  ...Object.fromEntries(
    ['main', 'ingest', 'routes/known', 'loops/known', 'mail/known', 'store/known'].map((part) => [
      `${server}/${part}.ts`,
      'export const known = 1\n',
    ]),
  ),
}

const known = (from: string): string => `import { known } from '${from}'\nexport const copy = known\n`

/** [rule, file, its code]: each breaks exactly that rule. */
const broken: readonly [rule: string, file: string, code: string][] = [
  ['no-circles', `${server}/circle.ts`, known('./circle.ts')],
  ['no-unresolvable-imports', `${server}/a.ts`, known('./missing.ts')],
  ['no-source-on-tests', `${server}/b.ts`, known('../../../packages/engine/test/support/known.ts')],
  ['engine-is-pure', `${engine}/a.ts`, known('node:fs')],
  ['engine-is-pure', `${engine}/b.ts`, known('lodash')],
  ['engine-stands-alone', 'packages/engine/test/a.test.ts', known('@ciclo/templates')],
  ['templates-stand-alone', 'packages/templates/src/a.ts', known('@ciclo/tracker-sdk')],
  ['csv-stands-alone', 'packages/csv/src/a.ts', known('node:fs')],
  ['journeys-on-the-engine', 'packages/journeys/src/a.ts', known('@ciclo/templates')],
  ['tracker-stands-alone', 'packages/tracker-sdk/src/a.ts', known('@ciclo/templates')],
  ['only-types-of-the-engine', 'packages/templates/src/b.ts', known('@ciclo/engine')],
  ['only-types-of-the-engine', 'packages/tracker-sdk/src/b.ts', known('@ciclo/engine')],
  ['demo-store-stands-alone', 'apps/demo-store/src/a.ts', known('@ciclo/tracker-sdk')],
  ['demo-store-stands-alone', 'apps/demo-store/build.ts', known('@ciclo/engine')],
  ['studio-on-server-types', 'apps/studio/src/a.ts', known('@ciclo/server')],
  ['studio-on-server-types', 'apps/studio/build.ts', known('@ciclo/tracker-sdk')],
  ['texts-of-journeys-in-browsers', 'packages/journeys/src/text.ts', known('node:fs')],
  ['editing-of-templates-in-browsers', 'packages/templates/src/editing/a.ts', known('lodash')],
  ['studio-from-the-composition-root', `${server}/routes/g.ts`, known('@ciclo/studio')],
  ['mappings-are-pure', `${server}/platforms/shopify/mapOther.ts`, known('node:fs')],
  ['server-on-packages-only', `${server}/c.ts`, known('../../../bench/known.ts')],
  [
    'server-takes-the-built-tracker',
    `${server}/d.ts`,
    known('../../../packages/tracker-sdk/src/browser/script.ts'),
  ],
  ['demo-store-from-the-composition-root', `${server}/routes/e.ts`, known('@ciclo/demo-store')],
  ['parts-do-not-know-the-whole', `${server}/store/f.ts`, known('../main.ts')],
  ['store-knows-no-caller', `${server}/store/a.ts`, known('../routes/known.ts')],
  ['store-knows-no-caller', `${server}/store/b.ts`, known('../loops/known.ts')],
  ['store-knows-no-caller', `${server}/store/c.ts`, known('../mail/known.ts')],
  ['store-knows-no-caller', `${server}/store/d.ts`, known('../ingest.ts')],
  ['mail-knows-no-caller', `${server}/mail/a.ts`, known('../routes/known.ts')],
  ['mail-knows-no-caller', `${server}/mail/b.ts`, known('../loops/known.ts')],
  ['mail-knows-no-caller', `${server}/mail/c.ts`, known('../ingest.ts')],
  ['ingest-on-engine-and-store', `${server}/ingest/a.ts`, known('../routes/known.ts')],
  ['ingest-on-engine-and-store', `${server}/ingest/b.ts`, known('../loops/known.ts')],
  ['ingest-on-engine-and-store', `${server}/ingest/c.ts`, known('../mail/known.ts')],
  ['ingest-on-engine-and-store', `${server}/ingest/d.ts`, known('@ciclo/templates')],
  ['routes-know-no-loops', `${server}/routes/a.ts`, known('../loops/known.ts')],
  ['loops-know-no-routes', `${server}/loops/a.ts`, known('../routes/known.ts')],
  ['sql-in-the-store-only', `${server}/routes/b.ts`, known('drizzle-orm')],
  [
    'sql-in-the-store-only',
    `${server}/routes/c.ts`,
    "import type { Pool } from 'pg'\nexport type P = Pool\n",
  ],
  ['sql-in-the-store-only', `${server}/mail/d.ts`, known('better-sqlite3')],
]

const allowed: readonly [file: string, code: string][] = [
  [`${engine}/c.ts`, known('xstate') + known('zod').replaceAll('known', 'z')],
  ['packages/templates/src/c.ts', "import type { Known } from '@ciclo/engine'\nexport type K = Known\n"],
  ['packages/tracker-sdk/src/c.ts', "import type { Known } from '@ciclo/engine'\nexport type K = Known\n"],
  ['apps/demo-store/test/a.test.ts', known('@ciclo/tracker-sdk')],
  [`${server}/createCiclo.ts`, known('@ciclo/demo-store')],
  [`${server}/routes/d.ts`, known('../ingest.ts')],
  [`${server}/loops/b.ts`, known('../mail/known.ts')],
  [`${server}/ingest/e.ts`, known('../store/known.ts')],
  [`${server}/mail/e.ts`, known('@ciclo/templates')],
  [`${server}/store/e.ts`, known('drizzle-orm')],
]

type Violation = { rule: { name: string }; from: string }

async function violationsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = await makeFolder(files)
  await mkdir(join(root, 'node_modules/@ciclo'))
  for (const folder of [
    'packages/engine',
    'packages/templates',
    'packages/tracker-sdk',
    'apps/demo-store',
    'apps/server',
    'apps/studio',
  ]) {
    await symlink(join(root, folder), join(root, 'node_modules/@ciclo', folder.split('/')[1] ?? ''))
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [toolPath('depcruise'), '--config', config, '-T', 'json', 'packages', 'apps'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e8 },
  )
  expect(stderr).toBe('')
  const result = JSON.parse(stdout) as { summary: { violations: Violation[] } }
  return result.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).toSorted()
}

test('every broken arrow is found, and named by its rule', async () => {
  const files = { ...world, ...Object.fromEntries(broken.map(([, file, code]) => [file, code])) }
  expect(await violationsOf(files)).toEqual(broken.map(([rule, file]) => `${rule}: ${file}`).toSorted())
})

test('no arrow that the architecture draws is refused', async () => {
  expect(await violationsOf({ ...world, ...Object.fromEntries(allowed) })).toEqual([])
})

test('every rule has a case that breaks it', () => {
  const { forbidden } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] }
  expect(forbidden.map(({ name }) => name).toSorted()).toEqual(
    [...new Set(broken.map(([rule]) => rule))].toSorted(),
  )
})
