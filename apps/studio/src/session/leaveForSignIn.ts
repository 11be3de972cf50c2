/**
 * Leads to the door, and back here afterwards. As a new page: what this one still holds in memory is of a session that
 * has ended.
 */
export function leaveForSignIn(): void {
  const { pathname, search, hash } = window.location
  if (pathname === '/sign-in') return
  const to = `${pathname}${search}${hash}`
  window.location.assign(to === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(to)}`)
}
