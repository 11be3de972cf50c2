import type { ShownMessage } from '@ciclo/engine'
import { create } from './create.ts'
import { wordsIn } from './words.ts'

/** The code and the button of a pop-up or a bar. */
export const createNotice = (
  { texts, code, link, locale }: ShownMessage,
  { clicked, close }: { clicked: () => void; close: () => void },
): HTMLElement[] => {
  const parts: HTMLElement[] = []
  if (code) {
    const [copy, copied] = wordsIn(locale)
    const button = create('button', { 'aria-live': 'polite' }, copy)
    button.addEventListener('click', () => {
      clicked()
      // Refused, or not there on a page without https: the code can still be marked by hand.
      Promise.resolve(code)
        .then((text) => navigator.clipboard.writeText(text))
        .then(() => (button.textContent = copied))
        .catch(() => undefined)
    })
    parts.push(create('div', { class: 'd' }, create('code', {}, code), button))
  }
  if (texts.button) {
    // The server has checked it; an address such as `javascript:` must not run here in any case.
    const isLink = /^https?:\/\//i.test(link ?? '')
    const button = isLink
      ? create('a', { class: 'b', href: link ?? '' }, texts.button)
      : create('button', { class: 'b' }, texts.button)
    button.addEventListener('click', isLink ? clicked : close)
    parts.push(button)
  }
  return parts
}
