import type { Purpose } from '@ciclo/engine'
import type { SenderRow } from '../store/queries/senders.ts'

/** A sender of which nothing is said: mails go from the installation's address by its server. */
export const newSenderRow = ({
  workspaceId,
  id,
  purpose,
  now,
}: {
  workspaceId: string
  id: string
  purpose: Purpose
  now: number
}): SenderRow => ({
  workspaceId,
  id,
  purpose,
  status: 'draft',
  isMain: false,
  preset: 'smtp',
  fromName: '',
  fromAddress: null,
  replyTo: null,
  smtp: null,
  dkim: null,
  dkimKey: null,
  bounceDomain: null,
  headers: {},
  limits: {},
  reason: null,
  stoppedAt: null,
  resumedAt: null,
  check: null,
  testedAt: null,
  createdAt: now,
  updatedAt: now,
})
