import { inTurns, perSecond, reportPair, type Report } from './support/inTurns.ts'
import { measureCampaign } from './support/measureCampaign.ts'
import { measureHandOver } from './support/measureHandOver.ts'
import { prepareRenders, type MailRenders } from './support/renderMails.ts'

/** About so many mails are composed in each round. */
const MAILS = 5_000
/** Those that show a cart: with ten products in it they have 30 KB and more. */
const CARTS = ['cart-reminder', 'cart-offer', 'checkout-reminder', 'checkout-offer']

async function measureRenders(report: Report, name: string, renders: MailRenders): Promise<void> {
  const { compose, renderBare, size } = renders
  const { length } = await compose()
  const repetitions = Math.ceil(MAILS / length)
  const perSecondOf = async (work: () => Promise<unknown>): Promise<number> => {
    const startedAt = performance.now()
    for (let repetition = 0; repetition < repetitions; repetition += 1) await work()
    return perSecond(length * repetitions, performance.now() - startedAt)
  }
  const { subjects, baselines } = await inTurns(
    () => perSecondOf(compose),
    () => perSecondOf(async () => renderBare()),
  )
  report({ name: `${name}.size`, value: Math.round(size / 1024), unit: 'KB' })
  reportPair(report, name, 'mails/s', subjects, baselines)
}

/**
 * Mails composed on one core (template, link tokens, headers), against a bare LiquidJS render of as much text; then the
 * real sender from the outbox to an SMTP server, against bare nodemailer; then a campaign to 100,000 while events come in.
 */
export default async function measureMail(report: Report): Promise<void> {
  await measureRenders(report, 'mail.render', await prepareRenders())
  await measureRenders(report, 'mail.render.cart', await prepareRenders({ templates: CARTS, products: 10 }))
  const [welcome] = await (await prepareRenders({ templates: ['welcome'] })).compose()
  if (!welcome) throw new Error('There is no welcome mail')
  await measureHandOver(report, welcome)
  await measureCampaign(report)
}
