import { Hono } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { pageOfProducts, readProduct } from '../store/queries/products.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { ProductSchema, ProductsQuerySchema, ProductsSchema } from './apiSchemas.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { presentProduct } from './present.ts'

const describe = describer('products', 'There is no such product')

/** The catalogue: what the shop's events say of its products. */
export function createProductRoutes({ store }: { store: Store }) {
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe(
        'Products by id: all, or with `trusted` those that the shop itself has told of, or not',
        ProductsSchema,
      ),
      query(ProductsQuerySchema),
      async (context) => {
        const { cursor, limit, trusted } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(z.string(), cursor)
        const products = await store.read((tx) => pageOfProducts(tx, workspaceId, trusted, after, limit + 1))
        const { rows, next } = pageOf(products, limit, ({ id }) => id)
        return context.json({ products: rows.map(presentProduct), next })
      },
    )
    .get('/:id', describe('One product', ProductSchema), async (context) => {
      const id = context.req.param('id')
      const product = await store.read((tx) => readProduct(tx, context.get('workspaceId'), id))
      if (!product) throw new CicloError('not-found', `There is no product ${id}`)
      return context.json(presentProduct(product))
    })
}
