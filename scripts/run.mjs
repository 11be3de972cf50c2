// Every root script comes through here: `node scripts/run.mjs <task> [arguments]`.
// Plain JavaScript, so that it runs on the Node that a newcomer happens to have; it then hands over to the
// pinned one. Nothing is imported before the version is known: an older Node would fail on the import with
// an error that helps nobody.
const oldestNode = 18

if (Number.parseInt(process.versions.node, 10) < oldestNode) {
  console.error(
    `Ciclo needs Node ${oldestNode} or newer to start its scripts, and this is Node ${process.versions.node}.\n` +
      'Install a current Node from https://nodejs.org and run the same command again.',
  )
  process.exit(1)
}

const { runTask } = await import('./run/runTask.mjs')
const root = new URL('..', import.meta.url)
process.exit(await runTask(root, process.argv.slice(2)))
