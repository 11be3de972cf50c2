import { useCiclo, type Json } from '../support/useCiclo.ts'

const FOOTER = '<mj-text><a href="{{ urls.unsubscribe }}">{{ \'leave\' | t }}</a></mj-text>'

export const mjmlOf = (body: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${body}\n${FOOTER}\n</mj-column></mj-section>\n</mj-body>\n</mjml>`

export const strings = (subject = 'News from {{ shop.name }}') => ({
  en: { subject, preheader: 'Have a look', leave: 'Unsubscribe' },
})

/** A template without anything wrong. */
export const BODY = { mjml: mjmlOf('<mj-text>Hello {{ customer.firstName }}</mj-text>'), strings: strings() }

/** A Ciclo for each test, and its templates by the API. */
export function useTemplates(createDatabase: () => Promise<string>) {
  const ciclo = useCiclo(createDatabase)
  const { world } = ciclo
  const send = (method: string, path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    world.test.request(`/api/templates${path}`, { method, body: JSON.stringify(body), headers })
  const put = (name: string, body: unknown = BODY, hash?: string) =>
    send('PUT', `/${name}/draft`, body, hash === undefined ? {} : { 'if-match': `"${hash}"` })
  const get = (path: string) => world.test.request(`/api/templates${path}`)
  const listed = async (name: string) =>
    ((await get('')) as { templates: Json[] }).templates.find((one) => one['name'] === name)
  return { ...ciclo, send, put, get, listed }
}
