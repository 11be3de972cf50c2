// What a server needs of this package. No browser code is imported here: its types only, and where its bundles lie.
export type { Ciclo, CicloOptions, ConsentState, StubCall } from './ciclo.ts'
export type { EcommerceEvents, Product } from './ecommerceEvents.ts'
export type { Properties, TrackerBatch, TrackerEvent, Traits } from './trackerEvent.ts'

export { loaderSnippet, type LoaderOptions } from './loaderSnippet.ts'

const built = (name: string) => new URL(`../dist/${name}`, import.meta.url)

/** The classic script for `<script src="/ciclo.js">`. Exists once `buildTracker()` of `@ciclo/tracker-sdk/build` has run. */
export const trackerFile = built('ciclo.js')

/** The source map that `trackerFile` names, relative to the script: `ciclo.js.map`. */
export const trackerSourceMapFile = built('ciclo.js.map')

/** The tracker as an ES module, for shops that bundle their own script. */
export const trackerModuleFile = built('ciclo.mjs')

/** The smallest script: page views, calls, identity, consent and delivery, without captures. */
export const trackerCoreFile = built('ciclo.core.js')

/** What the script loads for messages on the page. */
export const trackerOnsiteFile = built('ciclo.onsite.mjs')

/** The module's types. */
export const trackerTypesFile = built('ciclo.d.mts')

/** The hashes of the bundles, by their names, as `integrity` attributes have them. */
export const trackerIntegrityFile = built('integrity.json')

const SCRIPT = 'text/javascript; charset=utf-8'

/** What a server offers besides the script and the module, each at the root of its address. */
export const otherTrackerFiles = [
  { path: '/ciclo.core.js', file: trackerCoreFile, type: SCRIPT },
  { path: '/ciclo.core.js.map', file: built('ciclo.core.js.map'), type: 'application/json' },
  { path: '/ciclo.onsite.mjs', file: trackerOnsiteFile, type: SCRIPT },
  { path: '/ciclo.onsite.mjs.map', file: built('ciclo.onsite.mjs.map'), type: 'application/json' },
  { path: '/ciclo.d.mts', file: trackerTypesFile, type: 'text/plain; charset=utf-8' },
]
