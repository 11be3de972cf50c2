import type { Line } from './splitLines.ts'

async function* withFirst(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line, void, undefined> {
  yield first
  yield* rest
}

/** The first line with a word in it, and the lines from there on; undefined where there is none. */
export async function findFirstLine(
  lines: AsyncGenerator<Line, void, undefined>,
): Promise<{ first: Line; lines: AsyncGenerator<Line, void, undefined> } | undefined> {
  let next = await lines.next()
  while (!next.done && next.value.text.trim() === '') next = await lines.next()
  return next.done ? undefined : { first: next.value, lines: withFirst(next.value, lines) }
}
