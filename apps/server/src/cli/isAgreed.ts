import type { Surroundings } from './surroundings.ts'

/** Whether somebody who was asked said yes: now, or before by `--yes`. Where nobody can be asked it is no. */
export async function isAgreed(
  question: string,
  yes: boolean | undefined,
  { confirm, warn }: Surroundings,
): Promise<boolean> {
  if (yes) return true
  if (confirm) return await confirm(question)
  warn('Nobody can be asked here: say --yes')
  return false
}
