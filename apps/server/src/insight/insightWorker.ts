import { openStore } from '../store/openStore.ts'
import type { Store } from '../store/store.ts'
import { answerInsight } from './answerInsight.ts'
import type { InsightRequest, PartTaken } from './insightProcess.ts'

/** What is asked over all customers may take its time. */
const PATIENCE = 600_000

let store: Store | undefined
let goOn = () => {}

/** Resolves when whoever asked has taken it: what is told does not heap up on the way. */
const tell = (part: unknown) =>
  new Promise<void>((resolve) => {
    goOn = resolve
    process.send?.({ part })
  })

async function answerTo({ databaseUrl, ...request }: InsightRequest): Promise<void> {
  const open = async () =>
    (store ??= await openStore(databaseUrl, { readOnly: true, connections: 1, patience: PATIENCE }))
  process.send?.(await answerInsight(open, request, tell))
}

process.on('message', (request: InsightRequest | PartTaken) => {
  if ('taken' in request) goOn()
  else void answerTo(request)
})
// The server is gone, in whatever way: nobody waits for an answer.
process.on('disconnect', () => process.exit())
// Ctrl+C reaches every process of a terminal; the server ends this one in its own time.
process.on('SIGINT', () => {})
