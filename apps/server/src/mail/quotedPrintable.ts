/** RFC 2045, section 6.7: no encoded line is longer, the `=` at its end included. */
const LONGEST_LINE = 76
const [TAB, LF, CR, SPACE, EQUALS, DOT, CAPITAL_F, TILDE] = [9, 10, 13, 32, 61, 46, 70, 126]
const HEX = Buffer.from('0123456789ABCDEF')
/** Bytes that stand for themselves wherever they are in a line but at its beginning. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte > SPACE && byte <= TILDE && byte !== EQUALS ? 1 : 0,
)

/**
 * Text as quoted-printable (RFC 2045), every line ended by CRLF: what every server passes on unchanged, whatever is in it.
 * A dot or a "From " never begins a line, so that nobody on the way has to change that either.
 */
export function quotedPrintable(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text.toWellFormed())
  // Three signs for a byte, and a soft line break for every 73 of them, at most.
  const out = new Uint8Array(Math.ceil(bytes.length * 3.2) + 8)
  const end = bytes.length
  const isBreak = (at: number) => bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)
  let length = 0
  let column = 0
  let place = 0
  while (place < end) {
    const byte = bytes[place] ?? 0
    // Nearly every byte of a mail.
    if (column > 0 && column < LONGEST_LINE - 1 && PLAIN[byte] === 1) {
      out[length++] = byte
      column += 1
      place += 1
      continue
    }
    if (isBreak(place)) {
      out[length++] = CR
      out[length++] = LF
      column = 0
      place += byte === CR ? 2 : 1
      continue
    }
    const endsLine = place + 1 === end || isBreak(place + 1)
    const isPlain =
      byte === SPACE || byte === TAB
        ? !endsLine
        : PLAIN[byte] === 1 && (column > 0 || (byte !== DOT && byte !== CAPITAL_F))
    // The last sign of a line may fill it; any other leaves room for the `=`.
    if (column + (isPlain ? 1 : 3) > LONGEST_LINE - (endsLine ? 0 : 1)) {
      out[length++] = EQUALS
      out[length++] = CR
      out[length++] = LF
      column = 0
      continue
    }
    if (isPlain) {
      out[length++] = byte
      column += 1
    } else {
      out[length++] = EQUALS
      out[length++] = HEX[byte >> 4] ?? 0
      out[length++] = HEX[byte & 15] ?? 0
      column += 3
    }
    place += 1
  }
  if (column > 0) {
    out[length++] = CR
    out[length++] = LF
  }
  return out.subarray(0, length)
}
