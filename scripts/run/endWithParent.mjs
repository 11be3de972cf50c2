import { isMainThread } from 'node:worker_threads'

// The supervised task leads a process group of its own, so a SIGKILL of the group above it does not reach
// it. Without this watch it would go on for ever, holding its port and its database.
const checkEveryMs = 1000

if (isMainThread) {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, checkEveryMs)
  watch.unref()
}
