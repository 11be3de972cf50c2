import type { TemplateSource } from '@ciclo/templates'

/** Whether a template names a datum anywhere, in its MJML or in its texts. */
export const mentionsDatum = (
  { mjml, strings }: Pick<TemplateSource, 'mjml' | 'strings'>,
  datum: string,
): boolean =>
  mjml.includes(datum) ||
  Object.values(strings).some((words) => Object.values(words).some((text) => text.includes(datum)))
