import type { Locator, Page } from 'playwright-core'

/** Fields of the studio's forms, by their labels, as people fill them. */
export function formFields(page: Page, form: Locator) {
  const labelled = (label: string, place = 0) =>
    form
      .locator('input, textarea')
      .and(form.getByLabel(label, { exact: true }))
      .nth(place)
  const within = (label: string) => form.getByRole('group', { name: label, exact: true })
  return {
    fill: async (label: string, text: string, place = 0) => await labelled(label, place).fill(text),
    choose: async (label: string, option: string | RegExp, place = 0) => {
      await labelled(label, place).click()
      // Lists of other fields stay in the page, and are not seen.
      const options = page.locator('[role="option"]:visible')
      const named =
        typeof option === 'string'
          ? options.and(page.getByRole('option', { name: option, exact: true }))
          : options.filter({ hasText: option })
      await named.first().click()
    },
    /** A number of units, of which a field begins with days. */
    last: async (label: string, amount: string) => await within(label).locator('input').first().fill(amount),
    /** Not as usual, but so long. */
    lastInstead: async (label: string, amount: string) => {
      await within(label).getByRole('switch').press('Space')
      await within(label).getByLabel('How long').fill(amount)
    },
    switchOn: async (label: string) => await form.getByRole('switch', { name: label }).press('Space'),
    tick: async (label: string) => await form.getByRole('checkbox', { name: label, exact: true }).check(),
    press: async (name: string | RegExp) => await form.getByRole('button', { name }).first().click(),
    pick: async (group: string, option: string) =>
      await within(group).getByText(option, { exact: true }).click(),
    read: async (label: string) => await labelled(label).inputValue(),
  }
}

export type FormFields = ReturnType<typeof formFields>
