import chromium from '@sparticuz/chromium'

/**
 * For vitest's `globalSetup`: unpacks the Chromium of `@sparticuz/chromium` before any test asks for it. Two test files
 * that begin on a new machine at the same time would both unpack it, and one would start half of the other's file.
 */
export default async function setup(): Promise<void> {
  process.env['CHROMIUM_PATH'] ??= await chromium.executablePath()
}
