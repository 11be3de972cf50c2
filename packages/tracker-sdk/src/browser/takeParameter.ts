/**
 * Takes a parameter out of the page's address: what it proves is nobody else's business, and a copied address must not
 * carry it on.
 */
export const takeParameter = (name: string): string | null => {
  const url = new URL(location.href)
  const value = url.searchParams.get(name)
  if (value) {
    url.searchParams.delete(name)
    history.replaceState(history.state, '', url)
  }
  return value
}
