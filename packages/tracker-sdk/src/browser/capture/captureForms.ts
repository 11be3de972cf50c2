import type { Capture } from '../capture.ts'
import { listen } from '../guard.ts'
import { readSignUp } from './readSignUp.ts'

/**
 * Records a sign-up form when it is submitted, before the page's own script can empty it: also one that the script
 * sends itself, one inside a shadow root, and, where it is marked as one, a form whose button does not submit it.
 */
export const captureForms: Capture = ({ ciclo, options }) => {
  if (options.forms === false) return
  const read = (form: unknown) => {
    const signUp = form instanceof HTMLFormElement && readSignUp(form)
    if (!signUp) return
    ciclo.identify({ email: signUp.email })
    ciclo.track('Subscribed', { ...signUp })
  }
  const watched = new WeakSet<EventTarget>()
  const watch = (root: EventTarget) => {
    if (watched.has(root)) return
    watched.add(root)
    listen(root, 'submit', ({ target }) => read(target))
  }
  watch(document)
  // A submission does not leave a shadow root, but the focus that comes before it does.
  listen(document, 'focusin', (event) =>
    event.composedPath().forEach((node) => node instanceof ShadowRoot && watch(node)),
  )
  listen(document, 'click', (event) => {
    const [target] = event.composedPath()
    if (target instanceof Element && target.closest('button[type=button]'))
      read(target.closest('form[data-ciclo-form=subscribe]'))
  })
}
