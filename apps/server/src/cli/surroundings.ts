/** What a command knows of the world around it: the process itself, or a test. */
export interface Surroundings {
  environment: Record<string, string | undefined>
  /** What relative files are relative to. */
  folder: string
  /** One line on standard output: what the command was asked for. */
  say: (line: string) => void
  /** One line on standard error: progress and what went wrong. */
  warn: (line: string) => void
  /** Where a progress bar is drawn; undefined where nobody looks at a terminal. */
  terminal: NodeJS.WriteStream | undefined
  /** Epoch milliseconds. */
  now: () => number
}

/** Whoever reads may have seen enough, as `head` does after ten lines: that is no error of the command. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

export function processSurroundings(): Surroundings {
  process.stdout.on('error', endQuietly)
  return {
    environment: process.env,
    // The root scripts run in the repository's root; npm tells where the user stood.
    folder: process.env['INIT_CWD'] ?? process.cwd(),
    say: (line) => void process.stdout.write(`${line}\n`),
    warn: (line) => void process.stderr.write(`${line}\n`),
    terminal: process.stderr.isTTY ? process.stderr : undefined,
    now: Date.now,
  }
}
