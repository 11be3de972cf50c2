import { catalog } from './catalog.ts'
import { describeProduct } from './describeProduct.ts'

/** All that the shop sells, as e-commerce events carry it; prices are in euros. */
export const describeCatalog = (shopUrl: string) =>
  catalog.map((product) => describeProduct(product, 1, shopUrl))
