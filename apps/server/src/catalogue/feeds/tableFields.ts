import type { CsvRecord } from '@ciclo/csv'
import { CicloError } from '../../errors.ts'
import type { FeedRow } from './feedRow.ts'
import { createWoocommerceReader, isWoocommerce } from './woocommerceFields.ts'

/** What people name the columns, and what Google does. */
const ALIASES: Readonly<Record<string, string>> = {
  product_id: 'id',
  name: 'title',
  url: 'link',
  image: 'image_link',
  image_url: 'image_link',
  image_src: 'image_link',
  stock: 'quantity',
  inventory: 'quantity',
  category: 'product_type',
  compare_at_price: 'previous_price',
}

const fieldOf = (column: string) => {
  const plain = column
    .trim()
    .toLowerCase()
    .replace(/^g:/, '')
    .replaceAll(/[\s-]+/g, '_')
  return ALIASES[plain] ?? plain
}

/** Columns of Shopify's export: https://help.shopify.com/en/manual/products/import-export/using-csv */
const SHOPIFY: Readonly<Record<string, string>> = {
  Handle: 'item_group_id',
  Title: 'title',
  Vendor: 'brand',
  Type: 'product_type',
  'Variant SKU': 'sku',
  'Variant Price': 'price',
  'Variant Compare At Price': 'previous_price',
  'Image Src': 'image_link',
}

type Row = ReadonlyMap<string, string>

const plainFields = (cells: Row) =>
  new Map(
    [...cells].flatMap(([column, cell]) =>
      cell === ''
        ? []
        : [[fieldOf(column), column.includes('additional') ? cell.split(/,(?=https?:)/) : [cell]] as const],
    ),
  )

/** A row of Shopify's export: a variant, or, without a price, one more image of the product. */
function shopifyFields(cells: Row): Map<string, string[]> {
  const cell = (column: string) => cells.get(column) ?? ''
  const fields = new Map<string, string[]>(
    Object.entries(SHOPIFY).flatMap(([column, field]) =>
      cell(column) === '' ? [] : [[field, [cell(column)]] as const],
    ),
  )
  if (cell('Variant Price') === '') return fields
  const options = [1, 2, 3].flatMap((number) => cell(`Option${number} Value`) || [])
  const label = options.filter((option) => option !== 'Default Title').join(' / ')
  const quantity = cell('Variant Inventory Qty')
  fields.set('id', [cell('Variant SKU') || `${cell('Handle')}/${label}`])
  if (label !== '') fields.set('variant', [label])
  // What may be sold without being there can always be bought.
  if (cell('Variant Inventory Policy') === 'continue') fields.set('availability', ['in stock'])
  else if (quantity !== '') fields.set('quantity', [String(Math.max(0, Number(quantity)))])
  const isHidden = /^(draft|archived)$/i.test(cell('Status')) || /^false$/i.test(cell('Published'))
  fields.set('hidden', [String(isHidden)])
  return fields
}

/** Who can read the rows of such a table; undefined where nobody can. */
function readerOf(header: readonly string[]): ((cells: Row) => Map<string, string[]>) | undefined {
  if (header.includes('Handle') && header.includes('Variant Price')) return shopifyFields
  if (isWoocommerce(header)) return createWoocommerceReader()
  return header.some((column) => fieldOf(column) === 'id') ? plainFields : undefined
}

/** The products of a table by its header: Google's names with tabs, a shop's own, Shopify's or WooCommerce's export. */
export async function* tableFields(
  name: string,
  header: readonly string[],
  rows: AsyncIterable<CsvRecord>,
): AsyncGenerator<FeedRow, void, undefined> {
  const read = readerOf(header)
  if (!read)
    throw new CicloError(
      'bad-request',
      `${name}: has the columns ${header.map((column) => `"${column}"`).join(', ')}, expected one named id`,
    )
  for await (const record of rows) {
    if ('problem' in record) {
      yield { row: record.row, problem: record.problem }
      continue
    }
    const cells = new Map(header.map((column, place) => [column, (record.cells[place] ?? '').trim()]))
    yield { row: record.row, fields: read(cells) }
  }
}
