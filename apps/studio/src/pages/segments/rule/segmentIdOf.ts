/** What something is called by in addresses: made of its name, and of no other one; `fallback` where no letter is left. */
export function segmentIdOf(name: string, taken: ReadonlySet<string>, fallback = 'segment'): string {
  const plain =
    name
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/ł/gi, 'l')
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 56)
      .replace(/-+$/, '') || fallback
  // Its page would be the one on which new ones are made.
  const isFree = (id: string) => !taken.has(id) && id !== 'new'
  if (isFree(plain)) return plain
  let number = 2
  while (!isFree(`${plain}-${number}`)) number += 1
  return `${plain}-${number}`
}
