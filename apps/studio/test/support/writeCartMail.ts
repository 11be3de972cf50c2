import type { Page } from 'playwright-core'

/** What a mail says in one language. */
export interface MailTexts {
  subject: string
  preheader: string
  heading: string
  text: string
  button: string
}

async function write(page: Page, { subject, preheader, heading, text, button }: MailTexts): Promise<void> {
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  await field('Subject').fill(subject)
  await field('Line below the subject').fill(preheader)
  await field('Heading: Text').fill(heading)
  await field('Text').fill(text)
  await field('Button: Text').fill(button)
}

/**
 * On the page of a template that was just begun: puts the products of the cart and a button into it, writes it in two
 * languages, takes out the others, and publishes it.
 */
export async function writeCartMail(
  page: Page,
  { english, spanish }: { english: MailTexts; spanish: MailTexts },
): Promise<void> {
  for (const name of [/^Products in rows/, /^Button The one thing/]) {
    await page.getByRole('button', { name: 'Add a section', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await write(page, english)
  await page.getByRole('combobox', { name: 'Language you write in' }).selectOption('Spanish')
  await write(page, spanish)

  await page.getByRole('tab', { name: 'Texts' }).click()
  for (const language of ['Polish', 'Romanian']) {
    await page.getByRole('button', { name: 'Languages' }).click()
    await page.getByRole('menuitem', { name: `Take out: ${language}` }).click()
    await page.getByRole('checkbox', { name: language, exact: true }).waitFor({ state: 'detached' })
  }
  // Nothing that a customer would read in another language.
  await page.getByRole('switch', { name: 'Only what is missing or not used' }).click()
  await page.getByText('Nothing here.').waitFor()
  await page.getByText('All checks are passed.').waitFor()
}

/** Publishes the template that is open. */
export async function publishTemplate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click()
  await page.getByText('Version 1 is published').waitFor()
}
