import type { Effect, Message } from '../../src/index.ts'

/** The mails among the effects. */
export const messagesOf = (effects: readonly Effect[]): Message[] =>
  effects.flatMap((effect) => (effect.type === 'message' ? [effect.message] : []))
