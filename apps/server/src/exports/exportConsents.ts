import { presentConsent } from '../routes/presentConsent.ts'
import { pageOfRows, readNamed, type ExportedRow } from '../store/queries/exportedRows.ts'
import type { ReadTx } from '../store/store.ts'
import type { Exporter } from './exported.ts'

const AT_ONCE = 500

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

async function page(tx: ReadTx, workspaceId: string, after: ExportedRow<'consents'> | undefined) {
  const rows = await pageOfRows(tx, workspaceId, 'consents', after, AT_ONCE)
  const named = await readNamed(
    tx,
    workspaceId,
    rows.map(({ customerId }) => customerId),
  )
  const lines = rows.map((row) => {
    const who = named.get(row.customerId)
    return {
      ...presentConsent(row),
      customerId: who?.id ?? row.customerId,
      email: who?.email ?? null,
      userId: who?.userId ?? null,
    }
  })
  return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
}

/** Every word on consent with its own date, source and basis: what a shop has to be able to prove. */
export const exportConsents: Exporter<Line, ExportedRow<'consents'>> = {
  page,
  columns: [
    ['id', ({ id }) => id],
    ['customer_id', ({ customerId }) => customerId],
    ['email', ({ email }) => email],
    ['user_id', ({ userId }) => userId],
    ['purpose', ({ purpose }) => purpose],
    ['topic', ({ topic }) => topic],
    ['status', ({ status }) => status],
    ['basis', ({ basis }) => basis],
    ['at', ({ at }) => at],
    ['recorded_at', ({ recordedAt }) => recordedAt],
    ['source', ({ source }) => source],
    ['method', ({ method }) => method],
    ['country', ({ country }) => country],
    ['text', ({ text }) => text],
    ['text_version', ({ textVersion }) => textVersion],
    ['network', ({ network }) => network],
  ],
}
