import { createHmac } from 'node:crypto'
import { SECRET_KEY, WRITE_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

type Json = Record<string, unknown>

export const SIGN_UP = {
  name: 'Ten per cent for a first order',
  kind: 'signUp',
  live: true,
  texts: {
    en: { title: 'Stay in touch', button: 'Sign up', consent: 'Write to me', clause: 'Shop Ltd keeps it' },
    es: { title: 'Sigue al día', button: 'Apúntate', consent: 'Escríbeme', clause: 'Shop S. L. lo guarda' },
  },
  fields: [{ name: 'email', type: 'email', required: true, label: { en: 'E-mail', es: 'Correo' } }],
}

export const POP_UP = { name: 'Hello', kind: 'popUp', live: true, texts: { en: { title: 'Hello' } } }

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JSON Web Token as docs/identity.md tells shops to make one. */
export function signed(key: string, payload: Json) {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

/** What tests of on-site messages ask of a Ciclo, as marketers and as visitors. */
export function onsiteClient(test: () => TestCiclo) {
  const api = async (method: string, path: string, body?: unknown) => {
    const response = await test().ciclo.app.request(`/api/onsite${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Json }
  }
  const post = async (url: string, body: Json, headers: Record<string, string> = {}) =>
    await test().ciclo.app.request(url, {
      method: 'POST',
      headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
      body: JSON.stringify({ writeKey: WRITE_KEY, ...body }),
    })
  return {
    api,
    post,
    put: async (id: string, message: Json) => await api('PUT', `/${id}`, message),
    /** The ids of the messages that a visitor is told of. */
    told: async (visitor: Json = {}) => {
      const { messages } = (await (await post('/v1/onsite', visitor)).json()) as {
        messages: { id: string }[]
      }
      return messages.map(({ id }) => id)
    },
    /** What a browser is answered to a batch of one page view. */
    view: async (anonymousId: string, writeKey: string = WRITE_KEY): Promise<unknown> =>
      await (
        await post('/v1/batch', { writeKey, batch: [{ type: 'page', name: 'Home', anonymousId }] })
      ).json(),
  }
}
