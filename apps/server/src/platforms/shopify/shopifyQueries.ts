/**
 * What is asked of Shopify's GraphQL Admin API (https://shopify.dev/docs/api/admin-graphql): what its webhooks tell of the
 * same things, no more.
 */
export const SHOPIFY_API_VERSION = '2026-10'

const MONEY = 'shopMoney { amount }'
const PAGE = 'pageInfo { hasNextPage endCursor }'
const LINE = `title quantity sku variantTitle vendor
  product { legacyResourceId } variant { legacyResourceId } originalUnitPriceSet { ${MONEY} }`
const VARIANT = `legacyResourceId sku title price compareAtPrice inventoryQuantity inventoryPolicy
  inventoryItem { tracked } image { url }`

export const SHOPIFY_QUERIES = {
  orders: `query Orders($first: Int!, $after: String, $query: String) {
  orders(first: $first, after: $after, query: $query, sortKey: ID) {
    ${PAGE}
    nodes {
      id legacyResourceId name email test createdAt processedAt updatedAt cancelledAt cancelReason
      currencyCode customerLocale displayFinancialStatus discountCodes
      totalPriceSet { ${MONEY} } subtotalPriceSet { ${MONEY} } totalTaxSet { ${MONEY} }
      totalDiscountsSet { ${MONEY} } totalShippingPriceSet { ${MONEY} }
      customer { legacyResourceId defaultEmailAddress { emailAddress } }
      lineItems(first: 50) { ${PAGE} nodes { ${LINE} } }
      refunds(first: 50) {
        legacyResourceId createdAt processedAt transactions(first: 20) { nodes { kind status amountSet { ${MONEY} } } }
      }
      fulfillments(first: 50) {
        legacyResourceId status displayStatus createdAt updatedAt trackingInfo(first: 1) { company number url }
      }
    }
  }
}`,
  customers: `query Customers($first: Int!, $after: String, $query: String) {
  customers(first: $first, after: $after, query: $query, sortKey: ID) {
    ${PAGE}
    nodes {
      legacyResourceId createdAt updatedAt firstName lastName tags locale
      defaultEmailAddress { emailAddress marketingState marketingOptInLevel marketingUpdatedAt }
      defaultPhoneNumber { phoneNumber } defaultAddress { countryCodeV2 city }
    }
  }
}`,
  products: `query Products($first: Int!, $after: String, $query: String) {
  products(first: $first, after: $after, query: $query, sortKey: ID) {
    ${PAGE}
    nodes {
      id legacyResourceId title handle vendor productType status updatedAt publishedAt
      images(first: 20) { nodes { url } }
      variants(first: 100) { ${PAGE} nodes { ${VARIANT} } }
    }
  }
}`,
} as const

/** What an order or a product has more of than stands in its page. */
export const SHOPIFY_REST_QUERIES = {
  lineItems: `query LineItems($id: ID!, $after: String) {
  node(id: $id) { ... on Order { lineItems(first: 100, after: $after) { ${PAGE} nodes { ${LINE} } } } }
}`,
  variants: `query Variants($id: ID!, $after: String) {
  node(id: $id) { ... on Product { variants(first: 100, after: $after) { ${PAGE} nodes { ${VARIANT} } } } }
}`,
} as const

export const SHOPIFY_COUNTS = {
  orders: 'query OrderCount($query: String) { count: ordersCount(query: $query, limit: null) { count } }',
  customers:
    'query CustomerCount($query: String) { count: customersCount(query: $query, limit: null) { count } }',
  products:
    'query ProductCount($query: String) { count: productsCount(query: $query, limit: null) { count } }',
} as const
