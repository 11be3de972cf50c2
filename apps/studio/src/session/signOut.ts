import { api } from '../api/api.ts'
import { ask } from '../api/ask.ts'
import { withBody } from '../api/withBody.ts'

/** Ends the session on the server, and leaves nothing of it in this page's memory. */
export async function signOut(): Promise<void> {
  await ask(api.signIn['sign-out'].$post({}, withBody({})))
  window.location.assign('/sign-in')
}
