import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { trackerCoreFile, trackerFile } from '@ciclo/tracker-sdk'
import { build } from 'esbuild'
import { readUmami } from './readUmami.ts'

/** A tracker as a page has it: its script, and what its documentation has a page do so that it sends its first page view. */
export interface ComparedTracker {
  name: string
  code: string
  /** Attributes of the script's tag. */
  attributes?: string
  /** The inline script after it. */
  start?: string
  /** Paths of the requests after which its load is over: the first page view, and settings that it asks for. */
  sends: readonly string[]
}

const ours = { attributes: 'data-key="bench-write-key" data-consent="granted"', sends: ['/v1/batch'] }

/** As a shop bundles it: there is only a module. */
async function readPlausible(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(import.meta.resolve('@plausible-analytics/tracker'))],
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'plausibleTracker',
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** The script that each of them has a shop load; `buildTracker` has run. What tells robots apart is told to let them pass. */
export async function comparedTrackers(): Promise<ComparedTracker[]> {
  const snowplow = import.meta.resolve('@snowplow/browser-tracker/dist/index.umd.min.js')
  const posthog = import.meta.resolve('posthog-js/dist/array.js')
  const trackers: ComparedTracker[] = [
    { name: 'ciclo', code: await readFile(trackerFile, 'utf8'), ...ours },
    { name: 'core', code: await readFile(trackerCoreFile, 'utf8'), ...ours },
    {
      name: 'plausible',
      code: await readPlausible(),
      start:
        "plausibleTracker.init({ domain: 'shop.test', endpoint: '/api/event', captureOnLocalhost: true })",
      sends: ['/api/event'],
    },
    {
      name: 'snowplow',
      code: await readFile(new URL(snowplow), 'utf8'),
      start: `snowplowBrowserTracking.newTracker('sp', location.origin, { appId: 'shop' })
        snowplowBrowserTracking.trackPageView()`,
      sends: ['/com.snowplowanalytics.snowplow/tp2'],
    },
    {
      name: 'posthog',
      code: await readFile(new URL(posthog), 'utf8'),
      start: `posthog.init('phc_bench', { api_host: location.origin, defaults: '2025-11-30', opt_out_useragent_filter: true })`,
      sends: ['/e/', '/flags/'],
    },
  ]
  try {
    const attributes = 'data-website-id="b59e9c65-ae32-47f1-8400-119fcf4861c4"'
    trackers.splice(2, 0, { name: 'umami', code: await readUmami(), attributes, sends: ['/api/send'] })
  } catch (error) {
    console.error('umami is left out, because its package could not be had:', error)
  }
  return trackers
}
