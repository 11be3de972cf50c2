/** Controls that JSON leaves as they are: delete, the second set (U+009B is what ESC [ is) and changes of direction. */
const CONTROLS = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

/** JSON that means the same, in which no control character acts on a terminal. */
export const harmless = (json: string) =>
  json.replaceAll(CONTROLS, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** What somebody else has written goes to the terminal as JSON: no control character acts there. */
export const quoted = (text: string | null) => (text === null ? '-' : harmless(JSON.stringify(text)))

/** A whole answer, indented, with whatever somebody else has written in it. */
export const quotedJson = (value: unknown) => harmless(JSON.stringify(value, null, 2))
