import { buildAll } from '../support/buildAll.ts'

await buildAll()
console.log('Starting Ciclo with the demo shop ...')
const { main } = await import('../../apps/server/src/main.ts')
await main({ demo: true, history: true })
