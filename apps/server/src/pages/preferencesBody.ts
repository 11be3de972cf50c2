import { html } from 'hono/html'
import type { Html } from './page.ts'
import type { PageStrings } from './pageStrings.ts'

/** One thing that may be ticked. */
export interface Choice {
  id: string
  name: string
  isOn: boolean
}

/** The form of what somebody wants to receive, as it is stored. `isSaved`: it has just been. */
export function preferencesBody(words: PageStrings, choices: readonly Choice[], isSaved: boolean): Html {
  return html`<h1>${words.preferencesTitle}</h1>
    ${isSaved ? html`<p class="saved" role="status">${words.savedText}</p>` : ''}
    <p>${words.preferencesText}</p>
    <form method="post">
      <fieldset>
        <legend>${words.preferencesLegend}</legend>
        ${choices.map(
          ({ id, name, isOn }) =>
            html`<label class="choice">
              <input type="checkbox" name="topic" value="${id}" ${isOn ? 'checked' : ''} />
              <span>${name}</span>
            </label>`,
        )}
      </fieldset>
      <p class="actions">
        <button type="submit">${words.saveButton}</button>
        <button type="submit" name="nothing" value="1" class="quiet">${words.nothingButton}</button>
      </p>
    </form>`
}
