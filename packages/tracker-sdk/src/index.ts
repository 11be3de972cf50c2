// What a server needs of this package. No browser code is imported here: its types only, and where its bundles lie.
export type { Ciclo, CicloOptions, ConsentState, StubCall } from './ciclo.ts'
export type { Properties, TrackerBatch, TrackerEvent, Traits } from './trackerEvent.ts'

/** The classic script for `<script src="/ciclo.js">`. Exists once `buildTracker()` of `@ciclo/tracker-sdk/build` has run. */
export const trackerFile = new URL('../dist/ciclo.js', import.meta.url)

/** The source map that `trackerFile` names, relative to the script: `ciclo.js.map`. */
export const trackerSourceMapFile = new URL('../dist/ciclo.js.map', import.meta.url)

/** The tracker as an ES module, for shops that bundle their own script. */
export const trackerModuleFile = new URL('../dist/ciclo.mjs', import.meta.url)
