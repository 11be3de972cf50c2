import { createElement } from './createElement.ts'
import { rememberCustomer } from './customer.ts'
import { find } from './find.ts'

/** The tracker records the sign-up by itself when the form is submitted; the shop only has to answer the person. */
export const welcomeSubscribers = (): void => {
  const form = find('[data-newsletter]', HTMLFormElement)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const email = find('#newsletter-email', HTMLInputElement).value.trim()
    rememberCustomer({ email })
    form.hidden = true
    find('[data-newsletter-done]').replaceChildren(
      'Almost there: check your inbox and confirm that it is you. In this demo, your inbox is ',
      createElement('a', { href: '/mailbox' }, 'the mailbox'),
      '.',
    )
  })
}
