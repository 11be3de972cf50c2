import { iso, isoOrNull } from '../routes/iso.ts'
import { pageOfRows, type ExportedRow } from '../store/queries/exportedRows.ts'
import type { ReadTx } from '../store/store.ts'
import type { Exporter } from './exported.ts'

const AT_ONCE = 500

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

async function page(tx: ReadTx, workspaceId: string, after: ExportedRow<'messages'> | undefined) {
  const rows = await pageOfRows(tx, workspaceId, 'messages', after, AT_ONCE)
  const lines = rows.map((message) => ({
    id: message.id,
    customerId: message.customerId,
    to: message.address,
    template: message.template,
    journey: message.journeyId,
    purpose: message.purpose,
    state: message.state,
    reason: message.reason,
    subject: message.subject,
    locale: message.locale,
    createdAt: iso(message.createdAt),
    sentAt: isoOrNull(message.sentAt),
  }))
  return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
}

/** What was sent to whom, and what became of it. */
export const exportMessages: Exporter<Line, ExportedRow<'messages'>> = {
  page,
  columns: [
    ['id', ({ id }) => id],
    ['customer_id', ({ customerId }) => customerId],
    ['to', ({ to }) => to],
    ['template', ({ template }) => template],
    ['journey', ({ journey }) => journey],
    ['purpose', ({ purpose }) => purpose],
    ['state', ({ state }) => state],
    ['reason', ({ reason }) => reason],
    ['subject', ({ subject }) => subject],
    ['locale', ({ locale }) => locale],
    ['created_at', ({ createdAt }) => createdAt],
    ['sent_at', ({ sentAt }) => sentAt],
  ],
}
