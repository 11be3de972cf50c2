import type { OnsiteField, ShownMessage } from '@ciclo/engine'
import type { Traits } from '../trackerEvent.ts'
import { create } from './create.ts'
import { createField } from './createField.ts'
import { wordsIn } from './words.ts'

export interface Answers {
  /** By the fields' names; what was left empty is absent. A survey's is `answer`. */
  values: Traits
  /** Whether the box beside the consent was ticked. */
  agreed: boolean
}

/** A survey's one question; the message's title asks it. */
const questionOf = ({ scale, fields }: ShownMessage): OnsiteField => {
  const numbers = scale
    ? Array.from({ length: scale.to - scale.from + 1 }, (_, place) => `${scale.from + place}`)
    : []
  return {
    name: 'answer',
    type: 'choice',
    label: '',
    required: true,
    options: fields[0]?.options ?? numbers.map((value) => ({ value, label: value })),
  }
}

/** The form of a sign-up, a contest or a survey. `answer` is called once all that was asked for is there. */
export const createForm = (message: ShownMessage, answer: (answers: Answers) => void): HTMLFormElement => {
  const { kind, texts } = message
  const asked = kind === 'survey' ? [questionOf(message)] : message.fields
  const fields = asked.map((field, place) => createField(field, `f${place}`))
  // Never ticked beforehand. A sign-up is nothing without it, a contest is.
  const box =
    texts.consent &&
    createField(
      {
        name: '',
        type: 'choices',
        label: '',
        required: kind === 'signUp',
        options: [{ value: '1', label: texts.consent }],
      },
      'box',
    )
  const checked = box ? [...fields, box] : fields

  const form = create(
    'form',
    // What is wrong is said in the form itself: a browser's own bubbles leave before they are read.
    // And its answers are told below: the tracker shall not take it for a form of the shop.
    { novalidate: '', 'data-ciclo-form': 'ignore' },
    ...fields.map(({ element }) => element),
    message.scale && (texts.low || texts.high)
      ? create('div', { class: 'l' }, create('span', {}, texts.low), create('span', {}, texts.high))
      : undefined,
    box && box.element,
    create('button', { class: 'b' }, texts.button || wordsIn(message.locale)[2]),
    texts.clause && create('p', { class: 's' }, texts.clause),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const [invalid] = checked.flatMap((field) => field.check() ?? [])
    if (invalid) {
      invalid.focus()
      return
    }
    const values: Traits = {}
    asked.forEach(({ name }, place) => {
      const value = fields[place]?.read()
      if (value?.length) values[name] = value
    })
    answer({ values, agreed: !!box && box.read().length > 0 })
  })
  return form
}
