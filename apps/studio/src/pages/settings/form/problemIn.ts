import { messageOf } from '../../../api/apiProblem.ts'

/** The server names the field that is wrong before it says why: `cap.perDay: expected ...`. */
export function problemIn(error: unknown): { path: string; message: string } | undefined {
  if (!error) return undefined
  const [, path = '', message = ''] = /^([\w.-]+): (.+)$/s.exec(messageOf(error)) ?? []
  return message === '' ? { path: '', message: messageOf(error) } : { path, message }
}
