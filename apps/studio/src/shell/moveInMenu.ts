/** Arrows, Home and End go through the items of a menu (WAI-ARIA, menu pattern). */
export function moveInMenu(menu: HTMLElement, key: string): boolean {
  const items = [...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]')]
  const here = items.findIndex((item) => item === document.activeElement)
  const places: Record<string, number> = {
    ArrowDown: (here + 1) % items.length,
    ArrowUp: (Math.max(here, 0) - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }
  const place = places[key]
  if (place === undefined) return false
  items[place]?.focus()
  return true
}
