import { catalog } from '../catalog.ts'
import { track } from './ciclo.ts'
import { createEventProduct } from './createEventProduct.ts'

export const showProductListPage = (): void => {
  track('Product List Viewed', {
    list_id: 'all',
    category: 'All products',
    products: catalog.map((product, index) => ({ ...createEventProduct(product, 1), position: index + 1 })),
  })
}
