import { expect, vi } from 'vitest'
import { openVisitor } from '../../../server/test/support/openVisitor.ts'
import { linkIn } from '../../../server/test/support/readMail.ts'
import type { ShopStudio } from './openShopStudio.ts'

const eventually = <Found>(check: () => Promise<Found>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 50 })

/**
 * Somebody with a browser in this language comes to the demo shop, signs up, confirms it by the mail that comes, puts
 * something into the cart and goes away.
 *
 * @returns what their browser had to complain about
 */
export async function leaveCart(
  { server, smtp, browser }: ShopStudio,
  { email, locale, product }: { email: string; locale: string; product: string },
): Promise<string[]> {
  const visitor = await openVisitor(browser, { locale })
  const shop = await visitor.open(`${server.url}/demo`)
  await shop.getByTestId('newsletter-email').fill(email)
  await shop.getByTestId('newsletter-consent').check()
  await shop.getByTestId('newsletter-submit').click()
  const link = linkIn(await smtp.waitForMail(email), '/confirm/')
  const confirmation = await visitor.open(link)
  await confirmation.getByRole('button').click()
  const { id } = await eventually(async () => {
    const customer = await server.api.customerWith({ email })
    expect(customer.lifecycle.permission).toBe('subscribed')
    return customer
  })

  await shop
    .getByTestId('product-card')
    .filter({ hasText: new RegExp(product, 'i') })
    .click()
  await shop.getByTestId('add-to-cart').click()
  await shop.getByTestId('cart-link').click()
  await shop.getByTestId('cart-line').waitFor()
  await eventually(async () =>
    expect((await server.api.customer(id)).carts).toMatchObject([{ lines: [{ productId: product }] }]),
  )
  await visitor.context.close()
  return visitor.problems
}
