const after = (id: string) => ({ next: id })
const send = (id: string, next?: string) => ({
  kind: 'send',
  id,
  template: 'welcome',
  purpose: 'marketing',
  ...(next === undefined ? {} : after(next)),
})
const delay = (id: string, next?: string) => ({
  kind: 'delay',
  id,
  duration: '2d',
  ...(next === undefined ? {} : after(next)),
})

const ROUNDS = 6

/** One of six rounds of ten steps: a branch of two ways and a split of three, which come together again. */
const round = (number: number): object[] => {
  const id = (name: string) => `${name}-${number}`
  return [
    send(id('hello')),
    {
      kind: 'branch',
      id: id('branch'),
      ways: [
        { when: { kind: 'lifecycle', region: 'engagement', states: ['warm'] }, to: id('warm') },
        { when: { kind: 'lifecycle', region: 'engagement', states: ['cold'] }, to: id('cold') },
      ],
      otherwise: id('pause'),
    },
    send(id('warm'), id('pause')),
    send(id('cold'), id('pause')),
    delay(id('pause')),
    {
      kind: 'split',
      id: id('split'),
      ways: ['one', 'two', 'three'].map((way) => ({ weight: 1, to: id(way) })),
    },
    send(id('one'), id('rest')),
    delay(id('two'), id('rest')),
    send(id('three'), id('rest')),
    delay(id('rest')),
  ]
}

/** A journey of 60 steps with 6 branches and 6 splits, as the API takes it. */
export const sixtySteps = (id: string) => ({
  id,
  name: 'Sixty steps',
  trigger: { kind: 'event', name: 'Order Completed' },
  reentry: { kind: 'always' },
  steps: Array.from({ length: ROUNDS }, (_, number) => round(number + 1)).flat(),
})
