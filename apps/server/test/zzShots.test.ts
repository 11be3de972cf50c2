import { writeFileSync } from 'node:fs'
import { compileTemplate, loadShippedTemplates, renderTemplate } from '@ciclo/templates'
import { test } from 'vitest'
import { openBrowser } from './support/openVisitor.ts'

const PIXEL = 'data:image/svg+xml,' + encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="72" height="72"><rect width="72" height="72" fill="#c9a27a"/></svg>')
const CASES = (process.env['SHOTS'] ?? 'order-confirmation:en:l').split(',')
test('shots', async () => {
  const browser = await openBrowser()
  const all = await loadShippedTemplates()
  for (const one of CASES) {
    const [name, locale, mode] = one.split(':') as [string, 'en', string]
    const source = all.find((t) => t.name === name)!
    const compiled = await compileTemplate(source)
    const transactional = /^(order|payment|withdrawal|return|refund|opt|referral-reward|back)/.test(name)
    const mail = renderTemplate(compiled, { locale, link: (u) => u, data: {
      customer: { firstName: 'Zofia', email: 'z@c.example' }, shop: { name: 'Luna', url: 'https://shop.example', address: 'Calle Mayor 1\n28013 Madrid' },
      urls: { unsubscribe: 'https://m.example/u', preferences: 'https://m.example/p' }, purpose: transactional ? 'transactional' : 'marketing',
      products: [{ name: 'Café Sidamo, 250 g', url: 'https://shop.example/1', imageUrl: PIXEL, quantity: '2', price: '€9.90' }, { name: 'Filter papers', quantity: '1', price: '€4.50' }, { name: 'A kettle with a very long name that goes on for more than one line on a phone', url: 'https://shop.example/2', imageUrl: PIXEL, quantity: '1' }],
      order: { id: '1001', total: '€24.30' }, coupon: { code: 'LUNA-7F3K-92QX', expiresAt: 'December 6, 2026 at 10:00 AM' },
      event: { carrier: 'DHL', tracking_number: '003404341611', tracking_url: 'https://dhl.example/x', order_url: 'https://shop.example/o', payment_url: 'https://shop.example/pay', promised_at: '1 grudnia 2026', points: 22, expires_at: '3', total: '€5', lowest_price_30d: '€11.90' },
    } })
    writeFileSync(`/tmp/tplshots/${name}-${locale}.html`, mail.html)
    const page = await browser.newPage({ viewport: { width: mode?.includes('m') ? 390 : 700, height: 900 }, colorScheme: mode?.includes('d') ? 'dark' : 'light' })
    await page.setContent(mail.html)
    await page.screenshot({ path: `/tmp/tplshots/${name}-${locale}-${mode}.png`, fullPage: true })
    await page.close()
  }
  await browser.close()
}, 60_000)
