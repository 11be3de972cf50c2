import { EVENT_NAMES } from '@ciclo/engine'
import { cleanJson } from '../../ingest/cleanJson.ts'
import type { ReadSurvey, Survey } from '../../mail/readSurvey.ts'
import { noticeBody } from '../../pages/noticeBody.ts'
import { surveyBody, type SurveyForm } from '../../pages/surveyBody.ts'
import type { Linked, LinkShell } from './linkShell.ts'
import { readForm } from './readForm.ts'

/** As the form says, too. */
const TEXT_LENGTH = 2_000

const SCORE = /^(?:10|\d)$/

/** Text of a stranger, as the store takes it. */
function textIn(fields: URLSearchParams): string {
  const clean = cleanJson((fields.get('text') ?? '').trim().slice(0, TEXT_LENGTH))
  return clean.ok ? String(clean.value) : ''
}

/** What is chosen: by the button in the mail, or by the form. What is no answer of this mail's is none. */
function chosenIn(fields: URLSearchParams, { question, answers }: Survey): SurveyForm {
  const said = fields.get('answer')
  // A mail's buttons name a number as they name any answer.
  const isAnswer = answers.some(({ id }) => id === said)
  const score = fields.get('score') ?? (!isAnswer && said !== null && SCORE.test(said) ? said : null)
  return {
    question,
    answers,
    asksScore: score !== null || fields.has('scores'),
    answer: isAnswer ? said : null,
    score: score !== null && SCORE.test(score) ? Number(score) : null,
    text: textIn(fields),
    isMissing: false,
  }
}

const page = ({ show, words }: Linked, form: SurveyForm, status: 200 | 400 = 200) =>
  show({ title: form.question ?? words.surveyTitle, body: surveyBody(words, form) }, status)

/**
 * The page of a mail's question. The mail's button brings the answer along and the page shows it chosen; it counts when
 * the form is sent, since scanners follow every button.
 */
export function addSurveyRoutes(shell: LinkShell, { readSurvey }: { readSurvey: ReadSurvey }): void {
  shell.on('GET', 's', 'survey', async (linked) => {
    const survey = await readSurvey(linked.message, linked.settings)
    return await page(linked, chosenIn(new URL(linked.context.req.url).searchParams, survey))
  })

  shell.on('POST', 's', 'survey', async (linked) => {
    const { context, message, show, words } = linked
    const survey = await readSurvey(message, linked.settings)
    const form = chosenIn(await readForm(context.req.raw), survey)
    const { question, answers, answer, score, text } = form
    if (answer === null && score === null && text === '')
      return await page(linked, { ...form, isMissing: true }, 400)
    const told = answers.find(({ id }) => id === answer)?.words
    await shell.record(linked, [
      EVENT_NAMES.surveyAnswered,
      {
        method: 'mail',
        ...(question === null ? {} : { question }),
        ...(answer === null ? {} : { answer, answer_text: told }),
        ...(score === null ? {} : { score }),
        ...(text === '' ? {} : { text }),
      },
    ])
    const { surveyThanksTitle: title, surveyThanksText } = words
    return await show({ title, body: noticeBody({ title, text: surveyThanksText }) })
  })
}
