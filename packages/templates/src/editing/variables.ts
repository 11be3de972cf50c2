/** What a text can name, by groups: `docs/templates.md` says where it comes from. */
export const TEXT_VARIABLES = [
  { name: 'firstName', liquid: '{{ customer.firstName }}' },
  { name: 'email', liquid: '{{ customer.email }}' },
  { name: 'shopName', liquid: '{{ shop.name }}' },
  { name: 'shopUrl', liquid: '{{ shop.url }}' },
  { name: 'shopAddress', liquid: '{{ shop.address }}' },
  { name: 'product', liquid: '{{ products[0].name }}' },
  { name: 'productPrice', liquid: '{{ products[0].price }}' },
  { name: 'productCount', liquid: '{{ products.size }}' },
  { name: 'orderNumber', liquid: '{{ order.id }}' },
  { name: 'orderTotal', liquid: '{{ order.total }}' },
  { name: 'coupon', liquid: '{{ coupon.code }}' },
  { name: 'couponEnd', liquid: '{{ coupon.expiresAt }}' },
] as const
