import { TemplateSource } from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import type { TemplateRow } from '../store/queries/templates.ts'

/** What a version says that gives the name back to the template that comes with Ciclo. */
export const SHIPPED_AGAIN = { shipped: true } as const

/** What a stored version says; null where it says that the shipped template is to be used. */
export function ownTemplate({ name, version, source }: TemplateRow): TemplateSource | null {
  if (source['shipped'] === true) return null
  const read = TemplateSource.safeParse(source)
  if (read.success) return read.data
  throw new CicloError(
    'internal',
    `Version ${version} of the template ${name} cannot be read: ${read.error.message}`,
  )
}
