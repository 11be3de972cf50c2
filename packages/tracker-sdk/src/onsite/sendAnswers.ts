import type { ShownMessage } from '@ciclo/engine'
import type { Ciclo } from '../ciclo.ts'
import type { Answers } from './createForm.ts'

/** Records what a visitor has answered. Nobody is subscribed without a ticked box. */
export const sendAnswers = (
  { id, kind, topic, texts, scale }: ShownMessage,
  { values, agreed }: Answers,
  ciclo: Pick<Ciclo, 'identify' | 'track'>,
): void => {
  if (kind === 'survey') {
    const { answer } = values
    ciclo.track('Survey Answered', { survey: id, ...(scale ? { score: Number(answer) } : { answer }) })
    return
  }
  const { email } = values
  ciclo.identify(values)
  if (agreed) {
    ciclo.track('Subscribed', {
      email,
      ...(topic !== null && { topic }),
      method: 'onsite',
      text: texts.consent,
      clause: texts.clause,
      form: id,
    })
  }
  if (kind === 'contest') ciclo.track('Contest Entered', { contest: id, email })
}
