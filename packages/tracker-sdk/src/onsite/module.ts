// The lazy chunk `ciclo.onsite.mjs`, which the tracker imports when the shop shows messages on its pages.
export { startOnsite } from './startOnsite.ts'
