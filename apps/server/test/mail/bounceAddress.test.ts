import { describe, expect, it } from 'vitest'
import { createBounceAddresses } from '../../src/mail/bounceAddress.ts'
import { mailIdOf } from '../../src/mailId.ts'

const SECRET = 'a secret that is long enough for a test'
const addresses = createBounceAddresses(SECRET)
const of = (id: string, domain: string) => addresses.of(id, domain)
const read = (address: string) => addresses.read(address)
const mailId = mailIdOf({ workspaceId: 'w1', id: `${'long/'.repeat(100)}1`, createdAt: Date.UTC(2026, 0, 1) })

describe('The id of a mail', () => {
  it('is the same each time, begins with its time, and differs for each message', () => {
    const message = { workspaceId: 'w1', id: 'm1', createdAt: 1_767_225_600_000 }
    expect(mailIdOf(message)).toBe(mailIdOf({ ...message }))
    expect(mailIdOf(message).slice(0, 11)).toBe('19b76daa800')
    expect(mailIdOf(message)).toMatch(/^[0-9a-f]{40}$/)
    expect(mailIdOf(message) < mailIdOf({ ...message, createdAt: message.createdAt + 1 })).toBe(true)
    const ids = [message, { ...message, id: 'm2' }, { ...message, workspaceId: 'w2' }].map(mailIdOf)
    expect(new Set(ids).size).toBe(3)
  })
})

describe('A bounce address', () => {
  it('names its mail, in 64 characters before the @, also when servers have changed its case', () => {
    const address = of(mailId, 'bounce.shop.example')
    expect(address).toMatch(/^b\+[a-z2-7]{48}@bounce\.shop\.example$/)
    expect(read(address)).toBe(mailId)
    expect(read(address.toUpperCase())).toBe(mailId)
    expect(read(of(mailId, 'other.example'))).toBe(mailId)
  })

  it('is nobody’s where a single character of it is another, or another secret has made it', () => {
    const address = of(mailId, 'b.example')
    const at = address.indexOf('@')
    for (let place = 0; place < at; place += 1) {
      for (const letter of ['a', 'b', '7', '+', '=']) {
        const forged = address.slice(0, place) + letter + address.slice(place + 1)
        if (forged !== address) expect(read(forged), forged).toBeUndefined()
      }
    }
    expect(read(createBounceAddresses(`${SECRET}.`).of(mailId, 'b.example'))).toBeUndefined()
    for (const other of ['', '@', 'b+@b.example', 'ann@b.example', `b+${'a'.repeat(47)}@b.example`])
      expect(read(other)).toBeUndefined()
  })
})
