import type { Command } from 'commander'
import { ProductsSchema } from '../routes/apiSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { importProducts, type ImportProductsFlags } from './importProducts.ts'
import { productFeed, type ProductFeedFlags } from './productFeed.ts'
import { quoted, quotedJson } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'
import { withApiTarget } from './withApiTarget.ts'

async function list(
  target: ApiTarget,
  trusted: boolean | undefined,
  say: Surroundings['say'],
): Promise<void> {
  const filter = { trusted: trusted?.toString() }
  let lines = 0
  for await (const { products } of readPages(target, '/products', ProductsSchema, { filter })) {
    for (const product of products)
      say([quoted(product.id), product.trusted ? 'shop   ' : 'browser', quoted(product.name)].join('  '))
    lines += products.length
  }
  if (lines === 0) say('No product is known.')
}

/** `ciclo products list|show|import|feed`: the catalogue, as the shop's events and files tell of it. */
export function addProductCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say } = surroundings
  const run = (work: (target: ApiTarget) => Promise<void>) => withApiTarget(surroundings, work)
  const products = program.command('products').description('The catalogue, as the events tell of it')
  products
    .command('list')
    .description('Every product by its id, and whether the shop or only browsers have told of it')
    .option('--trusted', 'only what the shop itself has told of')
    .option('--no-trusted', 'only what nobody but browsers has told of')
    .action(({ trusted }: { trusted?: boolean }) => run((target) => list(target, trusted, say)))
  products
    .command('show')
    .description('All that is known of one product')
    .argument('<id>')
    .action((id: string) =>
      run(async ({ request }) => {
        const response = await request('GET', `/products/${encodeURIComponent(id)}`)
        say(quotedJson(await response.json()))
      }),
    )
  products
    .command('import')
    .description(
      'Take over a Google Merchant feed (XML or tabs), a table with headers, or the export of Shopify or WooCommerce',
    )
    .argument('<file>')
    .option('--dry-run', 'say what would come of it, and store nothing', false)
    .option('--currency <code>', 'of prices that name none, such as EUR')
    .action((file: string, flags: ImportProductsFlags) =>
      run(async (target) => exitWith(await importProducts(target, file, flags, surroundings))),
    )
  products
    .command('feed')
    .description('Have a feed at an address read once an hour, or see what came of it')
    .argument('[url]', 'of a Google Merchant feed (XML), or of a table')
    .option('--currency <code>', "of prices that name none; the shop's, if left out")
    .option('--now', 'read it now', false)
    .option('--off', 'read it no more; the products stay', false)
    .action((url: string | undefined, flags: ProductFeedFlags) =>
      run((target) => productFeed(target, url, flags, say)),
    )
}
