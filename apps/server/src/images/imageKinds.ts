/** What can be let in, as its first bytes say; nothing else reaches a decoder. */
export type ImageKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'avif'

const startsWith = (bytes: Buffer, text: string, at = 0) =>
  bytes.toString('latin1', at, at + text.length) === text

/** The kind of picture that a file is by its content, whatever it is called; undefined where it is none of these. */
export function kindOf(bytes: Buffer): ImageKind | undefined {
  if (startsWith(bytes, '\u0089PNG\r\n\u001a\n')) return 'png'
  if (startsWith(bytes, '\u00ff\u00d8\u00ff')) return 'jpeg'
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return 'gif'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp'
  if (startsWith(bytes, 'ftypavif', 4) || startsWith(bytes, 'ftypavis', 4)) return 'avif'
  return undefined
}

/** Whether a file is a drawing in SVG: it may stand behind a declaration, a comment or a document type. */
export const isSvg = (bytes: Buffer) => /<svg[\s>]/i.test(bytes.toString('latin1', 0, 4096))
