import type { OnsiteField } from '@ciclo/engine'
import { create } from './create.ts'

export interface Field {
  element: HTMLElement
  /** What was answered; empty: nothing. */
  read(): string | string[]
  /** Says beside the field what is wrong with the answer; answers the control to correct, if any. */
  check(): HTMLElement | undefined
}

/** What browsers may fill in by themselves (https://html.spec.whatwg.org/#autofill). */
const AUTOFILL: Readonly<Record<string, string | undefined>> = {
  email: 'email',
  firstName: 'given-name',
  lastName: 'family-name',
  phone: 'tel',
  birthday: 'bday',
}

/** As many options as can be seen at once; more are a list to open. */
const MOST_RADIOS = 6

/** `id` is the field's own within the message. Without a label, the message's title is what it asks. */
export const createField = ({ name, type, label, required, options }: OnsiteField, id: string): Field => {
  const isChoice = type === 'choice'
  const problem = create('p', { class: 'e', id: `${id}e` })
  const shared = { 'aria-describedby': problem.id, ...(required && { required: '' }) }
  const isGroup = type === 'choices' || (isChoice && (!label || options.length <= MOST_RADIOS))

  const inputs: (HTMLInputElement | HTMLSelectElement)[] = isGroup
    ? options.map(({ value }) =>
        create('input', { ...shared, type: isChoice ? 'radio' : 'checkbox', name: id, value }),
      )
    : isChoice
      ? [
          create(
            'select',
            { ...shared, id },
            create('option', { value: '' }),
            ...options.map((option) => create('option', { value: option.value }, option.label)),
          ),
        ]
      : [create('input', { ...shared, id, type, autocomplete: AUTOFILL[name] ?? 'off', dir: 'auto' })]

  const element = isGroup
    ? create(
        'fieldset',
        {
          class: 'f',
          role: isChoice ? 'radiogroup' : 'group',
          ...(isChoice && !label && { 'aria-labelledby': 't' }),
        },
        label && create('legend', {}, label),
        create(
          'div',
          { class: isChoice ? `g p n${options.length}` : 'g' },
          ...inputs.map((input, place) =>
            create('label', {}, input, create('span', {}, options[place]?.label)),
          ),
        ),
        problem,
      )
    : create('div', { class: 'f' }, create('label', { for: id }, label), ...inputs, problem)

  const picked = () => (isGroup ? inputs.filter((input) => (input as HTMLInputElement).checked) : inputs)

  const check = () => {
    // One box of several: no browser knows that by itself.
    if (type === 'choices') inputs.forEach((input) => (input.required = required && !picked().length))
    const invalid = inputs.find(({ validity }) => !validity.valid)
    problem.textContent = invalid?.validationMessage ?? ''
    for (const carrier of isGroup && isChoice ? [element] : inputs) {
      carrier.setAttribute('aria-invalid', `${!!invalid}`)
    }
    return invalid
  }
  element.addEventListener('input', () => problem.textContent && check())

  return {
    element,
    read: () => {
      const values = picked().map(({ value }) => value.trim())
      return type === 'choices' ? values : (values[0] ?? '')
    },
    check,
  }
}
