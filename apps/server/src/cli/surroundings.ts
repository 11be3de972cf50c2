import { createInterface } from 'node:readline/promises'

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
  /** Asks somebody who can answer yes or no; left out where nobody can. */
  confirm?: (question: string) => Promise<boolean>
}

/** Whoever reads may have seen enough, as `head` does after ten lines: that is no error of the command. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit()
}

async function askTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim())
  } finally {
    terminal.close()
  }
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
    ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm: askTerminal } : {}),
  }
}
