import { useTranslation } from 'react-i18next'
import { ApiProblem, messageOf } from '../../api/apiProblem.ts'
import { isEmail, isLongEnough, isName, SHORTEST_PASSWORD } from './rules.ts'

/** How long the door stays closed, in seconds, as the server has said it. */
function waitIn(problem: ApiProblem): number {
  const [first] = problem.problems
  return typeof first === 'object' && first !== null && 'retryAfter' in first ? Number(first.retryAfter) : 60
}

/** What is wrong with what was entered, and what the server has against it, in the reader's language. */
export function useDoorErrors() {
  const { t } = useTranslation('access')
  return {
    name: (value: string) => (isName(value) ? null : t('errors.name')),
    email: (value: string) => (isEmail(value) ? null : t('errors.email')),
    password: (value: string) => (value === '' ? t('errors.passwordMissing') : null),
    newPassword: (value: string) =>
      isLongEnough(value) ? null : t('errors.passwordShort', { shortest: SHORTEST_PASSWORD }),
    messageOf: (error: unknown): string => {
      if (!(error instanceof ApiProblem)) return messageOf(error)
      if (error.code === 'wrong-password') return t('errors.wrong')
      if (error.code === 'too-many-requests')
        return t('errors.locked', { count: Math.ceil(waitIn(error) / 60) })
      return error.message
    },
  }
}
