import { iso, isoOrNull } from '../routes/iso.ts'
import { pageOfRows, type ExportedRow } from '../store/queries/exportedRows.ts'
import type { ReadTx } from '../store/store.ts'
import { decimalOrNull } from './decimals.ts'
import type { Exporter } from './exported.ts'

const AT_ONCE = 200

type Line = Awaited<ReturnType<typeof page>>['lines'][number]

const jsonOf = (list: readonly unknown[] | null) => (list && list.length > 0 ? JSON.stringify(list) : '')

async function page(tx: ReadTx, workspaceId: string, after: ExportedRow<'products'> | undefined) {
  const rows = await pageOfRows(tx, workspaceId, 'products', after, AT_ONCE)
  const lines = rows.map(({ workspaceId: _workspace, price, listedAt, updatedAt, ...product }) => ({
    ...product,
    price: decimalOrNull(price, product.currency),
    listedAt: isoOrNull(listedAt),
    updatedAt: iso(updatedAt),
  }))
  return { lines, next: rows.length < AT_ONCE ? undefined : rows.at(-1) }
}

/** The catalogue, also what only browsers have told of: `trusted` says whose word it is. */
export const exportProducts: Exporter<Line, ExportedRow<'products'>> = {
  page,
  columns: [
    ['id', ({ id }) => id],
    ['sku', ({ sku }) => sku],
    ['name', ({ name }) => name],
    ['brand', ({ brand }) => brand],
    ['category', ({ category }) => category],
    ['url', ({ url }) => url],
    ['image_url', ({ imageUrl }) => imageUrl],
    ['price', ({ price }) => price],
    ['currency', ({ currency }) => currency],
    ['stock', ({ stock }) => stock],
    ['hidden', ({ hidden }) => String(hidden)],
    ['trusted', ({ trusted }) => String(trusted)],
    ['prices', ({ prices }) => jsonOf(prices)],
    ['variants', ({ variants }) => jsonOf(variants)],
    ['images', ({ images }) => jsonOf(images)],
    ['updated_at', ({ updatedAt }) => updatedAt],
  ],
}
