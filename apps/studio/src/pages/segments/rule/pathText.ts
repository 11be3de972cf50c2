/** A path as one text: names with dots between, and a backslash before a dot that belongs to a name. */
export const pathText = (path: readonly string[]): string =>
  path.map((name) => name.replaceAll(/[\\.]/g, String.raw`\$&`)).join('.')

/** The names in such a text; none in an empty one. */
export function readPath(text: string): string[] {
  if (text === '') return []
  const names = ['']
  for (let place = 0; place < text.length; place += 1) {
    const letter = text[place] ?? ''
    if (letter === '.') names.push('')
    else if (letter === '\\') {
      place += 1
      names[names.length - 1] += text[place] ?? '\\'
    } else names[names.length - 1] += letter
  }
  return names
}
