import type { Sums } from '../addUp.ts'
import { formatMoney } from '../formatMoney.ts'
import { createElement } from './createElement.ts'
import { find } from './find.ts'

export const showSums = ({ subtotal, shipping, total }: Sums): void => {
  const rows = [
    ['Subtotal', formatMoney(subtotal)],
    ['Shipping', shipping === 0 ? 'Free' : formatMoney(shipping)],
    ['Total', formatMoney(total)],
  ] as const
  find('[data-sums]').replaceChildren(
    ...rows.map(([name, value]) =>
      createElement('div', {}, createElement('dt', {}, name), createElement('dd', {}, value)),
    ),
  )
}
