/**
 * A path of this very studio, as somebody's address bar has named it: whatever leads elsewhere becomes the first page.
 * Browsers read `//host`, `/\host` and `/<tab>/host` as another host's address, so it is read as they do.
 */
export function safePath(given: string | undefined, base: string = window.location.origin): string {
  if (given === undefined || !given.startsWith('/') || !URL.canParse(given, base)) return '/'
  const { origin, pathname, search, hash } = new URL(given, base)
  // `/.//host` is a path of ours whose own beginning is another's.
  return origin === new URL(base).origin && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/'
}
