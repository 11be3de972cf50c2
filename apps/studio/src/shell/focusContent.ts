const contentOf = () => document.getElementById('content')

/** The page's heading; that of the page before is hidden while the next one loads. */
const headingIn = (content: HTMLElement) =>
  [...content.querySelectorAll<HTMLElement>('h1')].find((heading) => heading.checkVisibility())

function focus(element: HTMLElement): void {
  element.tabIndex = -1
  element.focus({ preventScroll: true })
}

/**
 * Moves the focus to what a page is about: to its heading, as soon as that is there, and to the one that takes its place
 * (that of a page whose data has come, after that of the page that loads it), until somebody goes elsewhere. What it
 * returns ends the waiting.
 */
export function focusContent(): (() => void) | undefined {
  const content = contentOf()
  if (!content) return undefined
  let focused = headingIn(content) ?? content
  focus(focused)
  const observer = new MutationObserver(() => {
    const { activeElement } = document
    const isLost = activeElement === document.body || activeElement === content
    if (!isLost && activeElement !== focused) return observer.disconnect()
    const come = headingIn(content)
    if (come && come !== focused && isLost) {
      focused = come
      focus(come)
    }
    return undefined
  })
  observer.observe(content, { childList: true, subtree: true, attributeFilter: ['style'] })
  return () => observer.disconnect()
}

/** Whether somebody is already at work in the page: not in the one before, which is hidden while the next one loads. */
export function isContentFocused(): boolean {
  const content = contentOf()
  const { activeElement } = document
  if (!activeElement || activeElement === content) return false
  return content?.contains(activeElement) === true && activeElement.checkVisibility()
}
