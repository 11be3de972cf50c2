import { html } from 'hono/html'
import type { Html } from './page.ts'
import type { PageStrings } from './pageStrings.ts'

export interface SurveyForm {
  question: string | null
  answers: readonly { id: string; words: string }[]
  /** Whether a number from 0 to 10 is asked for. */
  asksScore: boolean
  /** What is chosen already: by the button of the mail, or by what was sent. */
  answer: string | null
  score: number | null
  text: string
  /** Nothing was chosen, and nothing written. */
  isMissing: boolean
}

const SCORES = Array.from({ length: 11 }, (_none, score) => score)

function answersOf({ answers, answer }: SurveyForm, words: PageStrings): Html | '' {
  if (answers.length === 0) return ''
  return html`<fieldset>
    <legend>${words.answersLegend}</legend>
    ${answers.map(
      ({ id, words: said }) =>
        html`<label class="choice">
          <input type="radio" name="answer" value="${id}" ${id === answer ? 'checked' : ''} />
          <span>${said}</span>
        </label>`,
    )}
  </fieldset>`
}

function scoresOf({ asksScore, score }: SurveyForm, words: PageStrings): Html | '' {
  if (!asksScore) return ''
  return html`<fieldset class="scores">
    <input type="hidden" name="scores" value="1" />
    <legend>${words.scoreLegend}</legend>
    ${SCORES.map(
      (one) =>
        html`<label class="score">
          <input type="radio" name="score" value="${one}" ${one === score ? 'checked' : ''} />
          <span>${one}</span>
        </label>`,
    )}
  </fieldset>`
}

/** A mail's question with the answer that its button stood for: it counts when this form is sent, not before. */
export function surveyBody(words: PageStrings, form: SurveyForm): Html {
  return html`<h1>${form.question ?? words.surveyTitle}</h1>
    ${form.isMissing ? html`<p class="problem" role="alert">${words.surveyMissing}</p>` : ''}
    <p>${words.surveyText}</p>
    <form method="post">
      ${answersOf(form, words)} ${scoresOf(form, words)}
      <p>
        <label for="text">${words.surveyComment}</label>
        <textarea id="text" name="text" rows="4" maxlength="2000">${form.text}</textarea>
      </p>
      <button type="submit">${words.surveyButton}</button>
    </form>`
}
