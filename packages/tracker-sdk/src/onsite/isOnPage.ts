import type { OnsiteRules } from '@ciclo/engine'

/** `*` is anything. By hand: a regular expression of many stars could stop the shop's page for seconds. */
const fits = (path: string, pattern: string): boolean => {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  // The same page, however the shop writes its addresses.
  if (last === undefined) return path === first || path === `${first}/`
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const part of parts) {
    const found = path.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return path.endsWith(last) && path.length - last.length >= at
}

/** Whether a message is for the page at a path. */
export const isOnPage = (
  { pages, notPages }: Pick<OnsiteRules, 'pages' | 'notPages'>,
  path: string,
): boolean =>
  (!pages.length || pages.some((pattern) => fits(path, pattern))) &&
  !notPages.some((pattern) => fits(path, pattern))
