export interface SignUp {
  email: string
  method: 'form'
  /** What the consent checkbox said. */
  text?: string
  formId?: string
}

const SECRET =
  'input[type=password], [autocomplete^=cc-], [name*=card i], [name*=cvc i], [name*=cvv i], [name*=iban i]'
const EMAIL = '[type=email], [autocomplete~=email i], [name*=email i]'
const NO_TEXT = [
  'button',
  'submit',
  'image',
  'reset',
  'hidden',
  'checkbox',
  'radio',
  'file',
  'color',
  'range',
]

const takesText = (field: Element) =>
  field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && !NO_TEXT.includes(field.type))

const readText = (box: HTMLInputElement) =>
  (
    Array.from(box.labels ?? [], (label) => label.textContent).join(' ') ||
    box.getAttribute('aria-label') ||
    ''
  )
    .replace(/\s+/g, ' ')
    .trim()

/**
 * Reads a submitted form as a sign-up, or answers undefined. A sign-up asks for an e-mail address and nothing else that
 * is typed, or is marked `data-ciclo-form="subscribe"`. Never one are: `data-ciclo-form="ignore"`, forms with a
 * password or card field, and forms with a checkbox that is not ticked; where `data-ciclo-consent` marks checkboxes,
 * only those count. Reads no other value than the address.
 */
export const readSignUp = (form: HTMLFormElement): SignUp | undefined => {
  const mark = form.getAttribute('data-ciclo-form')
  const fields = Array.from(form.elements)
  if (mark === 'ignore' || fields.some((field) => field.matches(SECRET))) return undefined

  const texts = fields.filter(takesText)
  const field = texts.find((element) => element.matches(EMAIL))
  if (!(field instanceof HTMLInputElement) || (mark !== 'subscribe' && texts.length > 1)) return undefined

  const boxes = fields.filter((element) => element.matches('[type=checkbox]')) as HTMLInputElement[]
  const marked = boxes.filter((box) => box.matches('[data-ciclo-consent]'))
  const consents = marked.length ? marked : boxes
  if (consents.some((box) => !box.checked)) return undefined

  const email = field.value.trim()
  if (!/^\S+@\S+$/.test(email)) return undefined
  const text = consents.map(readText).join(' ').trim()
  const formId = form.getAttribute('id')
  return { email, method: 'form', ...(text && { text }), ...(formId && { formId }) }
}
