import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../api/api.ts'
import { messageOf } from '../../api/apiProblem.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { PRODUCTS, type ProductDetail } from '../products/productQueries.ts'
import { useMayChange } from '../segments/useMayChange.ts'

/** Takes a product off the shelves, or puts it back: it is in no mail and no recommendation, or may be again. */
export function ShelfButton({ product: { id, hidden } }: { product: ProductDetail }) {
  const { t } = useTranslation('products')
  const mayChange = useMayChange()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: async () => {
      if (hidden) await ask(api.products.index.$post({}, withBody({ products: [{ id, hidden: false }] })))
      else await ask(api.products[':id'].$delete({ param: { id: encodeURIComponent(id) } }))
    },
    onSuccess: () => client.invalidateQueries({ queryKey: PRODUCTS }),
    onError: (problem) => notifications.show({ color: 'red', message: messageOf(problem) }),
  })
  if (!mayChange) return null
  return (
    <Button variant="default" loading={change.isPending} onClick={() => change.mutate()}>
      {t(hidden ? 'shelf.back' : 'shelf.off')}
    </Button>
  )
}
