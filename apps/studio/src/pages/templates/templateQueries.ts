import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

const askTemplates = () => ask(api.templates.index.$get())
const askTemplate = (name: string) => ask(api.templates[':name'].$get({ param: { name } }))
const askVersion = (name: string, version: number) =>
  ask(api.templates[':name'].versions[':version'].$get({ param: { name, version: String(version) } }))

export type TemplateListed = Awaited<ReturnType<typeof askTemplates>>['templates'][number]
export type TemplateDetail = Awaited<ReturnType<typeof askTemplate>>
export type TemplateVersion = TemplateDetail['versions'][number]
/** What a template says; its name stands in the address. */
export type TemplateValue = Omit<TemplateDetail['source'], 'name'>

/** Without what the address says, in one order: two of the same are the same text. */
export const valueOf = ({ mjml, strings, formal, purpose, afterCrash }: TemplateValue): TemplateValue => ({
  mjml,
  strings,
  ...(formal === undefined ? {} : { formal }),
  ...(purpose === undefined ? {} : { purpose }),
  ...(afterCrash === undefined ? {} : { afterCrash }),
})

export const templatesQuery = queryOptions({ queryKey: ['templates', 'list'], queryFn: askTemplates })

export const templateQuery = (name: string) =>
  queryOptions({ queryKey: ['templates', 'one', name], queryFn: () => askTemplate(name) })

/** What mails are made of now, whatever its draft says. */
export const liveTemplateQuery = (name: string) =>
  queryOptions({
    queryKey: ['templates', 'live', name],
    queryFn: () => ask(api.templates[':name'].live.$get({ param: { name } })),
  })

/** A version says the same for ever, unless it is the draft. */
export const versionQuery = (name: string, { version, hash }: Pick<TemplateVersion, 'version' | 'hash'>) =>
  queryOptions({
    queryKey: ['templates', 'version', name, version, hash],
    queryFn: () => askVersion(name, version),
    staleTime: Infinity,
  })
