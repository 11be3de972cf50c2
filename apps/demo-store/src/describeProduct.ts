import type { Product } from './catalog.ts'

/**
 * A product as the e-commerce events carry it (https://segment.com/docs/connections/spec/ecommerce/v2/): prices in
 * euros, addresses in full, because mails will use them.
 *
 * @param shopUrl where the shop is, without a slash at its end
 */
export const describeProduct = (product: Product, quantity: number, shopUrl: string) => ({
  product_id: product.id,
  sku: product.sku,
  name: product.name,
  category: product.category,
  price: product.price / 100,
  quantity,
  url: `${shopUrl}/products/${product.id}`,
  image_url: `${shopUrl}/assets/${product.id}.svg`,
})
