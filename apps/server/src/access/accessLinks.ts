import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Tokens } from '../tokens.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export const INVITATION_LIFE = 7 * DAY
/** Whoever asked for it stands before the machine, or waits for who sent it. */
export const RESET_LIFE = 24 * HOUR

/** Names a password's hash without telling it: a link for another password dies with the one that it was made for. */
export const passwordMark = (passwordHash: string) =>
  createHash('sha256').update(passwordHash).digest('base64url').slice(0, 22)

/** The token of an invitation's link, and what is kept of it. */
export function makeInvitationToken(secret: string): { token: string; tokenHash: string } {
  const token = randomBytes(24).toString('base64url')
  return { token, tokenHash: hashInvitation(secret, token) }
}

export const hashInvitation = (secret: string, token: string) =>
  createHmac('sha256', secret).update(`invitation:${token}`).digest('base64url')

/** Where the first owner of a workspace is made. */
export const setUpLink = (publicUrl: string, tokens: Tokens, workspaceId: string) =>
  `${publicUrl}/set-up/${tokens.sign('set-up', { w: workspaceId })}`

export const invitationLink = (publicUrl: string, token: string) => `${publicUrl}/invitation/${token}`

/** Where somebody sets another password, without the one that they have. */
export const resetLink = (
  publicUrl: string,
  tokens: Tokens,
  { userId, passwordHash, until }: { userId: string; passwordHash: string; until: number },
) => `${publicUrl}/reset/${tokens.sign('reset', { u: userId, p: passwordMark(passwordHash), x: until })}`
