/**
 * Dependencies point one way; docs/architecture.md says why. Every rule here has a case in
 * scripts/test/dependencyArrows.test.ts that breaks it.
 *
 * dependency-cruiser parses TypeScript through the compiler's JavaScript API, which the native TypeScript 7
 * does not have; pnpm-workspace.yaml gives it a TypeScript 6 of its own. Its other parsers do not do:
 * acorn knows no types, and swc loses the type-only imports, which count here.
 */

const ours = '^(packages|apps|bench|scripts)/'

/** @param {readonly string[]} names */
const npmPackages = (names) => `(^|/)node_modules/(${names.join('|')})/`

/** @param {readonly string[]} names folders of the server's source, or files of that name */
const serverParts = (names) => `^apps/server/src/(${names.join('|')})(/|\\.ts$)`

const compositionRoot = serverParts(['main', 'createCiclo'])

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that import each other cannot be understood, tested or moved alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable-imports',
      comment: 'An import that cannot be resolved would slip through all other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-source-on-tests',
      comment: 'What ships does not depend on tests.',
      severity: 'error',
      from: {
        pathNot: ['^(packages|apps)/[^/]+/test/', '^scripts/test/', '^bench/', '^vitest\\.config\\.ts$'],
      },
      to: { path: '^((packages|apps)/[^/]+|scripts)/test/' },
    },
    {
      name: 'engine-is-pure',
      comment: 'The engine imports xstate, zod and small pure libraries: nothing of ours, nothing of Node.',
      severity: 'error',
      from: { path: '^packages/engine/src/' },
      to: { pathNot: ['^packages/engine/src/', npmPackages(['xstate', 'zod', 'temporal-polyfill'])] },
    },
    {
      name: 'engine-stands-alone',
      comment: 'Its tests, too, need nothing else of ours.',
      severity: 'error',
      from: { path: '^packages/engine/' },
      to: { path: ours, pathNot: '^packages/engine/' },
    },
    {
      name: 'templates-stand-alone',
      comment: 'Templates may know the types of the engine, and nothing else of ours.',
      severity: 'error',
      from: { path: '^packages/templates/' },
      to: { path: ours, pathNot: ['^packages/templates/', '^packages/engine/'] },
    },
    {
      name: 'csv-stands-alone',
      comment:
        'How files of rows are read is the same at the command line and in browsers: nothing of ours, nothing of Node.',
      severity: 'error',
      from: { path: '^packages/csv/src/' },
      to: { pathNot: ['^packages/csv/src/', npmPackages(['csv-parse', 'fflate'])] },
    },
    {
      name: 'journeys-on-the-engine',
      comment: 'The shipped journeys are files for the engine, and know nothing else of ours.',
      severity: 'error',
      from: { path: '^packages/journeys/' },
      to: { path: ours, pathNot: ['^packages/journeys/', '^packages/engine/'] },
    },
    {
      name: 'tracker-stands-alone',
      comment: 'The tracker may know the types of the engine, and nothing else of ours.',
      severity: 'error',
      from: { path: '^packages/tracker-sdk/' },
      to: { path: ours, pathNot: ['^packages/tracker-sdk/', '^packages/engine/'] },
    },
    {
      name: 'only-types-of-the-engine',
      comment:
        'They cost 0 bytes; the engine itself would come along into the browser and into every render.',
      severity: 'error',
      from: { path: '^packages/(templates|tracker-sdk)/' },
      to: { path: '^packages/engine/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'demo-store-stands-alone',
      comment: 'The demo shop is what any shop is: it knows the tracker by its URL.',
      severity: 'error',
      from: { path: '^apps/demo-store/(src/|[^/]+\\.ts$)' },
      to: { path: ours, pathNot: '^apps/demo-store/' },
    },
    {
      name: 'studio-on-server-types',
      comment:
        'The studio runs in browsers: of the server it knows the types of its routes, and they cost 0 bytes. It reads files of rows, journeys and sections of templates by the very code that the command line and the server read them by.',
      severity: 'error',
      from: { path: '^apps/studio/(src/|[^/]+\\.ts$)' },
      to: {
        path: ours,
        pathNot: [
          '^apps/studio/',
          '^packages/(csv|engine)/',
          '^packages/journeys/src/text\\.ts$',
          '^packages/templates/src/editing/',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'texts-of-journeys-in-browsers',
      comment: 'What reads and writes the text of a journey runs in browsers, too: nothing of Node.',
      severity: 'error',
      from: {
        path: '^packages/journeys/src/(text|readJourneyText|writeJourneyText|readYaml|journeyForm|journeyDifference|issueText|problemText|schemaFields|journeySchemaJson|unknownFields|isBag)\\.ts$',
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'editing-of-templates-in-browsers',
      comment:
        'What takes a template apart into sections runs in browsers: nothing of Node, nothing that compiles.',
      severity: 'error',
      from: { path: '^packages/templates/src/editing/' },
      to: { pathNot: ['^packages/templates/src/editing/', npmPackages(['zod'])] },
    },
    {
      name: 'studio-from-the-composition-root',
      comment: 'The server knows the built studio by its folder; only what puts the parts together knows it.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: compositionRoot },
      to: { path: '^apps/studio/' },
    },
    {
      name: 'server-on-packages-only',
      comment: 'The server stands on the engine, the templates and the built tracker.',
      severity: 'error',
      from: { path: '^apps/server/src/' },
      to: {
        path: ours,
        pathNot: [
          '^apps/(server|demo-store|studio)/',
          '^packages/(csv|engine|journeys|templates|tracker-sdk)/',
        ],
      },
    },
    {
      name: 'server-takes-the-built-tracker',
      comment: 'Code for the browser is bundled, never imported by the server.',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^packages/tracker-sdk/src/browser/' },
    },
    {
      name: 'demo-store-from-the-composition-root',
      comment: 'The server runs without the demo shop; only what puts the parts together knows it.',
      severity: 'error',
      from: { path: '^apps/server/src/', pathNot: compositionRoot },
      to: { path: '^apps/demo-store/' },
    },
    {
      name: 'parts-do-not-know-the-whole',
      comment: 'The composition root knows the parts, never the other way round.',
      severity: 'error',
      from: { path: serverParts(['routes', 'loops', 'mail', 'ingest', 'store']) },
      to: { path: serverParts(['main', 'createCiclo', 'app', 'cli']) },
    },
    {
      name: 'mappings-are-pure',
      comment:
        'What a message of a shop system means follows from the message alone: no store, no clock, no network.',
      severity: 'error',
      from: { path: '^apps/server/src/platforms/[^/]+/map[^/]*\\.ts$' },
      to: {
        pathNot: [
          '^apps/server/src/(platforms/|errors\\.ts$)',
          '^packages/engine/src/',
          npmPackages(['zod']),
        ],
      },
    },
    {
      name: 'store-knows-no-caller',
      comment: 'The store is the bottom of the server.',
      severity: 'error',
      from: { path: serverParts(['store']) },
      to: { path: serverParts(['routes', 'loops', 'mail', 'ingest']) },
    },
    {
      name: 'mail-knows-no-caller',
      comment: 'What comes back of a mail is handed over by the loops, as an input.',
      severity: 'error',
      from: { path: serverParts(['mail']) },
      to: { path: serverParts(['routes', 'loops', 'ingest']) },
    },
    {
      name: 'ingest-on-engine-and-store',
      comment: 'One transaction remembers: no mail, no HTTP and no rendering in it.',
      severity: 'error',
      from: { path: serverParts(['ingest']) },
      to: { path: [serverParts(['routes', 'loops', 'mail']), '^packages/(templates|tracker-sdk)/'] },
    },
    {
      name: 'routes-know-no-loops',
      comment: 'They meet in the store: a route writes what a loop finds.',
      severity: 'error',
      from: { path: serverParts(['routes']) },
      to: { path: serverParts(['loops']) },
    },
    {
      name: 'loops-know-no-routes',
      comment: 'They meet in the store: a route writes what a loop finds.',
      severity: 'error',
      from: { path: serverParts(['loops']) },
      to: { path: serverParts(['routes']) },
    },
    {
      name: 'sql-in-the-store-only',
      comment: 'One narrow door to the database: its drivers and the query builder stay behind it.',
      severity: 'error',
      from: { path: '^(packages|apps)/[^/]+/src/', pathNot: '^apps/server/src/store/' },
      to: {
        path: npmPackages([
          'drizzle-orm',
          'better-sqlite3',
          'pg',
          'postgres',
          '@types/better-sqlite3',
          '@types/pg',
        ]),
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules'] },
    exclude: { path: ['(^|/)(dist|coverage|migrations)/'] },
    // Imports of types are arrows as well.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.node', '.d.ts'],
    },
  },
}
