import cliProgress from 'cli-progress'
import type { Surroundings } from './surroundings.ts'

export interface Progress {
  /**
   * @param rows read so far, or whatever is counted
   * @param fraction of the file, from 0 to 1
   */
  show(rows: number, fraction: number): void
  end(): void
}

/** Where nobody watches a terminal, a line now and then is enough. */
const LINE_EVERY = 2_000

export const count = (number: number) => number.toLocaleString('en')

/** Progress of reading a file: a bar on a terminal, plain lines elsewhere. */
export function createProgress({ terminal, warn, now }: Surroundings, unit = 'rows'): Progress {
  if (terminal === undefined) {
    let shownAt = now()
    return {
      show: (rows, fraction) => {
        if (now() - shownAt < LINE_EVERY) return
        shownAt = now()
        warn(`  ${count(rows)} ${unit} (${Math.floor(fraction * 100)} %)`)
      },
      end: () => {},
    }
  }
  const bar = new cliProgress.SingleBar({
    stream: terminal,
    format: `  {bar} {percentage} % | {rows} ${unit} | {eta_formatted} left`,
    barCompleteChar: '#',
    barIncompleteChar: '-',
    hideCursor: true,
  })
  bar.start(1_000, 0, { rows: '0' })
  return {
    show: (rows, fraction) => bar.update(Math.floor(fraction * 1_000), { rows: count(rows) }),
    end: () => bar.stop(),
  }
}
