/** Bundles what browsers load: the tracker, the demo shop and the studio. */
export async function buildAll(): Promise<void> {
  // Imported here, not above: a build file that cannot be loaded is a failed build, not a failed task.
  await timed('tracker', async () => {
    const { buildTracker } = await import('../../packages/tracker-sdk/build.ts')
    await buildTracker()
  })
  await timed('demo store', async () => {
    const { buildDemoStore } = await import('../../apps/demo-store/build.ts')
    await buildDemoStore()
  })
  await timed('studio', async () => {
    const { buildStudio } = await import('../../apps/studio/build.ts')
    await buildStudio()
  })
}

async function timed(name: string, build: () => Promise<void>): Promise<void> {
  const started = performance.now()
  await build()
  console.log(`Built the ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}
