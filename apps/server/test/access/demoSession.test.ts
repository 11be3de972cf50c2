import { describe, expect, it } from 'vitest'
import { createDemoSession } from '../../src/access/createDemoSession.ts'

describe('The demo opens signed in', () => {
  const findSession = createDemoSession(
    () => Promise.resolve('workspace'),
    () => 'https://demo.shop.example',
  )
  it.each<[url: string, isSignedIn: boolean]>([
    ['http://127.0.0.1:8080/api/session', true],
    ['http://localhost:8080/api/session', true],
    ['http://ciclo.localhost/api/session', true],
    ['http://[::1]:8080/api/session', true],
    ['http://192.168.1.20:8080/api/session', true],
    ['https://demo.shop.example/api/session', true],
    // Names of others that lead to this machine.
    ['http://rebound.evil.example:8080/api/session', false],
    ['http://127.0.0.1.evil.example/api/session', false],
    ['http://localhost.evil.example/api/session', false],
    ['http://demo.shop.example.evil.example/api/session', false],
  ])('at %s: %s', async (url, isSignedIn) => {
    expect((await findSession(new Request(url))) !== undefined).toBe(isSignedIn)
  })

  it('but not before there is a workspace', async () => {
    const findNone = createDemoSession(
      () => Promise.resolve(undefined),
      () => 'http://127.0.0.1',
    )
    expect(await findNone(new Request('http://127.0.0.1/'))).toBeUndefined()
  })
})
