import { describe, expect, it } from 'vitest'
import { decide, STATES, type PolicyFacts } from '../src/index.ts'

type Permission = PolicyFacts['permission']
type Kind = 'marketing' | 'transactional' | 'claimed'

const KINDS: Record<Kind, { purpose: 'marketing' | 'transactional'; claimed: boolean }> = {
  marketing: { purpose: 'marketing', claimed: false },
  transactional: { purpose: 'transactional', claimed: false },
  claimed: { purpose: 'transactional', claimed: true },
}
const EXPIRES = 1_000

/** Where nothing else stands against it: what each permission means for each kind of mail. */
const BY_PERMISSION: Record<Kind, Record<Permission, string>> = {
  marketing: {
    none: 'no-permission',
    pending: 'no-permission',
    subscribed: 'send',
    unsubscribed: 'unsubscribed',
    suppressed: 'suppressed',
  },
  transactional: {
    none: 'send',
    pending: 'send',
    subscribed: 'send',
    unsubscribed: 'send',
    suppressed: 'send',
  },
  claimed: {
    none: 'no-permission',
    pending: 'send',
    subscribed: 'no-permission',
    unsubscribed: 'no-permission',
    suppressed: 'suppressed',
  },
}

const answer = (kind: Kind, facts: Partial<PolicyFacts>, at = 0) => {
  const decision = decide(
    { ...KINDS[kind], expiresAt: EXPIRES },
    {
      permission: 'subscribed',
      suppressed: false,
      withdrawn: null,
      parked: false,
      basisAllowed: true,
      addressIsCurrent: true,
      confirmedRecently: false,
      ...facts,
    },
    at,
  )
  return decision.kind === 'refuse' ? decision.reason : decision.kind
}

const kinds = Object.keys(KINDS) as Kind[]
const booleans = [false, true]
const table = kinds.flatMap((kind) =>
  STATES.permission.flatMap((permission) =>
    booleans.flatMap((suppressed) =>
      booleans.flatMap((addressIsCurrent) =>
        booleans.map((confirmedRecently): [Kind, PolicyFacts] => [
          kind,
          {
            permission,
            suppressed,
            withdrawn: null,
            parked: false,
            basisAllowed: true,
            addressIsCurrent,
            confirmedRecently,
          },
        ]),
      ),
    ),
  ),
)

describe('the policy', () => {
  it.each(table)('answers for %s with %j by the strongest objection', (kind, facts) => {
    const byPermission = BY_PERMISSION[kind][facts.permission]
    const isClaimed = kind === 'claimed'
    const objections = [
      ...(facts.suppressed || byPermission === 'suppressed' ? ['suppressed'] : []),
      ...(!isClaimed && !facts.addressIsCurrent ? ['address-changed'] : []),
      ...(byPermission === 'send' ? [] : [byPermission]),
      ...(isClaimed && facts.confirmedRecently ? ['confirmation-sent-recently'] : []),
    ]
    const [strongest = 'send'] = objections
    expect(answer(kind, facts)).toBe(strongest)
    // Too late is too late, but the stronger reason is the one that is told.
    expect(answer(kind, facts, EXPIRES)).toBe(objections[0] ?? 'expired')
  })

  it.each<[sentence: string, kind: Kind, facts: Partial<PolicyFacts>, expected: string]>([
    ['marketing goes to subscribers', 'marketing', {}, 'send'],
    ['marketing does not go to who never agreed', 'marketing', { permission: 'none' }, 'no-permission'],
    [
      'marketing does not go to who took it back',
      'marketing',
      { permission: 'unsubscribed' },
      'unsubscribed',
    ],
    ['order mail needs no permission', 'transactional', { permission: 'none' }, 'send'],
    ['order mail goes also to who unsubscribed', 'transactional', { permission: 'unsubscribed' }, 'send'],
    ['nothing goes to a suppressed address', 'transactional', { suppressed: true }, 'suppressed'],
    [
      'nothing goes to an address that is no longer theirs',
      'marketing',
      { addressIsCurrent: false },
      'address-changed',
    ],
    [
      'a confirmation goes to who waits for it',
      'claimed',
      { permission: 'pending', addressIsCurrent: false },
      'send',
    ],
    ['a confirmation goes to nobody who does not', 'claimed', { permission: 'subscribed' }, 'no-permission'],
    [
      'a confirmation goes once a day',
      'claimed',
      { permission: 'pending', confirmedRecently: true },
      'confirmation-sent-recently',
    ],
    ['order mail goes also to who complained', 'transactional', { permission: 'suppressed' }, 'send'],
    [
      'order mail goes also where another account of the address complained',
      'transactional',
      { withdrawn: 'complaint' },
      'send',
    ],
    [
      'marketing does not go where another account of the address complained',
      'marketing',
      { withdrawn: 'complaint' },
      'suppressed',
    ],
    [
      'nobody who complained is asked whether they want more',
      'claimed',
      { permission: 'pending', withdrawn: 'complaint' },
      'suppressed',
    ],
    [
      'marketing does not go where another account of the address unsubscribed',
      'marketing',
      { withdrawn: 'unsubscribed' },
      'unsubscribed',
    ],
    [
      'who unsubscribed with another account may be asked, when they ask for it',
      'claimed',
      { permission: 'pending', withdrawn: 'unsubscribed' },
      'send',
    ],
    [
      'marketing rests only on what the policy allows today',
      'marketing',
      { basisAllowed: false },
      'basis-not-allowed',
    ],
    ['order mail rests on no such basis', 'transactional', { basisAllowed: false }, 'send'],
    ['no marketing goes to who was erased', 'marketing', { withdrawn: 'erased' }, 'erased'],
    ['order mail goes also to who was erased', 'transactional', { withdrawn: 'erased' }, 'send'],
    [
      'a confirmation goes to who was erased and asks anew',
      'claimed',
      { permission: 'pending', withdrawn: 'erased' },
      'send',
    ],
    [
      'an unsubscribe counts although the customer is parked',
      'marketing',
      { withdrawn: 'unsubscribed', parked: true },
      'unsubscribed',
    ],
    ['what a parked customer was to get waits', 'transactional', { parked: true }, 'wait'],
  ])('says: %s', (_sentence, kind, facts, expected) => {
    expect(answer(kind, facts)).toBe(expected)
  })

  it.each([
    [EXPIRES - 1, 'send'],
    [EXPIRES, 'expired'],
    [EXPIRES + 1, 'expired'],
  ])('at %s of 1000 says %s', (at, expected) => {
    expect(answer('marketing', {}, at)).toBe(expected)
  })

  it('does not let a mail of a parked customer wait beyond its time', () => {
    expect(answer('marketing', { parked: true }, EXPIRES)).toBe('expired')
  })
})
