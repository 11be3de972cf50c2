import { CatalogueItemSchema, equalJson, mergeCatalogue, type CatalogueItem } from '@ciclo/engine'
import { Hono } from 'hono'
import { z } from 'zod'
import type { TakeProducts } from '../catalogue/createTakeProducts.ts'
import { CicloError } from '../errors.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { readListed, readPrices } from '../store/queries/catalogue.ts'
import { pageOfProducts, readProduct } from '../store/queries/products.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { ProductSchema, ProductsQuerySchema, ProductsSchema } from './apiSchemas.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import { iso, isoOrNull } from './iso.ts'
import { presentProduct } from './present.ts'
import { ProductDetailSchema, TakenProductsSchema, TakeProductsRequestSchema } from './productSchemas.ts'

const describe = describer('products', 'There is no such product')
const IdSchema = z.object({ id: z.string().max(255) })

export interface ProductRoutesOptions {
  store: Store
  takeProducts: TakeProducts
  now: () => number
  newId: () => string
}

/** The ids of those that taking the items over would change; nothing is stored. */
const wouldChange = (store: Store, workspaceId: string, items: readonly CatalogueItem[]) =>
  store.read(async (tx) => {
    const { currency } = await readSettings(tx, workspaceId)
    const before = await readListed(tx, workspaceId, [...new Set(items.map(({ id }) => id))])
    const isSaid = (item: CatalogueItem) => {
      const known = before.get(item.id)
      if (!known) return true
      const { updatedAt: _was, listedAt: _listed, reduction: _reduction, ...rest } = known
      const {
        updatedAt: _is,
        listedAt: _now,
        reduction: _next,
        ...next
      } = mergeCatalogue(known, item, currency)
      return !equalJson(rest, next)
    }
    return items.filter(isSaid).map(({ id }) => id)
  })

/** The catalogue: what the shop lists, and what its events say of its products. */
export function createProductRoutes({ store, takeProducts, now, newId }: ProductRoutesOptions) {
  /** An item without a time is said now; none is said later than that, or nothing after it would count. */
  const readItem = (given: unknown) => {
    const isObject = typeof given === 'object' && given !== null
    const parsed = CatalogueItemSchema.safeParse(isObject ? { updatedAt: now(), ...given } : given)
    if (!parsed.success) return { given, issue: parsed.error.issues[0] }
    return { given, item: { ...parsed.data, updatedAt: Math.min(parsed.data.updatedAt, now()) } }
  }
  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe(
        'Products by id: all, or by who has told of them, by words in them, by their stock, or by whether they are on the shelves',
        ProductsSchema,
      ),
      query(ProductsQuerySchema),
      async (context) => {
        const { cursor, limit, ...filter } = context.req.valid('query')
        const workspaceId = context.get('workspaceId')
        const after = decodeCursor(z.string(), cursor)
        const products = await store.read((tx) => pageOfProducts(tx, workspaceId, filter, after, limit + 1))
        const { rows, next } = pageOf(products, limit, ({ id }) => id)
        return context.json({ products: rows.map(presentProduct), next })
      },
    )
    .post(
      '/',
      describe(
        'Takes over what the shop lists, at most 500 products, and says of each what came of it',
        TakenProductsSchema,
        TakeProductsRequestSchema,
      ),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const { products, dryRun } = await bodyOf(context, TakeProductsRequestSchema)
        const read = products.map(readItem)
        const items = read.flatMap(({ item }) => item ?? [])
        const changed = new Set(
          dryRun ? await wouldChange(store, workspaceId, items) : await takeProducts(workspaceId, items),
        )
        if (!dryRun && changed.size > 0) {
          const details = { given: products.length, changed: changed.size }
          await store.write((tx) =>
            insertAudit(tx, workspaceId, [
              auditEntry(context, { now, newId }, { action: 'products.taken-over', details }),
            ]),
          )
        }
        return context.json({
          products: read.map(({ given, item, issue }) => ({
            id: item?.id ?? IdSchema.safeParse(given).data?.id ?? null,
            result: item ? (changed.has(item.id) ? 'changed' : 'unchanged') : 'refused',
            reason: item ? null : `${issue?.path.join('.') || 'product'}: ${issue?.message ?? 'wrong'}`,
          })),
        })
      },
    )
    .get('/:id', describe('One product, with its prices over time', ProductDetailSchema), async (context) => {
      const id = context.req.param('id')
      const workspaceId = context.get('workspaceId')
      const { product, listed, prices } = await store.read(async (tx) => ({
        product: await readProduct(tx, workspaceId, id),
        listed: (await readListed(tx, workspaceId, [id])).get(id),
        prices: await readPrices(tx, workspaceId, [id], 0),
      }))
      if (!product || !listed) throw new CicloError('not-found', `There is no product ${id}`)
      const history = [...prices].flatMap(([key, days]) =>
        days.map(({ at, price }) => ({ currency: key.slice(-3), at: iso(at), price })),
      )
      return context.json({
        ...presentProduct(product),
        prices: [...(listed.prices ?? [])],
        variants: [...(listed.variants ?? [])],
        images: [...(listed.images ?? [])],
        listedAt: isoOrNull(listed.listedAt),
        history,
      })
    })
    .delete(
      '/:id',
      describe('Takes a product off the shelves: it is in no mail and no recommendation', ProductSchema),
      async (context) => {
        const id = context.req.param('id')
        const workspaceId = context.get('workspaceId')
        if (!(await store.read((tx) => readProduct(tx, workspaceId, id))))
          throw new CicloError('not-found', `There is no product ${id}`)
        await takeProducts(workspaceId, [{ id, updatedAt: now(), hidden: true }])
        const product = await store.write(async (tx) => {
          await insertAudit(tx, workspaceId, [
            auditEntry(context, { now, newId }, { action: 'product.hidden', details: { id } }),
          ])
          return await readProduct(tx, workspaceId, id)
        })
        if (!product) throw new CicloError('not-found', `There is no product ${id}`)
        return context.json(presentProduct(product))
      },
    )
}
