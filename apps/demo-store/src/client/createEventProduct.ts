import type { Product } from '../catalog.ts'
import { describeProduct } from '../describeProduct.ts'
import { shopUrl } from './shopUrl.ts'

/** A product as this page's events carry it. */
export const createEventProduct = (product: Product, quantity: number) =>
  describeProduct(product, quantity, shopUrl())
