export function find(selector: string): HTMLElement
export function find<Kind extends HTMLElement>(selector: string, kind: new () => Kind): Kind
/** The element of this page; the shop's own pages always have it, so its absence is a defect. */
export function find(selector: string, kind: new () => HTMLElement = HTMLElement): HTMLElement {
  const found = document.querySelector(selector)
  if (!(found instanceof kind))
    throw new Error(`The page ${location.pathname} has no ${kind.name} ${selector}`)
  return found
}
