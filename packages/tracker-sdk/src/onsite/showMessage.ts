import type { ShownMessage } from '@ciclo/engine'
import type { Ciclo } from '../ciclo.ts'
import { guard } from '../browser/guard.ts'
import { isPassiveTrackingRefused } from '../browser/isPassiveTrackingRefused.ts'
import { create } from './create.ts'
import { createForm } from './createForm.ts'
import { createHost } from './createHost.ts'
import { createNotice } from './createNotice.ts'
import { sendAnswers } from './sendAnswers.ts'
import { timeLeft } from './timeLeft.ts'

export interface Shown {
  message: ShownMessage
  host: HTMLElement
  /** Takes it off the page, and says nothing. */
  remove(): void
  /** Once a second: counts down to the end of an offer, and takes it off then. */
  tick(): void
}

export interface ShowOptions {
  ciclo: Pick<Ciclo, 'identify' | 'track'>
  now: () => number
  answered: () => void
  removed: () => void
}

/** Long enough for two sentences, read slowly. */
const THANKS_MILLISECONDS = 20_000

/** Puts a message on the page: in the centre as a dialog, elsewhere beside the page, without taking its focus. */
export const showMessage = (message: ShownMessage, { ciclo, now, answered, removed }: ShowOptions): Shown => {
  const { id, kind, position, locale, texts, endsAt } = message
  const { host, root } = createHost(message)
  let before = document.activeElement
  let isAnswered = false
  let isGone = false

  const tell = (event: string) => {
    if (!isPassiveTrackingRefused()) ciclo.track(`On-site Message ${event}`, { message: id, kind })
  }
  const remove = () => {
    if (isGone) return
    isGone = true
    const hadFocus = root.activeElement
    // Else the page stays inert for a moment, and takes no focus.
    if (card instanceof HTMLDialogElement) card.close()
    host.remove()
    if (hadFocus) (before as HTMLElement | null)?.focus()
    removed()
  }
  const close = guard(() => {
    if (!isGone && !isAnswered) tell('Closed')
    remove()
  })

  const isModal = position === 'centre'
  const left = create('p', { class: 'n', role: 'timer', 'aria-live': 'off' })
  const isOffer = kind === 'popUp' || kind === 'bar'
  const tick = () => {
    if (!endsAt || !isOffer) return
    const rest = Date.parse(endsAt) - now()
    if (rest <= 0) remove()
    else left.textContent = timeLeft(rest, locale, matchMedia('(prefers-reduced-motion:reduce)').matches)
  }

  const thank = () => {
    isAnswered = true
    answered()
    if (!texts.thanks) {
      remove()
      return
    }
    const thanks = create('p', { class: 'y', id: 't', role: 'status', tabindex: '-1' }, texts.thanks)
    inner.replaceChildren(thanks)
    thanks.focus()
    setTimeout(remove, THANKS_MILLISECONDS)
  }

  const inner = create(
    'div',
    { class: 'i' },
    create(
      'div',
      { class: 'w' },
      texts.title && create('h2', { id: 't' }, texts.title),
      texts.text && create('p', texts.title ? {} : { id: 't' }, texts.text),
    ),
    ...(isOffer
      ? [
          endsAt ? left : undefined,
          ...createNotice(message, { clicked: guard(() => tell('Clicked')), close }),
        ]
      : [
          createForm(
            message,
            guard((answers) => {
              sendAnswers(message, answers, ciclo)
              thank()
            }),
          ),
        ]),
  )
  const closer = create('button', { class: 'x', type: 'button', 'aria-label': texts.close }, '×')
  const card: HTMLElement = create(
    isModal ? 'dialog' : 'section',
    {
      class: `c ${position}`,
      role: isModal ? 'dialog' : 'region',
      ...(isModal && { 'aria-modal': 'true' }),
      'aria-labelledby': 't',
      lang: locale,
      dir: 'auto',
      tabindex: '-1',
    },
    inner,
    closer,
  )
  closer.addEventListener('click', close)
  card.addEventListener('cancel', close)
  root.addEventListener('keydown', (event) => {
    // The shop's own keys, such as / for its search, are not meant while somebody writes here.
    event.stopPropagation()
    if ((event as KeyboardEvent).key === 'Escape') {
      event.preventDefault()
      close()
    }
  })
  card.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget && !root.contains(relatedTarget as Node)) before = relatedTarget as Element
  })

  root.append(card)
  document.body.append(host)
  if (card instanceof HTMLDialogElement) {
    card.showModal()
    card.focus()
  }
  tick()
  tell('Shown')
  return { message, host, remove, tick }
}
