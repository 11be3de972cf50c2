import type { TemplateSource } from '@ciclo/templates'
import { definitionHash } from '../definitionHash.ts'

/** The hash of what a template says: the same for files and the API. */
export const templateHash = (source: TemplateSource): string => definitionHash(source)
