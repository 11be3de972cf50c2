import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// What waits to be collected says nothing of what stays in use.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that are still in use after a collection. */
export function heapInUse(): number {
  collect()
  return process.memoryUsage().heapUsed
}
