import type { Properties, Traits } from '../../trackerEvent.ts'
import { guard } from '../guard.ts'
import { readSignUp } from './readSignUp.ts'

interface FormCalls {
  identify: (traits: Traits) => void
  track: (event: string, properties: Properties) => void
}

/** Records a sign-up form when it is submitted, before the page's own script can empty it. */
export const captureForms = ({ identify, track }: FormCalls): void => {
  document.addEventListener(
    'submit',
    guard((event: SubmitEvent) => {
      const signUp = event.target instanceof HTMLFormElement && readSignUp(event.target)
      if (!signUp) return
      identify({ email: signUp.email })
      track('Subscribed', { ...signUp })
    }),
    true,
  )
}
