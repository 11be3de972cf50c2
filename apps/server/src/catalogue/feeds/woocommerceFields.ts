type Row = ReadonlyMap<string, string>

/** Columns that an export of WooCommerce's products has, whatever else it was told to leave out. */
export const isWoocommerce = (header: readonly string[]): boolean =>
  ['ID', 'Type', 'Name', 'Regular price'].every((column) => header.includes(column))

const listOf = (cell: string) =>
  cell
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')

const ATTRIBUTE = /^Attribute \d+ value\(s\)$/

function saleOf(cell: (column: string) => string): [string, string[]][] {
  if (cell('Sale price') === '') return []
  const [starts, ends] = [cell('Date sale price starts'), cell('Date sale price ends')]
  const interval = `${starts || '1970-01-01'}/${ends || '9999-12-31'}`
  return [
    ['sale_price', [cell('Sale price')]],
    ...(starts === '' && ends === ''
      ? []
      : [['sale_price_effective_date', [interval]] as [string, string[]]]),
  ]
}

function stockOf(cell: (column: string) => string): [string, string[]][] {
  if (cell('In stock?') === '0') return [['availability', ['out of stock']]]
  const isCounted = /^-?\d+$/.test(cell('Stock'))
  // What may be sold without being there can always be bought.
  if (!isCounted || /^(1|notify)$/.test(cell('Backorders allowed?'))) return [['availability', ['in stock']]]
  return [['quantity', [String(Math.max(0, Number(cell('Stock'))))]]]
}

/**
 * Reads rows of WooCommerce's own export of products
 * (https://woocommerce.com/document/product-csv-importer-exporter/). A variation names its product by `id:12` or by its
 * SKU, which has stood in a row before.
 */
export function createWoocommerceReader(): (cells: Row) => Map<string, string[]> {
  const idBySku = new Map<string, string>()
  return (cells) => {
    const cell = (column: string) => cells.get(column) ?? ''
    const kinds = listOf(cell('Type').toLowerCase())
    const [isVariable, isVariation] = [kinds.includes('variable'), kinds.includes('variation')]
    if (isVariable && cell('SKU') !== '') idBySku.set(cell('SKU'), cell('ID'))
    const parent = cell('Parent').replace(/^id:/, '')
    const group = isVariable ? cell('ID') : isVariation ? (idBySku.get(parent) ?? parent) : ''
    const [category] = listOf(cell('Categories'))
    const isHidden = cell('Published') !== '1' || cell('Visibility in catalog') === 'hidden'
    const options = [...cells].flatMap(([column, value]) =>
      ATTRIBUTE.test(column) && value !== '' ? value : [],
    )
    const fields: [string, string[]][] = [
      ['item_group_id', [group]],
      // The product of variations has neither price nor stock of its own.
      ['id', [isVariable ? '' : cell('ID')]],
      ['sku', [cell('SKU')]],
      ['title', [isVariation ? '' : cell('Name')]],
      ['variant', [isVariation ? options.join(' / ') || cell('Name') : '']],
      ['product_type', [category ?? '']],
      ['brand', [listOf(cell('Brands'))[0] ?? '']],
      ['image_link', listOf(cell('Images'))],
      ['hidden', [isVariation ? '' : String(isHidden)]],
      ...(isVariable
        ? []
        : [['price', [cell('Regular price')]] as [string, string[]], ...saleOf(cell), ...stockOf(cell)]),
    ]
    return new Map(
      fields.flatMap(([name, values]) => {
        const said = values.filter((value) => value !== '')
        return said.length === 0 ? [] : [[name, said] as const]
      }),
    )
  }
}
