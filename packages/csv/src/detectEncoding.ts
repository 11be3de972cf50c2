/** The encodings that tables come in besides UTF-8 and UTF-16: of Windows in Central and Western Europe, and Latin-2. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1250',
  'windows-1252',
  'iso-8859-2',
] as const
export type Encoding = (typeof ENCODINGS)[number]

export interface DetectedEncoding {
  encoding: Encoding
  /** Whether it is the likeliest of several: the bytes themselves do not say. */
  isGuess: boolean
}

const OTHERS = ['windows-1250', 'iso-8859-2', 'windows-1252'] as const

/** Letters of the languages that are written with either. */
const LETTERS = /[ąćęłńóśźżăâîșşțţáéíúüñ¿¡äößàèçêôëïőűčďěňřšťůžýđ]/giu
/** What no name has in its middle: controls of ISO 8859-2 stand where Windows has letters. */
const ODD = /[\u0080-\u009F¤¦§¨©«¬®°±²³´µ¶·¸¹»¼½¾×÷†‡‰‹›€™¢£¥ª¯]|\p{L}[¿¡]/gu

const score = (text: string) => (text.match(LETTERS)?.length ?? 0) - 3 * (text.match(ODD)?.length ?? 0)

/** Only the lines that are not ASCII say anything. */
function telling(bytes: Uint8Array): Uint8Array {
  const kept: number[] = []
  let from = 0
  const keep = (to: number) => {
    const line = bytes.subarray(from, to)
    if (line.some((byte) => byte >= 0x80)) kept.push(...line.subarray(0, 2_000), 0x0a)
    from = to + 1
  }
  for (let place = 0; place < bytes.length && kept.length < 200_000; place += 1)
    if (bytes[place] === 0x0a || bytes[place] === 0x0d) keep(place)
  if (kept.length < 200_000) keep(bytes.length)
  return Uint8Array.from(kept)
}

/** By a byte order mark. */
export function markedEncoding([first, second]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/**
 * The encoding of a text that is not UTF-8: the one by which most of what it has beyond ASCII are letters.
 *
 * @param bytes a piece of it that is not all ASCII
 */
export function guessEncoding(bytes: Uint8Array): DetectedEncoding {
  const sample = telling(bytes)
  const scores = OTHERS.map((encoding) => ({
    encoding,
    score: score(new TextDecoder(encoding).decode(sample)),
  }))
  const [best] = scores.toSorted((one, other) => other.score - one.score)
  return { encoding: best?.encoding ?? 'windows-1252', isGuess: true }
}
