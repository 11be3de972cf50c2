import type { Product } from '../catalog.ts'

/**
 * A product as the e-commerce events carry it (https://segment.com/docs/connections/spec/ecommerce/v2/): prices in
 * euros, addresses in full, because mails will use them.
 */
export const createEventProduct = (product: Product, quantity: number) => {
  const base = location.origin + (document.body.dataset.base ?? '')
  return {
    product_id: product.id,
    sku: product.sku,
    name: product.name,
    category: product.category,
    price: product.price / 100,
    quantity,
    url: `${base}/products/${product.id}`,
    image_url: `${base}/assets/${product.id}.svg`,
  }
}
