import { registerHooks } from 'node:module'

// A test run that ends in any way, killed or crashed, closes this pipe: no server outlives it.
process.stdin.on('close', () => process.exit(3))
process.stdin.resume()
process.stdin.unref()

// Node reads drizzle's 180 KB of package.json again for each of its hundred files: a fifth of the time of a start.
registerHooks({
  resolve: (specifier, context, next) => {
    const { parentURL = '', conditions } = context
    const isDrizzle = parentURL.includes('/node_modules/drizzle-orm/') && /^\..*\.js$/.test(specifier)
    if (!isDrizzle || !conditions.includes('import')) return next(specifier, context)
    return { url: new URL(specifier, parentURL).href, format: 'module', shortCircuit: true }
  },
})

const { main } = await import('../../src/main.ts')
const { LIFE_JOURNEYS } = await import('./lifeJourneys.ts')
await main({
  demo: process.argv.includes('--demo'),
  ...(process.argv.includes('--life') ? { journeys: LIFE_JOURNEYS } : {}),
})
